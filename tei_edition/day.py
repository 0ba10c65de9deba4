"""Takes SOURCE_DATE_EPOCH and gives the day that outputs are of: none depends on the clock."""

from __future__ import annotations

import datetime
import os


def source_day() -> datetime.date | None:
    """Return the day of SOURCE_DATE_EPOCH (reproducible-builds.org), or None where it is not set or no such number."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
