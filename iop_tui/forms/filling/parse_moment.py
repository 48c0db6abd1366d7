"""Dates and times as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo

from iop_tui.forms.filling.allowed_values import bound
from iop_tui.forms.model.form import Item
from iop_tui.forms.model.values import Value
from iop_tui.screening.i18n.language import _
from iop_tui.screening.question_types.base import Wrong

_DAY = re.compile(r"(\d{4})(?:[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?)?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::(\d{2}))?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)
_DAY_AND_CLOCK = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:\s*[Tt,]\s*|\s+)(\S.*)")
_HALF_DAY = 12
_ASCII = re.compile(r"[\x20-\x7e]+")


def parse_date(item: Item, said: str) -> Value | Wrong:
    """A day, a month or a year: year first, since 3/4 is in March to one person and in April to another."""
    day = _day(said)
    return Wrong(_instead(item, said)) if day is None else Value("date", day)


def parse_date_time(item: Item, said: str, zone: tzinfo | None) -> Value | Wrong:
    """A day with a time, in a zone (None: the system's); or a day, a month or a year alone."""
    found = _DAY_AND_CLOCK.fullmatch(said)
    if found is None:
        day = _day(said)
        return Wrong(_instead(item, said)) if day is None else Value("dateTime", day)
    day, clock = _day(found[1]), _clock(found[2])
    if day is None or clock is None:
        return Wrong(_instead(item, found[1]))
    try:
        local = datetime.fromisoformat(f"{day}T{clock}")
        there = local.astimezone() if zone is None else local.replace(tzinfo=zone)
    except (ValueError, OverflowError, OSError):
        return Wrong(expected_moment(item))
    return Value("dateTime", there.isoformat(timespec="seconds"))


def parse_time(item: Item, said: str) -> Value | Wrong:
    """A time of day: 14:30, or 2:30 pm."""
    clock = _clock(said)
    return Wrong(expected_moment(item)) if clock is None else Value("time", clock)


def expected_moment(item: Item) -> str:
    """What date or time can be typed, in a sentence."""
    if item.type == "time":
        said = _("Type a time, such as 14:30 or 2:30 pm.")
    elif item.type == "dateTime":
        said = _("Type the day and the time, such as 2026-11-30 14:30. The day alone is fine, too.")
    else:
        said = _("Type the year, month and day, such as 2026-11-30. The year alone is fine, too.")
    if item.lowest is not None and item.highest is not None:
        limits = _("From {lowest} to {highest}.").format(lowest=bound(item.lowest), highest=bound(item.highest))
        return f"{said} {limits}"
    return said


# ---- inside ----------------------------------------------------------------------------------------------------------


def _instead(item: Item, said: str) -> str:
    if _DAY.fullmatch(said):
        return _("There’s no such day. Please check it.")
    return expected_moment(item)


def _day(said: str) -> str | None:
    """A day in FHIR's text; None if it is none, or if there is no such day."""
    found = _DAY.fullmatch(said) if _ASCII.fullmatch(said) else None
    if found is None:
        return None
    year, month, day = (int(part) if part is not None else None for part in found.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"


def _clock(said: str) -> str | None:
    """A time in FHIR's text, with seconds; None if it is none."""
    found = _CLOCK.fullmatch(said.strip()) if _ASCII.fullmatch(said) else None
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    half = found[4]
    if half is None and found[2] is None:
        return None  # a number alone is no time
    if half is not None:
        if not 1 <= hour <= _HALF_DAY:
            return None
        hour = hour % _HALF_DAY + (_HALF_DAY if half in "pP" else 0)
    return f"{hour:02}:{minute:02}:{second:02}" if hour < 24 and minute < 60 and second < 60 else None
