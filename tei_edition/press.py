"""Takes jobs of printing and gives PDFs, made in a process of its own that may use so much time and memory only."""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tei_edition.finding import Finding, Severity
from tei_edition.typesetting import MEMORY, Job, put, take

SECONDS = 60
"""Of a processor's time that setting one document may take, and as many again for each `LETTERS_A_MINUTE`."""

WAITS = 10
"""How many times as long it may take by the clock, on a machine that has other things to do."""

LETTERS_A_MINUTE = 500_000


@dataclass(kw_only=True)
class Printed:
    """What came of a job: the PDF (empty when there is none), and what was found."""

    data: bytes = b""
    findings: tuple[Finding, ...] = ()
    unavailable: str | None = None
    """What is not installed here: weasyprint, pango, or nothing that is known."""
    said: str = ""


class Press:
    """A process that prints, started when it is needed and again after it had to be stopped."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def print(self, job: Job, name: str) -> Printed:
        """Return the PDF of a job; ``name`` is that of the file in findings."""
        job.seconds = seconds = SECONDS * (1 + len(job.html) // LETTERS_A_MINUTE)
        with self._lock:
            process = self._running()
            assert process.stdin is not None and process.stdout is not None
            clock = threading.Timer(seconds * WAITS, process.kill)
            clock.start()
            try:
                put(process.stdin, job.to_json().encode())
                said, made = json.loads(take(process.stdout)), take(process.stdout)
            except (EOFError, OSError):
                late = not clock.is_alive() or _ended_by_time(process)
                self._stop()
                why = f"takes more than {seconds} seconds" if late else _MUCH
                return Printed(findings=(_too_costly(name, why),))
            finally:
                clock.cancel()
        if said.get("error") == "memory":
            self.close()
            return Printed(findings=(_too_costly(name, _MUCH),))
        return _printed(said, made, name)

    def close(self) -> None:
        """End the process; the next job starts another."""
        with self._lock:
            self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            root = str(Path(__file__).resolve().parent.parent)
            paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tei_edition.typesetting"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                # fontTools writes the time into the fonts that it cuts, unless it is told which.
                env={**os.environ, "PYTHONPATH": paths, "SOURCE_DATE_EPOCH": "315532800"},
            )  # fmt: skip
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        process.wait()


def _ended_by_time(process: subprocess.Popen[bytes]) -> bool:
    """Return whether a process ended since it had used the time that it had."""
    try:
        return process.wait(timeout=5) == -getattr(signal, "SIGXCPU", 0)
    except subprocess.TimeoutExpired:
        return False


_MUCH = f"takes more than {MEMORY // 2**20} MiB of memory"


def _printed(said: dict[str, Any], made: bytes, name: str) -> Printed:
    if "unavailable" in said:
        return Printed(unavailable=said["unavailable"], said=said["error"])
    if "error" in said:
        return Printed(
            findings=(
                Finding(
                    rule="pdf-broken", severity=Severity.ERROR, file=Path(name),
                    message=f"The PDF cannot be set: {' '.join(said['error'].split())[:300]}",
                    hint="There is no PDF of it; send the document to the makers of the toolkit.",
                ),
            )
        )  # fmt: skip
    findings = tuple(
        Finding(**{**row, "severity": Severity(row["severity"]), "file": Path(row["file"])}) for row in said["findings"]
    )
    return Printed(data=made, findings=findings)


def _too_costly(name: str, why: str) -> Finding:
    return Finding(
        rule="pdf-too-costly", severity=Severity.ERROR, file=Path(name),
        message=f"Setting the PDF {why}; there is none.",
        hint="Divide the document or the book, and look for a table or a paragraph of unusual size.",
    )  # fmt: skip


PRESS = Press()
"""The press of this program."""

atexit.register(PRESS.close)
