"""Makes files with findings and prints how long each form of findings takes, beside plain text, and the report.

``python bench/reports.py [FILES] [FINDINGS]``: 500 files of 18 kB and 10,000 findings, if nothing else is said. The
median of five rounds counts; the report is written anew, and again without changes.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tei_edition.finding import Finding, Severity
from tei_edition.reports import FORMATS, Outcome
from tei_edition.reports.folder import write_report
from tei_edition.reports.sources import Sources
from tei_edition.reports.text import parts
from tei_edition.watching import changes

LINE = '      <p n="{0}">The delegates of <gapp/> met again on the {0}. day, and nothing was written down.</p>'
LINES = 180
RULES = ("element-not-allowed", "attribute-missing", "value-not-allowed", "pointer-dangling", "gap-without-reason")


def corpus(files: int, findings: int) -> Outcome:
    """Write files into the current folder and return findings spread over them."""
    names = [Path(f"letter-{number:04}.xml") for number in range(files)]
    for name in names:
        name.write_text("\n".join(LINE.format(line) for line in range(1, LINES + 1)), encoding="utf-8")
    found = [
        Finding(
            rule=RULES[number % len(RULES)], severity=Severity.ERROR, file=names[number * files // findings],
            message="“gapp” is not an element of this schema.", line=1 + number * 7 % LINES, column=36,
            xpath=f"/TEI/text/body/p[{1 + number * 7 % LINES}]/gapp", hint="Write “gap”.",
        )
        for number in range(findings)
    ]  # fmt: skip
    return Outcome(found, names, 1)


def taken(act: Callable[[], object], rounds: int = 5) -> float:
    """Return the median of the seconds that something takes."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main(files: int = 500, findings: int = 10_000) -> None:
    """Print the seconds of each form, and how many times plain text that is."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        made = corpus(files, findings)

        def excerpts() -> None:
            sources = Sources()
            for finding in made.findings:
                parts(finding, sources=sources)

        forms: dict[str, Callable[[], object]] = {
            name: lambda form=form: form(Outcome(made.findings, made.files, 1))  # type: ignore[misc]
            for name, form in FORMATS.items()
        }
        base = taken(forms["text"])
        for name, act in {**forms, "text with excerpts": excerpts}.items():
            seconds = taken(act)
            print(f"{name:20} {seconds:7.3f} s {seconds / base:6.1f}")
        for what, name in (("report, first", "one"), ("report, again", "one"), ("report, next", "two")):
            target, outcome = Path("report"), Outcome(made.findings, made.files, 1)
            seconds = taken(lambda: write_report(target, outcome, title="Bench", name=name, report=print), 1)  # noqa: B023
            print(f"{what:20} {seconds:7.3f} s {seconds / base:6.1f}")
        seconds = taken(lambda: changes([Path()]))
        print(f"{'a look for changes':20} {seconds:7.4f} s")
        os.chdir("/")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
