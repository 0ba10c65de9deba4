"""Reads case files, ``tests/cases/*.md``: each ``##`` heading is a case, its fenced blocks what goes in and out.

A block's first line says what it is: three backquotes and a word, such as ``input`` or ``expected``. Everything else
is prose for the reader. With ``pytest --update`` a test may write the blocks anew with `Case.rewrite`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases"
_PART = re.compile(
    r"^## (?P<title>[^\n]+)$|^(?P<fence>`{3,})(?P<word>[\w-]+)[^\n]*\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Case:
    """One case of a case file."""

    title: str
    file: Path
    line: int
    blocks: dict[str, str]
    """The text of each fenced block by its word, without the last line end."""

    def __str__(self) -> str:
        return f"{self.file.stem}-{self.title}".replace(" ", "-")

    def rewrite(self, word: str, text: str) -> None:
        """Write another text into one block of this case; the rest of the file stays as it is."""
        whole = self.file.read_text(encoding="utf-8")
        start = whole.index(f"## {self.title}\n")
        for part in _PART.finditer(whole, start + 3):
            if part["word"] == word:
                ended = text + "\n" if text else ""
                whole = whole[: part.start("text")] + ended + whole[part.end("text") :]
                self.file.write_text(whole, encoding="utf-8")
                return
        raise LookupError(f"{self.file.name}: the case “{self.title}” has no block “{word}”")


def cases(name: str) -> list[Case]:
    """Return the cases of ``tests/cases/<name>.md`` in order; a case without blocks is a chapter heading."""
    file = CASES / f"{name}.md"
    whole = file.read_text(encoding="utf-8")
    found: list[Case] = []
    for part in _PART.finditer(whole):
        if part["title"]:
            found.append(Case(part["title"].strip(), file, whole.count("\n", 0, part.start()) + 1, {}))
        elif found:
            found[-1].blocks[part["word"]] = part["text"].removesuffix("\n")
    return [case for case in found if case.blocks]
