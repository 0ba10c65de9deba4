"""Takes a method without arguments and gives an attribute that is found when it is first asked for, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class once(Generic[T]):
    """Marks such a method, as `functools.cached_property` does, without the lock that takes longer than most of them.

    >>> class Word:
    ...     @once
    ...     def letters(self):
    ...         return [*"word"]
    >>> word = Word()
    >>> word.letters is word.letters
    True
    """

    def __init__(self, find: Callable[[Any], T]) -> None:
        self._find = find
        self._name = find.__name__
        self.__doc__ = find.__doc__

    def __get__(self, owner: Any, _: type | None = None) -> T:
        """Find the value and put it where it is looked for first from now on."""
        found: T = self._find(owner)
        owner.__dict__[self._name] = found
        return found
