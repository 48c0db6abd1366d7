"""The type of an item, with the types that R5 renamed, and whether answers beside the options are allowed."""

from __future__ import annotations

from typing import cast, get_args

from iop_tui.forms.model.form import ItemType
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.rules import ItemFindings, Rule
from iop_tui.forms.reading.visible import visible

NO_TYPE = Rule("no-type", "The item has no type", "Ask the author for a corrected form")
UNKNOWN_TYPE = Rule(
    "unknown-type",
    "FHIR R4 has no items of the type “{type}”",
    "Ask the author for the form in FHIR R4",
)
R5_CODING = Rule(
    "r5-coding",
    "The type “coding” is of FHIR R5; it is read as “{type}”",
    "",
    "note",
)
CONSTRAINT = Rule(
    "answer-constraint",
    "answerConstraint “{constraint}” of FHIR R5 allows answers of type {type} that stand in no list",
    "Ask the author for “optionsOnly” or “optionsOrString”",
)
CANNOT_ASK = Rule(
    "type-cannot-be-asked",
    "A terminal cannot take {what}",
    "Get it in another way, and add it to the response in the record system",
)
PROTECTED = Rule(
    "disabled-display",
    "FHIR R5's disabledDisplay asks to show this while it is disabled; it is hidden then",
    "",
    "note",
)

_TYPES = frozenset(get_args(ItemType))
_CANNOT_ASK = {"attachment": "a file", "reference": "a reference to a record"}
_CONSTRAINTS: dict[object, ItemType] = {None: "choice", "optionsOnly": "choice", "optionsOrString": "open-choice"}


def read_type(source: JsonObject, found: ItemFindings) -> ItemType:
    """The type; of an item that is refused for its type "display", which holds nothing."""
    name = source.get("type")
    if source.get("disabledDisplay") == "protected":
        found.add(PROTECTED)
    if name is None:
        found.add(NO_TYPE)
        return "display"
    if name == "coding":
        return _coding(source, found)
    if not isinstance(name, str) or name not in _TYPES:
        found.add(UNKNOWN_TYPE, type=visible(name))
        return "display"
    if name in _CANNOT_ASK:
        found.add(CANNOT_ASK, what=_CANNOT_ASK[name])
    return cast("ItemType", name)


def allows_others(source: JsonObject, type_name: ItemType, found: ItemFindings) -> bool:
    """Whether an answer may be none of the options."""
    constraint = source.get("answerConstraint")
    if constraint is None or source.get("type") == "coding":
        return type_name == "open-choice"
    if constraint == "optionsOnly":
        return False
    if constraint == "optionsOrType" and type_name not in ("choice", "open-choice"):
        return True
    if constraint == "optionsOrString" and type_name in ("string", "text", "open-choice"):
        return True
    found.add(CONSTRAINT, constraint=visible(constraint), type=type_name)
    return False


def _coding(source: JsonObject, found: ItemFindings) -> ItemType:
    constraint = source.get("answerConstraint")
    made = _CONSTRAINTS.get(constraint) if constraint is None or isinstance(constraint, str) else None
    if made is None:
        found.add(CONSTRAINT, constraint=visible(constraint), type="coding")
        return "choice"
    found.add(R5_CODING, type=made)
    return made
