"""Takes a bracket and says what it is: `REMARKS` in order, the first that applies.

The order is the decision procedure of docs/encodings.md. A recogniser looks at one bracket between its neighbours and
returns a `Remark`, or None when it does not apply.
"""

from __future__ import annotations

from collections.abc import Callable

from tei_edition.encoding.bracket import Bracket, Remark
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.remarks_abbreviated import abbreviation, abbreviation_given, initials, telegraphic
from tei_edition.encoding.remarks_corrected import alternatives, clipped, corrected, numbers, sic, small_words
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
    label,
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
    explanation,
    identification,
    original_named,
    original_term,
    resemblance,
    translation,
    variant,
)
from tei_edition.encoding.remarks_profile import graded, lost_letters, own_remark, restored
from tei_edition.encoding.remarks_stage import stage

REMARKS: tuple[tuple[str, Callable[[Bracket, Desk], Remark | None]], ...] = (
    ("remark of the edition's own", own_remark),
    ("chrome", chrome),
    ("graded reading", graded),
    ("lost letters", lost_letters),
    ("page", page),
    ("date or number", numbers),
    ("note marker", marker),
    ("gap", gap),
    ("restored", restored),
    ("omission and words", omission_and_words),
    ("blank", blank),
    ("handwriting", hand),
    ("stamp or signature", stamp),
    ("label of a document", label),
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
    ("explanation", explanation),
    ("original named", original_named),
    ("variant name", variant),
    ("completed name", completion),
    ("corrected word", corrected),
    ("initials written out", initials),
    ("abbreviation", abbreviation),
    ("abbreviation given", abbreviation_given),
    ("word of a telegram", telegraphic),
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
    near = bracket.near
    remark = next(remark for _, look in REMARKS if (remark := look(near, desk)) is not None)
    return remark if near is bracket else remark.moved(bracket.start - near.start)
