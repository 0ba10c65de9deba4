"""Releases of the TEI in the cache folder: fetched or copied, checked, found again. No test uses the network."""

from __future__ import annotations

import hashlib
import io
import json
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tei_edition.cli import main
from tei_edition.finding import Finding
from tei_edition.odd import compile_odd, release

SOURCE = (Path(__file__).parent / "odd" / "source.xml").read_text(encoding="utf-8")
HEADER = (
    "<teiHeader><fileDesc><editionStmt><edition>Version {}. Of today.</edition></editionStmt></fileDesc></teiHeader>"
)
ODD = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><schemaSpec ident="small" start="doc" {}><moduleRef key="base"/>
</schemaSpec></TEI>"""


def source(version: str) -> bytes:
    """Return the small source as if it were a release of the TEI."""
    return SOURCE.replace('<moduleSpec ident="base"/>', HEADER.format(version) + '<moduleSpec ident="base"/>').encode()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the cache folder where nothing is."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "tei-edition" / "tei"


class Server:
    """Answers in place of the TEI's own, and remembers what it was asked."""

    def __init__(self, answer: bytes | Exception) -> None:
        self.answer, self.asked = answer, list[str]()

    def __call__(self, request: Request, **options: Any) -> io.BytesIO:
        self.asked.append(request.full_url)
        if isinstance(self.answer, Exception):
            raise self.answer
        return io.BytesIO(self.answer)


def test_release_is_fetched_checked_and_recorded(cache: Path) -> None:
    server, data = Server(source("9.1.0")), source("9.1.0")
    assert release.fetch(opener=server) == ("9.1.0", cache / "9.1.0" / "p5subset.xml")
    assert server.asked == ["https://www.tei-c.org/Vault/P5/current/xml/tei/odd/p5subset.xml"]
    assert (cache / "9.1.0" / "p5subset.xml").read_bytes() == data
    record = json.loads((cache / "9.1.0" / "source.json").read_text(encoding="utf-8"))
    assert record == {"source": server.asked[0], "version": "9.1.0", "sha256": hashlib.sha256(data).hexdigest()}
    assert release.release() == cache / "9.1.0" / "p5subset.xml"


def test_newest_release_is_the_default(cache: Path, tmp_path: Path) -> None:
    for version in ("9.10.0", "9.9.0a", "9.2.1"):
        file = tmp_path / f"{version}.xml"
        file.write_bytes(source(version))
        release.fetch(source=str(file))
    assert release.releases() == ["9.2.1", "9.9.0a", "9.10.0"]
    assert release.release().parent.name == "9.10.0"
    assert release.release("9.9.0").parent.name == "9.9.0a"
    with pytest.raises(FileNotFoundError, match=r"no release 9\.8\.0 of the TEI"):
        release.release("9.8.0")


@pytest.mark.parametrize(
    ("answer", "version", "words"),
    [
        (URLError("no route to host"), "current", "no route to host"),
        (TimeoutError("timed out"), "current", "timed out"),
        (b"<html/>", "current", "not the TEI's source"),
        (b"not XML", "current", "not the TEI's source"),
        (SOURCE.encode(), "current", "does not say which release"),
        (source("9.1.0"), "9.2.0", "is release 9.1.0 of the TEI, not 9.2.0"),
        (source("4.9.0a"), "4.9.0", "nothing was kept"),
    ],
)
def test_what_is_not_kept(answer: bytes | Exception, version: str, words: str, cache: Path) -> None:
    """No network, something else, another release, a known release with other bytes: one sentence, and no file."""
    with pytest.raises(OSError, match=words) as stopped:
        release.fetch(version, opener=Server(answer))
    assert "\n" not in str(stopped.value)
    assert not cache.exists()


@pytest.mark.parametrize("place", ["http://example.org/p5subset.xml", "ftp://example.org/p5subset.xml"])
def test_only_https_is_asked(place: str) -> None:
    server = Server(source("9.1.0"))
    with pytest.raises(OSError, match="not an address of https"):
        release.fetch(source=place, opener=server)
    with pytest.raises(OSError, match="not a version"):
        release.fetch("../../x", opener=server)
    assert server.asked == []


class Web:
    """A server on this machine that breaks off as often as it is told; its answers come over real sockets."""

    def __init__(self, data: bytes, breaks: int = 0, *, can_resume: bool = True) -> None:
        self.data, self.breaks, self.can_resume, self.ranges = data, breaks, can_resume, list[str]()
        web = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.answer(self)

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def answer(self, asked: BaseHTTPRequestHandler) -> None:
        """Send the file, or the rest of it, and break off in the middle while breaks are left."""
        span = asked.headers.get("Range", "")
        self.ranges.append(span)
        begin = int(span[6:-1]) if span and self.can_resume else 0
        if "missing" in asked.path:
            asked.send_error(404)
            return
        rest = self.data[begin:]
        asked.send_response(206 if begin else 200)
        asked.send_header("Content-Length", str(len(rest)))
        if self.can_resume:
            asked.send_header("ETag", '"one"')
        asked.end_headers()
        if self.breaks:
            self.breaks -= 1
            rest = rest[: len(rest) // 2]
        asked.wfile.write(rest)

    def __call__(self, request: Request, **options: Any) -> Any:
        here = f"http://127.0.0.1:{self._server.server_port}{urlsplit(request.full_url).path}"
        return urlopen(Request(here, headers=dict(request.header_items())), **options)

    def close(self) -> None:
        """End the server."""
        self._server.shutdown()
        self._server.server_close()


@pytest.mark.parametrize("can_resume", [True, False])
def test_a_download_that_breaks_off_is_taken_up_again(can_resume: bool, cache: Path) -> None:
    data = source("9.1.0")
    with closing(Web(data, breaks=2, can_resume=can_resume)) as web:
        assert release.fetch(opener=web)[0] == "9.1.0"
    assert (cache / "9.1.0" / "p5subset.xml").read_bytes() == data
    half, quarter = len(data) // 2, len(data) // 2 + (len(data) - len(data) // 2) // 2
    assert web.ranges == (["", f"bytes={half}-", f"bytes={quarter}-"] if can_resume else ["", "", ""])


def test_a_download_that_always_breaks_off_keeps_nothing(cache: Path) -> None:
    with closing(Web(source("9.1.0"), breaks=99)) as web, pytest.raises(OSError, match="broke off after") as stopped:
        release.fetch(opener=web)
    assert len(web.ranges) == 4 and "\n" not in str(stopped.value) and not cache.exists()


def test_what_a_server_does_not_have_is_one_sentence(cache: Path) -> None:
    with closing(Web(b"")) as web, pytest.raises(OSError, match="cannot be fetched: Not Found"):
        release.fetch(source="https://example.org/missing.xml", opener=web)
    assert len(web.ranges) == 1 and not cache.exists()


def test_bytes_of_another_sum_over_the_wire_are_not_kept(cache: Path) -> None:
    with closing(Web(source("9.1.0"))) as web:
        release.fetch(opener=web)
        web.data = source("9.1.0") + b"<!-- more -->"
        with pytest.raises(OSError, match=r"has the SHA-256 [0-9a-f]{64}, where release 9\.1\.0 has"):
            release.fetch(opener=web)
    assert release.release().read_bytes() == source("9.1.0")


def test_a_release_that_changed_is_not_used(cache: Path, tmp_path: Path, findings: list[Finding]) -> None:
    release.fetch(opener=Server(source("9.1.0")))
    file = cache / "9.1.0" / "p5subset.xml"
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(OSError, match="not what was fetched"):
        release.release()
    odd = tmp_path / "small.odd"
    odd.write_text(ODD.format(""), encoding="utf-8")
    assert compile_odd(odd, report=findings.append).rng == b""
    assert [one.rule for one in findings] == ["tei-release-missing"]


def test_the_same_release_from_another_place_must_be_the_same(cache: Path) -> None:
    release.fetch(opener=Server(source("9.1.0")))
    with pytest.raises(OSError, match="nothing was kept"):
        release.fetch(opener=Server(source("9.1.0") + b"\n"))
    assert (cache / "9.1.0" / "p5subset.xml").read_bytes() == source("9.1.0")


def test_commands_from_nothing_to_a_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a release compiling says what to do; then a copy is taken, and ODDs may name its version."""
    odd, copy = tmp_path / "small.odd", tmp_path / "p5subset.xml"
    odd.write_text(ODD.format(""), encoding="utf-8")
    copy.write_bytes(source("9.1.0"))
    assert main(["schema", "compile", str(odd)]) == 1
    said = capsys.readouterr().out
    assert "tei-edition schema fetch" in said and "tei-release-missing" in said
    assert main(["schema", "fetch", "--from", str(copy)]) == 0
    assert capsys.readouterr().out.startswith("TEI P5 9.1.0: ")
    odd.write_text(ODD.format('source="tei:9.1.0"'), encoding="utf-8")
    assert main(["schema", "compile", str(odd), "--grammar"]) == 0
    assert odd.with_suffix(".rng").is_file()
    odd.write_text(ODD.format('source="tei:9.0.0"'), encoding="utf-8")
    assert main(["schema", "compile", str(odd), "--grammar"]) == 1
    assert main(["schema", "fetch", "--from", str(tmp_path / "none.xml")]) == 1
    assert capsys.readouterr().err.count("\n") <= 4
