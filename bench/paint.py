"""Opens pages of a site from a local server in a browser, and prints when the first content was painted.

The site is that of the edition here, made for it, or a folder that is named. Each page is opened five times, each time
by a browser that knows nothing of it; the figures are medians. Needs playwright and Chromium (extra ``browser``).
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

import tei_edition.site.setting
from tei_edition import Edition, publish
from tei_edition.finding import unheard
from tei_edition.serving import Preview

ROUNDS = 5
PAINTED = """() => new Promise((done) => {
  const told = (entries) => {
    const [first] = entries.filter((entry) => entry.name === "first-contentful-paint");
    const [page] = performance.getEntriesByType("navigation");
    if (first) done([first.startTime, page.domContentLoadedEventEnd, page.encodedBodySize]);
  };
  told(performance.getEntriesByType("paint"));
  new PerformanceObserver((list) => told(list.getEntries())).observe({ type: "paint", buffered: true });
})"""


def pages(site: Path) -> Iterator[str]:
    """Yield the pages that are opened: the largest document in its views, the front page, search, a register."""
    documents = [path for path in site.glob("*.html") if (site / f"{path.stem}.xml").exists()]
    largest = max(documents, key=lambda path: path.stat().st_size).stem
    for name in (f"{largest}.html", f"{largest}-diplomatic.html", f"{largest}-parallel.html", "index.html",
                 "search.html", "register/persons.html"):  # fmt: skip
        if (site / name).exists():
            yield name


def measured(browser: Any, address: str) -> tuple[float, float, int]:
    """Return the milliseconds until content was painted and the page was there, and the bytes of the page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    painted, loaded, size = page.evaluate(PAINTED)
    context.close()
    return painted, loaded, size


def main(folder: str = "") -> None:
    """Open the pages and print the table."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        site = Path(folder)
        if not folder:
            tei_edition.site.setting._can_make_pdf = lambda *_: False
            edition = Edition.load(Path(__file__).resolve().parent.parent)
            site = publish(edition, Path(name) / "site", report=unheard, draft=True)
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with Preview(site, 0) as preview:
            measured(browser, preview.address)  # the browser itself has to wake up
            print(f"{'page':45} {'kB':>6} {'painted':>9} {'loaded':>9}")
            for page in pages(site):
                rounds = [measured(browser, preview.address + page) for _ in range(ROUNDS)]
                painted, loaded, size = (statistics.median(column) for column in zip(*rounds, strict=True))
                print(f"{page:45} {size / 1000:6.1f} {painted:6.0f} ms {loaded:6.0f} ms")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
