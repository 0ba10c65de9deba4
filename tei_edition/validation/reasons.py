"""Takes an opened file and remarks on gaps and doubtful readings that do not say why they are so."""

from __future__ import annotations

from tei_edition.finding import Severity
from tei_edition.opened import Opened
from tei_edition.tei import TEI
from tei_edition.validation.against import Against, number


def reasons(opened: Opened, against: Against) -> None:
    """Remark once on all unclear passages without a reason, and on all gaps, unless the profile does so one by one."""
    _without(opened, "unclear", "unclear passage", "unclear-without-reason", Severity.INFO)
    if not against.schemas.own:
        _without(opened, "gap", "gap", "gap-without-reason", Severity.WARNING)


def _without(opened: Opened, tag: str, called: str, rule: str, severity: Severity) -> None:
    found = [one for one in opened.root.iter(f"{{{TEI}}}{tag}") if not one.get("reason", "").strip()]
    if found:
        said = "does not say why" if len(found) == 1 else "do not say why; this is the first"
        hint = "Add @reason: illegible, faded, lost, redacted, inaudible …"
        opened.remark(rule, f"{number(len(found), called)} {said}.", at=found[0], severity=severity, hint=hint)
