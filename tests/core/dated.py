"""A screening that asks for a day, and the day on which the tests ask it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from iop_tui.screening.format.loader import load
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.question_types import on_day

DATED = Path(__file__).parent.parent / "screenings" / "dated"
TODAY = date(2026, 3, 1)


@cache
def written() -> Screening:
    """The screening as it is in its files, of no day."""
    return load(DATED)


@cache
def dated() -> Screening:
    """The screening as it is asked today."""
    return on_day(written(), TODAY)


def last_drink() -> Question:
    """The question for a day: from a year ago to today."""
    return dated().question("last_drink")


def ago(days: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days=days)
