"""Takes a number of letters made of the sample edition and prints how many views a second are made of them.

``python bench/render.py [LETTERS]``: from file to file, after a warm-up; beside a bare stylesheet of 25 templates in
the same Saxon and the same stylesheet in lxml (XSLT 1.0), each in a process of its own.
Seconds are of the processor, not of the clock.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from lxml import etree
from validate import grown

from tei_edition import saxon, tei, views
from tei_edition.files import read_bytes, write_bytes
from tei_edition.finding import unheard

HOME = Path(__file__).resolve().parent.parent
LETTERS, SIZE, ROUNDS, PART = 500, 18_000, 5, 50

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


WAYS = ("bare, Saxon", "bare, lxml", *views.VIEWS)


@cache
def way(name: str) -> Callable[[bytes, Path], str]:
    """Return what makes a page of the bytes of a letter."""
    if name == "bare, Saxon":
        plain = saxon.compile_text(bare("3.0"))
        return lambda data, file: saxon.transform(plain, data.decode())
    if name == "bare, lxml":
        old = etree.XSLT(etree.fromstring(bare("1.0").encode()))
        return lambda data, file: str(old(etree.fromstring(data)))
    return lambda data, file: views.render_file(data, file, name, report=unheard) or ""


def pages(name: str, files: Sequence[Path]) -> float:
    """Write a page beside each letter and return how many seconds of the processor that took."""
    made = way(name)
    start = time.process_time()
    for file in files:
        write_bytes(file.with_suffix(f".{WAYS.index(name)}"), made(read_bytes(file), file).encode(), durable=False)
    return time.process_time() - start


def main(letters: int) -> None:
    """Make the letters, render them in every way, print a table."""
    seeds = [path.read_bytes() for path in sorted((HOME / "xml").glob("*.xml"))]
    seeds = [seed for seed in seeds if len(grown(seed, SIZE, 0)) < 1.1 * SIZE]
    taken: dict[str, list[float]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as name, ExitStack() as open_ones:
        folder = Path(name)
        files = [folder / f"{number}.xml" for number in range(letters)]
        for number, file in enumerate(files):
            file.write_bytes(grown(seeds[number % len(seeds)], SIZE, number))
        # Each way has a process of its own; they take turns at parts of the letters, so that all see the same machine.
        at_work = {
            name: open_ones.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn"))) for name in WAYS
        }
        for turn in range(ROUNDS + 1):
            round_ = dict.fromkeys(WAYS, 0.0)
            for first in range(0, letters, PART):
                for name in WAYS:
                    round_[name] += at_work[name].submit(pages, name, files[first : first + PART]).result()
            for name in WAYS if turn else ():
                taken[name].append(round_[name])
        size = {
            name: statistics.mean(file.with_suffix(f".{number}").stat().st_size for file in files)
            for number, name in enumerate(WAYS)
        }
        print(f"{letters} letters of {statistics.mean(file.stat().st_size for file in files) / 1000:.1f} kB")
    print("| view | documents/s | times the bare one | kB of a page |\n|---|---|---|---|")
    for name in WAYS:
        ratio = statistics.median(mine / peer for mine, peer in zip(taken[name], taken[WAYS[0]], strict=True))
        speed = letters / statistics.median(taken[name])
        print(f"| {name} | {speed:,.0f} | {ratio:.2f} | {size[name] / 1000:.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS)
