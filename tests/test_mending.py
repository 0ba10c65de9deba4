"""Mending: the cases of ``cases/mending.md``, and that nothing but the mistake changes in a file."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from casefile import Case, cases
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tei_edition.cli import commands
from tei_edition.finding import Finding
from tei_edition.mending import mend
from tei_edition.tags import place, tags
from tei_edition.tei import TEI
from tei_edition.validation import STRANGERS, validate

HEAD = (
    f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>Title</title></titleStmt><publicationStmt>'
    "<publisher>Publisher</publisher></publicationStmt><sourceDesc><bibl>Source</bibl></sourceDesc></fileDesc>"
    "</teiHeader><text><body>\n"
)
TAIL = "\n</body></text></TEI>"


def after(data: bytes, folder: Path) -> bytes:
    """Return a file after it was mended, or as it was."""
    file = folder / "document.xml"
    file.write_bytes(data)
    found = mend([file], report=_never)
    return found[0].after if found else data


def _never(finding: Finding) -> None:
    raise AssertionError(finding.message)


@pytest.mark.parametrize("case", cases("mending"), ids=str)
def test_case(case: Case, update: bool, tmp_path: Path) -> None:
    """A document is mended as the case file says."""
    whole = after((HEAD + case.blocks["input"] + TAIL).encode(), tmp_path).decode()
    result = whole.removeprefix(HEAD).removesuffix(TAIL)
    if update:
        case.rewrite("expected", result)
    else:
        assert result == case.blocks["expected"]


@pytest.mark.parametrize(
    ("start", "name"),
    [
        ("", "utf-8"),
        ("\ufeff", "utf-8"),
        ('<?xml version="1.0" encoding="windows-1251"?>\r\n', "cp1251"),
        ('\ufeff<?xml version="1.0" encoding="UTF-16"?>', "utf-16-le"),
        ("\ufeff", "utf-16-be"),
    ],
)
def test_encoding_and_line_ends_stay(start: str, name: str, tmp_path: Path) -> None:
    """Only the mistake changes: byte order mark, encoding, line ends and blanks are what they were."""
    text = start + (HEAD + "<p  n='1'>Слова <gapp\treason = 'lost' unit='word' quantity='1' /></p>" + TAIL)
    data = text.replace("\n", "\r\n").encode(name)
    assert after(data, tmp_path) == data.replace("gapp".encode(name), "gap".encode(name))


def test_the_mark_is_written_by_the_codec() -> None:
    """The byte order marks of the test above are those of XML."""
    assert "\ufeff".encode("utf-16-be") == codecs.BOM_UTF16_BE


def test_a_document_without_namespace(tmp_path: Path) -> None:
    """A whole document gets the namespace of TEI, and what comes to light then is mended too."""
    data = (HEAD + "<p>Words <gapp reason='lost' unit='word' quantity='1'/></p>" + TAIL).encode()
    for wrong in ("", ' xmlns=""', ' xmlns="http://www.tei-c.org/ns/1"', ' xmlns="http://www.tei-c.org/"'):
        bad = data.replace(f' xmlns="{TEI}"'.encode(), wrong.encode())
        assert after(bad, tmp_path) == data.replace(b"gapp", b"gap")
    other = data.replace(TEI.encode(), b"http://example.org/ns")
    assert after(other, tmp_path) == other


def test_entities_and_broken_files_are_left(tmp_path: Path) -> None:
    """Where tags may come out of entities, or a file is not well-formed, nothing is touched."""
    body = (HEAD + "<p>Words <gapp/></p>" + TAIL).encode()
    for data in (b'<!DOCTYPE TEI [<!ENTITY a "<b/>">]>' + body, body + b"<", b"", b"\xff" + body):
        assert after(data, tmp_path) == data


def test_a_schema_of_ones_own(tmp_path: Path) -> None:
    """Mistakes against another schema are mended as well; it need not be TEI's."""
    (tmp_path / "a.rng").write_text(
        '<element name="letter" xmlns="http://relaxng.org/ns/structure/1.0"><oneOrMore><element name="page">'
        "<text/></element></oneOrMore></element>"
    )
    (tmp_path / "a.xml").write_text("<letter><pagee>x</pagee></letter>")
    found = mend([tmp_path / "a.xml"], schema=tmp_path / "a.rng", report=_never)
    assert [one.after for one in found] == [b"<letter><page>x</page></letter>"]


SLIPS = st.lists(
    st.sampled_from(
        [
            "<i>a</i>",
            "<persname>a</persname>",
            "<gapp/>",
            "<x/>",
            "<p>a</p>",
            '<date when="1945-6-3"/>',
            "ж",
            "<lb>a</lb>",
        ]
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=25)
@given(SLIPS)
def test_no_mend_makes_a_finding(tmp_path_factory: pytest.TempPathFactory, slips: list[str]) -> None:
    """After mending there are fewer findings or as many, never others; a second time nothing changes."""
    folder = tmp_path_factory.mktemp("mend")
    data = (HEAD + "<p>" + "".join(slips) + "</p>" + TAIL).encode()
    before = _told(data, folder)
    mended = after(data, folder)
    assert not _told(mended, folder) - before
    assert after(mended, folder) == mended


def _told(data: bytes, folder: Path) -> set[str]:
    (folder / "a.xml").write_bytes(data)
    return {finding.message for finding in validate([folder / "a.xml"], checks=STRANGERS)}


def test_the_command_shows_and_writes(tmp_path: Path) -> None:
    """With --dry-run the file stays; without, it is written, and what is left is reported."""
    file = tmp_path / "a.xml"
    data = (HEAD + "<p>Words <gapp reason='lost' unit='word' quantity='1'/> <x/></p>" + TAIL).encode()
    file.write_bytes(data)
    shown = CliRunner().invoke(commands, ["validate", str(file), "--fix", "--dry-run"], standalone_mode=False)
    assert "+<p>Words <gap " in shown.stdout and "“gapp”" in shown.stdout
    assert file.read_bytes() == data
    done = CliRunner().invoke(commands, ["validate", str(file), "--fix"], standalone_mode=False)
    assert file.read_bytes() == data.replace(b"gapp", b"gap")
    assert "“gapp”" not in done.stdout and "“x”" in done.stdout
    assert done.return_value == 1


@given(st.text(alphabet="<>/ab='\" \n!-[]?&", max_size=60))
def test_tags_of_anything(text: str) -> None:
    """Whatever a text is, its tags are parts of it, one after the other."""
    end = 0
    for tag in tags(text):
        assert end <= tag.start < tag.end <= len(text)
        assert text[tag.start] == "<" and text[tag.end - 1] == ">"
        for attribute in tag.attributes(text):
            assert text[attribute.value_at :].startswith(attribute.value)
        end = tag.end
        assert place(text, tag.start)[0] == text.count("\n", 0, tag.start) + 1
