"""Typed access to the keys of an object of the file: what is of another type is a finding, and counts as absent."""

from __future__ import annotations

from typing import Any

from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.rules import ItemFindings, Rule
from iop_tui.forms.reading.visible import visible

WRONG_TYPE = Rule(
    "wrong-type",
    "“{key}” must be {expected}, and is {given}",
    "Ask the author for a corrected form",
)
NULL = Rule("null", "“{key}” is null, which FHIR forbids; it counts as absent", "", "note")
EMPTY_ARRAY = Rule("empty-array", "“{key}” is an empty list, which FHIR forbids; it counts as absent", "", "note")

_NAMES = {bool: "true or false", str: "a text", list: "a list", JsonObject: "an object", int: "a whole number"}


def kind_of(value: Any) -> str:
    """What a value of the file is, in a sentence."""
    if value is None:
        return "null"
    return _NAMES.get(type(value), "a number")


def text(source: JsonObject, key: str, found: ItemFindings) -> str:
    """A text, or an empty one."""
    return _typed(source, key, str, found) or ""


def flag(source: JsonObject, key: str, found: ItemFindings) -> bool:
    """A boolean, or False."""
    return _typed(source, key, bool, found) or False


def whole_number(source: JsonObject, key: str, found: ItemFindings) -> int | None:
    """An integer, or None."""
    value = _typed(source, key, int, found)
    return value if isinstance(value, int) else None


def array(source: JsonObject, key: str, found: ItemFindings) -> list[Any]:
    """A list, or an empty one."""
    value = source.get(key)
    if value is None and key not in source:
        return []
    values: list[Any] = _typed(source, key, list, found) or []
    if value == []:
        found.add(EMPTY_ARRAY, key=visible(key))
    return values


def objects(source: JsonObject, key: str, found: ItemFindings) -> list[JsonObject]:
    """The objects of a list; what is no object is a finding."""
    made = []
    for number, value in enumerate(array(source, key, found), 1):
        if isinstance(value, JsonObject):
            made.append(value)
        else:
            found.add(WRONG_TYPE, key=f"{key}, entry {number}", expected="an object", given=kind_of(value))
    return made


def _typed(source: JsonObject, key: str, kind: type, found: ItemFindings) -> Any:
    value = source.get(key)
    if type(value) is kind:
        return value
    if value is not None:
        found.add(WRONG_TYPE, key=visible(key), expected=_NAMES[kind], given=kind_of(value))
    elif key in source:
        found.add(NULL, key=visible(key))
    return None
