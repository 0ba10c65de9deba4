"""Takes findings and gives them as a SARIF 2.1.0 log, for code scanning and for editors that read it.

The form is that of OASIS, *Static Analysis Results Interchange Format Version 2.1.0*; columns count characters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tei_edition import __version__
from tei_edition.finding import Finding, Severity
from tei_edition.reports import Outcome
from tei_edition.reports.rules import explained, plain
from tei_edition.reports.words import advice

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
"""What addresses of files are relative to: the folder that the command was called in."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(outcome: Outcome) -> str:
    """Return one log with one ``run``: the rules that were met, the files, the findings, the exit code."""
    rules = {rule: index for index, rule in enumerate(dict.fromkeys(item.rule for item in outcome.findings))}
    paths = [*outcome.files, *(item.file for item in outcome.findings)]
    files = {path: index for index, path in enumerate(dict.fromkeys(paths))}
    some_accepted = any(item.accepted is not None for item in outcome.findings)
    results = []
    for finding, mark in zip(outcome.findings, outcome.marks, strict=True):
        result = _result(finding, mark, rules, files)
        if some_accepted:  # § 3.27.23: either every result says whether it is suppressed, or none does
            result["suppressions"] = _suppressions(finding)
        results.append(result)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(rules, outcome.findings)},
                "invocations": [{"executionSuccessful": True, "exitCode": outcome.code}],
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that the command was called in."}}},
                "artifacts": [_artifact(path) for path in files],
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False)


def address(path: Path) -> dict[str, str]:
    """Return the address of a file, relative to the folder of the call where it lies in there."""
    if path.is_absolute():
        return {"uri": "file://" + quote(f"/{path.as_posix().lstrip('/')}", errors="replace")}
    # A colon in the first step of a relative address would be taken for a scheme, so quote() sets it as %3A.
    return {"uri": quote(path.as_posix(), errors="replace"), "uriBaseId": ROOT}


def _driver(rules: Mapping[str, int], findings: Sequence[Finding]) -> dict[str, Any]:
    worst: dict[str, Severity] = {}
    order = list(Severity)
    see: dict[str, set[str]] = {}
    for finding in findings:
        worst[finding.rule] = min(worst.get(finding.rule, Severity.INFO), finding.severity, key=order.index)
        see.setdefault(finding.rule, set()).add(finding.see or "")
    return {
        "name": "tei-edition",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule, worst[rule], see[rule]) for rule in rules],
    }


def _rule(rule: str, severity: Severity, see: set[str]) -> dict[str, Any]:
    described: dict[str, Any] = {"id": rule, "defaultConfiguration": {"level": _LEVELS[severity]}}
    if told := explained().get(rule):
        described["shortDescription"] = {"text": plain(told.when)}
        described["help"] = {
            "text": f"{plain(told.when)} What to do: {plain(told.mend)}",
            "markdown": f"{told.when}\n\n**What to do:** {told.mend}",
        }
        described["properties"] = {"tags": [told.chapter]}
    (one, *others) = sorted(see)
    if one and not others:  # all its findings lead to one page
        described["helpUri"] = one
    return described


def _artifact(path: Path) -> dict[str, Any]:
    artifact: dict[str, Any] = {"location": address(path)}
    if path.suffix == ".xml":
        artifact["mimeType"] = "application/tei+xml"
    return artifact


def _result(finding: Finding, mark: str, rules: Mapping[str, int], files: Mapping[Path, int]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {**address(finding.file), "index": files[finding.file]}}
    if finding.line is not None:
        place["region"] = {"startLine": finding.line}
        if finding.column is not None:
            place["region"]["startColumn"] = finding.column
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.xpath:
        kind = "attribute" if "/@" in finding.xpath else "element"
        location["logicalLocations"] = [{"fullyQualifiedName": finding.xpath, "kind": kind}]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rules[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": advice(finding)},
        "locations": [location],
        "partialFingerprints": {"teiEdition/v1": mark},
    }
    if finding.see:
        result["properties"] = {"see": finding.see}
    return result


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    if finding.accepted is None:
        return []
    return [{"kind": "external", "status": "accepted", "justification": finding.accepted}]
