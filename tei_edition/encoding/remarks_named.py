"""Recognises brackets that say in so many words what they are: a gap, a hand, a note, a page, sic."""

from __future__ import annotations

import re

from tei_edition.encoding.bracket import INFO, Bracket, Remark
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.extents import gap_attributes
from tei_edition.encoding.extents_foreign import in_english, is_one_word

_CHROME = re.compile(
    r"e-?mail[\s\u00a0]protected|(?:show|read|view|see|click)(?: (?:for|to))? (?:full text|more|less|all|original|"
    r"image)|"
    r"(?:back to )?top|edit|print|share",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:(?:begin(?:ning|s)?|start|top) of )?(?:page|pg\.?|p\.|fol(?:io)?\.?|leaf|sheet|listy?|l\.|ll\.|column|col\.)"
    r"\s*"
    r"(?P<n>\d+(?:\s?(?:r|v|ob\.?|recto|verso))?[ab]?|[ivxlc]+)(?:\s*(?:begins?|starts?|here))?|"
    r"f{1,2}\.\s*(?P<leaf>\d+\s?[rv][ab]?)|(?:new |next )?page(?: break)?|page ?break",
    re.IGNORECASE,
)
_READING = re.compile(
    r"\s*(?:illegible|unclear|indistinct|unreadable)\s*[:—–-]+\s*\w.*\?\s*$", re.IGNORECASE | re.DOTALL
)
_HAND = re.compile(
    r"(?P<desc>(?:hand-?written(?: (?:note|text|comment|remark|insertion|addition|annotation|inscription|correction|"
    r"marginal note|resolution))?|"
    r"(?:inserted|added|written|addition|insertion|note) by hand|in [A-Z]\w+['’]s (?:own )?hand(?:writing)?|"
    r"(?:in )?handwriting|in pencil|in ink)"
    r"(?:,? (?:in|at|across|on|along|by) [^:\[\]]{1,60}|, (?:left|right|upper|lower|top|bottom)[ -][^:\[\]]{1,40})?)"
    r"(?P<colon>:\s*)?",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:hand-?written |round |official |illegible |rubber |date |blue |red |square |wax )*(?:stamp|seal)(?:s|"
    r"ed)?(?: of\b.*|:.*)?|"
    r"(?:illegible |unreadable |indecipherable |hand-?written |personal )*signatures?(?: illegible)?(?: of\b.*|"
    r":.*)?|signed(?: by\b.*|:.*)?|"
    r"place (?:of|"
    r"for) (?:the )?(?:seal|stamp)\b.*|"
    r"l\. ?s\.|/s/.*|initial(?:l?ed)?(?: by\b.*)?",
    re.I | re.S,
)
_NOTE = re.compile(
    r"(?P<label>translator(?:['’]s)?(?: note)?|trans(?:l|lation)?\.?(?: note)?|ed(?:itor)?s?\.?(?:['’]s)?(?: note)?|"
    r"note|source|"
    r"footnote in the (?:source text|original)|typed note|marginal note|marginalia|"
    r"(?:(?:written|note|typed) )?(?:in|on) the (?:\w+[ -]){0,2}margin|(?:in the )?(?:upper|lower|top|"
    r"bottom)[ -]\w+ corner|transcriber(?:['’]s)?(?: note)?|"
    r"translation note|anm(?:erkung)?\.? d(?:e[rs])?\.? (?:übers(?:etzers?)?|red(?:aktion)?|hrsg|hg)\.?|"
    r"n\. ?d\. ?(?:t|r|l['’]e)\.?|"
    r"not[ae] del? (?:la |l['’])?(?:traduc\w+|redacc\w+|trad\w+|edi\w+)|note d[ue] (?:la )?(?:traduc\w+|rédac\w+)|"
    r"прим(?:ечание|\.)? (?:пер(?:ев(?:одчика)?)?|ред(?:акции|актора)?|сост(?:авителя)?)\.?|przyp\. (?:tłum|red)\.?|"
    r"(?:author|archivist|compiler|cataloger|cataloguer)['’]s note|remark|comment|n\.?b\.?)\s*[:.—–-]",
    re.IGNORECASE,
)
_OF_THE_TEXT = re.compile(
    r"translat(?:ed|ion) (?:from|by)\b.*|[—–-]+\s?(?:translator|editor|the translator|the editors?)\.?|(?:hereafter|"
    r"hereinafter|henceforth|cited (?:below|hereafter)|not further identified|n\.?f\.?i\.?|"
    r"emphasis|underlin(?:ed|ing)|italic(?:s|ized)|bold(?:face)?|highlighted|capitali[sz]ed|crossed out|"
    r"struck out)\b.*|"
    r"(?:in|word|phrase|sentence|words|term|this)\b.*\bin (?:the )?(?:original|source text|english|french|russian|"
    r"german|latin|"
    r"chinese|spanish)\b.*|(?:end|beginning|continuation|continued)\b(?: (?:of|on|from)\b.*)?|"
    r"(?:begin|start|end)s?\s(?:of |the )?(?:underlin|italic|bold|emphas|quot|translat|excerpt|page|document|text|"
    r"transcript|"
    r"telegram|letter|meeting|tape|side|reel|section|attachment|message|note|hand).*|"
    r"(?:\w+ ){0,3}(?:crossed|struck|scratched|inked|blotted|lined) (?:out|through)\b.*|(?:\w+ ){0,3}underlined\b.*|"
    r"(?:signed|written|typed|printed|added) in (?:pencil|ink|red|blue|green|another hand|capitals)\b.*|"
    r"(?:translator['’]?s?|editor['’]?s?|our|my) (?:emphasis|italics|underlining|brackets?|ellips[ie]s)|"
    r"(?:brackets?|ellips[ie]s|parenthes[ie]s|omission|ellipsis|punctuation) (?:is |are )?(?:in|as in)\b.*|"
    r".*\b(?:trans|transl|ed|eds)\.|.*\b(?:trans|ed)\.? note",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(
    r"untitled|telegram|cablegram|telegraphic|circular|confidential|memorandum|letter|note|draft|annex|appendix|"
    r"(?:sub-?)?(?:enclosure|inclosure|attachment|translation|annex|appendix|tab|exhibit|supplement|postscript)s?"
    r"(?:[ ,.—–-]+(?:no\.? ?)?(?:\d+|[A-Z]|[IVX]+))?(?: in (?:no\.? ?)?\d+)?"
    r"(?:[.—–-]+ ?(?:translation|extract|telegram))?",
    re.IGNORECASE,
)
_PRESENCE = re.compile(r"(?:absent|present|excused|not present|deceased|retired|on leave|ill|absent with leave)", re.I)
_REFERENCE = re.compile(
    r"(?:(?:see(?: also)?|cf\.|compare|printed (?:here|as)|refer(?:ence is)? to|filed with|published (?:in|"
    r"as)) .{2,80}|"
    r"ibid\.?(?:,.{2,40})?|op\. cit\.?.{0,40}|(?:see )?(?:above|below)|"
    r"(?:document|doc\.) (?:no\.?|number) \d{1,4}\b.{0,30}|"
    r"(?:document|doc\.|no\.|attachment|enclosure|inclosure|annex|appendix|tab|footnote|note|item|figure|table|map)s? "
    r"(?-i:[A-Z]|\d{1,4}|[IVX]+)(?:\b.{0,30})?)",
    re.IGNORECASE | re.DOTALL,
)
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|be|been|being|has|have|had|get|got|not|to)\s+$")
_MONTH_NEXT = re.compile(
    r"\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_SOURCE_SAYS = re.compile(
    r"\s*\d{0,2}\s*(?:All )?(?:Square )?[Bb]rackets (?:are |is )?(?:as )?in the (?:source|original)"
)


def chrome(b: Bracket, desk: Desk) -> Remark | None:
    """Furniture of the web page: an e-mail mask, a “show more” button."""
    if not _CHROME.fullmatch(b.content.strip()):
        return None
    return Remark(
        kind="drop", rule="chrome-dropped", severity=INFO,
        message=f"“[{b.content}]” is furniture of the web page and is not shown.",
    )  # fmt: skip


def page(b: Bracket, desk: Desk) -> Remark | None:
    """A page mark: the page that begins here."""
    content = b.content.strip()
    found = _PAGE.fullmatch(content)
    if not found or content.lower() == "page":
        return None
    number = found["n"] or found["leaf"]
    return Remark(kind="page", attributes={"n": " ".join(number.split())} if number else {})


def marker(b: Bracket, desk: Desk) -> Remark | None:
    """A footnote marker: digits, a small Roman numeral, a star."""
    if not re.fullmatch(r"\d{1,3}|(?!xxx)[ivx]{1,4}|\*{1,3}", b.content):
        return None
    if re.search(r"\d\s?$", b.left) or re.match(r"\w", b.right):
        return None
    return Remark(
        kind="marker", rule="note-dangling", attributes={"n": b.content},
        message=f"The note marker “[{b.content}]” has no note on this page.",
        hint="Add the note to the transcript.",
    )  # fmt: skip


def gap(b: Bracket, desk: Desk) -> Remark | None:
    """Something that is not there: missing, illegible, omitted by the editor, withheld."""
    attributes = None if _READING.match(b.content) else gap_attributes(b.content, desk.profile)
    if attributes is None and (told := in_english(b.content)):
        of_the_original = is_one_word(b.content) and desk.in_english and re.search("[A-Za-z]", b.left + b.right)
        attributes = None if of_the_original else gap_attributes(told, desk.profile)
    if attributes is None or (re.fullmatch(r"[a-z]+", b.content) and _AUXILIARY.search(b.left)):
        return None
    if "unit" not in attributes and attributes["reason"] == "illegible" and _MONTH_NEXT.match(b.right):
        attributes["unit"] = "number"
    remark = Remark(kind="gap", attributes=attributes)
    if re.fullmatch(r"\W*[.…\W]*", b.content) and b.content.strip():
        remark.rule, remark.severity = "gap-cause", INFO
        remark.message = (
            f"“[{b.content}]” is encoded with the reason {attributes['reason']}; the sign itself does not say."
        )
        remark.hint = "Give another reason in the decision's attributes, if something is lost here."
    elif attributes["reason"] == desk.profile.missing:
        remark.rule, remark.severity = "gap-cause", INFO
        remark.message = f"“[{b.content}]” is encoded as lost; whether in the original or in a copy is not said."
        remark.hint = "Give another reason in the decision's attributes, if the archive's original can be seen."
    elif "extent" in attributes or (attributes["reason"] == "illegible" and len(attributes) == 1):
        remark.rule, remark.severity = "gap-extent", INFO
        remark.message = f"“[{b.content}]” does not say how much; no number is invented."
    return remark


def blank(b: Bracket, desk: Desk) -> Remark | None:
    """A place left empty in the document itself."""
    return Remark(kind="space") if re.fullmatch(r"blank(?: space)?|left blank|_{2,}", b.content.strip(), re.I) else None


def hand(b: Bracket, desk: Desk) -> Remark | None:
    """Something written by hand, with or without its words."""
    found = _HAND.match(b.content)
    if not found or not (found["colon"] or found.end() == len(b.content)):
        return None
    if found["colon"] and b.content[found.end() :].strip():
        return Remark(
            kind="handwritten", rule="hand-unidentified",
            attributes={"desc": found["desc"]},
            message=f"“{found['desc']}”: who wrote this is not said; it is encoded as one unidentified hand.",
            hint="Name the writer in handNote, if known.",
        )  # fmt: skip
    if re.match(r"\s+[a-z]", b.right) and b.left.strip():
        return Remark(kind="supplied")
    return Remark(
        kind="note", attributes={"type": "handwritten"}, rule="hand-extent",
        message=f"“[{b.content}]” does not say how far the handwriting goes.",
        hint="Mark in the TEI how far it goes; here nothing beyond the bracket is marked.",
    )  # fmt: skip


def stamp(b: Bracket, desk: Desk) -> Remark | None:
    """A stamp, a seal, a signature described."""
    content = b.content.strip()
    if not _STAMP.fullmatch(content) or (content.lower().startswith(("signed", "sealed", "initial")) and b.in_sentence):
        return None
    remark = Remark(kind="note", attributes={"type": "stamp"})
    if content.endswith(":"):
        says = re.match(r"\s*(?:“[^“”]+”|\"[^\"]+\")", b.right)
        if says:
            remark.parts = (b.end, b.end + says.end())
            remark.rule, remark.severity = "stamp-extent", INFO
            remark.message = f"The words in quotation marks after “[{content}]” are taken as what it says."
            return remark
        remark.rule = "stamp-extent"
        remark.message = f"“[{content}]” announces what the stamp says; only the bracket is marked."
        remark.hint = "Write the words of the stamp into the bracket."
    return remark


def labelled_note(b: Bracket, desk: Desk) -> Remark | None:
    """A note that says it is one, “Translator's note: …”, or that speaks of the text, “emphasis added”."""
    content = b.content.strip()
    note = Remark(kind="note", attributes={"type": "editorial"})
    if re.match(r"source\s*:", content, re.IGNORECASE):
        note.rule, note.severity = "source-note", INFO
        note.message = "This bracket says where the document is kept; it stays a note, the header does not have it."
        note.hint = "Write the archive reference into msIdentifier, or above the text as source = …."
        return note
    if _NOTE.match(content) or re.search(r"[—–-]\s?(?:trans|transl|ed|eds)\.?$", content):
        return note
    if _OF_THE_TEXT.fullmatch(content):
        if b.in_sentence and len(content.split()) == 1:
            note.rule, note.severity = "bracket-note", INFO
            note.message = f"“[{content}]” is taken to speak of the writing, not to be a word of the sentence."
        return note
    if _PRESENCE.fullmatch(content) and re.match(r"\s*(?:[,;.)]|$|\n)", b.right) and re.search(r"[^\W\d_]\s+$", b.left):
        return note if content[0].isupper() else None
    return None


def reference(b: Bracket, desk: Desk) -> Remark | None:
    """A reference to another document or place."""
    content = b.content.strip()
    if not _REFERENCE.fullmatch(content) or re.match(r"\w", b.right):
        return None
    if re.match(r"see\b", content, re.IGNORECASE) and not re.search(
        r"[\dA-Z]|above|below|note|attach|enclos|p\.", content[3:]
    ):
        return None
    if re.match(r"(?:no\.|item)\s", content, re.IGNORECASE) and re.search(r"\w\s$", b.left):
        return None
    if re.match(r"\s*[a-z]", b.right) and not content.lower().startswith(("see", "cf", "compare")):
        return None
    if re.match(r"[Ii]nclosure \d+ in", content):
        return None
    return Remark(kind="reference", attributes={"type": "crossref"}, rule="reference-unlinked", severity=INFO,
                  message=f"“[{content}]” refers to something else; it is a reference without target.")  # fmt: skip


def label(b: Bracket, desk: Desk) -> Remark | None:
    """What a document printed here is called, in a line of its own or with a name: “[Telegram.]”, “LEE [Cont.]:”."""
    content = b.content.strip().rstrip(".:")
    goes_on = re.fullmatch(r"cont(?:['’]?d|inued|inuing)?|resuming", content, re.I) and re.match(r"\s*[:.—–-]", b.right)
    if not goes_on and (b.left.strip() or b.right.strip() or not _LABEL.fullmatch(content)):
        return None
    return Remark(kind="text", rule="bracket-label", severity=INFO,
                  message=f"“[{b.content}]” is taken as a heading or label and stays as it is.")  # fmt: skip


def source_bracket(b: Bracket, desk: Desk) -> Remark | None:
    """A bracket of the document itself, as a note right after it says."""
    if not _SOURCE_SAYS.match(b.right):
        return None
    return Remark(kind="text", rule="bracket-in-source", severity=INFO,
                  message="A note says that these brackets stand in the source; they stay as they are.")  # fmt: skip


def omission_and_words(b: Bracket, desk: Desk) -> Remark | None:
    """Dots and words in one bracket: something is omitted, and words are supplied in its place."""
    found = re.fullmatch(r"(\s*(?:…|\.\s?\.\s?\.\s?\.?))(\s*)([^\W\d_][^.…]*?)", b.content)
    if not found:
        return None
    at = b.start + 1
    return Remark(
        kind="omission-and-words", parts=(at + found.end(1), at + found.start(3)), rule="bracket-compound",
        message=f"“[{b.content}]” omits something and supplies words; it is encoded in two parts.",
    )  # fmt: skip
