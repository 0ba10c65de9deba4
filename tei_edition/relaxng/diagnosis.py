"""Takes a place where a document leaves its schema, and gives the remark that helps, and the way on."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from lxml import etree

from tei_edition.location import called, line
from tei_edition.opened import Opened
from tei_edition.relaxng import dates, expected
from tei_edition.relaxng.names import local
from tei_edition.relaxng.patterns import Pattern
from tei_edition.relaxng.states import ALL, Opening, State
from tei_edition.tei import ID

if TYPE_CHECKING:
    from tei_edition.relaxng.schema import Schema
    from tei_edition.relaxng.validator import Frame

_LIKELY = "p head item ab l title desc persName placeName date bibl div text body".split()
"""Elements of TEI that are meant most often, where many are possible."""
_MOST = 15
_SKIPPED = 3
"""Elements in a row that may be missing before one that stands there."""
_TRIED = 60


class Diagnosis:
    """Says what is wrong at one place of one document."""

    def __init__(self, schema: Schema, opened: Opened) -> None:
        self._schema, self._states, self._opened = schema, schema.states, opened
        self._similar: dict[tuple[str, State], str] = {}

    def strange(self, node: etree._Element, outer: Frame) -> tuple[State | None, Opening | None]:
        """Remark on an element that cannot stand where it stands; return what it may hold, and the way on.

        Without a way on, the parent stands after the element where it stood before.
        """
        name, own = str(node.tag), self._schema.called(str(node.tag))
        if outer.state is None or name in outer.forgiven:
            return own, None
        rule, short = "element-not-allowed", local(name)
        parent = outer.element
        outer.faulty = True
        near = expected.firsts(outer.state.patterns)
        if self._opened.full(rule):
            self._opened.remark(rule, "")
            return own, None
        if own is None:
            key = name, outer.state
            if key not in self._similar:
                self._similar[key] = _meant(name, near) or _meant(name, self._schema.names)
            meant = self._similar[key]
            hint = _written(name, meant) if meant else _listing("Allowed here", near)
            self._opened.remark(rule, f"“{called(node)}” is not an element of this schema.", at=node, hint=hint or None)
            if not meant:
                return None, None
            opening = self._states.opened(outer.state, meant)
            outer.faulty = opening is None
            return self._schema.called(meant), opening
        if parent is None:
            hint = _listing("Begin with", near)
            self._opened.remark(rule, f"“{short}” is not a root that the schema allows.", at=node, hint=hint or None)
            return own, None
        skipped = [] if outer.state.ends else self._skipped(outer.state, name)
        if skipped:
            return self._after_gap(node, outer, skipped)
        possible = {one for element in expected.elements(_patterns(outer.initial)) for one in element.names.named()}
        if name not in possible:
            message = f"“{short}” is not allowed in “{local(parent.tag)}”."
            hint = _listing("Allowed here", near)
        else:
            message = f"“{short}” does not fit at this place in “{local(parent.tag)}”."
            early = outer.initial is not None and self._states.opened(outer.initial, name) is not None
            hint = f"Put it at the beginning of “{local(parent.tag)}”." if early else _listing("Allowed here", near)
            if name in expected.firsts(_patterns(outer.initial)) and _before(node, name):
                hint = f"There is one already; {_lower(hint)}" if hint and not early else "There is one already."
        self._opened.remark(rule, message, at=node, hint=hint or None)
        return own, None

    def _after_gap(self, node: etree._Element, outer: Frame, skipped: list[str]) -> tuple[State | None, Opening | None]:
        """Remark on what is missing before an element, or comes only after it."""
        assert outer.state is not None and outer.element is not None
        short, parent = local(node.tag), local(outer.element.tag)
        later = [name for name in skipped if next(node.itersiblings(name), None) is not None]
        if later:
            message = f"“{short}” does not fit at this place in “{parent}”."
            hint = f"Put “{local(later[0])}” before it."
            outer.forgiven.update(later)
            self._opened.remark("element-not-allowed", message, at=node, hint=hint)
        else:
            missing = ", ".join(f"“{local(name)}”" for name in skipped)
            message = f"“{parent}” lacks {missing} before “{short}”."
            self._opened.remark("content-incomplete", message, at=node, hint=f"Add {missing} before it.")
        state = outer.state
        for name in skipped:
            opening = self._states.opened(state, name)
            assert opening is not None
            state = self._states.after(opening, ALL)
        outer.state = state
        outer.faulty = False
        opening = self._states.opened(state, str(node.tag))
        return (opening.inner, opening) if opening else (self._schema.called(str(node.tag)), None)

    def _skipped(self, state: State, name: str) -> list[str]:
        """Return the fewest elements after which another one is allowed; nothing if there are none."""
        waiting: list[tuple[State, list[str]]] = [(state, [])]
        seen = {state}
        for _ in range(_TRIED):
            if not waiting:
                break
            here, way = waiting.pop(0)
            for step in expected.firsts(here.patterns):
                opening = self._states.opened(here, step)
                after = None if opening is None else self._states.after(opening, ALL)
                if after is None or after in seen:
                    continue
                seen.add(after)
                if self._states.opened(after, name) is not None:
                    return [*way, step]
                if len(way) + 1 < _SKIPPED and not after.ends:
                    waiting.append((after, [*way, step]))
        return []

    def incomplete(self, frame: Frame) -> None:
        """Remark on an element that ends too early."""
        assert frame.element is not None and frame.state is not None
        if self._opened.full("content-incomplete"):
            self._opened.remark("content-incomplete", "")
            return
        names = expected.firsts(frame.state.patterns)
        hint = ""
        if len(names) == 1:
            hint = f"Add “{local(next(iter(names)))}”."
        elif 0 < len(names) <= _MOST:
            hint = _listing("Add one of", names)
        elif names:
            short = {local(name) for name in names}
            likely = next((name for name in _LIKELY if name in short), "")
            hint = f"Add a “{likely}”, or what may stand in its place." if likely else ""
        message = f"The content of “{local(frame.element.tag)}” is incomplete."
        near = last_line(frame.element)
        self._opened.remark("content-incomplete", message, at=frame.element, near=near, hint=hint or None)

    def text(self, frame: Frame) -> None:
        """Remark on text that cannot stand in an element."""
        assert frame.element is not None and frame.state is not None
        node, name, state = frame.element, local(frame.element.tag), frame.state
        words = _start(frame.words)
        if state.typed and frame.last is None:
            message = f"“{words}” cannot be the content of “{name}”." if words else f"“{name}” is empty."
            hint = _value_hint(words, state.patterns)
            self._opened.remark("value-not-allowed", message, at=node, hint=hint or None)
            return
        before = line(node) if frame.last is None else last_line(frame.last)
        blank = frame.words[: len(frame.words) - len(frame.words.lstrip())]
        near = None if before is None else before + blank.count("\n")
        held = {local(one) for one in expected.firsts(_patterns(frame.initial))} | {
            local(one) for element in expected.elements(_patterns(frame.initial)) for one in element.names.named()
        }
        likely = next((one for one in ("p", "head", "item", "desc") if one in held), "")
        message = f"“{name}” may not hold text of its own: “{words}”."
        hint = f"Put it into a “{likely}”." if likely else ""
        self._opened.remark("text-not-allowed", message, at=node, near=near, hint=hint or None)

    def value(self, node: etree._Element, key: str, value: str, patterns: Iterable[Pattern]) -> None:
        """Remark on a value that an attribute cannot have."""
        words = " ".join(value.split())
        if key == ID:
            hint = "Begin with a letter, then letters, digits, “-”, “_” and “.”; no blank and no colon."
            self._opened.remark("id-not-a-name", f"“{value}” cannot be an id.", at=node, attribute=key, hint=hint)
            return
        message = f"“{words}” cannot be the value of “{called(node, key)}” on “{local(node.tag)}”."
        hint = _value_hint(words, tuple(patterns))
        self._opened.remark("value-not-allowed", message, at=node, attribute=key, hint=hint or None)

    def attribute(self, node: etree._Element, key: str, state: State) -> str:
        """Remark on an attribute that does not belong; return the one that was meant, if it can be seen."""
        if self._opened.full("attribute-not-allowed"):
            self._opened.remark("attribute-not-allowed", "")
            return ""
        meant = _meant(key, [name for name in expected.attributes(state.patterns) if node.get(name) is None])
        message = f"“{called(node, key)}” is not an attribute of “{local(node.tag)}”."
        hint = ""
        if meant:
            hint = f"Write “{called(node, meant)}”."
        elif self._states.attributing(self._schema.called(str(node.tag)) or state, key).values:
            message = f"“{called(node, key)}” is not allowed on “{local(node.tag)}” here."
        self._opened.remark("attribute-not-allowed", message, at=node, attribute=key, hint=hint or None)
        return meant

    def missing(self, node: etree._Element, state: State) -> None:
        """Remark on the attributes that an element lacks."""
        alive = [expected.required(one) for one in state.patterns if type(one) is not Pattern]
        names = sorted(frozenset.intersection(*alive)) if alive else []
        for key in names:
            message = f"“{local(node.tag)}” lacks the attribute “{called(node, key)}”."
            hint = _listing("Give it one of", expected.listed(self._states.attributing(state, key).values))
            self._opened.remark("attribute-missing", message, at=node, hint=hint or None)
        if not names:
            hint = _listing("Give it one of", sorted(expected.attributes(state.patterns)))
            message = f"“{local(node.tag)}” lacks an attribute that goes with the others."
            self._opened.remark("attribute-missing", message, at=node, hint=hint or None)


def _patterns(state: State | None) -> tuple[Pattern, ...]:
    return () if state is None else state.patterns


def last_line(node: etree._Element) -> int | None:
    """Return the line of an element's end tag, which the tree does not tell: by the line ends since the last tag."""
    found, after = node, ""
    while isinstance(found.tag, str) and len(found):
        found = found[-1]
        after += found.tail or ""
    after += (found.text or "") if isinstance(found.tag, str) else ""
    number = line(found)
    return None if number is None else number + after.count("\n")


def _before(node: etree._Element, name: str) -> bool:
    return next(node.itersiblings(name, preceding=True), None) is not None


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _value_hint(words: str, patterns: tuple[Pattern, ...]) -> str:
    values = sorted(set(expected.listed(patterns)))
    if values:
        near = get_close_matches(words, values, 1, 0.72) if len(words) < 50 else []
        every = _listing(f"Write “{near[0]}”, or one of" if near else "Write one of", values)
        return every or (f"Write “{near[0]}”." if near else "")
    for name in expected.types(patterns):
        if why := dates.reason(name, words):
            return why
    return expected.form(patterns)


def _meant(name: str, known: Iterable[str]) -> str:
    """Return the name that was meant: the same in another namespace, or one of nearly the same letters."""
    by_local: dict[str, str] = {}
    for one in known:
        by_local.setdefault(local(one), one)
    short = local(name)
    if short in by_local:
        return by_local[short]
    if len(short) >= 50:
        return ""
    # Letters in another order are a slip in short names too, where the share of letters in place is small.
    turned = [one for one in by_local if sorted(one.lower()) == sorted(short.lower())]
    near = turned[:1] or get_close_matches(short, by_local, 1, 0.75)
    return by_local[near[0]] if near else ""


def _written(name: str, meant: str) -> str:
    if local(name) != local(meant):
        return f"Write “{local(meant)}”."
    uri = meant[1:].partition("}")[0] if meant.startswith("{") else ""
    return f"Put it into the namespace “{uri}”." if uri else "Write it without a namespace."


def _listing(label: str, names: Iterable[str]) -> str:
    listed = sorted({local(name) for name in names})
    return f"{label}: {', '.join(listed)}." if 0 < len(listed) <= _MOST else ""


def _start(words: str) -> str:
    own = " ".join(words.split())
    return own if len(own) <= 40 else own[:39] + "…"
