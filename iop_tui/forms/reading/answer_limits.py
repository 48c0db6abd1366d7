"""What limits an answer: its length, range, decimals and units; and what the author limits that is not checked here."""

from __future__ import annotations

from typing import NamedTuple

from iop_tui.forms.model.form import ItemType
from iop_tui.forms.model.values import Quantity, Value
from iop_tui.forms.reading.extensions import (
    CQF_VALUE,
    MAX_DECIMALS,
    MAX_OCCURS,
    MAX_VALUE,
    MIN_OCCURS,
    MIN_VALUE,
    NOT_CHECKED,
    UNIT,
    UNIT_OPTION,
    UNIT_VALUE_SET,
    Extensions,
    extensions_of,
)
from iop_tui.forms.reading.json_fields import whole_number
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.read_value import NotAValue, as_coding, read_value
from iop_tui.forms.reading.rules import ItemFindings, Rule
from iop_tui.forms.reading.value_sets import Contained

UNCHECKED = Rule(
    "limit-not-checked",
    "The author sets {what} for the answer; it isn't checked here",
    "Check the answer by hand",
    "note",
)
BAD_LIMIT = Rule(
    "limit-unreadable",
    "The {which} value for the answer {problem}; it isn't checked here",
    "Check the answer by hand",
    "suspicious",
)
COMPUTED_LIMIT = Rule(
    "limit-by-expression",
    "The author's program computes the {which} value for the answer; it isn't checked here",
    "Check the answer by hand",
    "note",
)
NO_ANSWER_FITS = Rule(
    "range-empty", "The smallest value allowed is above the largest: no answer fits", "Ask the author", "suspicious"
)
BAD_LENGTH = Rule("max-length", "maxLength is {length}; it isn't checked here", "Ask the author", "suspicious")
BAD_UNIT = Rule("unit-unreadable", "A unit {problem}; it isn't offered", "Ask the author which is meant", "suspicious")

_FITTING: dict[ItemType, tuple[str, ...]] = {
    "integer": ("integer", "decimal"),
    "decimal": ("integer", "decimal"),
    "quantity": ("quantity",),
    "date": ("date",),
    "dateTime": ("dateTime", "date"),
    "time": ("time",),
}
_WITH_UNITS = ("integer", "decimal", "quantity")
_WITH_LENGTH = ("string", "text", "url", "open-choice")


class Limits(NamedTuple):
    """The limits of an answer, as an item has them."""

    max_length: int | None = None
    lowest: Value | None = None
    highest: Value | None = None
    decimals: int | None = None
    units: tuple[Quantity, ...] = ()


_NO_LIMITS = Limits()


def read_limits(
    source: JsonObject, type_name: ItemType, extensions: Extensions, contained: Contained, found: ItemFindings
) -> Limits:
    """The limits of an item's answers."""
    for url, what in NOT_CHECKED.items() if extensions else ():
        if url in extensions and not _says_nothing(url, extensions[url][0], source):
            found.add(UNCHECKED, extensions[url][0].line, what=what)
    length = _length(source, type_name, found) if "maxLength" in source else None
    if not extensions:
        return _NO_LIMITS if length is None else Limits(length)
    lowest = _limit(MIN_VALUE, "smallest", type_name, extensions, found)
    highest = _limit(MAX_VALUE, "largest", type_name, extensions, found)
    if lowest and highest and lowest.kind == highest.kind and _above(lowest, highest):
        found.add(NO_ANSWER_FITS)
    units = _units(extensions, contained, found) if type_name in _WITH_UNITS else ()
    return Limits(length, lowest, highest, _decimals(extensions), units)


def _says_nothing(url: str, entry: JsonObject, source: JsonObject) -> bool:
    """Whether a number of answers is what the item says without it."""
    number = entry.get("valueInteger")
    if url == MIN_OCCURS:
        return number == 0 or (number == 1 and source.get("required") is True)
    return url == MAX_OCCURS and number == 1 and source.get("repeats") is not True


def _length(source: JsonObject, type_name: ItemType, found: ItemFindings) -> int | None:
    length = whole_number(source, "maxLength", found)
    if length is None or type_name not in _WITH_LENGTH:
        return None
    if length < 1:
        found.add(BAD_LENGTH, length=length)
        return None
    return length


def _limit(url: str, which: str, type_name: ItemType, extensions: Extensions, found: ItemFindings) -> Value | None:
    for entry in extensions.get(url, ()):
        if any(CQF_VALUE in extensions_of(entry[key]) for key in entry if key.startswith("_value")):
            found.add(COMPUTED_LIMIT, entry.line, which=which)
            return None
        try:
            value = read_value(entry, "value")
            if value is None:
                raise NotAValue("is missing")
            if value.kind not in _FITTING.get(type_name, ()):
                raise NotAValue(f"is a {value.kind}, and the answer a {type_name}")
        except NotAValue as problem:
            found.add(BAD_LIMIT, entry.line, which=which, problem=problem)
            return None
        return value
    return None


def _above(lowest: Value, highest: Value) -> bool:
    low, high = (each.data.value if isinstance(each.data, Quantity) else each.data for each in (lowest, highest))
    return low is not None and high is not None and low > high  # type: ignore[operator]  # both are of one kind


def _decimals(extensions: Extensions) -> int | None:
    for entry in extensions.get(MAX_DECIMALS, ()):
        most = entry.get("valueInteger")
        if type(most) is int and most >= 0:
            return most
    return None


def _units(extensions: Extensions, contained: Contained, found: ItemFindings) -> tuple[Quantity, ...]:
    sources: list[tuple[JsonObject, object]] = []
    for url in (UNIT, UNIT_OPTION):
        sources += [(entry, entry.get("valueCoding")) for entry in extensions.get(url, ())]
    for entry in extensions.get(UNIT_VALUE_SET, ()):
        value_set = entry.get("valueCanonical")
        concepts = contained.concepts(value_set if isinstance(value_set, str) else "", found)
        sources += [(concept, concept) for concept in concepts or ()]
    units = []
    for entry, coding in sources:
        try:
            made = as_coding(coding)
        except NotAValue as problem:
            found.add(BAD_UNIT, entry.line, problem=problem)
            continue
        units.append(Quantity(None, made.display or made.code or "", made.system, made.code))
    return tuple(dict.fromkeys(units))
