"""Takes names and texts and gives them as a message says them: listed, grouped, shortened, with their article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tei_edition.relaxng.names import local
from tei_edition.vocabulary import group, ranked

_MOST = 12
"""Names that are listed one by one."""
_VALUES = 15
"""Values that are listed."""
_GROUPS, _EACH = 5, 3
"""Kinds of elements, and elements of each, that are listed where there are more."""


def an(name: str) -> str:
    """Return a name in quotation marks after its article.

    >>> an("{urn:x}item"), an("p"), an("u"), an("lb")
    ('an “item”', 'a “p”', 'a “u”', 'an “lb”')
    """
    short = local(name)
    sounded = short[0] in "aeioAEIO" or (len(short) > 1 and short[0] == "l" and short[1] not in "aeiouy")
    sounded = sounded or short in {"l", "s", "m", "sp"} or short[:2] in {"ms", "rs", "fw"}
    return f"{'an' if sounded else 'a'} “{short}”"


def each(names: Sequence[str], word: str = "and") -> str:
    """Return names in quotation marks.

    >>> each(["a", "b", "c"])
    '“a”, “b” and “c”'
    """
    quoted = [f"“{local(name)}”" for name in names]
    return f" {word} ".join([*([", ".join(quoted[:-1])] if quoted[1:] else []), *quoted[-1:]])


def listing(label: str, names: Iterable[str]) -> str:
    """Return a sentence that lists elements, the commonest first; of many, the commonest of each kind."""
    order = ranked(dict.fromkeys(names))
    if not order:
        return ""
    if len(order) <= _MOST:
        return f"{label}: {', '.join(dict.fromkeys(map(local, order)))}."
    kinds: dict[str, list[str]] = {}
    for name in order:
        kinds.setdefault(group(name), []).append(local(name))
    named = [(kind, held) for kind, held in kinds.items() if kind]
    if not named:
        return f"{label}: {', '.join(map(local, order[:_MOST]))} and {len(order) - _MOST} more."
    parts = [f"{kind} ({', '.join(held[:_EACH])}{' …' if held[_EACH:] else ''})" for kind, held in named[:_GROUPS]]
    return f"{label}: {', '.join(parts)}{' and others' if len(kinds) > _GROUPS else ''}."


def values(label: str, every: Iterable[str]) -> str:
    """Return a sentence that lists values; of many, the first."""
    listed = sorted(set(every))
    more = f" … ({len(listed)} in all)" if len(listed) > _VALUES else "."
    return f"{label}: {', '.join(listed[:_VALUES])}{more}" if listed else ""


def start(words: str) -> str:
    """Return the beginning of a text."""
    own = " ".join(words.split())
    return own if len(own) <= 40 else own[:39] + "…"
