"""Takes a name that people bring to TEI from HTML or from older versions of TEI, and gives what TEI P5 calls it.

The names are facts of those vocabularies; a name that the schema in use knows is never looked for here.
"""

from __future__ import annotations

HTML, P4 = "HTML", "TEI P4"

ELEMENTS = {
    "a": (HTML, "ref"),
    "abbreviation": (HTML, "abbr"),
    "b": (HTML, 'hi rend="bold"'),
    "big": (HTML, 'hi rend="large"'),
    "blockquote": (HTML, "quote"),
    "br": (HTML, "lb"),
    "center": (HTML, 'hi rend="center"'),
    "em": (HTML, "emph"),
    "figcaption": (HTML, "head"),
    "font": (HTML, "hi"),
    "footer": (HTML, "closer"),
    "h1": (HTML, "head"),
    "h2": (HTML, "head"),
    "h3": (HTML, "head"),
    "h4": (HTML, "head"),
    "h5": (HTML, "head"),
    "h6": (HTML, "head"),
    "i": (HTML, 'hi rend="italic"'),
    "img": (HTML, "graphic"),
    "ins": (HTML, "add"),
    "li": (HTML, "item"),
    "mark": (HTML, 'hi rend="marked"'),
    "ol": (HTML, 'list rend="numbered"'),
    "para": ("DocBook", "p"),
    "s": (HTML, "del"),
    "section": (HTML, "div"),
    "small": (HTML, 'hi rend="small"'),
    "strike": (HTML, "del"),
    "strong": (HTML, 'hi rend="bold"'),
    "sub": (HTML, 'hi rend="subscript"'),
    "sup": (HTML, 'hi rend="superscript"'),
    "td": (HTML, "cell"),
    "th": (HTML, 'cell role="label"'),
    "tr": (HTML, "row"),
    "u": (HTML, 'hi rend="underline"'),
    "ul": (HTML, 'list rend="bulleted"'),
    "TEI.2": (P4, "TEI"),
    "teiCorpus.2": (P4, "teiCorpus"),
    "dateRange": (P4, "date"),
    "dateStruct": (P4, "date"),
    "div0": (P4, "div"),
    "hand": (P4, "handNote"),
    "handList": (P4, "handNotes"),
    "timeRange": (P4, "time"),
    "timeStruct": (P4, "time"),
    "witList": (P4, "listWit"),
    "xptr": (P4, "ptr"),
    "xref": (P4, "ref"),
    "msDescription": ("MASTER", "msDesc"),
    "div1": ("TEI", "div"),
    "div2": ("TEI", "div"),
    "div3": ("TEI", "div"),
    "div4": ("TEI", "div"),
    "div5": ("TEI", "div"),
    "div6": ("TEI", "div"),
    "div7": ("TEI", "div"),
}
"""Where a name comes from and what is written in its place, as a tag; the first of its words is the element."""

UNSURE = set("abbreviation big center dateStruct figcaption font footer hand mark s small strike timeStruct".split())
"""Elements for which an editor has to look at the place: what is written may say more, or less."""

ATTRIBUTES = {
    "class": "rend",
    "align": "rend",
    "alt": "",
    "colspan": "cols",
    "height": "",
    "href": "target",
    "id": "xml:id",
    "lang": "xml:lang",
    "rowspan": "rows",
    "src": "url",
    "style": "rend",
    "title": "",
    "url": "target",
    "value": "when",
    "when-iso": "when",
    "width": "",
}
"""Attributes of elsewhere and what TEI P5 calls them, where the element has such an attribute."""

UNSURE_ATTRIBUTES = {"align", "class", "style", "when-iso"}
"""Attributes of which the values are written otherwise in TEI."""

INSIDE = {
    ("abbr", "expan"): "<choice><abbr>…</abbr><expan>…</expan></choice>",
    ("corr", "sic"): "<choice><sic>…</sic><corr>…</corr></choice>",
    ("expan", "abbr"): "<choice><abbr>…</abbr><expan>…</expan></choice>",
    ("figure", "entity"): '<figure><graphic url="…"/></figure>',
    ("figure", "url"): '<figure><graphic url="…"/></figure>',
    ("gap", "desc"): "<gap><desc>…</desc></gap>",
    ("name", "reg"): "<choice><orig>…</orig><reg>…</reg></choice> in it",
    ("orig", "reg"): "<choice><orig>…</orig><reg>…</reg></choice>",
    ("persName", "reg"): "<choice><orig>…</orig><reg>…</reg></choice> in it",
    ("placeName", "reg"): "<choice><orig>…</orig><reg>…</reg></choice> in it",
    ("reg", "orig"): "<choice><orig>…</orig><reg>…</reg></choice>",
    ("sic", "corr"): "<choice><sic>…</sic><corr>…</corr></choice>",
}
"""What TEI P4 said by an attribute and P5 says by elements."""

DROPPED = {"TEIform", "targOrder", "targType", "targetEnd"}
"""Attributes that TEI has no more, with nothing in their place."""
DROPPED_ON = {("teiHeader", "type"), ("teiHeader", "creator"), ("teiHeader", "status"), ("TEI", "id")}
"""The same, for one element each."""

PARTNERS = {"abbr": "expan", "expan": "abbr", "orig": "reg", "reg": "orig", "sic": "corr", "corr": "sic"}
"""Elements that come in pairs in a ``choice``."""
