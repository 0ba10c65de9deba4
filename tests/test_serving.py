"""What the preview promises: this computer only, files of the site only, and pages that load again."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tei_edition.serving import SCRIPT, STATE, Preview, found, reloading

PAGE = (
    '<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'self'\"><title>A</title></head><body><p>Łódź</p></body></html>"
)
SECRET = "nobody may read this"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return the folder of a site, beside a file that is none of its business."""
    folder = tmp_path / "site"
    (folder / "register").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "register" / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "a b.css").write_text("p { }", encoding="utf-8")
    (folder / ".hidden").write_text(SECRET, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "out").symlink_to(tmp_path)
    return folder


@pytest.fixture
def preview(site: Path) -> Iterator[Preview]:
    """Return a preview that is served."""
    with Preview(site, 0) as one:
        yield one


def ask(preview: Preview, path: str, method: str = "GET", host: str | None = None) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and content of an answer."""
    port = int(preview.address.rstrip("/").rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{port}")
    connection.endheaders()
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), content


def test_files_are_given_with_their_kind(preview: Preview) -> None:
    """Pages have the script that loads them again, other files are as they are."""
    status, headers, content = ask(preview, "/")
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "text/html; charset=utf-8", "no-store")
    assert f'<script src="{SCRIPT}"></script></body>'.encode() in content
    assert "connect-src 'self'" in content.decode()
    status, headers, content = ask(preview, "/a%20b.css?x=1")
    assert (status, headers["Content-Type"], content) == (200, "text/css; charset=utf-8", b"p { }")
    assert ask(preview, "/register/")[0] == 200
    status, headers, content = ask(preview, "/index.html", "HEAD")
    assert (status, content) == (200, b"")
    assert ask(preview, "/", "POST")[0] == 501
    assert ask(preview, "/none.html")[0] == 404


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/register/../../secret.txt", "//etc/passwd",
     "/link.txt", "/out/secret.txt", "/.hidden", "/a\\..\\secret.txt", "/%00", "/secret.txt%00.html",
     "/register/..%5c..%5csecret.txt",
     "x", "http://127.0.0.1/../secret.txt", "/" + "a/" * 400],
)  # fmt: skip
def test_nothing_but_the_site_is_given(preview: Preview, path: str) -> None:
    """No name and no link leads out of the folder."""
    status, _, content = ask(preview, path)
    assert status in {400, 404}
    assert SECRET.encode() not in content


def test_only_its_own_address_is_answered(preview: Preview) -> None:
    """A page of another site that has its name point here reads nothing."""
    port = preview.address.rstrip("/").rpartition(":")[2]
    assert ask(preview, "/", host=f"localhost:{port}")[0] == 200
    for host in ("example.org", f"example.org:{port}", "127.0.0.1", f"127.0.0.1:{port}.example.org", "x"):
        status, _, content = ask(preview, "/", host=host)
        assert status == 421
        assert b"<p>" not in content
    address = preview.address.removeprefix("http://").rstrip("/").split(":")
    assert address[0] == "127.0.0.1"


def test_pages_learn_that_the_site_was_made_again(preview: Preview) -> None:
    """The state changes when the site did, and not otherwise."""
    before = ask(preview, STATE)[2]
    assert ask(preview, STATE)[2] == before
    preview.changed()
    assert ask(preview, STATE)[2] != before
    assert STATE in ask(preview, SCRIPT)[2].decode()


def test_silent_browsers_stop_nobody(site: Path) -> None:
    """Connections that say nothing leave room for others, and the end is quick."""
    with Preview(site, 0) as preview:
        port = int(preview.address.rstrip("/").rpartition(":")[2])
        idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(40)]
        assert ask(preview, "/")[0] == 200
        start = time.monotonic()
    assert time.monotonic() - start < 2
    for one in idle:
        one.close()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_scripts_are_allowed_where_the_policy_forbids_them() -> None:
    """The policy of a page lets the script of the preview run, and stays as strict otherwise."""
    text = reloading(PAGE.encode()).decode()
    assert "content=\"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'\"" in text
    assert text.count("<script") == 1
    assert reloading(b"<p>\xff").startswith(b"<p>\xff<script")


def test_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    """Before the first page is written there is nothing, and no error."""
    assert found(tmp_path / "none", "/") is None


@pytest.mark.timeout(60)
def test_serve_publishes_what_changes(tmp_path: Path) -> None:
    """The command publishes, publishes again when the TEI changes, and ends at once when told to."""
    run = [sys.executable, "-m", "tei_edition"]
    subprocess.run([*run, "new", str(tmp_path / "letters")], check=True, capture_output=True)
    folder = tmp_path / "letters"
    subprocess.run([*run, "encode", "-q"], check=True, capture_output=True, cwd=folder)
    server = subprocess.Popen(
        [*run, "serve", "--port", "0"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        line = next((row for row in server.stdout if "is shown at" in row), "")
        assert "http://127.0.0.1:" in line
        (file,) = (folder / "xml").glob("*.xml")
        page = folder / "build" / "site" / f"{file.stem}.html"
        before = page.read_text(encoding="utf-8")
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Anna</signed>", "Anna Unheard-of</signed>"), encoding="utf-8")
        assert text != file.read_text(encoding="utf-8")
        for _ in range(200):
            if page.read_text(encoding="utf-8") != before:
                break
            time.sleep(0.1)
        assert "Anna Unheard-of" in page.read_text(encoding="utf-8")
        server.send_signal(2)
        assert server.wait(5) == 0
    finally:
        server.kill()
        server.communicate()
