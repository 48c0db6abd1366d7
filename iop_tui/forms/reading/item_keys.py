"""Keys of an item that FHIR does not know, or that mean something only in another version of it."""

from __future__ import annotations

from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.rules import ItemFindings, Rule
from iop_tui.forms.reading.visible import visible

UNKNOWN = Rule(
    "unknown-key",
    "FHIR doesn't know “{key}”; what it was meant for isn't taken",
    "Ask the author what it was meant for",
    "suspicious",
)
STU3 = Rule(
    "stu3-item",
    "“{key}” is of FHIR STU3, an older version, and the form is of a newer one",
    "Ask the author for the item in FHIR R4",
)

_R4 = (
    "id extension modifierExtension linkId definition code prefix text type enableWhen enableBehavior required repeats"
    " readOnly maxLength answerValueSet answerOption initial item"
)
_R5 = "answerConstraint disabledDisplay"
KNOWN = frozenset(f"{_R4} {_R5} resourceType".split()) | frozenset("_" + key for key in f"{_R4} {_R5}".split())
_STU3_KEYS = ("option", "options")


def stu3_key(source: JsonObject) -> str:
    """A key of the item that only STU3 has, or an empty text."""
    for key in source:
        if key not in KNOWN and (key in _STU3_KEYS or (key.startswith("initial") and key[7:8].isupper())):
            return key
    rows = source.get("enableWhen")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, JsonObject) and "hasAnswer" in row:
            return "hasAnswer"
    return ""


def is_r4(source: JsonObject) -> bool:
    """Whether the item has what STU3 does not have."""
    if "answerOption" in source or "answerValueSet" in source or "enableBehavior" in source or "initial" in source:
        return True
    rows = source.get("enableWhen")
    return isinstance(rows, list) and any(isinstance(row, JsonObject) and "operator" in row for row in rows)


def check_keys(source: JsonObject, found: ItemFindings) -> None:
    """Every key that is not known is a finding."""
    if source.keys() <= KNOWN:
        return
    if key := stu3_key(source):
        found.add(STU3, key=key)
    for key in source:
        if key not in KNOWN and not (key.startswith(("initial", "_initial")) or key.strip("_") in _STU3_KEYS):
            found.add(UNKNOWN, key=visible(key))
