"""Takes a bracket and says what it is: `REMARKS` in order, the first that applies.

The order is the decision procedure of docs/encodings.md. A recogniser looks at one bracket between its neighbours and
returns a `Remark`, or None when it does not apply.
"""

from __future__ import annotations

from collections.abc import Callable

from tei_edition.encoding.bracket import Bracket, Remark
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.remarks_abbreviated import abbreviation, abbreviation_given, initials
from tei_edition.encoding.remarks_corrected import alternatives, clipped, numbers, sic, small_words
from tei_edition.encoding.remarks_doubtful import (
    dated,
    doubt,
    letters,
    question_mark,
    sentence,
    uncertain,
    words_supplied,
)
from tei_edition.encoding.remarks_named import (
    blank,
    chrome,
    gap,
    hand,
    labelled_note,
    marker,
    omission_and_words,
    page,
    reference,
    source_bracket,
    stamp,
)
from tei_edition.encoding.remarks_names import (
    completion,
    identification,
    original_term,
    resemblance,
    translation,
    variant,
)
from tei_edition.encoding.remarks_stage import stage

REMARKS: tuple[tuple[str, Callable[[Bracket, Desk], Remark | None]], ...] = (
    ("chrome", chrome),
    ("page", page),
    ("date or number", numbers),
    ("note marker", marker),
    ("gap", gap),
    ("omission and words", omission_and_words),
    ("blank", blank),
    ("handwriting", hand),
    ("stamp or signature", stamp),
    ("labelled note", labelled_note),
    ("reference", reference),
    ("sic", sic),
    ("supplied question mark", question_mark),
    ("doubt", doubt),
    ("date", dated),
    ("alternatives", alternatives),
    ("uncertain words", uncertain),
    ("stage direction", stage),
    ("bracket of the source", source_bracket),
    ("letters in a word", letters),
    ("variant name", variant),
    ("completed name", completion),
    ("initials written out", initials),
    ("abbreviation", abbreviation),
    ("abbreviation given", abbreviation_given),
    ("similar name", resemblance),
    ("identification", identification),
    ("clipped word", clipped),
    ("small words", small_words),
    ("translation", translation),
    ("original term", original_term),
    ("sentence", sentence),
    ("supplied words", words_supplied),
)
"""What a bracket can be, in the order in which it is tried; the last always applies."""


def recognise(bracket: Bracket, desk: Desk) -> Remark:
    """Return what a bracket is."""
    return next(remark for _, look in REMARKS if (remark := look(bracket, desk)) is not None)
