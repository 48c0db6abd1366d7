"""`value[x]`, `answer[x]` and `initial[x]`: the value with its kind, or why it cannot be read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from iop_tui.forms.model.values import Coding, Data, Quantity, Value, ValueKind
from iop_tui.forms.reading.json_fields import kind_of
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.visible import visible

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DATE_TIME = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T(\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d))?")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?")
_MOST_DIGITS = 30


class NotAValue(Exception):
    """Why a value cannot be read, as the end of a sentence."""


def read_value(source: JsonObject, prefix: str) -> Value | None:
    """The value under the keys that begin with a prefix ("value", "answer", "initial"), or None if there is none.

    Raises NotAValue if it is no value of its kind, of a kind that is not known here, or one of several.
    """
    keys = [key for key in source if key.startswith(prefix) and key[len(prefix) :][:1].isupper()]
    if not keys:
        return None
    if len(keys) > 1:
        raise NotAValue(f"has several values: {visible(', '.join(keys))}")
    made = _READERS.get(keys[0][len(prefix) :])
    if made is None:
        raise NotAValue(f"has “{visible(keys[0])}”, a kind of value that cannot be used here")
    kind, read = made
    return Value(kind, read(source[keys[0]]))


def as_coding(source: Any) -> Coding:
    """A Coding. Raises NotAValue."""
    texts = _texts(source, "a coding", ("system", "code", "display", "version"))
    return Coding(texts["system"], texts["code"], texts["display"] or "", texts["version"])


def as_quantity(source: Any) -> Quantity:
    """A Quantity. Raises NotAValue, also for a comparator: what "less than 5" equals is not defined."""
    texts = _texts(source, "a quantity", ("unit", "system", "code", "comparator"))
    if texts["comparator"]:
        raise NotAValue("is a quantity with a comparator, such as “<”, which cannot be used here")
    value = source.get("value")
    return Quantity(None if value is None else as_decimal(value), texts["unit"] or "", texts["system"], texts["code"])


def as_decimal(source: Any) -> Decimal:
    """A number as written. Raises NotAValue."""
    if type(source) not in (int, Decimal):
        raise NotAValue(f"should be a number, and is {kind_of(source)}")
    number = Decimal(source)
    if number and (abs(number.adjusted()) > _MOST_DIGITS or len(number.as_tuple().digits) > _MOST_DIGITS):
        raise NotAValue("is a number with too many digits")
    return number


def _texts(source: Any, noun: str, keys: tuple[str, ...]) -> dict[str, str | None]:
    if not isinstance(source, JsonObject):
        raise NotAValue(f"should be {noun}, and is {kind_of(source)}")
    made: dict[str, str | None] = {}
    for key in keys:
        text = source.get(key)
        if text is not None and type(text) is not str:
            raise NotAValue(f"is {noun} whose {key} should be a text, and is {kind_of(text)}")
        made[key] = text or None
    return made


def _boolean(source: Any) -> bool:
    if type(source) is not bool:
        raise NotAValue(f"should be true or false, and is {kind_of(source)}")
    return source


def _integer(source: Any) -> int:
    if type(source) is not int:
        raise NotAValue(f"should be a whole number, and is {kind_of(source)}")
    if not -(2**31) <= source < 2**31:
        raise NotAValue("is a whole number with too many digits")
    return source


def _string(source: Any) -> str:
    if type(source) is not str:
        raise NotAValue(f"should be a text, and is {kind_of(source)}")
    return source


def _matching(pattern: re.Pattern[str], noun: str) -> Callable[[Any], str]:
    def read(source: Any) -> str:
        match = pattern.fullmatch(_string(source))
        if match is None or not _exists(source):
            raise NotAValue(f"should be {noun}, and is “{visible(source)}”")
        return str(source)

    return read


def _exists(text: str) -> bool:
    """Whether there is such a day; times are right by their pattern."""
    match = _DATE.match(text)
    if match is None:
        return True
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


_READERS: Mapping[str, tuple[ValueKind, Callable[[Any], Data]]] = {
    "Boolean": ("boolean", _boolean),
    "Integer": ("integer", _integer),
    "Decimal": ("decimal", as_decimal),
    "Date": ("date", _matching(_DATE, "a date such as 2026-11-30")),
    "DateTime": ("dateTime", _matching(_DATE_TIME, "a date with a time such as 2026-11-30T09:00:00Z")),
    "Time": ("time", _matching(_TIME, "a time such as 09:00:00")),
    "String": ("string", _string),
    "Uri": ("uri", _string),
    "Url": ("uri", _string),
    "Coding": ("coding", as_coding),
    "Quantity": ("quantity", as_quantity),
}
