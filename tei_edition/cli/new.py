"""`tei-edition new`: a folder for a new edition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tei_edition.cli.asking import PATH, reporting
from tei_edition.console import Findings


@click.command()
@click.argument("folder", type=PATH)
@reporting
def new(folder: Path, **options: Any) -> int:
    """Make a folder for a new edition.

    It holds an edition.toml and one small transcript that works at once.

    \b
    tei-edition new letters
    """
    from tei_edition.edition import new as make

    findings = Findings(**options)
    make(folder, report=findings.report)
    return findings.close(f"{folder} is ready: cd {folder}, then tei-edition encode, validate and publish.")
