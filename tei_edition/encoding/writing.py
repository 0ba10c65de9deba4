"""Takes an encoded document and writes it; what an editor changed by hand in the TEI is merged, never overwritten."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from tei_edition.encoding.written import Written, recall, remember
from tei_edition.files import read_bytes, write_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.merging import Conflict, Merged, merge_tei
from tei_edition.tei import to_bytes

_SEAL = re.compile(rb"<\?tei-edition-seal sha256=\"([0-9a-f]{64})\"\?>\r?\n?")
"""A processing instruction before the root that holds the digest of the file without it."""
_HEAD = 400
"""Bytes of a file in which the seal is looked for."""
_QUOTED = 60
"""Characters of a conflict that a message quotes."""


def sealed(root: etree._Element) -> bytes:
    """Return a document's bytes with the seal by which a later run knows that nobody changed them since."""
    return _with_seal(to_bytes(root))


def _with_seal(data: bytes, of: str = "") -> bytes:
    """Return a file with the seal of another text in place of its own, or of itself."""
    seal = f'<?tei-edition-seal sha256="{of or _digest(data)}"?>\n'.encode()
    if not data.startswith(b"<?xml "):
        return seal + data
    declaration, _, rest = data.partition(b"\n")
    return declaration + b"\n" + seal + rest


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def is_untouched(data: bytes) -> bool:
    """Say whether a file is as `sealed` wrote it."""
    plain, seal = _opened(data)
    return bool(seal) and _digest(plain) == seal


def takes_account_of(path: Path, base: str) -> bool:
    """Say whether a file, with whatever an editor changed, is of this encoding."""
    return _opened(read_bytes(path))[1] == _digest(base.encode())


def _opened(data: bytes) -> tuple[bytes, str]:
    """Return a file without its seal, and the digest that the seal holds."""
    found = _SEAL.search(data[:_HEAD])
    if not found:
        return data, ""
    return data[: found.start()] + data[found.end() :], found[1].decode()


def beside(path: Path) -> Path:
    """Return where a new encoding is put that cannot be merged into a file."""
    return path.with_name(f"{path.stem}.new.xml")


def write_encoded(
    root: etree._Element, path: Path, *, report: Report, source: Path, made_from: str = "",
    findings: Sequence[Finding] = (),
) -> Path:  # fmt: skip
    """Write a document and return the path; beside the file, as ``<stem>.new.xml``, if that cannot take it.

    1. A file that nobody changed since it was written becomes the new encoding; one that stays the same is not written.
    2. What an editor changed by hand is merged with what the new encoding changes. The result is valid if the edited
       file was.
    3. Where both changed the same place, or it is not known what was written last, the file stays as it is, and the
       new encoding lies beside it. Once that file is removed, it counts as taken over.

    What was written is kept, with the digest of what it was ``made_from`` and the findings of encoding; see `Written`.
    Raises OSError when the folder cannot be written.
    """
    new = to_bytes(root)
    sheet = _Sheet(path, source, report, Written(made_from=made_from, findings=tuple(findings)))
    old = read_bytes(path) if path.exists() else None
    if old is not None and not is_untouched(old):
        return sheet.merge(old, new)
    return sheet.put(_with_seal(new), new)


class _Sheet:
    """One TEI file that is written."""

    def __init__(self, path: Path, source: Path, report: Report, written: Written) -> None:
        self.path, self.source, self.report, self.written = path, source, report, written
        self.beside = beside(path)

    def put(self, data: bytes, base: bytes) -> Path:
        """Write the file, if it differs, and keep what it takes account of."""
        if not self.path.exists() or read_bytes(self.path) != data:
            write_bytes(self.path, data)
        remember(replace(self.written, base=base.decode()), self.path, self.source)
        if self.beside.exists() and is_untouched(read_bytes(self.beside)):
            self.beside.unlink()
        return self.path

    def merge(self, old: bytes, new: bytes) -> Path:
        """Merge a new encoding into a file that was changed by hand."""
        last = recall(self.path, self.source)
        plain, seal = _opened(old)
        # The seal says which encoding an editor began with: the last, or the one that was beside and was renamed.
        base = next((text for text in (last.base, last.offered) if seal and _digest(text.encode()) == seal), "")
        if last.offered not in ("", base) and not self.beside.exists():
            base = last.offered
            self._settled()
        if base.encode() == new:
            return self.put(old if seal == _digest(new) else _with_seal(plain, _digest(new)), new)
        edited = _text(plain)
        if not base or edited is None:
            message = f"This file was changed by hand; the new encoding of {self.source.name} is in {self.beside.name}."
            hint = f"Take over here what you want of {self.beside.name}, then remove that."
            self._say("edited-by-hand", message, hint=hint)
            return self._offer(base, new)
        merged = merge_tei(base, edited, new.decode(), self.path)
        if merged.text is None:
            self._tell(merged)
            return self._offer(base, new)
        message = f"What was changed by hand stays; what is new in the encoding of {self.source.name} was added."
        self._say("edits-merged", message, Severity.INFO)
        return self.put(_with_seal(merged.text.encode(), _digest(new)), new)

    def _offer(self, base: str, new: bytes) -> Path:
        """Put the new encoding beside the file."""
        write_bytes(self.beside, _with_seal(new))
        offered = replace(self.written, base=base, offered=new.decode(), made_from="")
        remember(offered, self.path, self.source)
        return self.beside

    def _settled(self) -> None:
        message = f"{self.beside.name} was removed: what it offered counts as taken over."
        self._say("conflict-settled", message, Severity.INFO)

    def _tell(self, merged: Merged) -> None:
        """Report why the two cannot be merged, each conflict with both places."""
        hint = f"Take over here what you want of {self.beside.name}, then remove that."
        for conflict in merged.conflicts:
            self._say("edits-conflict", self._both(conflict), line=_line(conflict.edited_line), hint=hint)
        if merged.broken:
            message = f"Merged with the new encoding, this file would not be valid: {merged.broken}"
            self._say("edits-conflict", message, hint=hint)

    def _both(self, conflict: Conflict) -> str:
        here = _quoted(conflict.edited, "was written by hand", "something was taken out by hand")
        there = _quoted(conflict.new, "stands now", "nothing stands")
        return f"Here {here}; in {self.beside.name}, line {_line(conflict.new_line)}, {there}."

    def _say(
        self, rule: str, message: str, severity: Severity = Severity.WARNING, *, line: int | None = None,
        hint: str | None = None,
    ) -> None:  # fmt: skip
        self.report(Finding(rule=rule, severity=severity, message=message, file=self.path, line=line, hint=hint))


def _line(line: int) -> int:
    """Return the line of a file for that of its text without the seal, which stands on the second."""
    return line if line == 1 else line + 1


def _quoted(text: str, said: str, nothing: str) -> str:
    words = " ".join(text.split())
    if not words:
        return nothing
    return f"“{words if len(words) <= _QUOTED else words[: _QUOTED - 1] + '…'}” {said}"


def _text(data: bytes) -> str | None:
    """Return a file as text with line feeds, or None where it is not in UTF-8 as we write."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
