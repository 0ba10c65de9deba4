"""Takes SOURCE_DATE_EPOCH and gives the day and moment that outputs are of: none depends on the clock."""

from __future__ import annotations

import datetime
import os


def source_moment() -> datetime.datetime | None:
    """Return the moment of SOURCE_DATE_EPOCH (reproducible-builds.org), or None where it is not set or no number."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds.isdecimal():
        return None
    try:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return None


def source_day() -> datetime.date | None:
    """Return the day of SOURCE_DATE_EPOCH, or None as `source_moment` does."""
    moment = source_moment()
    return moment.date() if moment else None


def moment_of(date: str) -> datetime.datetime | None:
    """Return the moment of SOURCE_DATE_EPOCH, or else the first of a day (ISO 8601); None where neither says one."""
    if moment := source_moment():
        return moment
    try:
        return datetime.datetime.combine(datetime.date.fromisoformat(date), datetime.time(), datetime.UTC)
    except ValueError:
        return None
