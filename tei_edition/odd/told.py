"""Takes the specifications of a schema and gives the rules beyond its grammar, as sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from tei_edition.odd.rules import S, schematron
from tei_edition.odd.specs import Spec, Specs
from tei_edition.tei import name

LEVELS = {"warn": "warning", "warning": "warning", "nonfatal": "warning", "info": "remark", "information": "remark"}


@dataclass(frozen=True)
class Told:
    """One rule: what it is called, where it applies, what a document that breaks it is told."""

    ident: str
    context: str
    message: str
    hint: str
    level: str
    names: frozenset[str]
    """The elements that it speaks of; none for a rule on whatever element."""
    own: bool
    """Whether its words stand in an ODD and not in the TEI's source."""


def rules(specs: Specs, own: Callable[[etree._Element], bool]) -> list[Told]:
    """Return the rules of a schema in its order; own says of markup whether it stands in an ODD."""
    schema = schematron(specs, specs.title)
    nodes = [*specs.constraints, *(node for spec in specs.by_name.values() for node in spec.constraints)]
    borrowed = {_words(one) for node in nodes if not own(node) for one in node.iter(S + "assert", S + "report")}
    hints = {one.get("id", ""): _words(one) for one in schema.iter(S + "diagnostic")}
    return list(_rules(schema, hints, borrowed))


def _rules(schema: etree._Element, hints: dict[str, str], borrowed: set[str]) -> Iterator[Told]:
    for pattern in schema.iterfind(S + "pattern"):
        for rule in pattern.iterfind(S + "rule"):
            context = rule.get("context", "")
            for one in (child for child in rule if name(child) in ("assert", "report")):
                hint = " ".join(filter(None, (hints.get(key, "") for key in one.get("diagnostics", "").split())))
                yield Told(
                    ident=one.get("id") or pattern.get("id", "").removeprefix("rules."),
                    context=context,
                    message=_words(one),
                    hint=hint,
                    level=LEVELS.get(one.get("role") or rule.get("role") or "", "error"),
                    names=frozenset(_named(context)),
                    own=_words(one) not in borrowed,
                )


def _named(context: str) -> Iterator[str]:
    """Return the elements that a context ends with, without its conditions.

    >>> sorted(_named("tei:sp[@who] | tei:div/tei:head | tei:rt/@from"))
    ['head', 'rt', 'sp']
    """
    bare, before = context, ""
    while bare != before:
        bare, before = re.sub(r"\[[^][]*\]", "", bare), bare
    for one in re.split(r"[|()]", bare):
        steps = [step.strip() for step in one.split("/") if step.strip() and not step.strip().startswith("@")]
        local = steps[-1].rpartition(":")[2] if steps else ""
        if re.fullmatch(r"[\w.-]+", local):
            yield local


def applies(told: Told, spec: Spec) -> bool:
    """Say whether a rule speaks of an element by its name."""
    return spec.name in told.names


def _words(node: etree._Element) -> str:
    """Return a message with … for what depends on the document."""
    text = node.text or ""
    for child in node:
        text += "…" if name(child) in ("value-of", "name") else "".join(map(str, child.itertext()))
        text += child.tail or ""
    return " ".join(text.split())
