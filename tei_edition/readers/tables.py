"""Takes the cells of a table, each with the blocks in it; gives a block for each row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tei_edition.readers.drafts import Draft, said


@dataclass(slots=True)
class Cell:
    """A cell: what stands in it, its column from 0, how many rows and columns it takes."""

    drafts: list[Draft]
    column: int = 0
    rows: int = 1
    cols: int = 1
    head: bool = False

    def worded(self) -> bool:
        """Say whether there are words in it."""
        return any(draft.worded() for draft in self.drafts)


def rows(table: Iterable[list[Cell]]) -> Iterator[Draft]:
    """Give a block for each row with words in it: cells end at tabs, paragraphs in a cell at line ends.

    Where tabs would not say which cell is which – at an empty cell at either end, or one that takes several places –
    every cell has its mark and stands in one line. Points of rows without words go on in a block without words.
    """
    for cells in table:
        draft = Draft("row", 1 if cells and all(cell.head for cell in cells) else 0)
        ends = cells[:1] + cells[-1:]
        marked = not all(cell.worded() for cell in ends) or any(cell.rows > 1 or cell.cols > 1 for cell in cells)
        for index, cell in enumerate(cells):
            if index:
                draft.write("\t")
            values = {"rows": str(cell.rows) if cell.rows > 1 else "", "cols": str(cell.cols) if cell.cols > 1 else ""}
            mark = said("cell", **values)
            if marked and not cell.worded():
                draft.point(mark)
            begun = False
            for inner in cell.drafts:
                if begun and inner.worded():
                    draft.write(" " if inner.kind == "row" or marked else "\n", (mark,) if marked else ())
                begun = begun or inner.worded()
                for words, marks in inner.pieces:
                    if words:
                        kept = re.sub(r"[\t\n\r]" if marked else r"\t", " ", words)
                        draft.write(kept if inner.worded() else "", (mark, *marks) if marked else marks)
                    else:
                        draft.point(*(own for own in marks if own[0] != "cell"))
        yield draft if draft.worded() else Draft(pieces=[piece for piece in draft.pieces if _kept(piece[1])])


def _kept(marks: Iterable[tuple[str, object]]) -> bool:
    return any(kind not in ("cell",) for kind, _ in marks)
