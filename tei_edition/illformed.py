"""Takes a file that is not well-formed and the parser's word on it, and says in an editor's words what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5

from tei_edition.tags import Tag, encoding, offset, open_tags, place

LEAVE = "Nothing after this place was checked."
_PREFIXES = {
    "tei": "http://www.tei-c.org/ns/1.0",
    "xi": "http://www.w3.org/2001/XInclude",
    "xlink": "http://www.w3.org/1999/xlink",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "svg": "http://www.w3.org/2000/svg",
    "html": "http://www.w3.org/1999/xhtml",
    "mml": "http://www.w3.org/1998/Math/MathML",
    "mei": "http://www.music-encoding.org/ns/mei",
    "rng": "http://relaxng.org/ns/structure/1.0",
    "sch": "http://purl.oclc.org/dsdl/schematron",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_BEFORE = 3000
"""Letters before the parser's place in which the culprit is looked for."""

Said = tuple[int, str, str]
"""The place in the text, the message and the hint."""


def explain(data: bytes, said: str, line: int, column: int) -> tuple[int, int, str, str]:
    """Return line, column, message and hint for what the parser said of a file.

    >>> explain(b"<p>Bread & butter</p>", "xmlParseEntityRef: no name", 1, 11)[1:3]
    (10, 'A bare “&” stands in the text: “Bread & butter”.')
    """
    name = encoding(data)
    try:
        text = data.decode(name)
        mixed = False
    except (UnicodeDecodeError, LookupError):
        text, mixed = data.decode("latin-1"), True
    if mixed and ("ncoding" in said or "UTF-8" in said):
        return _bytes(data, name, text)
    mark = text.startswith("\ufeff")
    text = text.removeprefix("\ufeff")
    at = offset(text, line, column)
    if data.startswith(b"PK\x03\x04"):
        return 1, 1, "This is a ZIP file, as .docx, .odt and .epub are, and not XML.", "Give the XML file itself."
    if not text.strip("\x00 \t\r\n"):
        return 1, 1, "The file is empty.", "A TEI file begins with <TEI …>."
    if mark and text.startswith("\ufeff"):
        return 1, 1, "The file begins with two byte order marks.", "Save it without a mark (“UTF-8 without BOM”)."
    for words, tell in _SENTENCES:
        found = re.search(words, said, re.DOTALL)
        told = tell(text, at, found) if found else None
        if told:
            return (*place(text, told[0]), told[1], told[2])
    said = said.rstrip(".")
    return line, column, f"This is not well-formed XML: {said}.", f"Correct the markup at this place. {LEAVE}"


def _bytes(data: bytes, name: str, text: str) -> tuple[int, int, str, str]:
    try:
        data.decode(name)
        start = 0
    except UnicodeDecodeError as error:
        start = error.start
    except LookupError:
        at = max(text.find(name), 0)
        hint = "Write the name of a known one, such as UTF-8, and save the file so."
        return (*place(text, at), f"There is no character encoding “{name}”.", hint)
    before = data[:start].decode(name, "replace")
    byte = data[start : start + 1]
    sign = byte.decode("cp1252", "replace")
    message = f"A character here is not written in {name.upper()}, as the file should be (byte {byte.hex().upper()})."
    hint = f"Save the file as UTF-8, or declare its encoding; in Windows-1252 this is “{sign}”."
    return (*place(before, len(before)), message, hint)


def _around(text: str, at: int) -> str:
    """Return the words about a place, on its line."""
    before = re.split(r"[\r\n<>]", text[max(at - 15, 0) : at])[-1]
    after = re.split(r"[\r\n<>]", text[at + 1 : at + 16])[0]
    return f"{before.lstrip()}{text[at : at + 1]}{after.rstrip()}"


def _back(text: str, at: int, sign: str) -> int:
    return text.rfind(sign, max(at - _BEFORE, 0), at + 1)


def _ampersand(text: str, at: int, said: re.Match[str]) -> Said | None:
    here = _back(text, at, "&")
    if here < 0:
        return None
    name = re.match(r"&(#?\w+)", text[here:])
    if name and (name[1].startswith("#") or f"{name[1]};" in html5):
        return here, f"“&{name[1]}” has no “;” after it.", f"Write &{name[1]};."
    return here, f"A bare “&” stands in the text: “{_around(text, here)}”.", "Write &amp; for the sign “&”."


def _entity(text: str, at: int, said: re.Match[str]) -> Said | None:
    name = said[1]
    here = max(_back(text, at, f"&{name};"), 0) or at
    if sign := html5.get(f"{name};"):
        shown = sign if sign.isprintable() and not sign.isspace() else f"&#{ord(sign[0])};"
        hint = f"Write the character itself: “{shown}”." if shown == sign else f"Write {shown}."
        return here, f"“&{name};” is an entity of HTML, which XML does not know.", hint
    return here, f"“&{name};” is not declared.", "Write the characters it stands for."


def _less(text: str, at: int, said: re.Match[str]) -> Said | None:
    here = _back(text, at, "<")
    if here < 0 or not text[here + 1 :].strip():
        return _unclosed(text, at, said)
    if re.match(r"<!doctype\b", text[here:], re.IGNORECASE):
        return here, "The document type is not written as XML has it.", "Write DOCTYPE in capitals, or leave it out."
    return here, f"A bare “<” stands in the text: “{_around(text, here)}”.", "Write &lt; for the sign “<”."


def _broken_tag(text: str, at: int, said: re.Match[str]) -> Said | None:
    here = _back(text, at - 1, "<")
    if here < 0:
        return None
    tag = re.match(r"<[^\s<>]*", text[here:])
    shown = tag[0] if tag else "<"
    if re.match(r"<[^<>]*<", text[here:]):
        return here, f"The tag “{shown}” is not closed.", "Write “>” at its end."
    return at, f"The attributes of “{shown}” are not well written.", 'Write each as name="value", with blanks between.'


def _unquoted(text: str, at: int, said: re.Match[str]) -> Said | None:
    found = list(re.finditer(r"([^\s<>=]+)\s*=\s*([^\s<>\"'/]*)", text[max(at - _BEFORE, 0) : at + 40]))
    start = max(at - _BEFORE, 0)
    near = [one for one in found if start + one.start() <= at]
    if not near:
        return None
    name, value = near[-1][1], near[-1][2]
    message = f"The value of “{name}” has no quotation marks."
    return start + near[-1].start(1), message, f'Write {name}="{value or "…"}".'


def _less_in_value(text: str, at: int, said: re.Match[str]) -> Said | None:
    tag = _back(text, _back(text, at, "<") - 1, "<")
    found = (
        re.search(r"([^\s<>=\"']+)\s*=\s*([\"'])([^\"'<]*)$", text[tag : _back(text, at, "<")]) if tag >= 0 else None
    )
    if not found:
        return None
    # A “>” in the value is nearly always the end of the tag, which the open quotation mark swallowed.
    if ">" in found[3] or "=" in found[3]:
        message = f"The value of “{found[1]}” is not closed: its second quotation mark is missing."
        return tag + found.start(2), message, f"Write {found[2]} at its end."
    return _back(text, at, "<"), f"A “<” stands in the value of “{found[1]}”.", "Write &lt; for the sign “<”."


def _no_value(text: str, at: int, said: re.Match[str]) -> Said | None:
    return at, f"“{said[1]}” has no value.", f'Write {said[1]}="…", or leave it out.'


def _twice(text: str, at: int, said: re.Match[str]) -> Said | None:
    tag = _back(text, at, "<")
    found = list(re.finditer(rf"\s({re.escape(said[1])})\s*=", text[max(tag, 0) : at + 1]))
    where = max(tag, 0) + found[-1].start(1) if found else at
    return where, f"“{said[1]}” stands twice in one tag.", "Keep one of the two."


def _mismatch(text: str, at: int, said: re.Match[str]) -> Said | None:
    close = _back(text, at - 1, "</")
    if close < 0:
        return None
    name = re.match(r"</([^\s<>]*)", text[close:])
    stack = open_tags(text, close)
    if not name or not stack:
        return None
    inner = stack[-1]
    if name[1] in [tag.name for tag in stack]:
        message = f"“{inner.name}”, opened {_opened(text, inner)}, is not closed before </{name[1]}>."
        return close, message, f"Write </{inner.name}> where it ends. {LEAVE}"
    message = f"</{name[1]}> closes nothing; “{inner.name}” is open, {_opened(text, inner, 'from')}."
    if name[1].lower() == inner.name.lower():
        return close, message, f"Write </{inner.name}>; upper and lower case matter."
    return close, message, f"Write </{inner.name}>, or open “{name[1]}” where it begins. {LEAVE}"


def _opened(text: str, tag: Tag, word: str = "at") -> str:
    line, column = place(text, tag.start)
    return f"{word} line {line}, column {column}"


def _unclosed(text: str, at: int, said: re.Match[str]) -> Said | None:
    stack = open_tags(text, len(text))
    if not stack:
        return None
    inner = stack[-1]
    message = f"The file ends while “{inner.name}”, opened {_opened(text, inner)}, is not closed."
    every = "".join(f"</{tag.name}>" for tag in reversed(stack[-6:]))
    return len(text.rstrip()), message, f"Is the file whole? Still open: {every}."


def _second(text: str, at: int, said: re.Match[str]) -> Said | None:
    root = next(iter(open_tags(text, text.find(">") + 1)), None)
    tag = re.compile(r"\s*<(/?)([^\s<>/]+)").match(text, at - 1)
    name = re.search(r"<([A-Za-z_][^\s<>/]*)", text)
    first = root.name if root else name[1] if name else "the root"
    if tag and tag[1]:
        return at - 1, f"</{tag[2]}> closes nothing; the root “{first}” ended before.", "Remove one of the end tags."
    if tag:
        message = f"“{tag[2]}” begins after the root “{first}” has ended; a file has one root."
        return at - 1, message, "Keep each in a file of its own, or put both into a teiCorpus."
    return at - 1, f"There are words after the end of the root “{first}”.", f"Put them before </{first}>."


def _prefix(text: str, at: int, said: re.Match[str]) -> Said | None:
    prefix, name = said[1], said[2]
    here = _back(text, at, f"{prefix}:{name}")
    uri = _PREFIXES.get(prefix)
    hint = f'Write xmlns:{prefix}="{uri}" into the root' if uri else f'Write xmlns:{prefix}="…" into the root'
    hint += f", or <{name}> without a prefix." if "for" not in said[0] else ", or take the prefix away."
    return here if here >= 0 else at, f"The prefix of “{prefix}:{name}” is not declared.", hint


def _comment(text: str, at: int, said: re.Match[str]) -> Said | None:
    here = text.rfind("<!--", 0, at + 1)
    if "not terminated" in said[0]:
        where = place(text, here)[0]
        return here, f"The comment that begins at line {where} has no end.", "Write --> where it ends."
    hyphens = text.find("--", max(here + 4, 0))
    return hyphens, "Two hyphens stand in a comment.", "Write one, or a dash; only --> may end a comment."


def _control(text: str, at: int, said: re.Match[str]) -> Said | None:
    found = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
    where = found.start() if found else at
    return where, f"A control character (code {said[1]}) stands here.", "Remove it; XML cannot hold it."


def _declaration(text: str, at: int, said: re.Match[str]) -> Said | None:
    here = text.find("<?xml ", 1)
    if not text[: max(here, 0)].strip():
        return here, "Something blank stands before <?xml …?>, which has to be the very first.", "Remove it."
    return here, "<?xml …?> stands in the middle of the file.", "Keep it at the very beginning only."


def _no_tag(text: str, at: int, said: re.Match[str]) -> Said | None:
    words = _around(text, 0)
    return 0, f"The file does not begin with a tag, but with “{words}”.", "A TEI file begins with <TEI …>."


def _encoding(text: str, at: int, said: re.Match[str]) -> Said | None:
    found = re.search(r"encoding\s*=\s*[\"']([^\"']*)", text[:200])
    if not found:
        return None
    message = f"The file says that it is written in {found[1]}, and is not."
    return found.start(1), message, 'Write encoding="UTF-8", if it is saved so.'


def _fixed(message: str, hint: str, sign: str = "") -> Callable[[str, int, re.Match[str]], Said]:
    def tell(text: str, at: int, said: re.Match[str]) -> Said:
        here = _back(text, at, sign) if sign else at
        return here if here >= 0 else at, message, hint

    return tell


_SENTENCES: tuple[tuple[str, Callable[[str, int, re.Match[str]], Said | None]], ...] = (
    (r"EntityRef: (no name|expecting ';')", _ampersand),
    (r"Entity '([^']+)' not defined", _entity),
    (r"StartTag: invalid element name", _less),
    (r"error parsing attribute name|attributes construct error|Couldn't find end of Start Tag", _broken_tag),
    (r"AttValue: \" or ' expected", _unquoted),
    (r"AttValue: ' expected|Unescaped '<' not allowed", _less_in_value),
    (r"mandates? value for attribute (\S+)", _no_value),
    (r"Attribute (\S+) redefined", _twice),
    (r"Opening and ending tag mismatch", _mismatch),
    (r"Premature end of data|EndTag: '</' not found", _unclosed),
    (r"Extra content at the end", _second),
    (r"Namespace prefix (\S+) (?:for|on) (\S+)(?: on \S+)? is not defined", _prefix),
    (r"Double hyphen within comment|Comment not terminated|Comment must not contain", _comment),
    (r"(?:invalid Char value|invalid xmlChar value|Char 0x\w+ out of allowed range) ?(\w*)", _control),
    (r"XML declaration allowed only at the start", _declaration),
    (r"Start tag expected", _no_tag),
    (r"Blank needed here|Unsupported encoding|switching encoding", _encoding),
    (r"amplification factor", _fixed("The entities of this file would grow beyond measure.", "Leave them out.")),
    (r"entity reference loop", _fixed("An entity of this file contains itself.", "Leave it out.")),
    (r"Excessive depth", _fixed("The elements are nested more than 256 deep.", "Is one of them not closed?")),
    (r"CData section not finished", _fixed("A CDATA section has no end.", "Write ]]> where it ends.", "<![CDATA[")),
    (r"Sequence '\]\]>' not allowed", _fixed("“]]>” stands in the text.", "Write ]]&gt;.", "]]>")),
)
"""What the parser says, and who tells it in an editor's words; None goes on to the next."""
