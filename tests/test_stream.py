"""The quick way through a document, by its bytes, judges as the way through its tree does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei_edition.broken import SchemaBroken
from tei_edition.relaxng import Schema
from tei_edition.relaxng.stream import allowed
from tei_edition.tei import parse
from tei_edition.validation import validate

FILE = Path("a.xml")
SCHEMA = Schema.read(
    b"""<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><zeroOrMore><choice>
 <element name="b"><optional><attribute name="id"><data type="ID"/></attribute></optional>
  <optional><attribute name="to"><data type="IDREFS"/></attribute></optional><text/></element>
 <element name="c"><choice><data type="integer"/><element name="b"><empty/></element></choice></element>
 <element name="d"><list><oneOrMore><choice><value>x</value><value>y</value></choice></oneOrMore></list></element>
 </choice></zeroOrMore></element>""",
    Path("a.rng"),
)
TAGS = """<b id="i">|<b id="j" to="i">|<b to="i j">|<b>|<c>|<d>|</b>|</c>|</d>|<b/>|<c/>"""
TEXTS = "1| 2 |x|x y|\u00a0| |\n|<!-- -->|<?y?>|<![CDATA[3]]>|&#49;"
PIECES = st.sampled_from(f"{TAGS}|{TEXTS}".split("|"))


def agreed(schema: Schema, data: bytes) -> bool:
    """Return whether a document is allowed; fail where the two ways do not agree."""
    root = parse(data, FILE, lambda finding: None)
    assert root is not None
    by_tree = not schema.validate(root, file=FILE)
    assert (not schema.validate(root, file=FILE, data=data)) == by_tree
    return by_tree


@given(st.lists(PIECES, max_size=8).map("".join))
def test_both_ways_judge_alike(inner: str) -> None:
    data = f"<a>{inner}</a>".encode()
    if parse(data, FILE, lambda finding: None) is not None:
        valid = agreed(SCHEMA, data)
        assert valid == (allowed(SCHEMA.states, SCHEMA.start, data, True) is not None)


def test_the_suite_of_james_clark(shared: Path) -> None:
    judged = 0
    for case in etree.parse(str(shared / "relaxng" / "spectest.xml")).iter("testCase"):
        for node in case.iterchildren("correct"):
            try:
                schema = Schema.read(etree.tostring(node[0], with_tail=False), Path("schema.rng"))
            except (SchemaBroken, OSError):  # it names files, which are not laid out here
                continue
            for document in case.iterchildren("valid", "invalid"):
                agreed(schema, etree.tostring(document[0], with_tail=False, encoding="utf-8"))
                judged += 1
    assert judged > 300


def test_values_that_never_repeat_do_not_fill_the_memory() -> None:
    data = "".join(f'<b id="i{number}" to="i{number}"/>' for number in range(5000))
    assert agreed(SCHEMA, f"<a>{data}</a>".encode())
    known = [found for state in SCHEMA.states for found in state.attributes.values()]
    assert known and max(len(found.reached) for found in known) <= 1000


@pytest.mark.parametrize("text", ['<!DOCTYPE a [<!ATTLIST b to CDATA "i">]><a><b/></a>', "<!DOCTYPE a><a/>"])
def test_documents_with_a_document_type_are_left_to_the_tree(text: str) -> None:
    assert allowed(SCHEMA.states, SCHEMA.start, text.encode(), True) is None
    assert agreed(SCHEMA, text.encode())


ATTRIBUTES = Schema.read(
    b"""<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><zeroOrMore><element name="b">
 <optional><attribute name="u"><choice><value>1</value>
  <data type="anyURI"><param name="pattern">\\S+</param></data></choice>
 </attribute></optional>
 <optional><attribute name="v"><list><oneOrMore><data type="NMTOKEN"/></oneOrMore></list></attribute></optional>
 <attribute name="w"><data type="NCName"/></attribute>
 <optional><choice><attribute name="x"/><group><attribute name="y"/><optional><attribute name="z"/></optional></group>
 </choice></optional><empty/></element></zeroOrMore></element>""",
    Path("a.rng"),
)
GIVEN = {
    "u": ["1", "#a", "é b", " #a ", ""], "v": ["a b", "a", " ", ":1 -", "a !"], "w": ["a", "é", "-a", " a ", "a:b"],
    "x": ["1"], "y": ["1"], "z": ["1"],
}  # fmt: skip
TAGS_OF_B = st.dictionaries(st.sampled_from(sorted(GIVEN)), st.integers(0, 4), max_size=6).map(
    lambda picked: "".join(f' {key}="{GIVEN[key][at % len(GIVEN[key])]}"' for key, at in picked.items())
)


@given(st.lists(TAGS_OF_B, max_size=4))
def test_attributes_in_any_order_are_judged_as_when_alone(tags: list[str]) -> None:
    """What was remembered of a tag holds for the next; each tag is as right in company as in a schema of its own."""

    def right(tag: str) -> bool:
        given = dict(re.findall(r'(\w)="([^"]*)"', tag))
        return (
            bool(re.fullmatch(r" *[a-zé] *", given.get("w", "")))
            and ("u" not in given or given["u"] in {"1", "#a", " #a "})
            and ("v" not in given or given["v"] in {"a b", "a", ":1 -"})
            and not ("x" in given and ("y" in given or "z" in given))
            and ("z" not in given or "y" in given)
        )

    data = f"<a>{''.join(f'<b{tag}/>' for tag in tags)}</a>".encode()
    assert agreed(ATTRIBUTES, data) == all(map(right, tags))


def test_a_valid_document_needs_no_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a grammar, ids and pointers are all there is to check, what is right is never made into a tree."""
    (tmp_path / "a.rng").write_text(
        '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><zeroOrMore><element name="b">'
        "<empty/></element></zeroOrMore></element>"
    )
    (tmp_path / "right.xml").write_text("<a><b/></a>")
    (tmp_path / "wrong.xml").write_text("<a><b/><c/></a>")
    (tmp_path / "open.xml").write_text("<a><b/>")
    (tmp_path / "deep.xml").write_text("<a>" + "<b>" * 3000 + "</b>" * 3000 + "</a>")
    trees = []
    monkeypatch.setattr(
        "tei_edition.opened.parse", lambda data, file, report: trees.append(file.name) or parse(data, file, report)
    )
    files = [tmp_path / f"{name}.xml" for name in ("right", "wrong", "open", "deep")]
    found = validate(files, schema=tmp_path / "a.rng")
    assert trees == ["wrong.xml", "open.xml", "deep.xml"]
    rules = [(one.file.name, one.rule) for one in found]
    assert ("wrong.xml", "element-not-allowed") in rules and ("open.xml", "xml-ill-formed") in rules
    assert "right.xml" not in dict(rules) and "deep.xml" in dict(rules)
    # Without the grammar, ids and pointers somebody has still to see whether they are XML.
    (one,) = validate([tmp_path / "open.xml"], schema=tmp_path / "a.rng", checks=["text"])
    assert one.rule == "xml-ill-formed"
