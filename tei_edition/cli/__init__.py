"""Takes the words typed after ``tei-edition``, calls one function of the library, prints its findings and exits."""

from __future__ import annotations

from collections.abc import Sequence

import click

from tei_edition import __version__
from tei_edition.cli.asking import helped
from tei_edition.cli.decide import decide
from tei_edition.cli.encode import encode
from tei_edition.cli.new import new
from tei_edition.cli.publish import publish
from tei_edition.cli.register import register
from tei_edition.cli.render import render
from tei_edition.cli.schema import schema
from tei_edition.cli.search import search
from tei_edition.cli.serve import serve
from tei_edition.cli.validate import validate
from tei_edition.console import exit_code

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
COMMANDS = (encode, decide, validate, register, render, publish, serve, search, new, schema)
"""The commands, in the order of an editor's work."""


class Verbs(click.Group):
    """The commands, listed in the order of an editor's work."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands as they are defined here."""
        return list(self.commands)


@click.group(cls=Verbs, context_settings=SETTINGS, invoke_without_command=True)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def commands(context: click.Context) -> int:
    """Turn transcripts into validated TEI and a published edition.

    \b
    tei-edition new letters     a folder with one small transcript that works at once
    cd letters
    tei-edition encode          transcript → TEI
    tei-edition validate        TEI → findings
    tei-edition publish         TEI → pages, PDF and registers
    """
    return helped(context)


for command in COMMANDS:
    commands.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    return exit_code(lambda: commands.main(arguments, prog_name="tei-edition", standalone_mode=False))
