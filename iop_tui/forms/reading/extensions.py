"""Extensions by their URL, and the URLs that are read here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iop_tui.forms.reading.json_text import JsonObject

_CORE = "http://hl7.org/fhir/StructureDefinition/"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"

HIDDEN = _CORE + "questionnaire-hidden"
USAGE_MODE = _CORE + "questionnaire-usageMode"
ITEM_CONTROL = _CORE + "questionnaire-itemControl"
UNIT = _CORE + "questionnaire-unit"
UNIT_OPTION = _CORE + "questionnaire-unitOption"
UNIT_VALUE_SET = _CORE + "questionnaire-unitValueSet"
OPTION_PREFIX = _CORE + "questionnaire-optionPrefix"
OPTION_EXCLUSIVE = _CORE + "questionnaire-optionExclusive"
MIN_VALUE = _CORE + "minValue"
MAX_VALUE = _CORE + "maxValue"
MIN_OCCURS = _CORE + "questionnaire-minOccurs"
MAX_OCCURS = _CORE + "questionnaire-maxOccurs"
MAX_DECIMALS = _CORE + "maxDecimalPlaces"
TRANSLATION = _CORE + "translation"
XHTML = _CORE + "rendering-xhtml"
CQF_EXPRESSION = _CORE + "cqf-expression"
CQF_VALUE = _CORE + "cqf-calculatedValue"
VARIABLE = _CORE + "variable"

ENABLE_EXPRESSION = _SDC + "enableWhenExpression"
CALCULATED = _SDC + "calculatedExpression"
INITIAL_EXPRESSION = _SDC + "initialExpression"
ANSWER_EXPRESSION = _SDC + "answerExpression"
OPTIONS_TOGGLE = _SDC + "answerOptionsToggleExpression"
SUB_QUESTIONNAIRE = _SDC + "subQuestionnaire"

ORDINAL_VALUE = _CORE + "ordinalValue"
ITEM_WEIGHT = _CORE + "itemWeight"
OLD_ORDINAL_VALUE = _CORE + "questionnaire-ordinalValue"
ARGONAUT_SCORE = "http://fhir.org/guides/argonaut-questionnaire/StructureDefinition/extension-score"

NOT_CHECKED = {
    _CORE + "regex": "a pattern",
    _CORE + "minLength": "a least length",
    _CORE + "questionnaire-constraint": "a constraint between answers",
    _CORE + "targetConstraint": "a constraint between answers",
    MIN_OCCURS: "a least number of answers",
    MAX_OCCURS: "a largest number of answers",
    _SDC + "minQuantity": "a smallest quantity",
    _SDC + "maxQuantity": "a largest quantity",
}
"""What limits an answer and is not checked here, in words."""

Extensions = Mapping[str, list[JsonObject]]
_NONE: Extensions = {}


def extensions_of(source: JsonObject | None) -> Extensions:
    """The extensions of an object by their URL, in the order of the file."""
    entries = source.get("extension") if source else None
    if not isinstance(entries, list):
        return _NONE
    found: dict[str, list[JsonObject]] = {}
    for entry in entries:
        if isinstance(entry, JsonObject):
            url = entry.get("url")
            if isinstance(url, str):
                found.setdefault(url, []).append(entry)
    return found


def beside(source: JsonObject, key: str) -> Extensions:
    """The extensions of a primitive: they stand under the same key with an underscore before it."""
    companion = source.get("_" + key)
    return extensions_of(companion) if isinstance(companion, JsonObject) else _NONE


def flag_of(extensions: Extensions, url: str) -> bool:
    """Whether an extension is there whose boolean is true."""
    return any(each.get("valueBoolean") is True for each in extensions.get(url, ()))


def code_of(extension: JsonObject) -> str:
    """The code of an extension that holds a code or the first code of a concept; empty if it holds none."""
    code = extension.get("valueCode")
    if isinstance(code, str):
        return code
    concept = extension.get("valueCodeableConcept")
    codings: Any = concept.get("coding") if isinstance(concept, JsonObject) else None
    first = codings[0] if isinstance(codings, list) and codings else None
    code = first.get("code") if isinstance(first, JsonObject) else None
    return code if isinstance(code, str) else ""
