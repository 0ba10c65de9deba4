"""Takes the rows that an editor decided and gives the register and the decisions as they are to be."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from tei_edition.edition import Edition, EditionError
from tei_edition.encoding.decisions import load_decisions
from tei_edition.encoding.names import fold
from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.register import changing
from tei_edition.register.deciding import DECISION, complaint
from tei_edition.register.meant import with_names
from tei_edition.register.proposing import KNOWN, free, id_of
from tei_edition.register.recording import Record, Who, responsible
from tei_edition.register.sheet import FACTS, Row, several, state
from tei_edition.register.shelf import Shelf, facts, row_of
from tei_edition.tei import ID, NS, name
from tei_edition.toml import decoded


@dataclass
class Applied:
    """What is to be written, and what was done."""

    files: dict[Path, bytes] = field(default_factory=dict)
    record: Record = field(default_factory=Record)
    open: int = 0
    """Rows that wait for a decision."""


def apply(rows: list[Row], edition: Edition, *, file: Path, report: Report) -> Applied:
    """Return the register and decisions that follow from the rows of a sheet; nothing is written yet.

    1. Applied again, the same sheet changes nothing.
    2. An id that was in the register stays in it; that of an entry which was merged points to the other (``@sameAs``).
    3. What the register says is never taken away by an empty cell, and never replaced where it was changed since the
       sheet was made: that is a finding.
    4. A row that cannot be followed is a finding with its line, and the others are applied.
    """
    desk = _Desk(edition, Shelf.open(edition, report), file, report)
    if desk.shelf.broken:
        return Applied(open=len(rows))
    ready = [row for row in rows if desk.understood(row)]
    for stage in (desk.edited, desk.made, desk.joined, desk.settled):
        for row in ready:
            stage(row)
    desk.shelf.check_authorities()
    applied = Applied(record=desk.record, open=sum(not row.decision and row.proposal != KNOWN for row in rows))
    desk.record.write(desk.shelf.roots)
    applied.files = desk.shelf.written()
    desk.tell_unlisted(applied.files)
    if desk.meant and edition.decisions is not None:
        before = read_bytes(edition.decisions) if edition.decisions.exists() else b""
        load_decisions(edition.decisions)
        try:
            after = with_names(decoded(before), desk.meant)
        except tomllib.TOMLDecodeError:
            raise EditionError(f"{edition.decisions}: write [names] as a table with a heading of its own.") from None
        if after != decoded(before):
            applied.files[edition.decisions] = after.encode()
    return applied


class _Desk:
    """One sheet beside the register that it is about."""

    def __init__(self, edition: Edition, shelf: Shelf, file: Path, report: Report) -> None:
        self.edition, self.shelf, self.record = edition, shelf, Record()
        self.meant: list[tuple[str, str, str]] = []
        """Document (or nothing for all), name, and the id that is meant."""
        self._file, self._report = file, report
        self._entries = {element.get(ID, ""): (path, element) for path, element in shelf.elements()}
        self._here = {key: (row_of(element), state(row_of(element))) for key, (_, element) in self._entries.items()}

    def say(
        self, rule: str, row: Row, message: str, hint: str | None = None, severity: Severity = Severity.ERROR
    ) -> None:
        """Report a finding about a row."""
        self._report(Finding(rule=rule, severity=severity, file=self._file, line=row.line, message=message, hint=hint))

    def understood(self, row: Row) -> bool:
        """Say whether a row can be followed, and bring its cells into the form that TEI keeps."""
        here = self._here.get(row.id)
        if wrong := complaint(row, here[0] if here else None):
            self.say(*wrong[:1], row, *wrong[1:])
        elif row.id in {person.id for person in self.edition.responsible}:
            message = f"“{row.id}” is the id of somebody who answers for the edition."
            self.say("entry-taken", row, message, "Give the entry another id.")
        else:
            return True
        return False

    # The stages, each over all rows: what was edited, new entries, what joins them, what is said of single documents

    def edited(self, row: Row) -> None:
        """Take over what the editor changed in the row of an entry that is in the register."""
        if row.proposal != KNOWN or state(row) == row.state:
            return
        path, element = self._entries[row.id]
        here, mark = self._here[row.id]
        if mark == state(row):
            return
        changed = list[str]()
        if mark == row.state:
            if row.name and changing.set_main(element, row.name, self._by(row).id):
                changed.append("name")
            if changing.add_forms(element, several(row.forms), self._by(row).id):
                changed.append("forms")
        elif row.name and row.name != here.name:
            self._conflict(row, "name", here.name, row.name)
        changed += self._facts(row, element, overwrite=mark == row.state)
        if changed:
            self._note(row, path, f"{row.id}: {', '.join(changed)} revised.")

    def _facts(self, row: Row, element: etree._Element, *, overwrite: bool = False, signed: bool = True) -> list[str]:
        """Write the facts of a row that an entry lacks, and those that differ if the editor saw what it says now."""
        written, has = list[str](), facts(element)
        for column in FACTS:
            value = getattr(row, column)
            if not value or value == has[column]:
                continue
            notes = element.findall("t:note", NS)
            plain = column != "note" or (len(notes) < 2 and not any(len(note) for note in notes))
            if has[column] and not (overwrite and plain):
                self._conflict(row, column, has[column], value)
                continue
            changing.set_fact(element, column, value, self._by(row).id if signed else "")
            written.append(column)
        return written

    def _conflict(self, row: Row, column: str, here: str, there: str) -> None:
        self.say(
            "register-conflict", row, f"The {column} of “{row.id}” is “{here}” in the register and “{there}” here.",
            "Change the register by hand, or propose again and edit the new sheet.", Severity.WARNING,
        )  # fmt: skip

    def made(self, row: Row) -> None:
        """Make the entries that are new, and those that are split off."""
        found = DECISION.fullmatch(row.decision)
        if found is None:
            return
        if found["split"]:
            self._split_from(row, found["from"], row.id, row.all_forms())
        elif found["verb"] == "split" and row.proposal == KNOWN:
            for form in self._here[row.id][0].all_forms()[1:]:
                if any(fold(form) == fold(own) for own in changing.forms_of(self._entries[row.id][1])):
                    self._split_from(row, row.id, free(id_of(form, row.kind), self._entries), [form])
        elif found["verb"] == "split":
            for form in row.all_forms():
                self._new(row, id_of(form, row.kind), [form], whole=False)
        elif found["verb"] == "new" and row.proposal != KNOWN:
            self._new(row, row.id or id_of(row.name, row.kind), row.all_forms())

    def _new(self, row: Row, key: str, forms: list[str], *, whole: bool = True) -> None:
        if not forms:
            self.say("sheet-name", row, f"“{key}” has no name.", "Write the preferred form into the column name.")
            return
        if key in self._entries:
            path, element = self._entries[key]
            shared = {fold(form) for form in forms} & {fold(form) for form in changing.forms_of(element)}
            if not shared or name(element) != row.kind:
                hint = "Give it another id, or decide same as that entry."
                self.say("entry-taken", row, f"“{key}” is the id of another entry of the register.", hint)
                return
            added = [
                *changing.add_forms(element, forms, self._by(row).id),
                *(self._facts(row, element) if whole else ()),
            ]
            if added:
                self._note(row, path, f"{key}: {', '.join(added)} added.")
        else:
            path, parent = self.shelf.list_for(row.kind)
            element = changing.new_entry(row.kind, key, forms, self._by(row).id)
            changing.place(parent, element)
            self._entries[key] = path, element
            if whole:
                # The entry as a whole says who made it.
                self._facts(row, element, signed=False)
            self.record.added(path, self._by(row), self._on(row), key)
        for document in several(row.document):
            self.meant.append((document, row.name, key))

    def _split_from(self, row: Row, source: str, key: str, forms: list[str]) -> None:
        if source not in self._entries:
            self.say("entry-unknown", row, f"The register has no entry “{source}”.", "Correct the id.")
            return
        path, element = self._entries[source]
        key = key or id_of(forms[0], row.kind)
        own, wanted = {fold(form) for form in changing.forms_of(element)}, {fold(form) for form in forms}
        if key in self._entries and wanted <= {fold(form) for form in changing.forms_of(self._entries[key][1])}:
            return
        if key in self._entries or not wanted <= own or wanted == own:
            message = f"{', '.join(f'“{form}”' for form in forms)} cannot be split from “{source}”."
            hint = "Name some of its forms, but not all, and an id that nobody has."
            self.say("entry-taken" if key in self._entries else "form-unknown", row, message, hint)
            return
        made = changing.split(element, key, forms, self._by(row).id)
        parent = element.getparent()
        assert parent is not None
        changing.place(parent, made)
        self._entries[key] = path, made
        if row.id == key:
            self._facts(row, made)
        self._note(row, path, f"{key} split from {source}.")

    def joined(self, row: Row) -> None:
        """Give forms to entries that are there by now, and merge entries."""
        found = DECISION.fullmatch(row.decision)
        if found is None or not found["same"] or several(row.document):
            return
        key = found["id"]
        if key not in self._entries:
            self.say("entry-unknown", row, f"There is no entry “{key}”.", "Correct the id, or make that entry new.")
            return
        into, target = self._entries[key]
        if target.get("sameAs"):
            self.say(
                "entry-merged", row, f"“{key}” was merged itself, into “{target.get('sameAs')}”.", "Name that one."
            )
        elif name(target) != row.kind:
            self.say(
                "sheet-kind", row, f"“{key}” is a {name(target)}, and this row is of a {row.kind}.", "Correct one."
            )
        elif row.proposal == KNOWN:
            path, element = self._entries[row.id]
            if row.id == key:
                self.say("entry-merged", row, f"“{key}” cannot be merged into itself.", "Name another entry.")
            elif element.get("sameAs", "").rpartition("#")[2] != key:
                changing.merge(element, target, (path, into), self._by(row).id)
                for file in dict.fromkeys((path, into)):
                    self._note(row, file, f"{row.id} merged into {key}.")
        else:
            added = [*changing.add_forms(target, row.all_forms(), self._by(row).id), *self._facts(row, target)]
            if added:
                self._note(row, into, f"{key}: {', '.join(added)} added.")

    def settled(self, row: Row) -> None:
        """Write down what is meant in single documents, what is no name, and who may all bear one."""
        everywhere = several(row.document) or [""]
        if (found := DECISION.fullmatch(row.decision)) is None:
            return
        if found["same"] and several(row.document):
            key = found["id"]
            if key not in self._entries:
                self.say("entry-unknown", row, f"There is no entry “{key}”.", "Correct the id, or make that entry new.")
                return
            self.meant += [(document, form, key) for document in everywhere for form in row.all_forms()]
        elif found["verb"] == "ignore" and row.proposal != KNOWN:
            self.meant += [(document, form, "") for document in everywhere for form in row.all_forms()]
        elif found["several"] or found["verb"] == "ambiguous":
            keys = re.split(r",\s*", found["several"]) if found["several"] else several(row.candidates)
            missing = [key for key in keys if key not in self._entries]
            if missing or len(keys) < 2:
                hint = "Make these entries new first, or write ambiguous: ID, ID."
                named = ", ".join(missing) or row.name
                self.say("entry-unknown", row, f"There is no entry “{named}” to be one of several.", hint)
                return
            for key in keys:
                path, element = self._entries[key]
                if added := changing.add_forms(element, row.all_forms(), self._by(row).id):
                    self._note(row, path, f"{key}: {', '.join(added)} added, which others bear too.")
        if self.meant and self.edition.decisions is None:
            self.say(
                "decisions-unnamed", row, f"“{row.name}” means somebody in single documents, and no file says so.",
                'Write decisions = "decisions.toml" into edition.toml.',
            )  # fmt: skip
            self.meant.clear()

    # Who, when, and what is wrong with the whole

    def _by(self, row: Row) -> Who:
        return responsible(row.by, self.edition)

    def _on(self, row: Row) -> str:
        return row.on or self.edition.date

    def _note(self, row: Row, path: Path, words: str) -> None:
        self.record.said(path, self._by(row), self._on(row), words)

    def tell_unlisted(self, files: dict[Path, bytes]) -> None:
        """Report register files that `encode` does not read, since edition.toml does not name them."""
        listed = {path.resolve() for path in self.edition.register}
        folder = self.edition.folder.resolve()
        names = ", ".join(f'"{path.relative_to(folder).as_posix()}"' for path in files if path not in listed)
        for path in files:
            if path not in listed:
                self._report(
                    Finding(
                        rule="register-unlisted", severity=Severity.WARNING, file=path,
                        message=f"edition.toml does not name {path.name}, so that encode does not read it.",
                        hint=f"Add {names} to register = […] in edition.toml.",
                    )
                )  # fmt: skip
