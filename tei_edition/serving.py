"""Takes the folder of a site and shows it to browsers of this computer, with pages that load again when it changes."""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import unquote, urlsplit

from tei_edition.files import read_bytes

HOST = "127.0.0.1"
"""The only address that is listened at: nobody but this computer is answered."""
STATE = "/.preview/state"
SCRIPT = "/.preview/reload.js"

KINDS = {
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "json": "application/json", "geojson": "application/geo+json", "webmanifest": "application/manifest+json",
    "xml": "application/xml", "rdf": "application/rdf+xml", "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8", "bib": "text/plain; charset=utf-8", "ris": "text/plain; charset=utf-8",
    "pdf": "application/pdf", "epub": "application/epub+zip", "zip": "application/zip", "svg": "image/svg+xml",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "woff2": "font/woff2",
}  # fmt: skip

_NAME = re.compile(r"[\w-][\w. -]*")
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")')
_SECONDS = 10
"""A browser that has not said what it wants by then is let go."""
_MANY = 64
"""So many are answered at once."""

_RELOAD = f"""(() => {{
  let known = null;
  const look = async () => {{
    try {{
      const state = await (await fetch("{STATE}", {{ cache: "no-store" }})).text();
      if (known !== null && state !== known) return location.reload();
      known = state;
    }} catch {{ /* the preview has ended, or begins again */ }}
    setTimeout(look, document.hidden ? 3000 : 500);
  }};
  look();
}})();
"""


class Preview:
    """A site as it is looked at while one works on it; serves from ``with`` on until it ends.

    1. Only this computer is answered, and only a page that asks for it by its address or as ``localhost``.
    2. Only regular files of the folder are given; no name, and no link, leads out of it.
    3. Pages look twice a second whether `changed` was called, and load again; the files themselves stay as they are.
    """

    def __init__(self, folder: Path, port: int = 8000) -> None:
        """Listen at a port; 0 takes a free one. Raises OSError when the port is taken."""
        self._rounds = 0
        self._server = _Server((HOST, port), partial(_Answer, folder.resolve(), lambda: self._rounds))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)

    @property
    def address(self) -> str:
        """Where a browser finds the front page."""
        return f"http://{HOST}:{self._server.server_port}/"

    def changed(self) -> None:
        """Have the open pages load again."""
        self._rounds += 1

    def __enter__(self) -> Preview:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(1)


class _Server(ThreadingHTTPServer):
    """Answers each browser in a thread, so many at once as `_MANY` says."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = _MANY

    def __init__(self, *arguments: Any) -> None:
        self._room = threading.BoundedSemaphore(_MANY)
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that went away."""


class _Answer(BaseHTTPRequestHandler):
    """One request."""

    timeout = _SECONDS
    server_version = "tei-edition"
    sys_version = ""

    def __init__(self, folder: Path, rounds: Any, *arguments: Any) -> None:
        self._folder = folder
        self._rounds = rounds
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Give a file of the site."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Give what would be said of a file."""
        self._answer(with_body=False)

    def log_message(self, format: str, *values: Any) -> None:
        """Print nothing: what is looked at is no news."""

    def _answer(self, with_body: bool) -> None:
        host = self.headers.get("Host", "")
        port = self.connection.getsockname()[1]
        if host not in {f"{HOST}:{port}", f"localhost:{port}"}:
            # A page of another site that had its name point here must not read the edition.
            self._send(421, "txt", b"This preview answers to its own address only.\n", with_body)
            return
        path = urlsplit(self.path).path
        if path == STATE:
            self._send(200, "txt", str(self._rounds()).encode(), with_body)
        elif path == SCRIPT:
            self._send(200, "js", _RELOAD.encode(), with_body)
        elif (file := found(self._folder, path)) is not None:
            self._file(200, file, with_body)
        elif (file := found(self._folder, "/404.html")) is not None:
            self._file(404, file, with_body)
        else:
            self._send(404, "txt", b"There is no such file in the site.\n", with_body)

    def _file(self, status: int, file: Path, with_body: bool) -> None:
        try:
            content = read_bytes(file)
        except OSError:
            self._send(404, "txt", b"There is no such file in the site.\n", with_body)
            return
        ending = file.suffix.lower()[1:]
        self._send(status, ending, reloading(content) if ending == "html" else content, with_body)

    def _send(self, status: int, ending: str, content: bytes, with_body: bool) -> None:
        with suppress(OSError):
            self.send_response(status)
            for name, value in (
                ("Content-Type", KINDS.get(ending, "application/octet-stream")), ("Content-Length", str(len(content))),
                ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"),
                ("Referrer-Policy", "no-referrer"), ("Content-Security-Policy", "frame-ancestors 'none'"),
                ("Cross-Origin-Resource-Policy", "same-origin"),
            ):  # fmt: skip
                self.send_header(name, value)
            self.end_headers()
            if with_body:
                self.wfile.write(content)


def found(folder: Path, path: str) -> Path | None:
    """Return the file of a folder that the path of an address means, or None.

    Each part of the path is a plain name that does not begin with a dot, and no part of the way is a link.
    """
    names = unquote(path).split("/")
    names = [*names[1:-1], names[-1] or "index.html"]
    if not all(_NAME.fullmatch(name) for name in names):
        return None
    file = folder
    for name in names:
        file = file / name
        if file.is_symlink():
            return None
    if file.is_dir():
        return found(folder, f"{path}/")
    return file if file.is_file() else None


def reloading(page: bytes) -> bytes:
    """Return a page with the script that loads it again, which its policy allows."""
    text = page.decode("utf-8", "surrogateescape")
    text = _POLICY.sub(lambda match: match[1] + _allowing(match[2]) + match[3], text, count=1)
    head, end, tail = text.rpartition("</body>")
    script = f'<script src="{SCRIPT}"></script>'
    return (head + script + end + tail if end else text + script).encode("utf-8", "surrogateescape")


def _allowing(policy: str) -> str:
    """Return a content security policy that lets scripts of the site run and look at it.

    >>> _allowing("default-src 'none'; script-src 'self' file:")
    "default-src 'none'; script-src 'self' file:; connect-src 'self'"
    """
    rules = [rule.strip() for rule in policy.split(";") if rule.strip()]
    for wanted in ("script-src", "connect-src"):
        if not any(rule.split()[0] == wanted and "'self'" in rule.split() for rule in rules):
            rules = [rule for rule in rules if rule.split()[0] != wanted] + [f"{wanted} 'self'"]
    return "; ".join(rules)
