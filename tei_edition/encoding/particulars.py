"""Takes the fields of a page and gives the particulars of a document: title, day, credits, shelfmarks, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tei_edition.encoding.archives import Shelfmark, shelfmarks
from tei_edition.encoding.credits import Citation, Credit, credits, read_citation
from tei_edition.encoding.dates import DateSpan, parse_date
from tei_edition.encoding.dating import Dating, inferred
from tei_edition.encoding.languages import Languages, languages
from tei_edition.finding import Finding, Report, Severity
from tei_edition.transcript import Field, Transcript

_SPEAKS = r"(?:The )?((?:[A-Z][\w’'-]+ |of |and |for |the ){1,10}?)(?=welcomes?|permits?|allows?|grants?|holds?|asks?)"


@dataclass(kw_only=True)
class Particulars:
    """What the header says of one document, each thing with the field it was found in."""

    transcript: Transcript
    title: str = ""
    other_titles: list[str] = field(default_factory=list)
    """Titles that the citation gives in other words than the page."""
    date: DateSpan | None = None
    date_words: str = ""
    ground: str = ""
    """What the date is inferred from, where no field gives it."""
    citations: list[tuple[Field, Citation]] = field(default_factory=list)
    sources: list[tuple[Field, Citation]] = field(default_factory=list)
    """What the page says of its source elsewhere, taken apart like a citation."""
    credits: list[tuple[Field, Credit]] = field(default_factory=list)
    """Each role and those who had it once, however often the page says so."""
    shelfmarks: list[tuple[Field, Shelfmark]] = field(default_factory=list)
    languages: Languages
    archive: str = ""
    """The name of the digital archive that the page is from."""

    def role(self, name: str) -> bool:
        """Say whether somebody is credited with a role."""
        return any(credit.role == name for _, credit in self.credits)


def particulars(
    transcript: Transcript, *, report: Report, language: str = "en", heading: str = "", dating: Dating | None = None
) -> Particulars:
    """Return the particulars of a document and report where the page contradicts itself.

    ``heading`` is what the document itself is headed; it is the title where the page names none. ``dating`` is what the
    day was inferred from, where that is known already.

    Findings: ``title-conflict``, ``title-missing``, ``date-conflict``, ``date-unparsed``, ``credit-read``,
    ``shelfmark-parsed``, ``shelfmark-unparsed``, ``language-original-unknown``.
    """
    transcript = replace(transcript, fields=[replace(item, value=legal(item.value)) for item in transcript.fields])
    citations = [(item, read_citation(item.value)) for item in transcript.fields if item.name == "citation"]
    sources = [(item, read_citation(item.value)) for item in transcript.fields if item.name == "source"]
    named = _credits(transcript, [*citations, *sources])
    found = Particulars(
        transcript=transcript,
        citations=citations,
        sources=sources,
        credits=named,
        languages=languages(
            transcript, language=language, translator=any(credit.role == "translator" for _, credit in named)
        ),
    )
    found.archive = next(
        (citation.words(citation.publisher) for _, citation in citations if citation.publisher),
        next(iter(transcript.values("publisher")), "") or _whose_terms(transcript),
    )
    _title(found, report, heading)
    _date(found, report, dating)
    _shelfmarks(found, report)
    for item, credit in named:
        if credit.role == "translator":
            message = f"“{item.value[credit.start : credit.end]}”: the brackets of the text are taken to be theirs."
            hint = "Name somebody else in decisions.toml if the page's editors set them."
            say(found, report, "credit-read", Severity.INFO, message, item, credit.start, hint)
    tongue = found.languages
    if transcript.genre == "document" and not tongue.original and (tongue.where or transcript.fields):
        quote = f"“{tongue.where.value}”" if tongue.where else "The page"
        message = f"{quote} does not say in which language the original is."
        say(found, report, "language-original-unknown", Severity.INFO, message, tongue.where)
    return found


_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(words: str) -> str:
    """Return words with U+FFFD for each character that XML cannot hold (XML 1.0, production 2, Char)."""
    return _ILLEGAL.sub("\ufffd", words)


def place_of(item: Field, offset: int = 0) -> tuple[int, int]:
    """Return line and column of a character of a field's value; a value stands in one line of its page."""
    return item.line, item.column + offset


def say(
    found: Particulars,
    report: Report,
    rule: str,
    severity: Severity,
    message: str,
    item: Field | None = None,
    offset: int = 0,
    hint: str | None = None,
) -> None:
    """Report a finding at a character of a field, or about the whole file."""
    line, column = place_of(item, offset) if item else (None, None)
    report(
        Finding(
            rule=rule, severity=severity, message=message, file=found.transcript.path, line=line, column=column,
            hint=hint,
        )
    )  # fmt: skip


def _credits(transcript: Transcript, citations: list[tuple[Field, Citation]]) -> list[tuple[Field, Credit]]:
    named = [(item, credit) for item, citation in citations for credit in citation.credits]
    for item in transcript.fields:
        if item.name == "credit":
            named += [(item, credit) for credit in credits(item.value)]
        elif item.name in {"contributor", "translator"}:
            verb = "contributed by" if item.name == "contributor" else "translated by"
            for credit in credits(f"{verb} {item.value}"):
                moved = [
                    replace(name, start=name.start - len(verb) - 1, end=name.end - len(verb) - 1)
                    for name in credit.names
                ]
                named.append((item, replace(credit, names=tuple(moved), start=0, end=moved[-1].end)))
    seen: set[tuple[str, str]] = set()
    once: list[tuple[Field, Credit]] = []
    for item, credit in sorted(named, key=lambda pair: (pair[0].line, pair[0].column, pair[1].start)):
        names = tuple(name for name in credit.names if (credit.role, name.text) not in seen)
        seen |= {(credit.role, name.text) for name in names}
        if names:
            once.append((item, replace(credit, names=names)))
    return once


def _letters(words: str) -> str:
    return "".join(re.findall(r"\w+", words)).casefold()


def _whose_terms(transcript: Transcript) -> str:
    """Return who speaks in the terms of use, where they begin with a name: “The … Program welcomes reuse of …”."""
    spoken = (re.match(_SPEAKS, words) for words in transcript.values("rights"))
    return next((found[1].strip() for found in spoken if found), "")


def _title(found: Particulars, report: Report, heading: str) -> None:
    transcript = found.transcript
    page = transcript.first("title")
    block = next((block for block in transcript.blocks if block.kind == "title"), None)
    found.title = page.value.strip() if page else legal(block.text) if block else ""
    for item, citation in found.citations:
        words = " ".join(citation.words(citation.title).split())
        if not words:
            continue
        if not found.title or (found.title.isupper() and _letters(words) == _letters(found.title)):
            found.title = words
        elif _letters(words) != _letters(found.title):
            found.other_titles.append(words)
            message = f"The page is headed “{found.title}”, its citation names “{words}”."
            hint = "The header keeps both; change titleStmt if one of them is wrong."
            start = citation.title[0] if citation.title else 0
            say(found, report, "title-conflict", Severity.WARNING, message, item, start, hint)
    if not found.title:
        firsts = (" ".join(block.text.split("\n")[0].split()) for block in transcript.blocks)
        lines: Iterable[str] = [heading] if heading else firsts
        worded = (line for line in lines if len(re.findall(r"[^\W\d_]{3,}", line)) > 1)
        line = next((line for line in worded if not parse_date(line)), "")
        found.title = legal(line if 0 < len(line) <= 160 else transcript.path.stem)
        message = f"The source names no title; the header has “{found.title}”."
        say(
            found,
            report,
            "title-missing",
            Severity.INFO,
            message,
            hint="Write the title of the document at its head.",
        )


def _date(found: Particulars, report: Report, dating: Dating | None) -> None:
    page = found.transcript.first("date")
    if page:
        found.date, found.date_words = parse_date(page.value), page.value.strip()
        if found.date is None or not found.date.attributes:
            among = " or ".join(found.date.candidates) if found.date else ""
            why = f"may mean {among}" if among else "is not a date in a form that is read"
            message = f"The date “{page.value}” {why}; the header has the words alone."
            say(found, report, "date-unparsed", Severity.WARNING, message, page, hint="Add @when to creation/date.")
    for item, citation in found.citations:
        if citation.date is None:
            continue
        words = citation.text[citation.date.start : citation.date.end]
        if page is None and not found.date_words:
            found.date, found.date_words = citation.date, words
        elif found.date and found.date.attributes and found.date.attributes != citation.date.attributes:
            message = f"The page is dated “{found.date_words}”, its citation “{words}”."
            hint = "creation/date has the date of the page; change it if the citation is right."
            say(found, report, "date-conflict", Severity.WARNING, message, item, citation.date.start, hint)

    if found.date is None and not found.date_words and (known := dating or inferred(found.transcript)):
        found.date, found.date_words, found.ground = known.span, legal(known.words), known.ground
        message = f"The page gives no date; “{found.date_words}” is that of the document by {known.ground}."
        where = Field("date", found.date_words, known.line, known.column)
        say(
            found,
            report,
            "date-inferred",
            Severity.INFO,
            message,
            where,
            hint="Write date = … above the text if it is not.",
        )


def _shelfmarks(found: Particulars, report: Report) -> None:
    told = [*found.citations, *found.sources]
    marks = [(item, mark) for item, citation in told for mark in citation.shelfmarks]
    for item in found.transcript.fields if len(marks) <= 1 else ():
        if item.name == "repository":
            marks = [_in_repository(item, marks)]
    seen: set[str] = set()
    for item, mark in marks:
        key = _letters(mark.text)
        if not key or key in seen:
            continue
        seen.add(key)
        found.shelfmarks.append((item, mark))
        if mark.complete:
            parts = ", ".join(f"{kind} {value}" for kind, value in mark.parts)
            name = " · ".join(filter(None, (mark.repository, mark.collection, parts)))
            message = f"“{mark.text}” is read as {name}."
            say(found, report, "shelfmark-parsed", Severity.INFO, message, item, mark.start)
        else:
            message = f"The archive reference “{_shortened(mark.text)}” was not understood whole; it stays in one idno."
            hint = "Write repository, collection and numbers into msIdentifier by hand."
            say(found, report, "shelfmark-unparsed", Severity.WARNING, message, item, mark.start, hint)


def _in_repository(item: Field, marks: list[tuple[Field, Shelfmark]]) -> tuple[Field, Shelfmark]:
    """Return the one reference of a page with the archive that its record names, where it names none itself."""
    if marks:
        at, mark = marks[0]
        return (at, mark) if mark.repository else (at, replace(mark, repository=item.value.strip()))
    read = shelfmarks(item.value)
    if len(read) == 1 and read[0].complete:
        return item, read[0]
    return item, Shelfmark(text=item.value, repository=item.value.strip(), complete=True)


def _shortened(words: str) -> str:
    return words if len(words) <= 80 else words[:79].rstrip() + "…"
