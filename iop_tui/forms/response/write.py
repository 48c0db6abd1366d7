"""A filling as a QuestionnaireResponse, valid against its own form.

Source: FHIR R4, QuestionnaireResponse: nested as the form is, below answers as `answer.item`; a repeating group as
several items, a repeating question as several answers of one item; no disabled item, no display.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from iop_tui.forms.filling.filling import Filling
from iop_tui.forms.model.values import Coding, Quantity, Value, ValueKind

Json = dict[str, Any]

KEYS: Final[Mapping[ValueKind, str]] = {
    "boolean": "valueBoolean",
    "integer": "valueInteger",
    "decimal": "valueDecimal",
    "date": "valueDate",
    "dateTime": "valueDateTime",
    "time": "valueTime",
    "string": "valueString",
    "uri": "valueUri",
    "coding": "valueCoding",
    "quantity": "valueQuantity",
}

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def response(filling: Filling, authored: datetime, by: str = "", *, with_disabled: bool = False) -> Json:
    """The response so far: `completed`, or `in-progress` while a question is open or a required answer is missing.

    `authored` is when the answers were given; `by` names who filled it in. A filling that goes on with a response has
    that one's other members again, such as its `id` and `subject`. `with_disabled` writes those of disabled items, too:
    what FHIR forbids, and only we read again.
    """
    kept = dict(filling.response.kept) if filling.response is not None else {}
    if filling.form.language:
        kept.setdefault("language", filling.form.language)
    if by:
        kept["author"] = {"display": by}
    moment = authored if authored.tzinfo is not None else authored.astimezone()
    made: Json = {
        "resourceType": "QuestionnaireResponse",
        **kept,
        "questionnaire": filling.form.canonical,
        "status": "completed" if filling.complete else "in-progress",
        "authored": moment.isoformat(timespec="seconds"),
    }
    lay = filling.sheet.layout
    tops = (slot for slot, planned in enumerate(lay.items) if planned is not None and lay.parent[slot] < 0)
    if items := [item for slot in tops if (item := _item(filling, slot, with_disabled=with_disabled)) is not None]:
        made["item"] = items
    return made


def as_json(resource: Mapping[str, Any]) -> str:
    """The text of a file: decimals as they were written, 1.50 as 1.50."""
    return msgspec.json.format(_ENCODER.encode(dict(resource)), indent=2).decode() + "\n"


def value_json(value: Value) -> Json:
    """A value under its key: `valueDecimal` and so on."""
    data = value.data
    if isinstance(data, Coding):
        return {
            KEYS[value.kind]: _present(system=data.system, version=data.version, code=data.code, display=data.display)
        }
    if isinstance(data, Quantity):
        return {KEYS[value.kind]: _present(value=data.value, unit=data.unit, system=data.system, code=data.code)}
    return {KEYS[value.kind]: data}


# ---- inside ----------------------------------------------------------------------------------------------------------


def _present(**members: object) -> Json:
    return {key: value for key, value in members.items() if value is not None and value != ""}


def _item(filling: Filling, slot: int, *, with_disabled: bool) -> Json | None:
    """The item at a slot; None if it is disabled and these are not wanted, or if nothing in it is answered and no
    reason for that was read.
    """
    sheet, lay = filling.sheet, filling.sheet.layout
    planned = lay.items[slot]
    if planned is None or not (with_disabled or sheet.enabled[slot]) or planned.item.type == "display":
        return None
    made: Json = {"linkId": planned.item.link_id}
    if planned.item.text.strip():  # a text of nothing but blanks, which FHIR's pattern of a string excludes
        made["text"] = planned.item.text
    if not planned.question:
        inside = (_item(filling, below, with_disabled=with_disabled) for below in lay.below[slot])
        made["item"] = [item for item in inside if item is not None]
        return made if made["item"] else None
    if not sheet.values[slot]:
        reason = filling.response.reasons.get(lay.places[slot]) if filling.response is not None else None
        return {**made, "answer": [dict(reason)]} if reason is not None else None
    made["answer"] = [value_json(value) for value in sheet.values[slot]]
    for below in lay.below[slot]:
        if (item := _item(filling, below, with_disabled=with_disabled)) is not None:
            made["answer"][lay.number[below]].setdefault("item", []).append(item)
    return made
