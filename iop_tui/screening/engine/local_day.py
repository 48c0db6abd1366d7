"""The day that it is here. Whoever begins an interview asks for it; whatever reads answers is told it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def local_today() -> date:
    """The day by the calendar of this place: to whoever writes "checked today" in the evening, no other one counts."""
    return datetime.now(UTC).astimezone().date()
