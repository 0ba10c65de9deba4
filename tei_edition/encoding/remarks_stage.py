"""Recognises brackets that tell what happens in the room: laughter, a gesture, who comes and goes."""

from __future__ import annotations

import re

from tei_edition.encoding.bracket import INFO, Bracket, Remark
from tei_edition.encoding.desk import Desk

_STAGE = re.compile(
    r"(?:\d+|\w+)[- ]?(?:sec\w*|minute)s?\.?[- ]pause|"
    r"(?:(?:loud|general|stormy|prolonged|long|brief|short|tumultuous|renewed|some|more|scattered) )*(?:laugh(?:s|"
    r"ter|ing)?|"
    r"applause|cheers|cheering|ovation|pause|silence|chuckl(?:es|ing)|cough(?:s|ing)?|sigh(?:s|ing)?|whisper(?:s|ing)?|"
    r"crosstalk|cross-talk|overlapping|commotion|murmurs?|hubbub|shout(?:s|ing)|nods|smil(?:es|ing)|"
    r"none|agreed|off the record|no response|no answer|no reply|interrupt(?:s|ing|ed)|interjecting|reading|"
    r"reads|indicating|continuing|shaking|nodding|pointing|gesturing|recess|break|adjournment|"
    r"(?:telephone|phone|bell|door|music|noise|background|tape|recording|sounds?)\b|the sound of|time ?stamp:?|"
    r"(?:discussion|conversation|talk|voices?) .{0,20}(?:off the record|in the background)\b|"
    r"to (?:mr|mrs|dr|ambassador|general|the (?:interpreter|stenographer|chair))\b|"
    r".*\b(?:convened|recessed|adjourned|left the (?:room|meeting)|entered(?: the room)?|joined the meeting|reconvened|"
    r"resumed at|was resumed|withdrew|left at|arrived at|returned to the room))\b.*|"
    r"(?-i:(?:[A-Z]\w+\.? ){0,3}(?:[A-Z]\w+)|[Hh]e|[Ss]he|[Tt]hey|[Ee]veryone|[Aa]ll) (?:is |are |was |"
    r"were )?(?:then )?(?:laugh|smil|nod|cough|"
    r"sigh|whisper|shout|chuckl|appla?ud|interrupt|point|gestur|shak|paus|weep|cry|cheer|leave|leaving|rise|exit|enter|read)(?:s|es|ing|ed)?\b.{0,60}|"
    r".{3,60}\b(?:is|are) (?:summari[sz]ed|paraphrased|reported|given)\b.{0,40}as follows:?",
    re.IGNORECASE | re.DOTALL,
)
_GESTURE = re.compile(
    r"(?:indicating|pointing|gesturing|shaking|nodding|smiling|laughing|reading|interrupting)\b", re.I
)
_STAGE_TYPES = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        ("response", "none|agreed|no (?:response|answer|reply)|assent|dissent"),
        ("setting", "convened|reconvened|recessed|adjourned|adjournment|resumed|background|sounds?|time ?stamp|noise|"
         "music|recess|as follows|off the record"),
        ("entrance", "entered|enters?|joined|joins|arrived|arrives|returned"),
        ("exit", "left|leaves?|leaving|withdrew|withdraws|exits?"),
        ("delivery", "reading|reads|interrupt(?:s|ing|ed)|interjecting|continuing|whispers|^to"),
    )
)  # fmt: skip
"""Values of `stage/@type`, in the order in which they are tried."""


def stage(b: Bracket, desk: Desk) -> Remark | None:
    """What happens in the room."""
    content = b.content.strip()
    if not _STAGE.fullmatch(content) or len(content) > 160 or re.search(r"[^\W\d_]$", b.left):
        return None
    if re.match(r"[^\W\d_A-Z]", b.right) or (
        content[0].islower() and b.in_sentence and len(content.split()) <= 3 and not _GESTURE.match(content)
    ):
        return None
    remark = Remark(kind="stage", attributes={"type": _stage_type(content)})
    if len(content.split()) > 3:
        remark.rule, remark.severity = "stage-direction", INFO
        remark.message = f"“[{content[:60]}]” is taken to tell what happens, not what is said."
    return remark


def _stage_type(content: str) -> str:
    return next((kind for kind, words in _STAGE_TYPES if words.search(content)), "business")
