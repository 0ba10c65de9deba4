"""Takes the editor's answers, from a review's page or CSV, and adds them to ``decisions.toml``."""

from __future__ import annotations

import json
import re
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

from tei_edition.edition import Edition, EditionError
from tei_edition.encoding.decisions import decision_of, load_decisions
from tei_edition.files import read_bytes, write_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.review.sheet import SheetError, as_decisions, read_sheet
from tei_edition.toml import decoded, table_of

_TABLE = re.compile(r"^[ \t]*\[", re.M)
_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*decision[ \t]*\]\]", re.M)


def read_answers(path: Path) -> dict[str, Any]:
    """Return the answers of a file: TOML as a review's page gives it, or the CSV of a review.

    Raises `SheetError` with one line for anything else, and OSError.
    """
    data = read_bytes(path)
    if path.suffix.lower() != ".toml":
        return as_decisions(read_sheet(data))
    try:
        table = table_of(decoded(data), fit=False)
    except ValueError as error:
        raise SheetError(f"it cannot be read as TOML: {error}") from None
    rows, speakers, sides = table.get("decision", []), table.get("speakers", {}), table.get("delegations", {})
    if not isinstance(rows, list) or not isinstance(speakers, dict) or not isinstance(sides, dict):
        raise SheetError("it holds no answers of a review")
    return {"decision": [row for row in rows if isinstance(row, dict)], "speakers": speakers, "delegations": sides}


def decide(edition: Edition, files: list[Path], *, report: Report, replace: bool = False) -> int:
    """Add answers to the edition's decisions and return how many are new there.

    1. What stands in decisions.toml stays, with its comments and its order; new entries come after it.
    2. An answer at odds with a decision is a finding, and is not taken, unless it is to ``replace`` that.
    3. The file is written once, when it is known to say what it is to say.

    Raises `EditionError` when the decisions there are cannot be read.
    """
    path = edition.decisions
    if path is None:
        message = "edition.toml names no file for decisions, so no answer was taken."
        hint = 'Write decisions = "decisions.toml" into edition.toml.'
        report(_finding("decisions-unnamed", edition.folder / "edition.toml", message, hint))
        return 0
    load_decisions(path)  # raises what is to be said of a file that cannot be followed
    text = decoded(read_bytes(path)).replace("\r\n", "\n") if path.exists() else ""
    book = _Book(text, path, edition, report, replace)
    for file in files:
        try:
            answers = read_answers(file)
        except SheetError as error:
            report(
                _finding("answers-unreadable", file, f"No answers were found: {error}.", "Name a review's CSV or TOML.")
            )
            continue
        book = book.with_answers(answers, file)
    if book.text != text:
        write_bytes(path, book.text.encode())
    return book.fresh


class _Book:
    """decisions.toml, while answers are added."""

    def __init__(self, text: str, path: Path, edition: Edition, report: Report, replace: bool) -> None:
        self.text, self.path, self.report, self.replace = text, path, report, replace
        self.edition, self.careful, self.fresh = edition, False, 0
        self.table: dict[str, Any] = tomllib.loads(text)
        self.ids = {
            name: document.id for document in edition.documents
            for name in (document.source.name, document.source.stem, document.id)
        }  # fmt: skip
        self.places: dict[tuple[str, str], list[int]] = {}
        """Of the decisions there are, the numbers of those at a document's line and column."""
        rows = self.table.get("decision", [])
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            named = str(row.get("document", "")) if isinstance(row, dict) else ""
            self.places.setdefault((self.ids.get(named, named), str(row.get("at", ""))), []).append(number)

    def with_answers(self, answers: dict[str, Any], file: Path) -> _Book:
        """Return decisions with all answers of a file; one that cannot be written there is left out, and told."""
        heard: list[Finding] = []
        book = self._copy(heard.append)
        book._take(answers, file)
        if not book._is_right():  # one of them is the cause: each is looked at by itself
            heard.clear()
            book = self._copy(heard.append)
            book.careful = True
            book._take(answers, file)
        for finding in heard:
            self.report(finding)
        book.report, book.careful = self.report, False
        return book

    def _copy(self, report: Report) -> _Book:
        book = _Book(self.text, self.path, self.edition, report, self.replace)
        book.fresh = self.fresh
        return book

    def _is_right(self) -> bool:
        """Say whether the text says what it is to say."""
        try:
            return tomllib.loads(self.text) == self.table
        except tomllib.TOMLDecodeError:
            return False

    def _take(self, answers: dict[str, Any], file: Path) -> None:
        for row in answers["decision"]:
            self._decision(row, file)
        for document, said in answers["speakers"].items():
            for label, identity in (said if isinstance(said, dict) else {document: said}).items():
                keys = ("speakers", document) if isinstance(said, dict) else ("speakers",)
                self._entry(keys, label, str(identity), file)
        for document, sides in answers["delegations"].items():
            self._entry(("delegations",), document, sides, file)

    def _decision(self, row: dict[str, Any], file: Path) -> None:
        try:
            decision_of(file, row)
        except EditionError as error:
            message = f"The answer for “{row.get('text', '')}” was not taken: {str(error).removeprefix(f'{file}: ')}"
            self.report(_finding("answer-unclear", file, message, "Correct the answer, and take it again."))
            return
        place = self.ids.get(str(row.get("document")), str(row.get("document"))), str(row["at"])
        rows = self.table.get("decision", [])
        number = next((n for n in self.places.get(place, ()) if self._same_place(row, rows[n])), None)
        if number is None:
            self._write(f"{self._ended()}\n{_as_toml(row)}", {**self.table, "decision": [*rows, row]}, file)
            if self.table.get("decision", rows) is not rows:
                self.places.setdefault(place, []).append(len(rows))
        elif _meaning(row) != _meaning(rows[number]):
            if self.replace:
                changed = [*rows[:number], row, *rows[number + 1 :]]
                self._write(_replaced(self.text, number, _as_toml(row)), {**self.table, "decision": changed}, file)
            else:
                what = f"“{row.get('text', '')}” at {row['at']}"
                self._conflict(file, what, str(rows[number].get("as")), str(row["as"]))

    def _same_place(self, one: dict[str, Any], two: dict[str, Any]) -> bool:
        """Say whether two decisions at one place of a document answer for the same words."""
        words = [" ".join(str(row.get("text", "")).split()) for row in (one, two)]
        around = {(row.get("before"), row.get("after")) for row in (one, two)} - {(None, None)}
        rules = {str(row.get("rule", "")) for row in (one, two) if row.get("as") == "keep"}
        return words[0] == words[1] and len(around) < 2 and len(rules) < 2

    def _entry(self, keys: tuple[str, ...], name: str, value: Any, file: Path) -> None:
        """Add one line to a table of speakers or delegations."""
        table = deepcopy(self.table)
        inner = table
        for key in keys:
            inner = inner.setdefault(key, {})
        old = inner.get(name)
        if old == value:
            return
        line = f"{_quoted(name)} = {_value(value)}"
        if old is not None and not self.replace:
            self._conflict(file, f"“{name}”", str(old), str(value))
            return
        inner[name] = value
        named = r"[ \t]*\.[ \t]*".join(map(_key, keys))
        head = re.compile(rf"^[ \t]*\[[ \t]*{named}[ \t]*\][ \t]*(?:#.*)?$", re.M)
        found = head.search(self.text)
        if old is not None and found:
            after = _TABLE.search(self.text, found.end())
            end = after.start() if after else len(self.text)
            body = re.sub(rf"(?m)^[ \t]*{_key(name)}[ \t]*=.*$", lambda _: line, self.text[found.end() : end], count=1)
            text = self.text[: found.end()] + body + self.text[end:]
        elif found:
            text = f"{self.text[: found.end()]}\n{line}{self.text[found.end() :]}"
        else:
            text = f"{self._ended()}\n[{'.'.join(map(_quoted_key, keys))}]\n{line}\n"
        self._write(text, table, file)

    def _ended(self) -> str:
        return self.text if not self.text or self.text.endswith("\n") else f"{self.text}\n"

    def _write(self, text: str, table: dict[str, Any], file: Path) -> None:
        """Take over a new text; when careful, only if it says what it is to say."""
        before = self.text, self.table
        self.text, self.table = text, table
        if self.careful and not self._is_right():
            self.text, self.table = before
            message = f"The entries of {self.path.name} are written in a way that an answer cannot be added to."
            self.report(_finding("answer-unclear", file, message, "Write the answer there by hand."))
            return
        self.fresh += 1

    def _conflict(self, file: Path, what: str, old: str, new: str) -> None:
        message = f"{what} is decided as “{old}” in {self.path.name}; the answer “{new}” was not taken."
        self.report(_finding("answer-conflict", file, message, "Take one of the two out, or use --replace.", "warning"))


def _meaning(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(key) or None for key in ("as", "words", "who", "attributes"))


def _replaced(text: str, number: int, entry: str) -> str:
    """Return decisions with another entry in place of one; comments after it stay."""
    start = [found.start() for found in _ENTRY.finditer(text)][number]
    line = text.index("\n", start) + 1 if "\n" in text[start:] else len(text)
    after = _TABLE.search(text, line)
    body = text[start : after.start() if after else len(text)]
    lines = body.splitlines(keepends=True)
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    end = start + sum(map(len, lines))
    return f"{text[:start]}{entry}{text[end:]}"


def _as_toml(row: dict[str, Any]) -> str:
    """Return one decision as it stands in decisions.toml."""
    return "[[decision]]\n" + "".join(f"{_quoted_key(key)} = {_value(value)}\n" for key, value in row.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_quoted_key(key)} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _quoted_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _quoted(key)


def _key(key: str) -> str:
    """Return a pattern for a key as it may be written: bare, or in quotation marks."""
    return f"(?:{re.escape(key)}|{re.escape(_quoted(key))}|'{re.escape(key)}')"


def _finding(rule: str, file: Path, message: str, hint: str, severity: str = "error") -> Finding:
    return Finding(rule=rule, severity=Severity(severity), file=file, message=message, hint=hint)
