"""The forms that findings are given in: what programs, forges and browsers are handed, whatever a document holds."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from casefile import Case, cases
from conftest import ROOT, bytes_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from tei_edition.cli.asking import FORMS
from tei_edition.console import Findings
from tei_edition.finding import Finding, Severity
from tei_edition.reports import FORMATS, Outcome
from tei_edition.reports.excerpts import excerpt, place
from tei_edition.reports.fingerprints import fingerprints
from tei_edition.reports.folder import write_report
from tei_edition.reports.listed import known, read_list
from tei_edition.reports.rules import explained
from tei_edition.reports.sources import Sources

TEXT = "<TEI>\n  <text>\n    <p>Here <gapp/> it breaks off.</p>\n    <p>And here.</p>\n  </text>\n</TEI>\n"
HOSTILE = 'x</script><script>alert(1)</script><img src="http://bad" onerror=a>&\x1b[2J\x00\u202e%0A\r\n::error::\ud800'


def found(rule: str = "gap-without-reason", **more: object) -> Finding:
    """Return a finding about ``a.xml``."""
    told = {"severity": Severity.ERROR, "message": "The element “gapp” is not known.", "file": Path("a.xml"), **more}
    return Finding(rule=rule, **told)  # type: ignore[arg-type]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with one file."""
    (tmp_path / "a.xml").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def sample() -> Outcome:
    """Return an outcome with a finding of each kind, and a file without any."""
    findings = [
        found(line=3, column=13, xpath="/TEI/text/p[1]/gapp", hint="Write “gap”.", see="https://www.tei-c.org/gap"),
        found("value-not-allowed", line=4, severity=Severity.WARNING, message="A value."),
        found("gap-cause", severity=Severity.INFO, message="A choice."),
        found("idno-empty", line=5, message="Empty.", accepted="So in the source."),
        found("own rule/1", line=3, message="A rule of somebody's own schema.", file=Path("b c:%é.xml")),
    ]
    return Outcome(findings, [Path("a.xml"), Path("b c:%é.xml"), Path("clean.xml")], 1)


def test_the_forms_offered_are_the_forms_there_are() -> None:
    """The command names the forms without importing them; the table decides."""
    assert list(FORMATS) == list(FORMS)


@pytest.mark.parametrize("case", cases("excerpts"), ids=str)
def test_excerpt(case: Case, update: bool) -> None:
    """A line is shown with marks under the place."""
    told = tomllib.loads(case.blocks["finding"])
    room, line = told.pop("room", 80), case.blocks["line"]
    where = place(found(line=1, **told), line)
    cited, marks = excerpt(line, *(where or (0, 0)), room)
    result = f"1: {cited}\n2: {marks if where else ''}".rstrip()
    if update:
        case.rewrite("expected", result)
    else:
        assert result == case.blocks["expected"].rstrip()


@given(st.text(max_size=200), st.integers(0, 220), st.integers(1, 30), st.integers(20, 90))
def test_an_excerpt_fits_and_its_marks_lie_under_it(line: str, start: int, length: int, room: int) -> None:
    """No excerpt is wider than there is room, none has a line end or a control character in it."""
    cited, marks = excerpt(line, min(start, len(line)), length, room)
    assert len(cited.replace("…", "")) <= len(line) * 4
    wide = sum(2 if re.match(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]", letter) else 1
               for letter in cited if letter.isprintable() and not _without_width(letter))  # fmt: skip
    assert wide <= room
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in cited)
    assert re.fullmatch(" *\\^+", marks)


def _without_width(letter: str) -> bool:
    return unicodedata.category(letter) in {"Mn", "Me", "Cf"}


def test_text_has_the_line_when_it_is_wanted(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--excerpt` puts the line under the message; what was accepted and the address to read on come with `-v`."""
    finding = sample().findings[0]
    for excerpt_wanted, verbose in ((False, False), (True, True)):
        printed = Findings(excerpt=excerpt_wanted, verbose=verbose)
        printed.report(finding)
        printed.report(sample().findings[3])
        assert printed.close("Done.") == 1
    out, err = capsys.readouterr()
    first = "a.xml:3:13: error: The element “gapp” is not known. [gap-without-reason]"
    rest = ["  at /TEI/text/p[1]/gapp", "  Write “gap”."]
    assert out.splitlines() == [
        first, *rest,
        first, "    3 | <p>Here <gapp/> it breaks off.</p>", "      |         ^^^^^", *rest,
        "  See https://www.tei-c.org/gap",
        "a.xml:5: accepted error: Empty. [idno-empty]", "    5 | </text>", "  Accepted: So in the source.",
    ]  # fmt: skip
    assert "Done. 1 error, 0 warnings, 1 accepted, 0 choices recorded (-v shows them)." in err


def test_colours_are_for_terminals(here: Path) -> None:
    """A pipe has no colours; a terminal has, unless NO_COLOR says otherwise."""
    pty = pytest.importorskip("pty", reason="there are no terminals here")
    code = (
        "import sys; from pathlib import Path; from tei_edition.console import Findings\n"
        "from tei_edition.finding import Finding, Severity\n"
        "print_ = Findings(excerpt=True, quiet=True)\n"
        "print_.report(Finding(rule='x', severity=Severity.ERROR, message='“gapp”', file=Path('a.xml'), line=3))\n"
        "print_.close('')"
    )
    piped = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=here, env=_paths(), check=True)
    assert b"\x1b" not in piped.stdout
    for more, coloured in (({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)):
        mine, theirs = pty.openpty()
        subprocess.run([sys.executable, "-c", code], stdout=theirs, cwd=here, env=_paths() | more, check=True)
        os.close(theirs)
        seen = os.read(mine, 10_000)
        os.close(mine)
        assert (b"\x1b[" in seen) is coloured
        assert "gapp" in seen.decode()


def _paths() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {
        "PYTHONPATH": str(ROOT), "TERM": "xterm",
    }  # fmt: skip


def test_json_has_all_fields_and_reads_back(here: Path) -> None:
    """The list has the fields of a finding and a fingerprint; a baseline reads it."""
    outcome = sample()
    rows = read_list(FORMATS["json"](outcome).encode())
    assert set(rows[0]) == {*Finding.__dataclass_fields__, "fingerprint"}
    assert rows[3]["accepted"] == "So in the source."
    assert known(rows) == {
        (item.file.as_posix(), mark) for item, mark in zip(outcome.findings, outcome.marks, strict=True)
    }
    for data in (b"", b"{}", b"[1]", b'[{"rule": "x"}]', b"\xff", b"[" * 100_000):
        with pytest.raises(ValueError, match="this is not"):
            read_list(data)


def test_forms_for_programs_are_utf_8(here: Path) -> None:
    """Whatever the terminal is set to: the list can be read."""
    code = (
        "from pathlib import Path; from tei_edition.console import Findings\n"
        "from tei_edition.finding import Finding, Severity\n"
        "printed = Findings(as_list=True, quiet=True)\n"
        "printed.report(Finding(rule='x', severity=Severity.ERROR, message='“蔣\\udc80”', file=Path('a.xml')))\n"
        "printed.close('')"
    )
    where = _paths() | {"PYTHONIOENCODING": "ascii"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=here, env=where, check=True)
    assert [row["message"] for row in read_list(run.stdout)] == ["“蔣\udc80”"]


def test_sarif_is_as_the_standard_has_it(here: Path) -> None:
    """Rules, files, places, fingerprints, suppressions and the exit code stand where programs look for them."""
    log = json.loads(FORMATS["sarif"](sample()))
    assert (log["version"], list(log)) == ("2.1.0", ["$schema", "version", "runs"])
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [item.rule for item in sample().findings]
    assert rules[0]["shortDescription"]["text"] == "A gap does not say why something is missing."
    assert rules[0]["help"]["text"].endswith("What to do: Add @reason.")
    assert rules[0]["helpUri"] == "https://www.tei-c.org/gap"
    assert "helpUri" not in rules[1] and set(rules[4]) == {"id", "defaultConfiguration"}
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["error", "warning", "note", "error", "error"]
    for number, result in enumerate(run["results"]):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][artifact["index"]]["location"] == {key: artifact[key] for key in ("uri", "uriBaseId")}
        assert artifact["uriBaseId"] in run["originalUriBaseIds"]
        assert not urlsplit(artifact["uri"]).scheme and re.fullmatch(r"[A-Za-z0-9._~/%-]+", artifact["uri"])
        assert unquote(artifact["uri"]) == sample().findings[number].file.as_posix()
        assert bool(result["suppressions"]) == (number == 3)
    places = [result["locations"][0]["physicalLocation"].get("region") for result in run["results"]]
    assert places == [{"startLine": 3, "startColumn": 13}, {"startLine": 4}, None, {"startLine": 5}, {"startLine": 3}]
    logical = run["results"][0]["locations"][0]["logicalLocations"]
    assert logical == [{"fullyQualifiedName": "/TEI/text/p[1]/gapp", "kind": "element"}]
    assert run["results"][0]["message"]["text"] == "The element “gapp” is not known.\nWrite “gap”."
    assert run["results"][3]["suppressions"][0]["justification"] == "So in the source."
    assert [unquote(item["location"]["uri"]) for item in run["artifacts"]] == ["a.xml", "b c:%é.xml", "clean.xml"]
    nothing = json.loads(FORMATS["sarif"](Outcome([])))["runs"][0]
    assert (nothing["results"], nothing["tool"]["driver"]["rules"]) == ([], [])


def test_sarif_gives_files_elsewhere_a_whole_address(tmp_path: Path) -> None:
    """A file outside the folder of the call is named by a file: address without a base."""
    file = tmp_path / "über uns" / "a.xml"
    run = json.loads(FORMATS["sarif"](Outcome([found(file=file)])))["runs"][0]
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"].startswith("file:///") and "uriBaseId" not in place
    assert unquote(urlsplit(place["uri"]).path) == file.as_posix()


def test_junit_fails_where_the_exit_code_does(here: Path) -> None:
    """A file is a suite, an error a failure, what was accepted is skipped; the counts are those of the cases."""
    root = etree.fromstring(FORMATS["junit"](sample()).encode())
    assert [suite.get("name") for suite in root] == ["a.xml", "b c:%é.xml", "clean.xml"]
    for node in (root, *root):
        cases_ = list(node.iter("testcase"))
        assert int(node.get("tests")) == len(cases_)
        assert int(node.get("failures")) == sum(case.find("failure") is not None for case in cases_)
        assert int(node.get("skipped")) == sum(case.find("skipped") is not None for case in cases_)
        assert node.get("errors") == "0"
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names)
    assert (root.get("failures"), root.get("skipped"), root.get("tests")) == ("2", "1", "6")
    failure = root[0].find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "The element “gapp” is not known."
    assert failure.text is not None and failure.text.startswith("a.xml:3:13: error: ")
    assert root[2][1].get("name") == "no findings"


def test_github_annotations_are_escaped() -> None:
    """A message has its line ends and per cents set, a property its colons and commas too; choices need `-v`."""
    one = found(line=3, column=2, message="50 % of “a:b,c”", hint="Look.\r\nTwice.", file=Path("a,b:c%.xml"))
    assert FORMATS["github"](Outcome([one])) == (
        "::error file=a%2Cb%3Ac%25.xml,line=3,col=2,title=gap-without-reason::50 %25 of “a:b,c”%0ALook.%0A%0ATwice."
    )
    lines = FORMATS["github"](sample()).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning", "::error"]
    told = Outcome(sample().findings, verbose=True)
    commands = [line.split(" ")[0] for line in FORMATS["github"](told).splitlines()]
    assert commands == ["::error", "::warning", "::notice", "::notice", "::error"]
    assert FORMATS["github"](Outcome([])) == ""


HOSTILE_TEXT = st.one_of(st.text(max_size=40), st.sampled_from([HOSTILE, "", "]]>", "--!>", "\u2028", "\x85", "￾"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(
    st.lists(st.tuples(HOSTILE_TEXT, HOSTILE_TEXT, HOSTILE_TEXT, st.integers(-1, 9), st.integers(0, 99)), max_size=4)
)
def test_no_text_breaks_a_form(tmp_path: Path, rows: list[tuple[str, str, str, int, int]]) -> None:
    """Whatever documents, paths and rules hold: each form can be read, and nothing of it is obeyed."""
    findings = [
        found(rule, message=message, hint=hint or None, xpath=message, accepted=hint if column % 3 == 0 else None,
              line=line, column=column, file=Path(f"{message.replace('/', '')[:20] or 'a'}.xml"), see=hint)
        for rule, message, hint, line, column in rows
    ]  # fmt: skip
    outcome = Outcome(findings, [item.file for item in findings], 1)
    given_ = {name: form(outcome).encode("utf-8", "backslashreplace") for name, form in FORMATS.items()}
    assert len(read_list(given_["json"])) == len(findings)
    assert len(json.loads(given_["sarif"])["runs"][0]["results"]) == len(findings)
    assert len(etree.fromstring(given_["junit"]).findall(".//testcase")) >= len(findings)
    commands = given_["github"].split(b"\n") if given_["github"] else []
    assert all(line.startswith(b"::") and b"\r" not in line for line in commands)
    assert b"\x1b" not in given_["text"] + given_["github"] + given_["junit"]
    assert write_report(tmp_path / "report", outcome, title=HOSTILE, name=None, report=print)
    for page in sorted((tmp_path / "report").rglob("*.html")):
        root = html.document_fromstring(page.read_bytes())
        assert not root.xpath("//script | //img | //@onerror | //iframe")
        assert all(
            re.match(r"\.\./|files/|#|report\.css$|[A-Za-z0-9.%_-]+\.html$|https?:", link)
            for link in root.xpath("//@href")
        )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(
    st.lists(st.sampled_from(["<p>one</p>", "<gap/>", "", "words"]), min_size=1, max_size=8),
    st.integers(0, 7),
    st.integers(0, 5),
)
def test_a_fingerprint_survives_lines_that_move(tmp_path: Path, lines: list[str], at: int, more: int) -> None:
    """Lines put in before a finding, or indented, leave its fingerprint; no two findings of a file have the same."""
    file, at = tmp_path / "a.xml", min(at, len(lines))
    moved = [*lines[:at], *["<!-- other -->"] * more, *(f"    {line}" for line in lines[at:])]
    marks = []
    for text in (lines, moved):
        file.write_text("\n".join(text), encoding="utf-8")
        findings = [found(file=file, line=number) for number, line in enumerate(text, 1) if "other" not in line]
        marks.append(fingerprints(findings, Sources()))
    assert marks[0] == marks[1]
    assert len(set(marks[0])) == len(marks[0])


def test_a_fingerprint_tells_rules_words_and_quotations_apart(here: Path) -> None:
    """Another rule, another line or another word quoted is another finding; another wording is not."""
    base = found(line=3)
    others = [found("other", line=3), found(line=4), found(line=3, message="“gap”"), found(line=3, column=1)]
    marks = [fingerprints([one], Sources())[0] for one in (base, *others)]
    assert len(set(marks)) == 5 - (marks[0] == marks[4])
    assert fingerprints([found(line=3, message="Nobody knows “gapp”.")], Sources()) == marks[:1]
    absent = [found(file=Path("no.xml"), xpath=f"/TEI/p[{number}]/gap") for number in (1, 7)]
    assert [mark[:16] for mark in fingerprints(absent, Sources())] == [fingerprints(absent, Sources())[0][:16]] * 2


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("é\r\nb\rc".encode(), "é"),
        (b"\xef\xbb\xbf\xc3\xa9\n", "é"),
        (
            "<?xml version='1.0' encoding='iso-8859-1'?>é".encode("latin-1"),
            "<?xml version='1.0' encoding='iso-8859-1'?>é",
        ),
        ("é\n".encode("utf-16"), "é"),
        (b"\xff\xfe\xfd", None),
        (b"<?xml version='1.0' encoding='nobodys'?>", None),
    ],
)
def test_lines_are_read_as_the_file_says(tmp_path: Path, data: bytes, line: str | None) -> None:
    """The encoding is the one declared; a file that is in none has no lines."""
    (tmp_path / "a").write_bytes(data)
    assert Sources().line(tmp_path / "a", 1) == line
    assert Sources().line(tmp_path / "a", 0) is None
    assert Sources().line(tmp_path / "absent", 1) is None


def test_lines_of_an_archive_are_read(tmp_path: Path) -> None:
    """A member of an archive is named as if the archive were a folder."""
    with zipfile.ZipFile(tmp_path / "letters.zip", "w") as archive:
        archive.writestr("in/a.xml", "one\ntwo")
    assert Sources().line(tmp_path / "letters.zip" / "in" / "a.xml", 2) == "two"
    assert Sources().line(tmp_path / "letters.zip" / "in" / "b.xml", 1) is None


def test_every_rule_of_the_page_is_explained() -> None:
    """What SARIF and the report say about rules is what docs/findings.md says."""
    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert list(explained()) == re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.M)
    assert all(told.when and told.mend and told.chapter for told in explained().values())


def test_a_report_counts_what_there_is(here: Path) -> None:
    """The front page has the numbers of each rule and file; the page of a file has its findings at their lines."""
    assert write_report(here / "report", sample(), title="Letters", name="one", report=print)
    front = html.parse(here / "report" / "index.html").getroot()
    assert front.findtext(".//p[@class='subtitle']") == "2 errors, 1 warning, 1 choice, 1 accepted, in 2 of 3 files"
    rows = front.xpath("//section[@id='by-file']//tr[th/@scope='row']")
    assert [[cell.text_content() for cell in row] for row in rows] == [
        ["a.xml", "1", "1", "1", "1"], ["b c:%é.xml", "1", "–", "–", "–"],
    ]  # fmt: skip
    assert Counter(front.xpath("//section[@class='explained']/h3/code/text()")) == Counter(
        item.rule for item in sample().findings
    )
    for page in (here / "report").rglob("*.html"):
        root = html.parse(page).getroot()
        ids = root.xpath("//@id")
        assert len(ids) == len(set(ids))
        for link in root.xpath("//@href[not(starts-with(., 'http'))]"):
            target, _, anchor = link.partition("#")
            goal = (page.parent / unquote(target)) if target else page
            assert goal.is_file(), link
            assert not anchor or html.parse(goal).getroot().xpath("//*[@id=$id]", id=anchor), link
    page = html.parse(here / "report" / "files" / "a.xml.html").getroot()
    assert page.xpath("string(//*[@id='L3']//mark)") == "<gapp"
    order = page.xpath("//div[@id='lines']/*/@id | //div[@id='lines']/*/@class[. = 'skipped']")
    assert [item if item[0] == "L" else item[0] for item in order] == [
        "f",
        "L1",
        "L2",
        "L3",
        "f",
        "L4",
        "f",
        "L5",
        "f",
        "L6",
        "L7",
    ]


def test_the_same_findings_give_the_same_report(here: Path) -> None:
    """Written twice, or elsewhere, a report is the same byte for byte."""
    for run in (None, "2026-11-22"):
        folders = [here / f"{run}-{name}" for name in ("a", "b", "a")]
        for folder in folders:
            assert write_report(folder, sample(), title="Letters", name=run, report=print)
        assert bytes_of(folders[0]) == bytes_of(folders[1])


def test_a_report_says_what_is_new_and_gone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings are compared with those of the run before, by fingerprint; a run written again takes its place."""
    first = Outcome([found(line=3), found("idno-empty", line=4)], [Path("a.xml")])
    folder = here / "report"

    def told() -> str:
        page = html.parse(folder / "index.html").getroot()
        return " ".join("".join(page.xpath("//main/p[starts-with(., 'Since')]//text()")).split())

    def names() -> list[str]:
        return [run["name"] for run in json.loads((folder / "counts.json").read_bytes())["counts"]]

    assert write_report(folder, first, title="x", name=None, report=print)
    assert told() == "" and names() == ["run 1"]
    (here / "a.xml").write_text("<!-- a line more -->\n" + TEXT, encoding="utf-8")
    second = Outcome([found(line=4), found("title-empty", line=2)], [Path("a.xml")])
    for _ in range(2):
        assert write_report(folder, second, title="x", name=None, report=print)
        assert told() == "Since run 1: 1 new, 1 gone, 1 still there." and names() == ["run 1", "run 2"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert write_report(folder, first, title="x", name=None, report=print)
    assert names() == ["run 1", "run 2", "1970-01-02"]
    assert write_report(folder, Outcome([], [Path("a.xml")]), title="x", name=None, report=print)
    assert names() == ["run 1", "run 2", "1970-01-02"] and told() == "Since run 2: 0 new, 2 gone, 0 still there."
    assert not list((folder / "files").glob("*.html"))


def test_a_folder_of_somebody_else_is_left_alone(here: Path, findings: list[Finding]) -> None:
    """A report is written into an empty folder or over a report; what was kept there may be broken."""
    (here / "other").mkdir()
    (here / "other" / "index.html").write_text("mine", encoding="utf-8")
    for folder in (here / "other", here / "a.xml"):
        assert not write_report(folder, sample(), title="x", name=None, report=findings.append)
    assert [item.rule for item in findings] == ["folder-taken"] * 2
    assert bytes_of(here / "other") == {"index.html": b"mine"}
    assert write_report(here / "report", sample(), title="x", name="1", report=print)
    (here / "report" / "findings.json").write_text("[{]", encoding="utf-8")
    assert write_report(here / "report", sample(), title="x", name="2", report=print)
    (here / "report" / "counts.json").write_text('{"counts": [{"name": 1}]}', encoding="utf-8")
    assert not write_report(here / "report", sample(), title="x", name="3", report=findings.append)


def test_a_long_line_is_cut_in_a_report(here: Path) -> None:
    """Of a line without end the page has what lies round its findings."""
    (here / "a.xml").write_text("x" * 50_000 + "<gapp/>" + "y" * 50_000, encoding="utf-8")
    assert write_report(here / "report", Outcome([found(line=1)]), title="x", name=None, report=print)
    page = html.parse(here / "report" / "files" / "a.xml.html").getroot()
    assert page.xpath("string(//mark)") == "gapp"
    assert page.xpath("//span[@class='cut']/text()") == ["… 49701 characters …", "… 49702 characters …"]
    assert len(page.xpath("string(//*[@id='L1'])")) < 700
