"""Takes the blocks of a file and says where another document begins: one sent along, or the next of a collection."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tei_edition.encoding.desk import Desk
from tei_edition.encoding.letter_parts import is_dateline, is_salute
from tei_edition.encoding.top_lines import is_enclosure, is_title
from tei_edition.finding import Severity
from tei_edition.transcript import Block

_NUMBER = re.compile(r"\[?(?:Document\s(?:No\.\s)?)?(\d{1,4})[\].]{1,2}\s")
_NEAR = 4
"""How many blocks after a heading its dateline or salutation may stand."""
_TOP = 6
"""How many blocks the top of a document may have, in which a second heading is its own."""


def boundaries(blocks: Sequence[Block], words: Sequence[str], end: int, desk: Desk) -> dict[int, str]:
    """Return the indexes at which a document begins after the first, each with ``attachment`` or ``document``.

    The next document of a collection is believed where its heading has the number after the one before; it is
    reported as doubtful all the same. A heading without a number is reported only, and begins nothing.
    """
    found = {index: "attachment" for index in range(2, end - 1) if is_enclosure(words[index])}
    first = _NUMBER.match(words[0]) if end and is_title(words[0]) else None
    number = int(first[1]) if first else 0
    for index in range(2, end - 1):
        if blocks[index].kind not in ("text", "heading") or len(words[index]) > 400 or not is_title(words[index]):
            continue
        numbered = _NUMBER.match(words[index])
        follows = any(is_dateline(text, place=True) or is_salute(text) for text in words[index + 1 : index + 1 + _NEAR])
        if number and numbered and int(numbered[1]) == number + 1 and follows:
            number += 1
            found[index] = "document"
            desk.say(
                "document-boundary", Severity.WARNING, blocks[index], 0,
                f"“{words[index]}” is taken as the heading of another document, since its number is the next.",
                "Make two files of this one, if they are to be two documents of the edition.",
            )  # fmt: skip
        elif index >= _TOP and follows and not numbered and not {index - 1, index - 2} & set(found):
            desk.say(
                "document-boundary", Severity.WARNING, blocks[index], 0,
                f"“{words[index]}” looks like the heading of another document; it was left in this one.",
                "Write [Enclosure] above it, or make a file of its own of what follows.",
            )  # fmt: skip
    return dict(sorted(found.items()))
