"""Takes lines such as “From: …”, “To: …”, “Subject: …” and says what each tells of the way of a message."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIELD = re.compile(
    r"(?P<field>From|FROM|To|TO|Subject|SUBJECT|Subj|SUBJ|Re|RE|Ref|REF|Reference|REFERENCE|Info|INFO|Cc|CC|cc|Via|VIA|"
    r"Through|THROUGH|Sent|SENT|Received|RECEIVED|Destination|DESTINATION|Addressee|ADDRESSEE|Sender|SENDER|"
    r"Precedence|PRECEDENCE|Priority|PRIORITY|Date|DATE|Classification|CLASSIFICATION|No|NO)\s?\.?:\s+(?P<words>\S.*)",
    re.DOTALL,
)
_TYPES = {
    "from": "from", "sender": "from", "to": "to", "destination": "to", "addressee": "to", "info": "cc", "cc": "cc",
    "subject": "subject", "subj": "subject", "re": "subject", "ref": "reference", "reference": "reference",
    "no": "reference", "via": "via", "through": "via", "sent": "transmission", "received": "transmission",
    "precedence": "precedence", "priority": "precedence", "date": "date", "classification": "classification",
}  # fmt: skip
"""Value of ``seg/@type`` by the word before the colon."""


def routing(text: str) -> tuple[str, str] | None:
    """Return what a line tells of the way of a message and its words, or None.

    >>> routing("FROM: The Embassy"), routing("From here: a walk")
    (('from', 'The Embassy'), None)
    """
    found = _FIELD.fullmatch(text)
    if found is None or len(found["words"].split()) > 40:
        return None
    return _TYPES[found["field"].lower()], found["words"].strip()


def are_routed(lines: Sequence[str]) -> bool:
    """Say whether lines tell from whom to whom: two of them at least, and one of them “From” or “To”."""
    kinds = [told[0] for line in lines if (told := routing(line))]
    return len(kinds) > 1 and any(kind in ("from", "to") for kind in kinds)
