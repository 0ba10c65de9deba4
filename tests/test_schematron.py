"""Schematron: the cases of ``cases/schematron.md``, a plain compiler as a reference, and rules that misbehave."""

from __future__ import annotations

import copy
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from casefile import Case, cases
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition import saxon
from tei_edition.finding import Finding
from tei_edition.opened import Opened
from tei_edition.schematron import OWN_MADE, SCH, Rules, SchemaBroken, as_xslt, embedded, own_stylesheet, rules
from tei_edition.tei import TEI, parse

S = f"{{{SCH}}}"
XSL = "http://www.w3.org/1999/XSL/Transform"


def opened(document: bytes, file: Path = Path("document.xml")) -> Opened:
    """Return a document on the desk."""
    noted: list[Finding] = []
    root = parse(document, file, noted.append)
    assert root is not None, noted
    return Opened(file, root)


def found(tried: Rules, document: str, file: Path = Path("document.xml")) -> list[Finding]:
    """Return what rules say of a document."""
    one = opened(document.encode(), file)
    tried.check(one)
    return one.close()


def written(findings: list[Finding], folder: Path) -> str:
    """Return findings as the case file writes them."""
    lines: list[str] = []
    for finding in findings:
        other = "" if finding.file.name == "document.xml" else f"{finding.file.relative_to(folder)} "
        lines += [f"{other}{finding.line} {finding.severity} {finding.rule} {finding.xpath}", f"  {finding.message}"]
        lines += [f"  → {finding.hint}"] if finding.hint else []
    return "\n".join(lines)


def told(broken: SchemaBroken) -> str:
    """Return what is wrong with a schema as the case file writes it."""
    place = [broken.file.name if broken.file and broken.file.name != "schema.sch" else "", broken.line or ""]
    return " ".join(str(part) for part in (*place, broken) if str(part))


@pytest.mark.parametrize("case", cases("schematron"), ids=str)
def test_case(case: Case, update: bool, tmp_path: Path) -> None:
    """A schema says of a document what the case file says, and nothing else."""
    beside = {"included": "included.sch", "other": "other.xml", "included-grammar": "included.rng"}
    sources = {"schema": "schema.sch", "grammar": "schema.rng", "compact": "schema.rnc"}
    for word, name in {**beside, **sources}.items():
        if word in case.blocks:
            (tmp_path / name).write_text(case.blocks[word], encoding="utf-8")
    file = next(tmp_path / name for word, name in sources.items() if word in case.blocks)
    schema = file.read_bytes() if file.suffix == ".sch" else embedded(file.read_bytes(), file)
    assert schema is not None
    results: dict[str, str] = {}
    try:
        lies = file if set(beside) & set(case.blocks) else None
        tried = rules(schema, case.blocks.get("phase", "#DEFAULT"), file=lies, trusted=True)
        results["left-out"] = "\n".join(map(told, tried.broken))
        document = case.blocks.get("document", "<a/>")
        findings = found(tried, document, tmp_path / "document.xml")
        # The bytes of the document, where there are any, say the same as its tree.
        read = opened(document.encode(), tmp_path / "document.xml")
        read.data = document.encode()
        tried.check(read)
        assert sorted(one.message for one in read.close()) == sorted(one.message for one in findings)
        results["expected"] = written(findings, tmp_path)
    except SchemaBroken as error:
        results["broken"] = told(error)
    for word in {"expected", "left-out", "broken"} & {*case.blocks, *(word for word in results if results[word])}:
        if update:
            case.rewrite(word, results.get(word, ""))
        else:
            assert results.get(word) == case.blocks.get(word)


def test_nothing_is_left_of_a_schema_whose_only_let_is_wrong() -> None:
    """A phase whose expression is wrong leaves nothing to try."""
    schema = (
        b'<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3" defaultPhase="x">'
        b'<phase id="x" from="a["><active pattern="p"/></phase><pattern id="p"/></schema>'
    )
    with pytest.raises(SchemaBroken, match="The from “a\\[” cannot be used: it ends too early"):
        rules(schema, trusted=True)


def test_the_stylesheet_is_made_once() -> None:
    """The same schema is compiled once in a process."""
    schema = cases("schematron")[0].blocks["schema"].encode()
    assert rules(schema, trusted=True) is rules(bytes(schema), trusted=True)


def test_the_stylesheet_of_our_own_rules_is_up_to_date(update: bool) -> None:
    """schema/tei_edition.sch.xsl is what the rules beside it become; ``--update`` makes it anew."""
    file = ROOT / OWN_MADE
    if update:
        file.write_bytes(own_stylesheet())
    assert file.read_bytes() == own_stylesheet()


# Rules that are not trusted

HEAD = '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3">'


def strange(test: str, seconds: float = 60, more: str = "") -> Rules:
    """Return a stranger's rule, which speaks of every root but is to be tried apart."""
    text = (
        f'{HEAD}<pattern id="p"><rule context="/*">{more}<assert test="{test}">No.</assert></rule></pattern></schema>'
    )
    return rules(text.encode(), seconds=seconds)


def test_a_schema_reads_and_writes_nothing(tmp_path: Path) -> None:
    """An expression that opens a file stops its assertion; the words of the file do not come out, nor do variables."""
    secret = tmp_path / "secret.xml"
    secret.write_text("<a>CANARY</a>")
    readings = [f"unparsed-text('{secret.as_uri()}')", f"doc('{secret.as_uri()}')/*", f"doc('{secret}')/*"]
    readings += [f"collection('{tmp_path.as_uri()}')/*", f"json-doc('{secret.as_uri()}')"]
    inside = f"&lt;!DOCTYPE a [&lt;!ENTITY x SYSTEM &quot;{secret.as_uri()}&quot;>]>&lt;a>&amp;x;&lt;/a>"
    readings.append(f"parse-xml('{inside}')")
    reports = "".join(
        f'<report id="r{number}" test="true()"><value-of select="{reading}"/></report>'
        for number, reading in enumerate(readings)
    )
    os.environ["TEI_EDITION_CANARY"] = "CANARY"
    try:
        findings = found(strange("environment-variable('TEI_EDITION_CANARY') = 'CANARY'", more=reports), "<a/>")
    finally:
        del os.environ["TEI_EDITION_CANARY"]
    assert [finding.rule for finding in findings].count("schematron-stopped") == len(readings)
    assert [finding.message for finding in findings if finding.rule == "p"] == ["No."]
    assert "CANARY" not in str([finding.message for finding in findings])


def test_rules_that_do_not_end_are_stopped_and_the_next_file_goes_on(capfd: pytest.CaptureFixture[str]) -> None:
    """A rule that loops on one file costs that file the time allowed and one finding."""
    tried = strange("name() = 'good' or count(for $a in 1 to 100000, $b in 1 to 100000 return $a + $b) = 1", seconds=1)
    start = time.perf_counter()
    (finding,) = found(tried, "<bad/>")
    assert 1 <= time.perf_counter() - start < 10
    assert finding.rule == "schematron-stopped"
    assert finding.message == "The rules could not be tried on this file: they took longer than 1 s."
    assert found(tried, "<good/>") == []
    assert capfd.readouterr() == ("", "")


def test_rules_that_end_the_process_end_their_own(capfd: pytest.CaptureFixture[str]) -> None:
    """What aborts Saxon, when it compiles or when it tries, is a finding."""
    deep = "concat(string-join((1 to 100000) ! '('), name(), string-join((1 to 100000) ! ')'))"
    tried = strange(f"name() = 'good' or matches(name(), {deep})")
    (finding,) = found(tried, "<bad/>")
    assert "they took more memory, or went deeper, than they may." in finding.message
    assert found(tried, "<good/>") == []
    with pytest.raises(SchemaBroken, match=r"The schema cannot be compiled: they took more memory"):
        strange("(" * 20_000 + "1" + ")" * 20_000)
    assert capfd.readouterr() == ("", "")


def test_what_saxon_prints_is_not_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """A document that Saxon's parser refuses is one finding, and nothing on the terminal."""
    own = rules((ROOT / "schema" / "tei_edition.sch").read_bytes())
    many = " ".join(f'a{number}=""' for number in range(10_001))
    (finding,) = found(own, f'<TEI xmlns="{TEI}" {many}/>')
    assert finding.rule == "schematron-stopped"
    assert capfd.readouterr() == ("", "")


def test_the_other_process_ends_with_this_one() -> None:
    """A program that tried strange rules leaves no process behind, even if it stops in the middle of a rule."""
    program = (
        "import os, signal, sys, threading\n"
        "sys.path.insert(0, 'tests')\n"
        "from test_schematron import found, strange\n"
        "tried = strange(\"name() = 'good' or count((1 to 1000000) ! (1 to 1000000)) = 1\")\n"
        "found(tried, '<good/>')\n"
        "print(tried._tried._child._process.pid, flush=True)\n"
        "threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "found(tried, '<bad/>')\n"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "KeyboardInterrupt" in done.stderr
    assert time.perf_counter() - start < 20
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


# One walk, and a walk for each pattern


def plainly(schema: etree._Element) -> str:
    """Return a stylesheet for a schema without abstractions: a mode for each pattern, as the skeleton of ISO does."""

    def let(node: etree._Element) -> etree._Element:
        return etree.Element(X + "variable", name=node.get("name", ""), select=node.get("value", ""))

    names = {one.get("prefix"): one.get("uri") for one in schema.iter(S + "ns")} | {"xsl": XSL}
    root = etree.Element(X + "stylesheet", version="3.0", nsmap=names)
    root.extend([let(one) for one in schema.iterchildren(S + "let")])
    start = etree.SubElement(root, X + "template", match="/")
    rows = etree.SubElement(start, "rows")
    for number, pattern in enumerate(schema.iter(S + "pattern")):
        mode = f"m{number}"
        etree.SubElement(rows, X + "apply-templates", select="/", mode=mode)
        onward = etree.SubElement(root, X + "template", match="document-node() | node() | @*", mode=mode, priority="-9")
        etree.SubElement(onward, X + "apply-templates", select="@* | node()", mode=mode)
        patterns_rules = list(pattern.iterchildren(S + "rule"))
        for place, rule in enumerate(patterns_rules):
            order = str(len(patterns_rules) - place)
            made = etree.SubElement(root, X + "template", match=rule.get("context", ""), mode=mode, priority=order)
            for node in (one for one in (*pattern, *rule) if one.tag == S + "let"):
                made.append(let(node))
            for node in rule.iterchildren(S + "assert", S + "report"):
                test = node.get("test", "")
                test = f"not({test})" if node.tag == S + "assert" else test
                when = etree.SubElement(made, X + "if", test=test)
                row = etree.SubElement(when, "row", at="{path()}", pattern=str(number), id=node.get("id", ""))
                etree.SubElement(row, X + "text").text = node.text
                for part in node:
                    select = part.get("select") or f"name({part.get('path', '.')})"
                    etree.SubElement(row, X + "value-of", select=select)
                    etree.SubElement(row, X + "text").text = part.tail
            etree.SubElement(made, X + "apply-templates", select="@* | node()", mode=mode)
    return etree.tostring(root, encoding="unicode")


X = f"{{{XSL}}}"


class Twice:
    """A schema, compiled both ways."""

    def __init__(self, schema: bytes) -> None:
        root = etree.fromstring(schema)
        for number, pattern in enumerate(root.iter(S + "pattern")):
            pattern.set("id", str(number))
        self.ours = saxon.compile_text(as_xslt(etree.tostring(root)))
        self.theirs = saxon.compile_text(plainly(root))

    def compare(self, document: str) -> int:
        """Assert that both find the same at the same places, in the same order of rules there; return how many."""
        ours = [(row.get("at"), *self.said(row)) for row in self.rows(self.ours, document)]
        theirs = [(row.get("at"), *self.said(row)) for row in self.rows(self.theirs, document)]
        assert sorted(ours) == sorted(theirs)
        for pattern in {row[1] for row in ours}:
            assert [row for row in ours if row[1] == pattern] == [row for row in theirs if row[1] == pattern]
        return len(ours)

    def rows(self, stylesheet: saxon.Stylesheet, document: str) -> etree._Element:
        """Return what a stylesheet says of a document."""
        return etree.fromstring(saxon.transform(stylesheet, document).encode())

    def said(self, row: etree._Element) -> tuple[str, str, str]:
        """Return the pattern, the id and the words of a row."""
        text = row if row.tag == "row" else row.find("text")
        assert text is not None
        return str(row.get("pattern")), str(row.get("id")), " ".join("".join(text.itertext()).split())


CONTEXTS = st.sampled_from(
    """a b c * a/b b//c @n @* b/@n text() comment() processing-instruction() / node() b[@n] *[c] a|@n c[.='x'] /*
    self::b descendant::c document-node() *[@n]|text() b[starts-with(@n,'[')]|c //b *:c element(b)""".split()
)
TESTS = st.sampled_from(["true()", "@n", "c", "not(*)", "$v = 'x'", "count(preceding::*) gt 2", "string(.) = 'x'"])
ASSERTIONS = st.builds(
    lambda kind, test, number: (
        f'<{kind} id="i{number}" test="{test}">At <value-of select="count(ancestor::*)"/></{kind}>'
    ),
    st.sampled_from(["assert", "report"]),
    TESTS,
    st.integers(0, 3),
)
RULES = st.builds(
    lambda context, all_: f'<rule context="{context}"><let name="v" value="string(.)"/>{"".join(all_)}</rule>',
    CONTEXTS,
    st.lists(ASSERTIONS, min_size=1, max_size=2),
)
PATTERNS = st.lists(RULES, min_size=1, max_size=4).map(lambda all_: f"<pattern>{''.join(all_)}</pattern>")
SCHEMAS = st.lists(PATTERNS, min_size=1, max_size=4).map(lambda all_: f"{HEAD}{''.join(all_)}</schema>")
LEAVES = st.sampled_from(["x", "<!--x-->", "<?x y?>", "<b/>", '<c n="[x"/>', "<c>x</c>"])
NODES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda name, n, all_: f"<{name}{n}>{''.join(all_)}</{name}>",
        st.sampled_from("abc"),
        st.sampled_from(["", ' n="x"', ' n="[x" m="y"']),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(SCHEMAS, st.lists(NODES.map(lambda inner: f"<!--x--><a>{inner}</a>"), min_size=2, max_size=4))
def test_one_walk_finds_what_a_walk_for_each_pattern_finds(schema: str, documents: list[str]) -> None:
    """Whatever rules and documents are made of, both ways agree."""
    twice = Twice(schema.encode())
    for document in documents:
        twice.compare(document)


def broken(root: etree._Element, chance: random.Random) -> etree._Element:
    """Return a copy of a document in which some elements and attributes are others."""
    root = copy.deepcopy(root)
    elements = list(root.iter("*"))
    for node in chance.sample(elements, min(len(elements), 12)):
        other = chance.choice(elements)
        kind = chance.choice(["name", "attribute", "drop", "attributes"])
        if kind == "name" and node is not root:
            node.tag = other.tag
        elif kind == "attribute":
            name = chance.choice(["when", "from", "notBefore", "target", "cRef", "spanTo", "who", "part", "subtype"])
            node.set(name, chance.choice(["1945-01-01", "#x", "I", ""]))
        elif kind == "attributes":
            node.attrib.clear()
        elif node.getparent() is not None:
            node.getparent().remove(node)
    return root


@pytest.mark.parametrize("name", ["tei_all.isosch", "tei_lite.isosch", ""])
def test_the_rules_of_tei_find_the_same_both_ways(shared: Path, name: str) -> None:
    """TEI's own rules and ours find on real files, whole and mutilated, what a walk for each pattern finds."""
    twice = Twice((shared / "tei" / name if name else ROOT / "schema" / "tei_edition.sch").read_bytes())
    chance, number, many = random.Random(1), 0, 40_000
    files = [file for file in sorted((shared / "foreign_dev").rglob("*.xml")) if file.stat().st_size < many]
    for file in chance.sample(files, 8):
        root = parse(file.read_bytes(), file, lambda finding: None)
        if root is not None:
            for one in (root, broken(root, chance), broken(root, chance)):
                number += twice.compare(saxon.source(one))
    assert number > 10


@pytest.mark.parametrize("name", ["tei_all", "tei_lite"])
def test_the_rules_of_tei(shared: Path, name: str) -> None:
    """TEI's own rules say nothing of good samples, and find what is planted; those in the grammar do as well."""
    grammar = shared / "tei" / f"{name}.rng"
    for schema in ((shared / "tei" / f"{name}.isosch").read_bytes(), embedded(grammar.read_bytes(), grammar)):
        assert schema is not None
        tried = rules(schema, file=grammar, trusted=True)
        assert tried.broken == ()
        for sample in sorted((shared / "encoded_samples").glob("*.xml")):
            assert found(tried, sample.read_text(encoding="utf-8").partition("?>")[2]) == []
        planted = f'<TEI xmlns="{TEI}"><p>\n<date when="1945" from="1944"/>\n<ptr target="#a" cRef="b"/></p></TEI>'
        assert [finding.line for finding in found(tried, planted)] == [2, 3]


def test_a_grammar_without_rules() -> None:
    """A grammar that holds no rules, and one that is none, give no schema."""
    assert embedded(b'<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>', Path("a.rng")) is None
    assert embedded(b"<grammar", Path("a.rng")) is None
    assert embedded(b"start = ", Path("a.rnc")) is None
