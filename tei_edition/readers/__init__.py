"""Takes a file and gives its transcript: the bytes are decoded, and the first reader that knows the page reads it."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.readers.alto import alto
from tei_edition.readers.digital_archive import digital_archive
from tei_edition.readers.docx import docx
from tei_edition.readers.html import html
from tei_edition.readers.markdown import markdown
from tei_edition.readers.odt import odt
from tei_edition.readers.page import Page, quoted
from tei_edition.readers.page_xml import page_xml
from tei_edition.readers.plain import plain
from tei_edition.readers.scans import folder_of_pages, mets
from tei_edition.transcript import BLANK, Transcript, lines_of


class Reader(NamedTuple):
    """One way to read a file."""

    name: str
    read: Callable[[Page], Transcript | str]
    """Returns the transcript, or a sentence that says why the reader does not apply."""
    sentence: str
    packed: bool = False
    """Whether it reads packages, which are no text until they are unpacked."""


READERS = (
    Reader("docx", docx, "a document of Word (DOCX)", packed=True),
    Reader("odt", odt, "an OpenDocument text (ODT)", packed=True),
    Reader("html", html, "a page in HTML"),
    Reader("page-xml", page_xml, "a page in PAGE XML"),
    Reader("alto", alto, "a page in ALTO"),
    Reader("mets", mets, "pages that a METS file names"),
    Reader("digital-archive", digital_archive, "a saved page of the Wilson Center Digital Archive"),
    Reader("markdown", markdown, "a text in Markdown"),
    Reader("plain", plain, "plain text, with or without front matter"),
)
"""The readers in the order in which they are tried; the last one reads everything."""

ENDINGS = ("txt", "text", "html", "htm", "xhtml", "md", "markdown", "docx", "odt")
"""How the names of transcripts end, in a folder that stands for the transcripts in it."""

SIGNATURES = {
    b"%PDF-": "a PDF", b"PK\x03\x04": "a ZIP package, as Word and OpenOffice write them", b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image", b"GIF8": "an image", b"\xd0\xcf\x11\xe0": "an old Word file", b"{\\rtf": "RTF",
    b"\x1f\x8b": "compressed", b"\x7fELF": "a program",
}  # fmt: skip
"""How files begin that are no text."""

MARKS = {
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32-le", codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be",
}  # fmt: skip
"""Byte order marks; that of UTF-32 begins as that of UTF-16 does, so it comes first."""


NO_TEXT = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"}
"""Encodings of Python that are not of files."""


def read(
    path: Path, *, report: Report, reader: str | None = None, encoding: str | None = None,
    styles: Mapping[str, str] | None = None,
) -> Transcript:  # fmt: skip
    """Return the transcript of a file.

    1. Any file that can be opened gives a transcript; what cannot be opened raises OSError.
    2. Every line of it is text of the document, a field, or reported as dropped.
    3. A plain text without front matter comes back character for character from `Transcript.text`.

    ``reader`` names one of `READERS`, ``encoding`` a character encoding; both are found out when not given.
    ``styles`` says what styles of word processors mean, by their names.
    """

    def say(rule: str, severity: Severity, message: str, hint: str | None = None) -> None:
        report(Finding(rule=rule, severity=severity, message=message, file=path, hint=hint))

    if path.is_dir() and (pages := folder_of_pages(path, report, dict(styles or {}))):
        say("reader-chosen", Severity.INFO, f"The folder is read as {len(pages.surfaces)} pages of one document.")
        return pages
    data = read_bytes(path)
    kind = next((kind for start, kind in SIGNATURES.items() if data.startswith(start)), "")
    text = "" if kind else decode(data, path=path, report=report, encoding=encoding)
    page = Page(path=path, text=text, data=data, report=report, styles=styles or {})
    for item in READERS if kind else ():
        if item.packed and isinstance(made := item.read(page), Transcript):
            if not made.blocks:
                say("file-unreadable", Severity.ERROR, "There are no words in the file.")
            say("reader-chosen", Severity.INFO, f"The file is read as {item.sentence}.")
            return made
    if kind:
        say("file-unreadable", Severity.ERROR, f"The file is {kind}, not text.", "Save it as plain text in UTF-8.")
        return Transcript(path=path, reader="plain", data=data)
    if not text.strip(BLANK):
        say("file-unreadable", Severity.ERROR, "There are no words in the file.")
    elif encoding is None and not _is_text(text, data):
        say("file-unreadable", Severity.ERROR, "The file is not text; it is full of characters that no text has.")
        return Transcript(path=path, reader="plain", data=data)
    known = {item.name: item for item in READERS}
    if reader is not None and reader not in known:
        hint = f"Use one of: {', '.join(known)}."
        say("reader-unknown", Severity.WARNING, f"{quoted(reader)} is not the name of a reader.", hint)
        reader = None
    for item in READERS if reader is None else (known[reader], READERS[-1]):
        if item.packed and reader is None:
            continue
        made = item.read(page)
        if isinstance(made, Transcript):
            if text.strip(BLANK) and not made.blocks:
                say("file-unreadable", Severity.ERROR, "There are no words of a document in the file.")
            layout = f" (layout {made.layout})" if made.layout else ""
            say("reader-chosen", Severity.INFO, f"The file is read as {item.sentence}{layout}.")
            return made
        if reader is not None:
            message = f"The reader {quoted(item.name)} does not apply. {made}"
            say("reader-declined", Severity.WARNING, message, "The file is read as plain text.")
    raise AssertionError("the last of READERS reads everything")


def _is_text(text: str, data: bytes) -> bool:
    """Say whether the beginning of a file is text: UTF-8, or few of its characters control a device or are none."""
    try:
        data[:8000].decode("utf-8")
        return True
    except UnicodeDecodeError as error:
        if error.start > 7990:
            return True  # a character that the end of the sample cuts
    start = text[:8000]
    strange = sum(1 for letter in start if letter == "\ufffd" or (letter < " " and letter not in "\t\n\r\f\v\x1b"))
    return strange < 16 or 20 * strange < len(start)


def decode(data: bytes, *, path: Path, report: Report, encoding: str | None = None) -> str:
    """Return the text of a file's bytes without its byte order mark.

    A byte order mark decides, then the encoding asked for, then UTF-8; what is not UTF-8 is read as it
    most likely is, with a warning. Bytes that do not decode are an error, and U+FFFD stands in the text for them.
    """
    for mark, name in MARKS.items():
        if data.startswith(mark):
            return _decode(data[len(mark) :], name, path, report)
    if encoding is not None:
        try:
            if codecs.lookup(encoding).name not in NO_TEXT:
                "".encode(encoding)
                return _decode(data, encoding, path, report)
        except (LookupError, ValueError):
            pass
        _say(path, report, "encoding-unknown", f"{quoted(encoding)} is not an encoding of text; it is not used.")
    if b"\0" in data[:4000]:
        from tei_edition.readers.charsets import wide

        if name := wide(data):
            _say(path, report, "encoding-guessed", f"The file is not UTF-8; it is read as {name}.")
            return _decode(data, name, path, report)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", "replace")
    wrong = lenient.count("\ufffd")
    if sum(1 for character in lenient if character > "\x7f") - wrong > wrong:
        return _decode(data, "utf-8", path, report)
    from tei_edition.readers.charsets import declared, guessed

    if name := declared(data):
        return _decode(data, name, path, report)
    name = guessed(data)
    _say(path, report, "encoding-guessed", f"The file is not UTF-8; it is read as {name}.")
    return _decode(data, name, path, report)


def _say(path: Path, report: Report, rule: str, message: str) -> None:
    hint = "Name the encoding in edition.toml, or save the file as UTF-8."
    report(Finding(rule=rule, severity=Severity.WARNING, message=message, file=path, hint=hint))


def _decode(data: bytes, encoding: str, path: Path, report: Report) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        lines = lines_of(data[: error.start].decode(encoding, "replace") + "x")
        count = text.count("\ufffd")
        message = f"{'A byte is' if count == 1 else f'{count} places are'} not {encoding}; the first is here."
        report(
            Finding(
                rule="encoding-broken",
                severity=Severity.ERROR,
                message=message,
                file=path,
                line=lines[-1].number,
                column=len(lines[-1].text),
                hint="Name the file's encoding, or put what stands in the original for each U+FFFD.",
            )
        )
        return text
