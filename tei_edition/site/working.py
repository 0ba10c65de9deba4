"""Takes things to be done and does them in their order: here, or by several processes when they are many."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

MANY = 60
"""From so many documents on, beginning other processes takes less time than they save."""
CHUNK = 8
"""Things that a process takes at once."""

T = TypeVar("T")
R = TypeVar("R")
D = TypeVar("D")

_DESK: tuple[str, Any] = ("", None)
"""In another process: where what the tasks have in common was read, and what it is."""


class Workers:
    """Does tasks, each a function of a ``desk`` that all have in common and of one thing.

    What comes out is the same, however many processes there are. No more is handed out than is soon needed, so that a
    long row of things is never in memory at once.
    """

    def __init__(self, *, several: bool) -> None:
        """Say whether there is so much to do that other processes are worth while."""
        self._count = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 61)
        self._several = several and self._count > 1
        self._pool: ProcessPoolExecutor | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._desks = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        if self._folder is not None:
            self._folder.cleanup()

    def map(self, task: Callable[[D, T], R], desk: D, things: Iterable[T], chunk: int = 0) -> Iterator[R]:
        """Yield what comes of each thing, in their order."""
        if not self._several:
            for thing in things:
                yield task(desk, thing)
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._count, multiprocessing.get_context("spawn"))
        rest, common = iter(things), self._laid(desk)
        waiting: deque[Future[list[R]]] = deque()
        while True:
            while len(waiting) < 2 * self._count and (some := list(islice(rest, chunk or CHUNK))):
                waiting.append(self._pool.submit(_done, task, common, some))
            if not waiting:
                return
            yield from waiting.popleft().result()

    def _laid(self, desk: Any) -> str:
        """Write a desk to where the other processes read it, once and not with every thing."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="tei-edition-")
        self._desks += 1
        file = Path(self._folder.name) / str(self._desks)
        file.write_bytes(pickle.dumps(desk))
        return str(file)


def _done(task: Callable[[Any, T], R], common: str, things: Sequence[T]) -> list[R]:
    global _DESK
    if _DESK[0] != common:
        _DESK = (common, pickle.loads(Path(common).read_bytes()))
    try:
        return [task(_DESK[1], thing) for thing in things]
    except Exception as error:
        # Those of Saxon are of a class that cannot be handed to another process.
        raise RuntimeError(f"{type(error).__name__}: {error}") from None
