"""Takes pages and files of a site and puts into its folder what is not as it was, noting what each is made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tei_edition.finding import Finding, Report, Severity
from tei_edition.site.folder import Folder
from tei_edition.site.frames import Frames, Page, broken
from tei_edition.site.shelf import Shelf
from tei_edition.site.sums import package, summed
from tei_edition.site.working import Workers


class Ledger:
    """What the files of a site are made from; `close` it when all are there.

    A file may belong to a group, made together from something, and be known by what it is made from itself.
    """

    def __init__(self, folder: Folder, shelf: Shelf, report: Report) -> None:
        self.folder = folder
        self._report = report
        self._shelf = shelf
        self._before = shelf.pages()
        self._now: dict[str, tuple[str, str]] = {}
        self._together: dict[str, list[str]] = defaultdict(list)
        for path, (key, _) in self._before.items():
            self._together[key.partition("\n")[0]].append(path)

    def put(self, path: str, content: bytes | str | Iterable[str], own: str = "", group: str = "") -> None:
        """Put a file that is made from something; a page that could not be is reported, and tried again next time."""
        why = ""
        if isinstance(content, str) and path.endswith(".html"):  # a text may end with such a remark, a page cannot
            content, why = broken(content)
            if why:
                self._report(
                    Finding(
                        rule="view-broken", severity=Severity.ERROR, file=Path(path),
                        message=f"The stylesheet of this page stops: {why}",
                        hint="Its text is published with nothing around it; send it to the authors of the toolkit.",
                    )
                )  # fmt: skip
        total = self.folder.put(path, content)
        self._now[path] = (f"{group}\n{own}", "broken" if why else total)

    def keep(self, path: str, own: str, group: str = "") -> bool:
        """Let a file stay that is made from the same; say whether it is there, and as it was written."""
        key, total = self._before.get(path, ("", ""))
        if key.partition("\n")[2] != own or not self.folder.holds(path, total):
            return False
        self.folder.keep(path)
        self._now[path] = (f"{group}\n{own}", total)
        return True

    def keep_all(self, group: str) -> bool:
        """Let all files of a group stay; say whether there are any, all as they were written."""
        paths = self._together.get(group, [])
        if not paths or not all(self.folder.holds(path, self._before[path][1]) for path in paths):
            return False
        for path in paths:
            self.folder.keep(path)
            self._now[path] = self._before[path]
        return True

    def draw(
        self, task: Callable[[Frames, Page], str], common: Frames, workers: Workers,
        pages: Iterable[Page | tuple[Any, ...]],
    ) -> None:  # fmt: skip
        """Draw pages that are not as they were, and put files; a name that is taken is left to who had it first."""
        shared = summed(package(), repr(common))
        taken: set[str] = set()
        due: list[tuple[str, str, str]] = []

        def drawn_now() -> Iterator[Page]:
            for page in pages:
                path = page.path if isinstance(page, Page) else page[0]
                if self.folder.has(path) or path.casefold() in taken:
                    continue
                taken.add(path.casefold())
                if not isinstance(page, Page):
                    self.put(path, page[1], group=page[2] if len(page) > 2 else "")
                    continue
                own = summed(shared, repr((page.sheet, page.tree, page.options, page.inside)))
                if not self.keep(path, own, page.group):
                    due.append((path, own, page.group))
                    yield page

        for at, content in enumerate(workers.map(task, common, drawn_now())):
            path, own, group = due[at]
            self.put(path, content, own, group)

    def close(self) -> None:
        """Note for the next time what files are made from."""
        self._shelf.put_pages(self._before, self._now)
