"""Takes the name classes of a RELAX NG schema and says which names they hold and whether two of them overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_NOWHERE = "\0"
"""A namespace and a local name that no schema can write, to stand for all others (Clark, section on restrictions)."""


class NameClass:
    """A set of names; names are in Clark notation, ``{namespace}local`` or ``local``."""

    __slots__ = ()

    def holds(self, name: str) -> bool:
        """Return whether a name is one of these."""
        raise NotImplementedError

    def named(self) -> Iterator[str]:
        """Yield the names that are written out; nothing for a wildcard."""
        return iter(())

    def samples(self) -> Iterator[str]:
        """Yield names such that two classes overlap only if a sample of one of them is in both."""
        raise NotImplementedError

    def parts(self) -> Iterator[NameClass]:
        """Yield this class, and those that it is made of or excludes."""
        yield self

    @property
    def endless(self) -> bool:
        """Whether there is a wildcard in it."""
        return True


@dataclass(frozen=True, slots=True)
class Name(NameClass):
    """One name."""

    name: str

    def holds(self, name: str) -> bool:
        return name == self.name

    def named(self) -> Iterator[str]:
        yield self.name

    def samples(self) -> Iterator[str]:
        yield self.name

    @property
    def endless(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class AnyName(NameClass):
    """Every name but those of ``but``."""

    but: NameClass | None = None

    def holds(self, name: str) -> bool:
        return self.but is None or not self.but.holds(name)

    def parts(self) -> Iterator[NameClass]:
        yield self
        if self.but is not None:
            yield from self.but.parts()

    def samples(self) -> Iterator[str]:
        yield f"{{{_NOWHERE}}}{_NOWHERE}"
        if self.but is not None:
            yield from self.but.samples()


@dataclass(frozen=True, slots=True)
class NsName(NameClass):
    """Every name of a namespace but those of ``but``."""

    ns: str
    but: NameClass | None = None

    def holds(self, name: str) -> bool:
        return namespace(name) == self.ns and (self.but is None or not self.but.holds(name))

    def parts(self) -> Iterator[NameClass]:
        yield self
        if self.but is not None:
            yield from self.but.parts()

    def samples(self) -> Iterator[str]:
        yield clark(self.ns, _NOWHERE)
        if self.but is not None:
            yield from self.but.samples()


@dataclass(frozen=True, slots=True)
class NameChoice(NameClass):
    """The names of several classes."""

    classes: tuple[NameClass, ...]

    def holds(self, name: str) -> bool:
        return any(one.holds(name) for one in self.classes)

    def named(self) -> Iterator[str]:
        for one in self.classes:
            yield from one.named()

    def parts(self) -> Iterator[NameClass]:
        for one in self.classes:
            yield from one.parts()

    def samples(self) -> Iterator[str]:
        for one in self.classes:
            yield from one.samples()

    @property
    def endless(self) -> bool:
        return any(one.endless for one in self.classes)


def clark(ns: str, local: str) -> str:
    """Return a name in Clark notation.

    >>> clark("", "p"), clark("urn:x", "p")
    ('p', '{urn:x}p')
    """
    return f"{{{ns}}}{local}" if ns else local


def namespace(name: str) -> str:
    """Return the namespace of a name in Clark notation, or an empty string."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def local(name: object) -> str:
    """Return the local part of a name in Clark notation."""
    return str(name).rpartition("}")[2]


def overlap(one: NameClass, other: NameClass) -> bool:
    """Return whether a name can be in both classes.

    >>> overlap(AnyName(Name("a")), Name("a")), overlap(NsName(""), Name("a"))
    (False, True)
    """
    return any(one.holds(name) and other.holds(name) for side in (one, other) for name in side.samples())
