"""Takes the site of the sample edition and writes the pictures of the documentation, ``docs/*.png``.

``python tools/pictures.py`` after ``make edition``; it asks for the extra ``browser``, Chromium and ``pdftoppm``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

HOME = Path(__file__).resolve().parent.parent
SITE, DOCS = HOME / "site", HOME / "docs"
Scheme = Literal["light", "dark"]
CHROMIUM = "/usr/bin/chromium"

WIDE = (
    ("site-front", "index.html", "", 900),
    ("site-document", "petrov-zhou-1945-10-05.html", ".views", 1000),
    ("site-parallel", "petrov-zhou-1945-10-05-parallel.html", ".views", 800),
    ("site-search", "search.html?q=%22port+arthur%22", "", 900),
)
"""Name, page, what stands at its top (without it the page's beginning), height."""
PHONE: tuple[tuple[str, str, Scheme], ...] = (
    ("stalin-soong-1945-08-10.html", "", "light"),
    ("speaker/soong.html", "", "dark"),
    ("chronology.html", "", "light"),
)
PAGES = (3, 5, 8, 31)
"""Pages of the book."""


def shot(browser: Browser, address: str, at: str, size: tuple[int, int], scheme: Scheme = "light") -> bytes:
    """Return a picture of a page from some element on."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        device_scale_factor=1.5,
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_timeout(400)
    if at:
        page.evaluate("at => window.scrollTo(0, document.querySelector(at).getBoundingClientRect().top - 20)", at)
    picture = page.screenshot()
    context.close()
    return picture


def beside(browser: Browser, pictures: list[Path], height: int, to: Path) -> None:
    """Write pictures side by side on a grey ground."""
    images = "".join(
        f'<img src="{one.as_uri()}" style="height:{height}px;box-shadow:0 1px 6px #0005">' for one in pictures
    )
    holder = to.parent / "beside.html"
    holder.write_text(
        '<body style="margin:0"><div style="display:inline-flex;gap:24px;padding:24px;background:#d9d6cf">'
        f"{images}</div></body>"
    )
    page = browser.new_page(viewport={"width": 2400, "height": height + 48}, device_scale_factor=1)
    page.goto(holder.as_uri())
    page.locator("div").screenshot(path=to)
    page.close()


def kept(picture: Path, name: str) -> None:
    """Keep a picture in the documentation, in as many colours as a page has."""
    Image.open(picture).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(DOCS / f"{name}.png", optimize=True)


def main() -> int:
    """Make all pictures."""
    if not (SITE / "index.html").is_file():
        print("There is no site; run `make edition` first.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        here = Path(folder)
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, page, at, height in WIDE:
            (here / "one.png").write_bytes(shot(browser, f"{SITE.as_uri()}/{page}", at, (1200, height)))
            kept(here / "one.png", name)
        phones = []
        for number, (page, at, scheme) in enumerate(PHONE):
            phones.append(here / f"phone-{number}.png")
            phones[-1].write_bytes(shot(browser, f"{SITE.as_uri()}/{page}", at, (390, 800), scheme))
        beside(browser, phones, 1000, here / "phones.png")
        kept(here / "phones.png", "site-phone")
        book = next(SITE.glob("*-book.pdf"))
        leaves = []
        for number in PAGES:
            leaves.append(here / f"leaf-{number}.png")
            with leaves[-1].open("wb") as to:
                subprocess.run(
                    ["pdftoppm", "-png", "-r", "110", "-f", str(number), "-l", str(number), book], stdout=to, check=True
                )
        beside(browser, leaves, 900, here / "book.png")
        kept(here / "book.png", "book")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
