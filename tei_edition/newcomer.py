"""Takes the name of a folder and writes an edition into it: settings, one small transcript, room for decisions."""

from __future__ import annotations

from pathlib import Path

from tei_edition.edition import EditionError, identifier
from tei_edition.files import write_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.settings import FILE

LETTER = """\
+++
title = "Letter from Anna Brandt to her brother"
date = "3 March 1921"
author = "Anna Brandt"
type = "Letter"
language = "English"
abstract = "Anna Brandt thanks her brother for a parcel and tells him of the winter on the river."
source = "Riverside Municipal Archives, Brandt Papers, box 2, folder 7"
+++

Riverside Farm, 3 March 1921

Dear Paul,

Your parcel reached us on Tuesday, and the children have not let go of [the] books since. The ice on the river is \
still two feet thick; old Martens drove his sledge across it with the whole of [my?] hay, and nothing happened to \
him but a [one word missing] that we still laugh about.

Mother is well and asks whether you mean to come at Easter. Write soon, and tell us about the new machine.

Your sister,

Anna
"""

SETTINGS = """\
# What this edition is, and which documents belong to it. tei-edition encode, validate, render and publish read it.

title = "My edition"
# subtitle = "Letters from the river, 1919-1924"
id = "{id}"
language = "en"                        # of the edition itself: its pages and notes
date = 2026-01-01                      # of the encoding; nothing in the output depends on the clock
publisher = "Name of your institution"
description = "One sentence about the edition, for the front page of its site."
rights = "Who may do what with the encoding."
# licence = "https://creativecommons.org/licenses/by/4.0/"

# Persons, places and organisations that the documents name, in TEI:
# register = ["xml/register/persons.xml", "xml/register/places.xml", "xml/register/organisations.xml"]

decisions = "decisions.toml"           # your answers to what encode asks
# tei = "xml"                          # folder of the encoded documents
# site = "site"                        # folder of the published edition
# schema = "schema/my.rng"             # in place of the toolkit's own

[[responsible]]
id = "editor"
resp = "edited by"
name = "Your name"

# One [[document]] for each transcript, in the order of the edition.
[[document]]
source = "sources/letter.txt"
# id = "letter"                        # name of the TEI file; made from the source's name when absent
# reader = "plain"                     # or digital-archive; recognised when absent
# profile = "digital-archive"          # what square brackets mean: digital-archive, frus, recording
# encoding = "windows-1252"            # of the characters; UTF-8 when absent
"""

DECISIONS = """\
# Your answers to doubts. tei-edition encode names the place, line:column; what you say here is applied each time.
# Remove the # in front of the six lines below to say that “[my?]” is a word supplied, not a doubtful reading.

# [[decision]]
# document = "letter"
# at = "{place}"
# text = "[my?]"
# as = "supplied"
# attributes = {{ cert = "medium" }}
"""

README = """\
# My edition

`sources/` holds the transcripts, `edition.toml` says what belongs to the edition and who answers for it.

    tei-edition encode      # transcripts into TEI, in xml/
    tei-edition validate    # is it valid, do all pointers lead somewhere?
    tei-edition publish     # the site, in site/

What `encode` asks is answered in `decisions.toml`. A TEI file that you change by hand is never overwritten.
"""


def write_edition(folder: Path, *, report: Report | None = None) -> list[Path]:
    """Write a newcomer's edition into a folder, which may be new, and return the files written.

    A file that is there already is kept, with a finding. Raises `EditionError` with one line when the folder is an
    edition already, or no folder.
    """
    if (folder / FILE).exists():
        raise EditionError(f"{folder} has an {FILE} already.")
    if folder.exists() and not folder.is_dir():
        raise EditionError(f"{folder} is a file, not a folder.")
    row, words = next((row, words) for row, words in enumerate(LETTER.splitlines(), 1) if "[my?]" in words)
    texts = {
        "sources/letter.txt": LETTER,
        "decisions.toml": DECISIONS.format(place=f"{row}:{words.index('[my?]') + 1}"),
        "README.md": README,
        ".gitignore": "/site/\n",
        # Last, so that a folder with this file in it is whole.
        FILE: SETTINGS.format(id=identifier(folder.resolve().name)),
    }
    written: list[Path] = []
    for name, text in texts.items():
        path = folder / name
        if path.exists():
            if report:
                message = "The file is there already and stays as it is."
                report(Finding(rule="file-kept", severity=Severity.WARNING, message=message, file=path))
            continue
        write_bytes(path, text.encode())
        written.append(path)
    return written
