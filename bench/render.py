"""Takes a number of letters made of the sample edition and prints how many views a second are made of them.

``python bench/render.py [LETTERS]``: from file to file, in one process, after a warm-up; beside a bare stylesheet of 25
templates in the same Saxon and the same stylesheet in lxml (XSLT 1.0). Seconds are of the processor, not of the clock.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree
from validate import grown

from tei_edition import saxon, tei, views
from tei_edition.files import read_bytes, write_bytes
from tei_edition.finding import unheard

HOME = Path(__file__).resolve().parent.parent
LETTERS, SIZE, ROUNDS = 500, 18_000, 5

WHOLE = {
    "p": "p", "head": "h2", "item": "li", "list": "ul", "row": "tr", "cell": "td", "table": "table", "div": "div",
    "sp": "div", "opener": "div", "closer": "div", "figure": "figure", "lg": "div", "l": "div",
}  # fmt: skip
RUNNING = "hi foreign persName placeName orgName date title gap supplied note speaker".split()


def bare(version: str) -> str:
    """Return a stylesheet that gives each element one of HTML and does nothing else."""
    rules = [
        f'<xsl:template match="t:{one}"><{html}><xsl:apply-templates/></{html}></xsl:template>'
        for one, html in WHOLE.items()
    ]
    rules += [
        f'<xsl:template match="t:{one}"><span class="{one}"><xsl:apply-templates/></span></xsl:template>'
        for one in RUNNING
    ]
    return (
        f'<xsl:stylesheet version="{version}" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:t="{tei.TEI}" '
        'exclude-result-prefixes="t"><xsl:output method="html" indent="no"/><xsl:template match="/"><html><head><title>'
        '<xsl:value-of select="//t:titleStmt/t:title[1]"/></title></head><body><xsl:apply-templates select="//t:text"/>'
        f"</body></html></xsl:template>{''.join(rules)}</xsl:stylesheet>"
    )


def main(letters: int) -> None:
    """Make the letters, render them in every way, print a table."""
    seeds = [path.read_bytes() for path in sorted((HOME / "xml").glob("*.xml"))]
    seeds = [seed for seed in seeds if len(grown(seed, SIZE, 0)) < 1.1 * SIZE]
    plain = saxon.compile_text(bare("3.0"))
    old = etree.XSLT(etree.fromstring(bare("1.0").encode()))

    def ours(view: str) -> Callable[[bytes, Path], str]:
        def made(data: bytes, file: Path) -> str:
            page = views.render_file(data, file, view, report=unheard)
            assert page is not None
            return page

        return made

    ways: dict[str, Callable[[bytes, Path], str]] = {
        "bare, Saxon": lambda data, file: saxon.transform(plain, data.decode()),
        "bare, lxml": lambda data, file: str(old(etree.fromstring(data))),
        **{name: ours(name) for name in views.VIEWS},
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"{number}.xml" for number in range(letters)]
        for number, file in enumerate(files):
            file.write_bytes(grown(seeds[number % len(seeds)], SIZE, number))
        size = statistics.mean(file.stat().st_size for file in files)
        print(f"{letters} letters of {size / 1000:.1f} kB")
        print("| view | documents/s | times the bare one | kB of a page |\n|---|---|---|---|")
        taken: dict[str, list[float]] = {way: [] for way in ways}
        for turn in range(ROUNDS + 1):
            for way, made in ways.items():
                start = time.process_time()
                for file in files:
                    write_bytes(file.with_suffix(".out"), made(read_bytes(file), file).encode())
                if turn:
                    taken[way].append(time.process_time() - start)
                else:
                    taken[way + " kB"] = [
                        statistics.mean(file.with_suffix(".out").stat().st_size for file in files) / 1000
                    ]
        for way in ways:
            ratio = statistics.median(mine / peer for mine, peer in zip(taken[way], taken["bare, Saxon"], strict=True))
            speed, weight = letters / statistics.median(taken[way]), taken[f"{way} kB"][0]
            print(f"| {way} | {speed:,.0f} | {ratio:.2f} | {weight:.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS)
