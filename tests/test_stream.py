"""The quick way through a document, by its bytes, judges as the way through its tree does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei_edition.relaxng import Schema
from tei_edition.relaxng.stream import allowed
from tei_edition.schematron import SchemaBroken
from tei_edition.tei import parse

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
