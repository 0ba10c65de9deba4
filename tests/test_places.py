"""Where findings stand: lines and columns of tags, attributes and texts, in every encoding."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei_edition.finding import Finding
from tei_edition.places import Places, Unplaced, root_name
from tei_edition.relaxng import Schema
from tei_edition.tei import parse

GRAMMAR = b"""<element name="a" xmlns="http://relaxng.org/ns/structure/1.0">
 <optional><attribute name="xml:lang"/></optional>
 <oneOrMore><element name="b"><optional><attribute name="n"><value>1</value></attribute></optional>
  <optional><element name="c"><empty/></element></optional></element></oneOrMore>
</element>"""

CASES = [
    ("a tag", "<a>\n  <x/><b/></a>", [(2, 3)]),
    ("letters before it that take several bytes", "<a><!-- Zhōu 周 --><x/><b/></a>", [(1, 19)]),
    ("an attribute", '<a><b\n   n="2"/></a>', [(2, 4)]),
    ("an attribute whose name stands in a value before it", """<a xml:lang="n = 'x'" n="3"><b/></a>""", [(1, 23)]),
    ("an attribute with a prefix", '<a><b  xml:lang="en"/></a>', [(1, 8)]),
    ("text at the beginning", "<a>\n\n  words <b/></a>", [(3, 3)]),
    ("text after a child", "<a><b>\n</b>\n words</a>", [(3, 2)]),
    ("text after a comment and a CDATA section", "<a><b/><!-- > -->\n<![CDATA[ ]]><?x?> words</a>", [(2, 20)]),
    ("text in a CDATA section", "<a><b/>\n<![CDATA[words]]></a>", [(2, 10)]),
    ("what is missing, at the end tag", "<a>\n</a>", [(2, 1)]),
    ("what is missing in an empty element", "<!-- -->\n<a/>", [(2, 1)]),
    ("two in one line", '<a><b n="2"/><b n="3"/></a>', [(1, 7), (1, 17)]),
]


def found(data: bytes) -> list[Finding]:
    """Return what the grammar above does not allow in a document."""
    file = Path("a.xml")
    root = parse(data, file, pytest.fail)
    assert root is not None
    return Schema.read(GRAMMAR, Path("a.rng")).validate(root, file=file, data=data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize(("text", "places"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_finding_stands_where_its_cause_is(text: str, places: list[tuple[int, int]], encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    begin = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared != "utf-16" else '<?xml version="1.0"?>\n'
    findings = found((begin + text).encode(encoding))
    assert [(one.line, one.column) for one in findings] == [(line + 1, column) for line, column in places]


def test_lines_are_those_of_editors() -> None:
    assert [(one.line, one.column) for one in found(b"<a>\r\n<b/>\r\n <x/></a>")] == [(3, 2)]


def test_beyond_line_65535() -> None:
    blank = b"\n" * 70_000
    assert [(one.line, one.column) for one in found(b"<a><b/>" + blank + b" <x/></a>")] == [(70_001, 2)]
    # Where the bytes cannot tell, the tree does.
    entity = b'<!DOCTYPE a [<!ENTITY e "<b/>">]>'
    assert [(one.line, one.column) for one in found(entity + b"<a>&e;" + blank + b"<x/></a>")] == [(70_001, None)]


def test_elements_of_entities_have_no_place() -> None:
    with pytest.raises(Unplaced):
        Places(b'<!DOCTYPE a [<!ENTITY e "<b/>">]><a>&e;</a>')
    with pytest.raises(Unplaced):
        Places(b'<?xml version="1.0" encoding="x-unheard-of"?><a/>')


PIECES = ["<x/>", "<y n='>'>", "</y>", "<!-- <x> -->", "<![CDATA[<x>]]>", "<?x <x> ?>", "words é", "\n", '<y n="/">']


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_start_tags_are_found_by_either_way(inner: str) -> None:
    """Without end tags the start tags are found by their signs alone; a parser finds the same."""
    data = f"<a>{inner}</a>".encode()
    if parse(data, Path("a.xml"), lambda finding: None) is not None:
        with_ends, without = Places(data), Places(data, ends=False)
        assert len(with_ends) == len(without)
        assert all(with_ends.start(number) == without.start(number) for number in range(len(without)))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'<?xml version="1.0"?><!-- x --><a xmlns="urn:x" n="1"><b/></a>', "{urn:x}a"),
        (b"<!DOCTYPE a><a/>", "a"),
        ('<?xml version="1.0" encoding="utf-16"?><p:a xmlns:p="urn:x"/>'.encode("utf-16"), "{urn:x}a"),
        (b'<!DOCTYPE a [<!ENTITY e "e">]><a n="&e;"/>', None),
        (b"<a", None),
        (b"", None),
    ],
)
def test_the_root_is_known_before_the_document_is_read(data: bytes, name: str | None) -> None:
    assert root_name(data) == name
