"""Takes a RELAX NG schema, in XML or compact, and gives a `Schema`, which says what is wrong with documents."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tei_edition.broken import SchemaBroken
from tei_edition.files import read_bytes
from tei_edition.finding import Finding
from tei_edition.opened import Opened
from tei_edition.relaxng.compiler import Compiler
from tei_edition.relaxng.grammars import Files
from tei_edition.relaxng.interning import Patterns
from tei_edition.relaxng.patterns import Element, Pattern, kept
from tei_edition.relaxng.states import State, States
from tei_edition.relaxng.stream import allowed
from tei_edition.relaxng.syntax import SyntaxBroken

if TYPE_CHECKING:
    from lxml import etree


class Schema:
    """A RELAX NG schema, ready to be held against documents."""

    def __init__(self, start: Pattern, make: Patterns, alone: bool) -> None:
        self.alone = alone
        """Whether it is one file, that reads no other."""
        self.states = States(make)
        self.start: State = self.states.of((start,))

    @classmethod
    def load(cls, path: Path, *, trusted: bool = False, folder: Path | None = None) -> Schema:
        """Return the schema of a file; raise SchemaBroken with a sentence and a line, OSError if it is not there.

        A file whose name ends in ``.rnc`` is in the compact syntax. Other files that it names are read if they are
        in ``folder``, or without it in the folder of the schema. ``trusted`` leaves out what RELAX NG forbids
        (sections 3 and 7), for a schema that is known to be right: what elements hold is then compiled when a
        document needs it.
        """
        return cls.read(read_bytes(path), path, trusted=trusted, folder=folder)

    @classmethod
    def read(cls, data: bytes, file: Path, *, trusted: bool = False, folder: Path | None = None) -> Schema:
        """Return the schema that the bytes of a file are, as `load` does."""
        files = Files(folder or file.parent, trusted)
        try:
            with kept():
                root = files.first(data, file)
                compiler = Compiler(files)
                start = compiler.whole(root, file)
                if not trusted:
                    from tei_edition.relaxng.restrictions import Restrictions

                    compiler.forced()
                    Restrictions(compiler.make).check(start)
        except SyntaxBroken as error:
            other = Path(error.file) if error.file and Path(error.file).resolve() != file.resolve() else None
            raise SchemaBroken(str(error), error.line, error.column, other) from None
        except RecursionError:
            raise SchemaBroken("The schema is nested too deeply.") from None
        return cls(start, compiler.make, files.alone)

    def validate(self, tree: etree._Element, *, file: Path | None = None, data: bytes | None = None) -> list[Finding]:
        """Return what the schema does not allow in a document, in the order of lines; nothing if it is valid.

        ``file`` is what findings call the document, without it the file that the tree was read from, or “document”.
        ``data`` are the bytes that the tree was read from; with them a valid document takes a third of the time, and
        findings have exact lines and columns.
        """
        opened = Opened(file or Path(str(tree.getroottree().docinfo.URL or "document")), tree, data=data)
        self.check(opened, ids=True)
        return opened.close()

    def check(self, opened: Opened, *, ids: bool = False) -> None:
        """Remark on what the schema does not allow; ``ids``: also on ids that stand twice or are no names."""
        seen = None if opened.data is None else allowed(self.states, self.start, opened.data, ids)
        if seen is None:
            from tei_edition.relaxng.validator import Walk

            with kept():
                Walk(self, opened, ids).run()
        else:
            opened.seen = seen

    @cached_property
    def names(self) -> dict[str, None]:
        """The names of all elements of the schema."""
        return dict.fromkeys(self._catalogue)

    def called(self, name: str) -> State | None:
        """Return what elements of a name may hold, wherever they stand; None for a name that is not in the schema."""
        return self._holding.get(name)

    @cached_property
    def _holding(self) -> dict[str, State]:
        return {name: self.states.of(tuple(contents)) for name, contents in self._catalogue.items()}

    @cached_property
    def _catalogue(self) -> dict[str, dict[Pattern, None]]:

        found: dict[str, dict[Pattern, None]] = {}
        for element in self.elements:
            for name in element.names.named():
                found.setdefault(name, {})[element.content] = None
        return found

    @cached_property
    def elements(self) -> dict[Element, None]:
        """The definitions of elements that a document can come to."""
        from tei_edition.relaxng.expected import elements

        waiting, found = list(elements(self.start.patterns)), dict[Element, None]()
        while waiting:
            element = waiting.pop()
            if element not in found:
                found[element] = None
                waiting.extend(elements((element.content,)))
        return found
