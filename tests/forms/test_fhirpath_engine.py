"""Differential: what the closed part gives is what fhirpathpy gives for the same answers as a QuestionnaireResponse."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iop_tui.forms.fhirpath.evaluate_expression import evaluate
from iop_tui.forms.fhirpath.form_outline import outline_of
from iop_tui.forms.fhirpath.not_understood import NotUnderstood
from iop_tui.forms.fhirpath.parse_expression import parse
from iop_tui.forms.model.values import Coding, Quantity, Value
from tests.forms.answer_sheets import FORM, Sheet, SheetScope, as_response, sheets
from tests.profiles import examples

fhirpathpy: Any = pytest.importorskip("fhirpathpy")
R4: Any = pytest.importorskip("fhirpathpy.models").models["r4"]
OUTLINE = outline_of(FORM)

# The grammar of the closed part, by what an expression gives. Some of what comes out is refused by its types: that is
# the point of them, and those are passed over.
_AT = {"within": ".item", "deep": ".item.item"}
_KINDS = {
    "yes": "Boolean", "no": "Boolean", "whole": "Integer", "number": "Decimal", "text": "String", "day": "Date",
    "one": "Coding", "some": "Coding", "much": "Quantity", "either": "Coding", "within": "Integer", "below": "Integer",
    "deep": "Coding",
}  # fmt: skip


def _items(link: str) -> st.SearchStrategy[str]:
    where = f".where(linkId = '{link}')"
    found = [f"%resource.descendants(){where}"]
    if link != "below":
        found += [f"%resource{_AT.get(link, '')}.item{where}", f"%resource.repeat(item){where}"]
    if link == "within":
        found += [f"%resource.item.where(linkId='group').item{where}", f"item.where(linkId = 'group').item{where}"]
    if link == "below":
        found += [f"%resource.item.item.answer.item{where}", f"%resource.repeat(item).answer.item{where}"]
    if link in ("yes", "one"):
        found += [f"%resource.item.where(linkId = '{link}' and answer.exists())", f"%{link}-item".replace("-", "_")]
    return st.sampled_from(found)


VARIABLES = {
    "yes_item": "%resource.item.where(linkId='yes')",
    "one_item": "item.where(linkId = 'one')",
    "level": "item.where(linkId='group').item.where(linkId='within').answer.value",
}


def _values(link: str) -> st.SearchStrategy[str]:
    kind = _KINDS[link]
    of_type = kind if kind in ("Coding", "Quantity") else kind.lower()
    ends = [".answer.value", f".answer.value{kind}", f".answer.value.ofType({of_type})", ".answer[0].value"]
    ends += [".answer.value.first()", ".answer.value.last()", ".answer.select(value)", ".answer.value[1]"]
    return st.tuples(_items(link), st.sampled_from(ends)).map("".join)


def _of(*links: str) -> st.SearchStrategy[str]:
    return st.sampled_from(links).flatmap(_values)


_codes = st.tuples(_of("one", "deep"), st.just(".code")).map("".join)
_several_codes = st.tuples(_of("some", "either"), st.just(".code")).map("".join)
_text_literals = st.sampled_from(["'c0'", "'c1'", "'c2'", "'yes'", "'it\\'s'", "('c0')"])
_lists = st.sampled_from(["('c0' | 'c1')", "('c1' | 'c1')", "('c2')"])
_number_literals = st.sampled_from(["0", "1", "2", "3.5", "-2", "0.1", "12"])
_dates = st.sampled_from(["@2020", "@2020-02", "@2020-02-29", "@2019-12-31", "@2021-01-01"])

_texts: st.SearchStrategy[str] = st.deferred(
    lambda: _text_literals | _codes | _of("text") | _texts_more
)  # fmt: skip
_texts_more: st.SearchStrategy[str] = st.deferred(
    lambda: (
        st.tuples(_codes | _text_literals, st.sampled_from([" & ", " + "]), _of("text")).map(
            lambda it: f"({''.join(it)})"
        )
        | st.tuples(_of("whole", "within"), st.just(".toString()")).map("".join)
        | st.tuples(_booleans, _texts, _texts).map(lambda it: f"iif({it[0]}, {it[1]}, {it[2]})")
    )
)
_numbers: st.SearchStrategy[str] = st.deferred(
    lambda: (
        _number_literals
        | _of("whole", "number", "within", "below")
        | st.just("%level")
        | st.tuples(_of("much"), st.just(".value")).map("".join)
        | st.tuples(_of("some", "whole", "one"), st.just(".count()")).map("".join)
        | st.tuples(_numbers, st.sampled_from([" + ", " - ", " * ", " / ", " div "]), _numbers).map(
            lambda it: f"({''.join(it)})"
        )
        | st.tuples(_booleans, _numbers, _numbers).map(lambda it: f"iif({it[0]}, {it[1]}, {it[2]})")
        | st.tuples(_booleans, _numbers).map(lambda it: f"iif({it[0]}, {it[1]})")
        | st.tuples(_numbers, st.sampled_from([".abs()", ".ceiling()", ".floor()", ".truncate()", ".toDecimal()"])).map(
            lambda it: f"({it[0]}){it[1]}"
        )
        | st.tuples(_of("whole", "yes"), st.just(".toInteger()")).map("".join)
        | st.just("{}")
    )
)
_criteria = st.sampled_from(
    ["$this = 'c1'", "$this != 'c0'", "$this = 'c0' or $this = 'c2'", "$this in ('c0' | 'c2')", "($this = 'c1').not()"]
)
_answer_criteria = st.sampled_from(
    ["value.code = 'c1'", "value.code != 'c0'", "valueCoding.code in ('c0'|'c1')", "value.code.exists()"]
)
_booleans: st.SearchStrategy[str] = st.deferred(
    lambda: (
        st.sampled_from(["true", "false", "{}"])
        | _of("yes", "no")
        | st.tuples(_of(*_KINDS), st.sampled_from([".exists()", ".empty()", ".empty().not()"])).map("".join)
        | st.tuples(_items("some") | _items("one"), st.sampled_from([".answer.exists()", ".answer.empty()"])).map(
            "".join
        )
        | st.tuples(_texts | _several_codes, st.sampled_from([" = ", " != "]), _text_literals | _codes).map("".join)
        | st.tuples(_texts, st.sampled_from([" ~ ", " !~ "]), _texts).map("".join)
        | st.tuples(_numbers, st.sampled_from([" = ", " != ", " < ", " > ", " <= ", " >= "]), _numbers).map("".join)
        | st.tuples(_of("day"), st.sampled_from([" = ", " != ", " < ", " > ", " <= ", " >= "]), _dates).map("".join)
        | st.tuples(_booleans, st.sampled_from([" = ", " != ", " ~ "]), _booleans).map(
            lambda it: f"({it[0]}){it[1]}({it[2]})"
        )
        | st.tuples(_booleans, st.sampled_from([" and ", " or ", " xor ", " implies "]), _booleans).map(
            lambda it: f"({''.join(it)})"
        )
        | st.tuples(_booleans).map(lambda it: f"({it[0]}).not()")
        | st.tuples(_texts, st.just(" in "), _lists | _several_codes).map("".join)
        | st.tuples(_several_codes | _lists, st.just(" contains "), _texts).map("".join)
        | st.tuples(_several_codes, st.sampled_from(["exists", "all"]), _criteria).map(
            lambda it: f"{it[0]}.{it[1]}({it[2]})"
        )
        | st.tuples(_several_codes, _criteria).map(lambda it: f"{it[0]}.where({it[1]}).exists()")
        | st.tuples(_items("some"), st.sampled_from(["exists", "all"]), _answer_criteria).map(
            lambda it: f"{it[0]}.answer.{it[1]}({it[2]})"
        )
        | st.tuples(_items("some"), _answer_criteria).map(lambda it: f"{it[0]}.answer.where({it[1]}).value.count() > 1")
        | st.tuples(_booleans, _booleans).map(lambda it: f"({it[0]}).intersect({it[1]})")
        | st.tuples(_of("yes", "no"), st.sampled_from(["allTrue", "anyTrue", "allFalse", "anyFalse"])).map(
            lambda it: f"{it[0]}.{it[1]}()"
        )
        | st.tuples(_booleans, _booleans, _booleans).map(lambda it: f"iif({it[0]}, {it[1]}, {it[2]})")
    )
)
_any = _booleans | _numbers | _texts | _several_codes | _of(*_KINDS)


def engine(text: str, sheet: Sheet) -> list[Any]:
    """What fhirpathpy gives, its variables first."""
    response = as_response(sheet)
    known: dict[str, Any] = {"resource": response}
    for name, path in VARIABLES.items():
        known[name] = fhirpathpy.evaluate(response, path, known, R4, {"returnRawData": True})
    return [_plain(value) for value in fhirpathpy.evaluate(response, text, known, R4)]


def ours(text: str, sheet: Sheet) -> list[Any]:
    expression = parse(text, VARIABLES, 1, OUTLINE, at="")
    return [_plain(value.data) for value in evaluate(expression, SheetScope(sheet))]


def _plain(data: Any) -> Any:
    """A value to be compared: true is not 1, codings by system and code, numbers by their value."""
    if isinstance(data, bool):
        return str(data)
    if isinstance(data, Coding):
        return data.key
    if isinstance(data, Quantity):
        return data.value, data.code
    if isinstance(data, dict):
        return (data["value"], data["code"]) if "value" in data else (data["system"], data["code"])
    return data


def _rounded(found: Any) -> Any:
    """Decimals to 12 digits: of a third, the engine keeps 16 digits or 28, as the operands happened to be written."""
    if isinstance(found, (list, tuple)):
        return [_rounded(each) for each in found]
    return Decimal(f"{found:.12g}") if isinstance(found, Decimal) else found


@settings(examples(3), suppress_health_check=list(HealthCheck))  # many are not in the part that is understood
@given(text=_any, sheet=sheets())
def test_closed_part_gives_what_the_engine_gives(text: str, sheet: dict[str, tuple[Value, ...]]) -> None:
    try:
        found = ours(text, sheet)
    except NotUnderstood:
        return
    assert _rounded(found) == _rounded(engine(text, sheet)), text


ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
LOOK_UP = (
    "%questionnaire{form}.item.where(linkId='{link}').answerOption"
    ".where(valueCoding.code = %resource{form}.item.where(linkId='{link}').answer.valueCoding.code)"
    ".extension.where(url='" + ORDINAL + "').valueDecimal"
)


def _questionnaire(items: Any) -> list[dict[str, Any]]:
    return [
        {
            "linkId": item.link_id,
            "answerOption": [
                {"extension": [{"url": ORDINAL, "valueDecimal": option.weight}], **_coding(option.value)}
                for option in item.options
            ],
            "item": _questionnaire(item.items),
        }
        for item in items
    ]


def _coding(value: Value) -> dict[str, Any]:
    assert isinstance(value.data, Coding)
    return {"valueCoding": {"system": value.data.system, "code": value.data.code}}


@settings(examples(1), suppress_health_check=list(HealthCheck))
@given(sheet=sheets(), end=st.sampled_from(["", " > 1", ".exists()", " + 1"]))
def test_weights_looked_up_by_hand_are_those_the_engine_finds(sheet: dict[str, tuple[Value, ...]], end: str) -> None:
    form = {"resourceType": "Questionnaire", "item": _questionnaire(FORM)}
    response = as_response(sheet)
    for link, above in (("one", ""), ("deep", ".item.where(linkId='group').item.where(linkId='deeper')")):
        text = LOOK_UP.format(form=above, link=link) + end
        found = fhirpathpy.evaluate(response, text, {"resource": response, "questionnaire": form}, R4)
        assert ours(text, sheet) == [_plain(value) for value in found], text
        # fhirpathpy has no weight(); it is what was looked up.
        assert ours(f"%resource{above}.item.where(linkId='{link}').answer.weight(){end}", sheet) == ours(text, sheet)
