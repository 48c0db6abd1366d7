"""The local date. The face that begins an interview reads it; everything that reads answers gets it as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime


def local_today() -> date:
    """The date in the local calendar: it is the one that people mean who write "checked today" in the evening."""
    return datetime.now(UTC).astimezone().date()
