"""Takes what `Desk` takes and gives what it gives, done in a process of its own that is stopped when it takes too long.

Rules that the package does not bring may loop for ever, fill the memory or end the process that tries them; here they
cost one document and no more.
"""

from __future__ import annotations

import json
import math
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import weakref
from contextlib import suppress
from typing import IO, Any

from tei_edition.schematron.desk import Desk, Failed, Fault

SECONDS = 60.0
"""Time for one document; compiling a schema may always take as long."""

MEMORY = 1024 * 1024 * 1024
"""Bytes that the process may take for its data."""

_GRACE = 5
"""Seconds after which a process ends itself whose caller did not end it."""

_MOST = 2
"""Processes that wait for more to do; of more schemas, the one asked longest ago begins anew when it is asked."""

_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP")
"""What the process sees of the environment."""


class Apart:
    """Tries the rules of one schema in a process of its own; starts another one when that was stopped."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._schema = ("", "#DEFAULT")
        self._child: _Child | None = None

    def prepare(self, schema: str, phase: str) -> list[Fault]:
        """Compile a schema, as `Tried` says."""
        self._schema = schema, phase
        return [Fault(*fault) for fault in self._ask(max(self._seconds, SECONDS), "prepare", schema, phase)]

    def rows(self, document: str, number: int = 0, other: str = "") -> str:
        """Try the rules, as `Tried` says."""
        if self._child is None:
            self.prepare(*self._schema)
        return str(self._ask(self._seconds, "rows", document, number, other))

    def close(self) -> None:
        """End the process, if there is one."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def _ask(self, seconds: float, *request: Any) -> Any:
        if self._child is None:
            self._child = _Child()
        _WAITING[:] = [one for one in _WAITING if one is not self and one._child is not None] + [self]
        for one in _WAITING[:-_MOST]:
            one.close()
        try:
            answer = self._child.answer(seconds, *request)
        except BaseException as error:
            self.close()
            if isinstance(error, TimeoutError):
                raise Failed(f"they took longer than {seconds:g} s.") from None
            if isinstance(error, EOFError | OSError):
                raise Failed("they took more memory, or went deeper, than they may.") from None
            raise
        if "failed" in answer:
            raise Failed(answer["failed"])
        return answer["result"]


_WAITING: list[Apart] = []
"""Those that have a process, the one asked last at the end."""


class _Child:
    """One process, its folder, and the pipes to it."""

    def __init__(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="tei-edition-")  # nothing lies here that Saxon would look for
        places = [place for place in sys.path if place and os.path.isdir(place)]  # noqa: PTH112
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from tei_edition.schematron.apart import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder.name,
            env={**environment, "PYTHONPATH": os.pathsep.join(places), "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,
        )
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.end = weakref.finalize(self, _ended, self._process, folder)
        threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True).start()

    def answer(self, seconds: float, *request: Any) -> dict[str, Any]:
        """Return the answer, if it comes in so many seconds.

        Raises TimeoutError if it does not, OSError or EOFError if the process came to an end.
        """
        assert self._process.stdin is not None
        _send(self._process.stdin, (math.ceil(seconds), *request))
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        if not answer:
            raise EOFError
        found: dict[str, Any] = json.loads(answer)
        return found


def _ended(process: subprocess.Popen[bytes], folder: tempfile.TemporaryDirectory[str]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    folder.cleanup()


def _listen(stream: IO[bytes], answers: queue.SimpleQueue[bytes]) -> None:
    """Put what a process says on a queue, and an empty string at its end."""
    with suppress(OSError, ValueError):
        while message := _received(stream):
            answers.put(message)
    answers.put(b"")


def _send(stream: IO[bytes], what: Any) -> None:
    message = json.dumps(what).encode()
    stream.write(len(message).to_bytes(8, "big") + message)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes:
    size = int.from_bytes(stream.read(8), "big")
    message = stream.read(size)
    return message if len(message) == size else b""


def serve() -> None:
    """Answer what is asked on standard input until it ends: the other side of `Apart`."""
    _limit()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what Saxon prints is no answer
    desk = Desk()
    while message := _received(sys.stdin.buffer):
        seconds, name, *arguments = json.loads(message)
        if hasattr(signal, "alarm"):
            signal.alarm(seconds + _GRACE)
        try:
            answer = {"result": getattr(desk, name)(*arguments)}
        except Failed as error:
            answer = {"failed": str(error)}
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        _send(answers, answer)


def _limit() -> None:
    """Bound the memory of this process, where the system knows how (Saxon reserves far more than it uses)."""
    try:
        import resource
    except ImportError:
        return
    for what, limit in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (limit, limit))
