"""The register: what is proposed, what a sheet does to it, and that nothing an editor wrote is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from casefile import Case, cases
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei_edition import Edition, encode, read, validate
from tei_edition.cli import main
from tei_edition.finding import Finding
from tei_edition.register import Row, SheetError, apply, propose, read_sheet, write_sheet
from tei_edition.register.applying import Applied
from tei_edition.register.sheet import COLUMNS, active, inert
from tei_edition.tei import NS

HEAD = (
    "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt><p>P</p></publicationStmt>"
    "<sourceDesc><p>S</p></sourceDesc></fileDesc></teiHeader>"
)
SETTINGS = """title = "E"
date = 2026-01-02
decisions = "decisions.toml"
register = ["xml/register/persons.xml", "xml/register/places.xml"]
[[responsible]]
id = "ed"
resp = "edited by"
name = "Anna Weber"
"""


def tei(inner: str) -> str:
    """Return a document around something."""
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEAD}{inner}</TEI>\n'


def edition(folder: Path, texts: str, register: str = "") -> Edition:
    """Make an edition with documents and, where there is one, a register of persons."""
    (folder / "edition.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "xml" / "register").mkdir(parents=True)
    for line in texts.splitlines():
        key, words = line.split(" ", 1)
        text = tei(f"<text><body><div>{words}</div></body></text>")
        (folder / "xml" / f"{key}.xml").write_text(text, encoding="utf-8")
    if register:
        entries = "".join(f"\n      {line}" for line in register.splitlines())
        text = tei(f"\n  <standOff>\n    <listPerson>{entries}\n    </listPerson>\n  </standOff>\n")
        (folder / "xml" / "register" / "persons.xml").write_text(text, encoding="utf-8")
    return Edition.load(folder)


def put(applied: Applied) -> None:
    """Write what was applied."""
    for path, data in applied.files.items():
        path.write_bytes(data)


def applied(rows: list[Row], of: Edition, findings: list[Finding] | None = None) -> Applied:
    """Apply rows as they come back from a spreadsheet, and write what follows."""
    found: list[Finding] = [] if findings is None else findings
    done = apply(read_sheet(write_sheet(rows)), of, file=Path("register.csv"), report=found.append)
    put(done)
    return done


def decided(of: Edition, **answers: str) -> list[Row]:
    """Return the proposal with one cell or more filled in: ``id__column=value``."""
    rows = propose(of, report=lambda finding: None)
    for key, value in answers.items():
        name, column = key.split("__")
        row = next(row for row in rows if row.id == name.replace("_", "-"))
        setattr(row, column, value)
    return rows


@pytest.mark.parametrize("case", cases("register"), ids=str)
def test_case(case: Case, tmp_path: Path, update: bool, findings: list[Finding]) -> None:
    """What is proposed, and what the register holds after decisions; applied again, nothing changes."""
    of = edition(tmp_path, case.blocks["texts"], case.blocks.get("register", ""))
    rows = propose(of, report=findings.append)
    if "proposed" in case.blocks:
        told = "\n".join(
            "; ".join([row.proposal, row.document or row.id, row.name, row.forms, row.candidates]).rstrip()
            for row in rows
            if row.proposal != "in the register"
        )
        if update:
            case.rewrite("proposed", told)
        else:
            assert told == case.blocks["proposed"]
        return
    for line in case.blocks["decided"].splitlines():
        key, cells = line.split(" ", 1)
        row = next(row for row in rows if row.id == key)
        for column, value in re.findall(r"(\w+)=(.*?)(?= \w+=|$)", cells):
            setattr(row, column, value)
    assert applied(rows, of, findings).files
    text = (tmp_path / "xml" / "register" / "persons.xml").read_text(encoding="utf-8")
    after = re.sub(r">\n\s+<(?!person )", "><", "\n".join(re.findall(r"<person .*?</person>", text, re.DOTALL)))
    if update:
        case.rewrite("after", after)
    else:
        assert after == case.blocks["after"]
    assert not applied(rows, of, findings).files
    assert not findings
    assert [item.rule for item in validate([tmp_path / "xml" / "register"]) if item.severity == "error"] == []


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=12)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, words)), max_size=4))
def test_a_sheet_gives_back_what_went_in(cells: list[dict[str, str]]) -> None:
    """A sheet is read as it was written, white space aside, with no cell that a spreadsheet would calculate."""
    rows = [Row(**{column: " ".join(value.split()) for column, value in row.items()}, line=0) for row in cells]
    data = write_sheet(rows)
    back = [replace(row, line=0) for row in read_sheet(data)]
    assert back == [row for row in rows if any(vars_of(row))]
    assert not re.search(r'(?:^|,)"?[=+@-]', data.decode("utf-8-sig"), re.MULTILINE)


def vars_of(row: Row) -> list[str]:
    """Return the cells of a row."""
    return [getattr(row, column) for column in COLUMNS]


@given(words)
def test_a_cell_comes_back(cell: str) -> None:
    assert active(inert(cell)) == cell


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a,b\n1,2\n",
        b"\xff\xfe",
        b"\x81\x82",
        write_sheet([])[:30],
        b"\x00" * 40,
        write_sheet([]).replace(b"decision", b"\xe4"),
    ],
)
def test_what_is_no_sheet_is_said_in_one_line(data: bytes) -> None:
    with pytest.raises(SheetError, match=r"^it "):
        read_sheet(data)


@pytest.mark.parametrize("parted", [";", "\t"])
def test_spreadsheets_write_csv_in_their_own_ways(parted: str) -> None:
    """Semicolons, tabs, UTF-16, columns in another order and more of them are read alike."""
    text = parted.join(["kind", "mine", "name", "id", "decision", "proposal", "forms", "document"]) + "\n"
    text += parted.join(["person", "x", "Ä", "a", "new", "", "B | C", ""]) + "\n"
    for data in (text.encode(), text.encode("utf-16")):
        (row,) = read_sheet(data)
        assert (row.name, row.decision, row.all_forms(), row.line) == ("Ä", "new", ["Ä", "B", "C"], 2)


def test_decisions_on_single_documents_are_followed(tmp_path: Path, findings: list[Finding]) -> None:
    """Who Mr. Johnson is in one document, and what is no name, is written to decisions.toml and read by `encode`."""
    of = edition(
        tmp_path,
        "a <p><persName>Alexis Johnson</persName></p>\nb <p><persName>Lyndon Johnson</persName></p>\n"
        "c <p><persName>Mr. Johnson</persName> and <persName>Mr. Chairman</persName></p>",
    )
    (tmp_path / "decisions.toml").write_text('# mine\n[speakers]\nX = "y"  # why\n', encoding="utf-8")
    rows = decided(of, alexis_johnson__decision="new", lyndon_johnson__decision="new")
    by_name = {row.name: row for row in rows}
    by_name["Johnson"].decision = "same as lyndon-johnson"
    by_name["Mr. Chairman"].decision = "ignore"
    applied(rows, of, findings)
    said = (tmp_path / "decisions.toml").read_text(encoding="utf-8")
    assert said == (
        '# mine\n[speakers]\nX = "y"  # why\n\n[names.c]\n"Mr. Chairman" = ""\n"Johnson" = "lyndon-johnson"\n'
    )
    page = tmp_path / "c.txt"
    page.write_text("He asked Mr. Johnson about it, and Mr. Chairman too.\n", encoding="utf-8")
    root = encode(read(page, report=findings.append, reader="plain"), report=findings.append, edition=of)
    assert [item.get("ref") for item in root.iterfind("t:text//t:persName", NS)] == ["#lyndon-johnson"]
    assert not any(item.rule.startswith("name-") for item in findings)
    assert {row.name for row in propose(of, report=findings.append) if row.proposal != "in the register"} == set()


def test_an_id_that_was_merged_still_means_somebody(tmp_path: Path, findings: list[Finding]) -> None:
    """A decision that names an entry merged since leads to the one it was merged into."""
    register = (
        '<person xml:id="a"><persName>Harry Truman</persName></person>\n'
        '<person xml:id="b"><persName>Harry S. Truman</persName></person>'
    )
    of = edition(tmp_path, "x <p/>", register)
    (tmp_path / "decisions.toml").write_text('[speakers]\nHST = "a"\n', encoding="utf-8")
    applied(decided(of, a__decision="same as b"), of, findings)
    page = tmp_path / "x.txt"
    page.write_text("HST: No.\n\nHST: Yes, and again no.\n\nHST: Then.\n", encoding="utf-8")
    root = encode(read(page, report=findings.append, reader="plain"), report=findings.append, edition=of)
    assert {item.get("who") for item in root.iter("{*}sp")} == {"#b"}
    assert not [item for item in findings if item.rule == "speaker-unknown"]


def test_what_was_changed_by_hand_since_is_kept(tmp_path: Path, findings: list[Finding]) -> None:
    """A fact that differs in the sheet and in the register, edited since, is a finding; new facts are added."""
    of = edition(tmp_path, "x <p/>", '<person xml:id="a"><persName>A B</persName><note>One.</note></person>')
    rows = decided(of, a__note="Two.", a__wikidata="Q1")
    path = tmp_path / "xml" / "register" / "persons.xml"
    path.write_text(path.read_text(encoding="utf-8").replace("One.", "Three."), encoding="utf-8")
    applied(rows, of, findings)
    text = path.read_text(encoding="utf-8")
    assert "<note>Three.</note>" in text
    assert "Q1</idno>" in text
    assert [(item.rule, item.line) for item in findings] == [("register-conflict", 2)]


def test_an_empty_cell_takes_nothing_away(tmp_path: Path, findings: list[Finding]) -> None:
    of = edition(tmp_path, "x <p/>", '<person xml:id="a"><persName>A B</persName><note>One.</note></person>')
    assert not applied(decided(of, a__note="", a__name=""), of, findings).files
    assert not findings


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"decision": "maybe"}, "sheet-decision"),
        ({"decision": "new", "kind": "man"}, "sheet-kind"),
        ({"decision": "new", "id": "a b"}, "sheet-id"),
        ({"decision": "new", "id": "ed"}, "entry-taken"),
        ({"decision": "new", "id": "there"}, "entry-taken"),
        ({"decision": "new", "viaf": "x"}, "authority-form"),
        ({"decision": "new", "gnd": "118540239"}, "authority-form"),
        ({"decision": "new", "coordinates": "99 1"}, "coordinates-form"),
        ({"decision": "new", "dates": "soon"}, "sheet-date"),
        ({"decision": "new", "on": "today"}, "sheet-date"),
        ({"decision": "new", "name": "", "forms": ""}, "sheet-name"),
        ({"decision": "same as nobody"}, "entry-unknown"),
        ({"decision": "split from nobody"}, "entry-unknown"),
        ({"decision": "split from there"}, "form-unknown"),
        ({"decision": "ambiguous: there, nobody"}, "entry-unknown"),
        ({"decision": "same as place", "kind": "person"}, "sheet-kind"),
    ],
)
def test_a_row_that_cannot_be_followed_is_a_finding(
    cells: dict[str, str], rule: str, tmp_path: Path, findings: list[Finding]
) -> None:
    """One finding with its line; the other rows are applied."""
    register = '<person xml:id="there"><persName>C D</persName></person>'
    of = edition(tmp_path, "x <p><persName>Abe Bell</persName> <persName>Ed Fox</persName></p>", register)
    places = tei('<standOff><listPlace><place xml:id="place"><placeName>P</placeName></place></listPlace></standOff>')
    (tmp_path / "xml" / "register" / "places.xml").write_text(places, encoding="utf-8")
    rows = decided(
        of,
        ed_fox__decision="new",
        **{f"abe_bell__{column}": value for column, value in cells.items() if column != "id"},
    )
    if "id" in cells:
        next(row for row in rows if row.id == "abe-bell").id = cells["id"]
    applied(rows, of, findings)
    assert [item.rule for item in findings] == [rule]
    assert findings[0].line
    text = (tmp_path / "xml" / "register" / "persons.xml").read_text(encoding="utf-8")
    assert "Ed Fox" in text
    assert "Abe Bell" not in text


def test_comments_line_ends_and_hand_edits_stay(tmp_path: Path, findings: list[Finding]) -> None:
    """Beside the new lines, a register file is what it was, byte for byte."""
    of = edition(tmp_path, "x <p><persName>Ed Fox</persName></p>")
    path = tmp_path / "xml" / "register" / "persons.xml"
    entry = '\n\t\t<person xml:id="a">\n\t\t\t<persName>A  B</persName> <!-- sic -->\n\t\t</person>\n\n\t'
    before = '<?xml version="1.0" encoding="utf-8"?>\n<!-- mine -->\n' + tei(
        f"<standOff>\n\t<listPerson>{entry}</listPerson>\n</standOff>"
    )
    before = before.replace("\n", "\r\n")
    path.write_bytes(before.encode())
    applied(decided(of, ed_fox__decision="new"), of, findings)
    after = path.read_bytes().decode()
    assert not findings
    kept = iter(after)
    assert all(sign in kept for sign in before)
    assert "\n" not in after.replace("\r\n", "")
    assert after.startswith('<?xml version="1.0" encoding="utf-8"?>\r\n<!-- mine -->\r\n')


def test_a_broken_register_is_left_alone(tmp_path: Path, findings: list[Finding]) -> None:
    of = edition(tmp_path, "x <p><persName>Ed Fox</persName></p>")
    rows = decided(of, ed_fox__decision="new")
    path = tmp_path / "xml" / "register" / "persons.xml"
    path.write_text("<TEI>", encoding="utf-8")
    assert not applied(rows, of, findings).files
    assert [item.rule for item in findings] == ["xml-ill-formed"]


def test_two_entries_with_one_authority_id_are_told(tmp_path: Path, findings: list[Finding]) -> None:
    register = '<person xml:id="a"><persName>A B</persName><idno type="GND">118540238</idno></person>'
    of = edition(tmp_path, "x <p><persName>Ed Fox</persName></p>", register)
    applied(decided(of, ed_fox__decision="New", ed_fox__gnd="https://d-nb.info/gnd/118540238"), of, findings)
    assert [item.rule for item in findings] == ["authority-shared"]


def test_the_sample_edition_knows_its_names(findings: list[Finding]) -> None:
    """Every entry of the sample's register is met, and almost nothing is left to decide."""
    rows = propose(Edition.load(ROOT), report=findings.append)
    known = [row for row in rows if row.proposal == "in the register"]
    assert not findings
    assert len(rows) - len(known) <= 4
    assert all(int(row.count) for row in known)
    assert write_sheet(rows) == write_sheet(propose(Edition.load(ROOT), report=findings.append))


def test_the_commands_work_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Propose, decide, apply, apply again; a sheet with decisions is not overwritten."""
    edition(tmp_path, "x <p><persName>Amos J. Peaslee</persName></p>")
    settings = tmp_path / "edition.toml"
    settings.write_text(SETTINGS.replace('register = ["xml/register/persons.xml", "xml/register/places.xml"]\n', ""))
    monkeypatch.chdir(tmp_path)
    assert main(["register", "propose"]) == 0
    sheet = tmp_path / "register.csv"
    sheet.write_bytes(sheet.read_bytes().replace(b"\n,new,", b"\nyes,new,"))
    assert main(["register", "apply", "register.csv", "--dry-run"]) == 0
    assert not (tmp_path / "xml" / "register" / "persons.xml").exists()
    assert main(["register", "apply", "register.csv"]) == 0
    told = capsys.readouterr()
    assert "persons.xml: 1 entry added: amos-j-peaslee." in told.out
    assert "register-unlisted" in told.out
    assert main(["register", "apply", "register.csv"]) == 0
    assert "Written: nothing." in capsys.readouterr().err
    assert main(["register", "propose"]) == 0
    assert (tmp_path / "register.new.csv").exists()
    assert "sheet-decided" in capsys.readouterr().out
    root = etree.fromstring((tmp_path / "xml" / "register" / "persons.xml").read_bytes())
    change = root.find("t:teiHeader/t:revisionDesc/t:change", NS)
    assert change is not None
    assert (change.get("when"), change.get("who")) == ("2026-01-02", "#ed")
    assert main(["register", "apply", "edition.toml"]) == 2
    assert main(["register", "apply", "nothing.csv"]) == 2


def test_what_is_answered_is_not_asked_again(shared: Path, tmp_path: Path, findings: list[Finding]) -> None:
    """After yes to all that is proposed for documents of the Foreign Relations of the United States, little is left."""
    of = edition(tmp_path, "")
    sources = sorted((shared / "frus_dev").glob("*.txt"))
    for source in sources[40:70]:
        root = encode(read(source, report=lambda finding: None), report=lambda finding: None)
        (tmp_path / "xml" / f"d{source.stem}.xml").write_bytes(etree.tostring(root))
    rows = propose(of, report=findings.append)
    assert sum(row.proposal == "new" for row in rows) > 100
    for row in rows:
        row.decision = "yes" if row.proposal else "ignore"
    applied(rows, of, findings)
    assert not findings
    again = [row for row in propose(of, report=findings.append) if row.proposal != "in the register"]
    # That several bear a name is written down; who is meant in each document is still open.
    assert {row.proposal.split()[0] for row in again} <= {"ambiguous:"}
    assert not [item for item in validate([tmp_path / "xml" / "register"]) if item.severity == "error"]
