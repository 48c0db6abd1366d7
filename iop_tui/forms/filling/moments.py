"""Dates and times of FHIR, which may be a year or a month alone, compared as far as both go."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

Parts = tuple[int | Decimal, ...]
"""Year, month, day, hour, minute, second, as far as they are given; of a time the last three."""

_MOMENT = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?(?:Z|([+-])(\d\d):(\d\d))?)?)?)?", re.ASCII
)
_TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?", re.ASCII)


def moment(text: str) -> Parts | None:
    """The parts of a date or dateTime, in UTC where it has a time; None if it is none."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, sign, *offset = found.groups()
    whole = [int(part) for part in (year, month, day, hour, minute) if part is not None]
    if sign is not None:
        behind = timedelta(hours=int(offset[0]), minutes=int(offset[1]))
        try:
            local = datetime(*whole)  # type: ignore[arg-type]  # noqa: DTZ001  # the offset is applied here
            moved = local - behind if sign == "+" else local + behind
        except (ValueError, OverflowError):
            return None
        whole = [moved.year, moved.month, moved.day, moved.hour, moved.minute]
    return (*whole, Decimal(second)) if second is not None else tuple(whole)


def time(text: str) -> Parts | None:
    """The parts of a time of day; None if it is none."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, second = found.groups()
    return (int(hour), int(minute), Decimal(second)) if second is not None else (int(hour), int(minute))


def order(one: Parts, other: Parts) -> int | None:
    """-1, 0 or 1; None where they are equal as far as both go, and one goes further: no order is certain then."""
    for left, right in zip(one, other, strict=False):
        if left != right:
            return -1 if left < right else 1
    return 0 if len(one) == len(other) else None
