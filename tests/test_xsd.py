"""XML Schemas: what is kept in the cache folder is only ever loaded when this user wrote it, and nothing changed."""

from __future__ import annotations

import pickle
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_validation import XSD

from tei_edition import xsd
from tei_edition.kept import Kept
from tei_edition.schematron import SchemaBroken
from tei_edition.validation import validate

PART = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{}</xs:schema>'
WHOLE = PART.format('<xs:include schemaLocation="part.xsd"/><xs:element name="a" type="kind"/>')
KIND = PART.format('<xs:simpleType name="kind"><xs:restriction base="xs:{}"/></xs:simpleType>')


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give every test a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    xsd._loaded.cache_clear()
    yield tmp_path
    xsd._loaded.cache_clear()


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return a list of the schemas that are built from now on."""
    found: list[Path] = []
    build = xsd._built

    def counted(path: Path) -> object:
        found.append(path)
        return build(path)

    monkeypatch.setattr(xsd, "_built", counted)
    return found


def again(path: Path) -> object:
    """Load a schema as another process would."""
    xsd._loaded.cache_clear()
    return xsd.load_xsd(path)


def test_a_schema_is_built_once_and_then_kept(folder: Path, built: list[Path]) -> None:
    """What was kept finds the same errors; a change of any file of the schema builds it anew."""
    (folder / "a.xsd").write_text(WHOLE)
    (folder / "part.xsd").write_text(KIND.format("integer"))
    (folder / "a.xml").write_text("<a>x</a>")
    first = validate([folder / "a.xml"], schema=folder / "a.xsd")
    again(folder / "a.xsd")
    assert validate([folder / "a.xml"], schema=folder / "a.xsd") == first
    assert len(first) == len(built) == 1
    (folder / "part.xsd").write_text(KIND.format("string"))
    again(folder / "a.xsd")
    assert validate([folder / "a.xml"], schema=folder / "a.xsd") == []
    assert len(built) == 2


class Canary:
    """Writes a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.file,)


def test_what_somebody_else_put_there_is_not_loaded(folder: Path, built: list[Path]) -> None:
    """A pickle without our seal, an open folder, a key that others may read: all are as if nothing was kept."""
    (folder / "a.xsd").write_text(XSD)
    again(folder / "a.xsd")
    drawer = folder / "cache" / "tei-edition" / "xsd"
    (kept,) = [file for file in drawer.iterdir() if file.name != "key"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in (drawer, drawer / "key", kept)] == [0o700, 0o600, 0o600]
    whole, canary = kept.read_bytes(), folder / "canary"
    evil = pickle.dumps(Canary(canary))
    listed = whole[32:].partition(b"\n")[0]
    for data in (evil, whole[:32] + listed + b"\n" + evil, whole[:-1] + b"!", b"", whole[:40]):
        kept.write_bytes(data)
        again(folder / "a.xsd")
        assert not canary.exists()
        assert kept.read_bytes()[32:].partition(b"\n")[0] == listed
    assert len(built) == 6
    again(folder / "a.xsd")
    assert len(built) == 6
    for path, mode in ((drawer, 0o755), (drawer / "key", 0o644), (kept, 0o666)):
        before = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode)
        count = len(built)
        again(folder / "a.xsd")
        assert len(built) == count + 1, path
        path.chmod(before)
    target = folder / "elsewhere"
    target.write_bytes(whole)
    kept.unlink()
    kept.symlink_to(target)
    assert Kept("xsd").get(kept.name) is None


def test_a_drawer_keeps_the_newest(folder: Path) -> None:
    """There is room for so many files; a name is part of the seal; a folder that cannot be written is no matter."""
    drawer = Kept("some", most=2)
    for name in ("a", "b", "c"):
        drawer.put(name, name.encode())
    assert [drawer.get(name) for name in ("a", "b", "c")].count(None) == 1
    (drawer.folder / "d").write_bytes((drawer.folder / "c").read_bytes())
    (drawer.folder / "d").chmod(0o600)
    assert drawer.get("d") is None
    (folder / "file").touch()
    blocked = Kept("some")
    blocked.folder = folder / "file" / "x"
    blocked.put("a", b"a")
    assert blocked.get("a") is None


def test_a_schema_whose_parts_are_not_there(folder: Path) -> None:
    """A schema that is weaker than its author meant is not used."""
    for part in ("none.xsd", "http://127.0.0.1:9/x.xsd", "../x.xsd"):
        (folder / "a.xsd").write_text(WHOLE.replace("part.xsd", part).replace(' type="kind"', ""))
        with pytest.raises(SchemaBroken):
            again(folder / "a.xsd")


def test_findings_beyond_the_limit_are_counted(folder: Path) -> None:
    """Of one rule 100 findings are listed, and the rest is a number, as for every other check."""
    (folder / "a.xsd").write_text(XSD.replace('maxOccurs="2"', 'maxOccurs="unbounded"'))
    (folder / "a.xml").write_text(f'<a n="1">{"<b>x</b>" * 130}</a>')
    found = validate([folder / "a.xml"], schema=folder / "a.xsd")
    assert len(found) == 101
    assert any(finding.message.startswith("30 more") for finding in found)
