"""A saved value as an answer to its question: the option that it means, or kept as it is; or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from iop_tui.forms.filling.calculated import fitting
from iop_tui.forms.filling.enable_rows import identity
from iop_tui.forms.filling.plan import Planned
from iop_tui.forms.model.values import Coding, Value
from iop_tui.forms.reading.rules import Rule
from iop_tui.forms.response import response_rules

_WHY: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_MISSING: Final[Mapping[str, str]] = {
    "boolean": "_valueBoolean",
    "integer": "_valueInteger",
    "decimal": "_valueDecimal",
    "date": "_valueDate",
    "dateTime": "_valueDateTime",
    "time": "_valueTime",
    "string": "_valueString",
    "text": "_valueString",
    "url": "_valueUri",
}
"""The type of an item -> where a response has the extensions of its value (FHIR R4, JSON: primitive elements)."""


def as_answer(planned: Planned, value: Value) -> tuple[Value | None, Rule | None]:
    """The answer, and what is to be said of it; None if the question cannot have such an answer.

    An option is given as the form has it: its label is the form's. Another code of a choice is kept as it is.
    """
    if planned.item.type not in ("choice", "open-choice"):
        return fitting(planned, value), None
    option = planned.options.get(identity(value))
    if option is not None:
        return option.value, response_rules.OTHER_LABEL if _other_label(value, option.value) else None
    data = value.data
    if isinstance(data, Coding) and data.system is None and data.code is not None:
        same_code = [
            option.value
            for option in planned.options.values()
            if isinstance(option.value.data, Coding) and option.value.data.code == data.code
        ]
        if len(same_code) == 1:
            return same_code[0], response_rules.NO_SYSTEM
    kinds = {"coding", "string", *(option.value.kind for option in planned.options.values())}
    if value.kind not in kinds:
        return None, None
    typed = planned.item.type == "open-choice" or planned.item.open
    return value, None if typed and value.kind == "string" else response_rules.NO_OPTION


def _other_label(saved: Value, own: Value) -> bool:
    if not isinstance(saved.data, Coding) or not isinstance(own.data, Coding):
        return False
    return bool(saved.data.display and own.data.display) and saved.data.display != own.data.display


def is_reason(planned: Planned, answer: object) -> bool:
    """Whether an answer of a response is nothing but the reason why a simple value is missing (data-absent-reason)."""
    if not isinstance(answer, dict) or len(answer) != 1:
        return False
    without = answer.get(_MISSING.get(planned.item.type, ""))
    extensions = without.get("extension") if isinstance(without, dict) and len(without) == 1 else None
    if not isinstance(extensions, list):
        return False
    return any(isinstance(each, dict) and each.get("url") == _WHY and each.get("valueCode") for each in extensions)
