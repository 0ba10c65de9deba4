"""Recognises brackets that tell what happens in the room: laughter, a gesture, who comes and goes."""

from __future__ import annotations

import re

from tei_edition.encoding.bracket import INFO, Bracket, Remark
from tei_edition.encoding.desk import Desk

_DOES = (
    r"(?:laugh|smil|nod|cough|sigh|whisper|shout|chuckl|appla?ud|interrupt|point|gestur|shak|paus|weep|cri|cry|cheer|leav|"
    r"ris|exit|enter|read|hand|giv|show|tak|pass|turn|stand|sit|walk|look|drink|toast|pour|light|open|clos|bow|wav|kiss|"
    r"embrac|play|sing|rais|put|pick|hold|writ|draw|present|return|join|withdraw|arriv|listen|knock|ring|rang|depart|com|"
    r"go|stop|continu|ask|translat|repeat|mumbl|consult)"
)
_ABOUT = (
    r"(?:(?:already|still|then|again|now) )?(?:turn|point|read|laugh|smil|nod|shak|gestur|look|show|"
    r"hand|giv|tak|hold|rais|stand|sitt|ris|wav|interrupt|"
    r"whisper|shout|address|speak|talk|mutter|murmur|sob|weep|kneel|yell|mumbl|chuckl|sigh|cough|paus|continu|indicat|draw|walk|leav|enter|wav|knock|bow|quot|"
    r"consult|leaf|refer|jok|ironic|respond|repl|applaud|clapp|writ|translat|interject|toast|drink)ing"
)
_NOUNS = (
    r"laughter|applause|cheers|cheering|ovations?|pause|silence|voices?|a voice|exclamations?|cries|shouts?|noise|"
    r"movement|animation|stir|uproar|sensation|hilarity|amusement|commotion|murmurs?|hubbub|crosstalk|cross[- ]talk|"
    r"interruptions?|interjections?|whistling|booing|clapping|music|coughing|simultaneous (?:conversation|talk\w*)|"
    r"approval|protests?|consternation|general agreement"
)
_STAGE = re.compile(
    rf"(?:(?:loud|general|stormy|prolonged|long|brief|short|some|more|great|renewed|scattered|warm) )*(?:{_NOUNS})"
    r"(?:,? (?:and|in|from|on|to|at|of|by|among|for|throughout)\b.{1,50}|[:;,] .{2,90})?|"
    r"(?:the |a )?(?:meeting|session|recording|tape|conversation|talks?|dinner|lunch|audience|film|interview) "
    r"(?:ends?|ended|begins?|began|starts?|started|resumes?|resumed|continues|"
    r"is (?:over|interrupted|resumed|adjourned))\b.{0,40}|"
    r"(?:break|recess|pause|intermission|interruption)(?: (?:for|of|in) .{2,40})?|"
    r"(?:conversation|discussion|exchange|talk|remarks?|speaks|speaking|says|said|words) in (?-i:[A-Z]\w+)"
    r"(?: .{2,40})?|"
    rf"(?-i:(?=[A-Z])){_DOES}(?:s|es|ies)\b.{{0,60}}|"
    rf"{_ABOUT}(?: (?:to|at|from|into|in|on|toward|towards|with|the|a|an|his|her|their|up|down|out|over|through|back|"
    r"mr|gen|again|aloud|silently|[A-Z]\w+)\b.{0,60})?|"
    r"(?:in|with) an? (?:\w+ )?(?:voice|tone|whisper|smile|laugh|gesture)|aside|sotto voce|"
    r"(?:quietly|softly|loudly|angrily|ironically|jokingly|smilingly|slowly|emphatically|heatedly|excitedly|mockingly)|"
    r"[\w ]{2,30} (?:is|are|was|were) (?:then )?(?:served|brought in|distributed|passed around|played|shown|handed)\b"
    r".{0,40}|"
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
    r"(?-i:(?:[A-Z]\w+\.? ){0,3}(?:[A-Z]\w+)|[Hh]e|[Ss]he|[Tt]hey|[Ee]very(?:one|body)|[Aa]ll) (?:is |are |was |"
    r"were )?(?:then )?(?:laugh|smil|nod|cough|"
    r"sigh|whisper|shout|chuckl|appla?ud|interrupt|point|gestur|shak|paus|weep|cry|cheer|leave|leaving|rise|exit|enter|"
    r"read)(?:s|es|ing|ed)?\b.{0,60}|"
    rf"(?-i:(?:[A-Z]\w+\.? ){{0,3}}[A-Z]\w+|[Hh]e|[Ss]he|[Tt]hey|[Ee]very(?:one|body)|[Ss]ome(?:one|body)|"
    rf"[Aa]ll|[Bb]oth|(?:[Tt]he|[Aa]n?) [a-z]+(?: [a-z]+)?) (?:then )?{_DOES}(?:s|es|ies)\b"
    r".{0,70}|"
    r".{3,60}\b(?:is|are) (?:summari[sz]ed|paraphrased|reported|given)\b.{0,40}as follows:?",
    re.IGNORECASE | re.DOTALL,
)
_GESTURE = re.compile(
    r"(?:indicating|pointing|gesturing|shaking|nodding|smiling|laughing|reading|interrupting)\b", re.I
)
_ADDRESS = re.compile(r"[Tt]o (?:[A-Z][\w.'’-]*\s?){1,4}:?")
_LOUD = re.compile(
    r"(?:\w+ ){0,2}(?:laughter|applause|cheers|cheering|ovations?|booing|clapping|whistling|murmurs?|uproar|"
    r"hilarity)\b",
    re.I,
)
_HEARD = re.compile(rf"(?:\w+ ){{0,2}}(?:{_NOUNS})\b", re.IGNORECASE)
_STAGE_TYPES = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        ("response", "none|agreed|no (?:response|answer|reply)|assent|dissent"),
        ("setting", "convened|reconvened|recessed|adjourned|adjournment|resumed|background|sounds?|time ?stamp|noise|"
         "music|recess|as follows|off the record"),
        ("entrance", "entered|enters?|joined|joins|arrived|arrives|returned"),
        ("exit", "left|leaves?|leaving|withdrew|withdraws|exits?"),
        ("delivery", "reading|reads|interrupt(?:s|ing|ed)|interjecting|continuing|whisper(?:s|ing)|speaking|talking|"
         "shouting|muttering|mumbling|murmuring|^to"),
    )
)  # fmt: skip
"""Values of `stage/@type`, in the order in which they are tried."""


def stage(b: Bracket, desk: Desk) -> Remark | None:
    """What happens in the room."""
    content = b.content.strip()
    paused = not b.left.strip() or bool(re.search(r"[.:!?…—–)”\"]\s*$", b.left))
    told = _STAGE.fullmatch(content) or (paused and b.left.strip() and _ADDRESS.fullmatch(content))
    if not told or len(content) > 160 or re.search(r"[^\W\d_]$", b.left):
        return None
    if not paused and _HEARD.match(content) and not _LOUD.match(content):
        return None
    if re.match(r"[^\W\d_A-Z]", b.right) or (
        b.in_sentence and not _GESTURE.match(content) and (content[0].islower() or not _HEARD.match(content))
    ):
        return None
    remark = Remark(kind="stage", attributes={"type": _stage_type(content)})
    if len(content.split()) > 3:
        remark.rule, remark.severity = "stage-direction", INFO
        remark.message = f"“[{content[:60]}]” is taken to tell what happens, not what is said."
    return remark


def tells_what_happens(content: str) -> bool:
    """Say whether words between brackets can tell what happens in the room.

    >>> tells_what_happens("Rising"), tells_what_happens("the Minister of War")
    (True, False)
    """
    return bool(_STAGE.fullmatch(content.strip()))


def _stage_type(content: str) -> str:
    return next((kind for kind, words in _STAGE_TYPES if words.search(content)), "business")
