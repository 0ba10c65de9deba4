"""Takes the words typed after ``tei-edition``, calls one function of the library, prints its findings and exits."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from importlib import import_module

import click

from tei_edition import __version__
from tei_edition.cli.asking import helped
from tei_edition.console import exit_code

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
SWEPT = (200_000, 10, 10)
"""Objects after which Python looks for circles of them that nobody needs, and how often it looks through older ones."""
COMMANDS = ("encode", "decide", "validate", "register", "render", "publish", "serve", "search", "new", "schema")
"""The commands, in the order of an editor's work; each is in the module of its name."""


class Verbs(click.Group):
    """The commands; a module is imported when its command is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of an editor's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # Nearly all that a command makes is kept to its end, or let go of at once; to look through it for circles as often
    # as Python does takes a sixth of the time.
    gc.set_threshold(*SWEPT)
    return exit_code(lambda: commands.main(arguments, prog_name="tei-edition", standalone_mode=False))
