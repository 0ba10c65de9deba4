"""Takes a bracket and says what it is: `REMARKS` in order, the first that applies.

The order is the decision procedure of docs/encodings.md. A recogniser looks at one bracket between its neighbours and
returns a `Remark`, or None when it does not apply.
"""

from __future__ import annotations

from collections.abc import Callable

from tei_edition.encoding.bracket import Bracket, Remark
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.remarks_doubtful import (
    dated,
    doubt,
    letters,
    question_mark,
    sentence,
    stage,
    uncertain,
    words_supplied,
)
from tei_edition.encoding.remarks_named import blank, chrome, gap, hand, labelled_note, marker, page, sic, stamp
from tei_edition.encoding.remarks_names import abbreviation, completion, identification, original_term, variant

REMARKS: tuple[tuple[str, Callable[[Bracket, Desk], Remark | None]], ...] = (
    ("chrome", chrome),
    ("page", page),
    ("note marker", marker),
    ("gap", gap),
    ("blank", blank),
    ("handwriting", hand),
    ("stamp or signature", stamp),
    ("labelled note", labelled_note),
    ("sic", sic),
    ("supplied question mark", question_mark),
    ("doubt", doubt),
    ("date", dated),
    ("uncertain words", uncertain),
    ("letters in a word", letters),
    ("stage direction", stage),
    ("variant name", variant),
    ("completed name", completion),
    ("abbreviation", abbreviation),
    ("identification", identification),
    ("original term", original_term),
    ("sentence", sentence),
    ("supplied words", words_supplied),
)
"""What a bracket can be, in the order in which it is tried; the last always applies."""


def recognise(bracket: Bracket, desk: Desk) -> Remark:
    """Return what a bracket is."""
    return next(remark for _, look in REMARKS if (remark := look(bracket, desk)) is not None)
