"""Answer options, weights, value sets, initial values and limits as the reader takes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from iop_tui.forms.model.form import Form
from iop_tui.forms.model.values import Coding, Quantity, Value
from iop_tui.forms.reading.extensions import (
    ANSWER_EXPRESSION,
    ARGONAUT_SCORE,
    HIDDEN,
    ITEM_WEIGHT,
    MAX_DECIMALS,
    MAX_VALUE,
    MIN_VALUE,
    OLD_ORDINAL_VALUE,
    OPTION_EXCLUSIVE,
    OPTION_PREFIX,
    ORDINAL_VALUE,
    UNIT,
    UNIT_OPTION,
)
from tests.forms.form_files import Json, coded, extension, found, item, read, rules_of

SYSTEM = "http://example.org/s"


def choice(*options: Json, kind: str = "choice", **keys: Any) -> Form:
    return read(item("1", kind, answerOption=list(options), **keys))


def scored(code: str, url: str = ORDINAL_VALUE, within: bool = False, **weight: Any) -> Json:
    """An option with a weight beside it, or within its coding."""
    weighed = [extension(url, **weight)]
    coding = {"system": SYSTEM, "code": code, "display": code.upper()}
    return (
        {"valueCoding": {**coding, "extension": weighed}} if within else {"valueCoding": coding, "extension": weighed}
    )


@pytest.mark.parametrize("url", [ORDINAL_VALUE, ITEM_WEIGHT, OLD_ORDINAL_VALUE, ARGONAUT_SCORE])
@pytest.mark.parametrize("within", [True, False])
def test_a_weight_is_read_in_every_place(url: str, within: bool) -> None:
    form = choice(scored("a", url, within, valueDecimal=0), scored("b", url, within, valueDecimal=3))
    assert [option.weight for option in form.by_link["1"].options] == [Decimal(0), Decimal(3)]
    assert bool(found(form, "weight-old-url")) is (url in (OLD_ORDINAL_VALUE, ARGONAUT_SCORE))


def test_weights_in_both_places_that_agree_are_one_and_that_differ_refuse_the_question() -> None:
    both = scored("a", valueDecimal=1)
    both["valueCoding"]["extension"] = [extension(ORDINAL_VALUE, valueDecimal=1)]
    assert choice(both).by_link["1"].options[0].weight == Decimal(1)
    both["valueCoding"]["extension"] = [extension(ORDINAL_VALUE, valueDecimal=2)]
    form = choice(both, scored("b", valueDecimal=0))
    assert form.by_link["1"].fate == "refused"
    assert "1, 2" in found(form, "weights-differ")[0].message


@pytest.mark.parametrize("weight", [{"valueString": "NA"}, {"valueString": "2"}, {"valueDecimal": "2"}, {}])
def test_a_weight_that_is_no_number_is_not_scored_and_never_zero(weight: Json) -> None:
    form = choice(scored("a", **weight), scored("b", valueDecimal=1))
    assert form.by_link["1"].options[0].weight is None
    assert form.by_link["1"].fate == "asked"
    assert rules_of(form, "1") == {"weight-not-a-number"}


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ([scored("a", valueDecimal=1), *coded("b")], "weight-missing"),
        ([scored("a", valueDecimal=-1)], "weight-negative"),
        ([scored("a", valueDecimal=0.5)], "weight-fraction"),
    ],
)
def test_unusual_weights_are_taken_and_said(options: list[Json], rule: str) -> None:
    form = choice(*options)
    assert rule in rules_of(form, "1")
    assert form.by_link["1"].fate == "asked"


def test_weights_by_two_extensions_in_one_form_are_said_once_of_the_form() -> None:
    form = choice(scored("a", ORDINAL_VALUE, valueDecimal=1), scored("b", ITEM_WEIGHT, valueDecimal=2))
    assert [finding.link_id for finding in found(form, "weights-two-extensions")] == [""]


def test_a_label_that_looks_like_another_score_is_said() -> None:
    option = scored("a", valueDecimal=0)
    option["extension"].append(extension(OPTION_PREFIX, valueString="1."))
    assert "prefix-not-weight" in rules_of(choice(option), "1")


def test_an_integer_option_weighs_nothing_by_its_value() -> None:
    assert choice({"valueInteger": 3}).by_link["1"].options[0].weight is None


def test_the_same_option_twice_refuses_a_scored_question_and_is_offered_once_elsewhere() -> None:
    twice = choice(scored("a", valueDecimal=1), scored("a", valueDecimal=1))
    assert twice.by_link["1"].fate == "refused"
    assert "option-twice-scored" in rules_of(twice, "1")
    plain = choice(*coded("a", "b", "a"))
    assert [option.text for option in plain.by_link["1"].options] == ["A", "B"]
    assert rules_of(plain, "1") == {"option-twice"}
    other_text = choice(*coded("a"), {"valueCoding": {"system": SYSTEM, "code": "a", "display": "another"}})
    assert len(other_text.by_link["1"].options) == 2
    assert rules_of(other_text, "1") == {"option-same-code"}


def test_the_same_code_with_and_without_a_system_are_two_options() -> None:
    form = choice(*coded("a"), *coded("a", system=None))
    assert len(form.by_link["1"].options) == 2
    assert not rules_of(form, "1")


def test_an_option_is_shown_by_its_display_then_its_code_and_refused_without_both() -> None:
    form = choice({"valueCoding": {"code": "a"}}, {"valueCoding": {"display": "Only words"}})
    assert [option.text for option in form.by_link["1"].options] == ["a", "Only words"]
    assert rules_of(form, "1") == {"option-no-display"}
    assert choice({"valueCoding": {"system": SYSTEM}}).by_link["1"].fate == "refused"
    assert choice({"valueString": ""}).by_link["1"].fate == "refused"


def test_options_keep_their_kinds() -> None:
    options = [*coded("a"), {"valueString": "b"}, {"valueInteger": 3}, {"valueDate": "2026"}, {"valueTime": "09:00:00"}]
    form = choice(*options)
    kinds = [option.value.kind for option in form.by_link["1"].options]
    assert kinds == ["coding", "string", "integer", "date", "time"]
    assert rules_of(form, "1") == {"options-mixed"}


@pytest.mark.parametrize(
    "option",
    [
        {"valueReference": {"reference": "a"}},
        {"valueString": 3},
        {"valueInteger": True},
        {"valueDate": "2026-13-01"},
        {"valueTime": "9 am"},
        {"valueCoding": {"code": 1}},
        {},
        {"valueString": "a", "valueInteger": 1},
        {"valueString": "a", "modifierExtension": [extension("http://x")]},
    ],
)
def test_an_option_that_cannot_be_read_refuses_the_question(option: Json) -> None:
    assert choice(*coded("a"), option).by_link["1"].fate == "refused"


def test_a_choice_without_options_is_refused_and_an_open_one_is_asked_as_a_text() -> None:
    assert rules_of(read(item("1", "choice")), "1") == {"no-options"}
    form = read(item("1", "open-choice"))
    assert (form.by_link["1"].fate, form.by_link["1"].open) == ("asked", True)
    by_program = read(item("1", "choice", extension=[extension(ANSWER_EXPRESSION, valueExpression={})]))
    assert rules_of(by_program, "1") == {"options-by-expression"}


def test_options_where_none_may_be_or_in_two_places_refuse_the_question() -> None:
    assert "options-not-allowed" in rules_of(choice(*coded("a"), kind="boolean"), "1")
    assert "option-of-another-type" in rules_of(choice(*coded("a"), kind="integer"), "1")
    assert "options-in-two-places" in rules_of(choice(*coded("a"), answerValueSet="http://example.org/v"), "1")
    assert not rules_of(choice({"valueInteger": 1}, kind="integer"), "1")


def test_an_exclusive_option_is_marked() -> None:
    none = {**coded("none")[0], "extension": [extension(OPTION_EXCLUSIVE, valueBoolean=True)]}
    assert [option.exclusive for option in choice(none, *coded("a"), repeats=True).by_link["1"].options] == [
        True,
        False,
    ]


# R5's types


@pytest.mark.parametrize(
    ("constraint", "kind", "open_to_others"),
    [({}, "choice", False), ("optionsOnly", "choice", False), ("optionsOrString", "open-choice", True)],
)
def test_r5s_coding_is_taken_by_its_constraint(constraint: Any, kind: str, open_to_others: bool) -> None:
    keys = {"answerConstraint": constraint} if constraint else {}
    form = choice(*coded("a"), kind="coding", **keys)
    assert (form.by_link["1"].type, form.by_link["1"].open, form.by_link["1"].fate) == (kind, open_to_others, "asked")
    assert rules_of(form, "1") == {"r5-coding"}


@pytest.mark.parametrize("constraint", ["optionsOrType", "anything", 3, ["optionsOnly"]])
def test_r5s_coding_is_refused_where_its_constraint_is_not_clear(constraint: Any) -> None:
    form = choice(*coded("a"), kind="coding", answerConstraint=constraint)
    assert form.by_link["1"].fate == "refused"
    assert "answer-constraint" in rules_of(form, "1")


def test_a_typed_question_with_options_may_be_open_to_others() -> None:
    form = choice({"valueInteger": 1}, kind="integer", answerConstraint="optionsOrType")
    assert form.by_link["1"].open
    assert not choice({"valueInteger": 1}, kind="integer").by_link["1"].open


# Value sets


def from_value_set(url: str = "#v", **value_set: Any) -> Form:
    contained = [{"resourceType": "ValueSet", "id": "v", "url": "http://example.org/v", **value_set}]
    return read(item("1", "choice", answerValueSet=url), item("2"), contained=contained)


CONCEPTS = [{"code": "a", "display": "A"}, {"code": "b", "extension": [extension(ORDINAL_VALUE, valueDecimal=2)]}]


@pytest.mark.parametrize("url", ["#v", "http://example.org/v", "http://example.org/v|1.0"])
def test_a_contained_value_set_gives_the_options_by_its_expansion_first(url: str) -> None:
    contains = [{"system": SYSTEM, "code": "x", "display": "X", "contains": [{"system": SYSTEM, "code": "y"}]}]
    form = from_value_set(url, expansion={"contains": contains}, compose={"include": [{"concept": CONCEPTS}]})
    codes = [option.value.data for option in form.by_link["1"].options]
    assert codes == [Coding(SYSTEM, "x", "X"), Coding(SYSTEM, "y")]


def test_a_value_set_that_lists_its_codes_gives_them_with_system_and_weight() -> None:
    compose = {
        "include": [{"system": SYSTEM, "concept": CONCEPTS}],
        "exclude": [{"system": SYSTEM, "concept": [{"code": "a"}]}],
    }
    form = from_value_set(compose=compose)
    (only,) = form.by_link["1"].options
    assert (only.value.data, only.text, only.weight) == (Coding(SYSTEM, "b"), "b", Decimal(2))


@pytest.mark.parametrize(
    ("value_set", "rule"),
    [
        ({"compose": {"include": [{"system": SYSTEM}]}}, "value-set-needs-server"),
        ({"compose": {"include": [{"system": SYSTEM, "filter": [{}]}]}}, "value-set-needs-server"),
        ({"compose": {"include": [{"valueSet": ["http://example.org/w"]}]}}, "value-set-needs-server"),
        (
            {"compose": {"include": [{"concept": CONCEPTS}], "exclude": [{"system": SYSTEM}]}},
            "value-set-needs-server",
        ),
        ({"expansion": {"total": 9, "contains": CONCEPTS}}, "value-set-not-whole"),
        ({}, "value-set-empty"),
        ({"compose": "nonsense"}, "value-set-empty"),
    ],
)
def test_a_value_set_that_cannot_be_had_whole_refuses_its_question_and_the_rest_opens(
    value_set: Json, rule: str
) -> None:
    form = from_value_set(**value_set)
    assert rules_of(form, "1") == {rule}
    assert [each.fate for each in form.all_items] == ["refused", "asked"]


@pytest.mark.parametrize(
    ("url", "rule"), [("http://example.org/far", "value-set-elsewhere"), ("#gone", "value-set-missing")]
)
def test_a_value_set_that_is_not_contained_is_refused_by_its_name(url: str, rule: str) -> None:
    form = from_value_set(url)
    assert rules_of(form, "1") == {rule}
    assert url in found(form, rule)[0].message


# Initial values


def test_initial_values_are_taken_from_either_place_as_the_options_are() -> None:
    form = choice(
        *coded("a", "b"), initial=[{"valueCoding": {"system": SYSTEM, "code": "a", "display": "other words"}}]
    )
    assert form.by_link["1"].initial == (Value("coding", Coding(SYSTEM, "a", "A")),)
    selected = [coded("a")[0], {**coded("b")[0], "initialSelected": True}]
    assert choice(*selected).by_link["1"].initial == (Value("coding", Coding(SYSTEM, "b", "B")),)
    agreeing = choice(*selected, initial=[{"valueCoding": {"system": SYSTEM, "code": "b"}}])
    assert len(agreeing.by_link["1"].initial) == 1


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        ({"initial": [{"valueCoding": {"system": SYSTEM, "code": "z"}}]}, "initial-not-offered"),
        ({"initial": [{"valueString": "A"}]}, "initial-not-offered"),
        ({"initial": [{"valueBoolean": True}]}, "initial-of-another-type"),
        ({"initial": [{"valueCoding": {"code": "a"}}]}, "initial-system-missing"),
        ({"initial": [{"valueCoding": 1}]}, "initial-unreadable"),
        ({"initial": [{}]}, "initial-unreadable"),
        ({"initial": [{"valueCoding": {"system": SYSTEM, "code": code}} for code in "ab"]}, "initial-several"),
    ],
)
def test_an_initial_value_that_is_not_certain_is_not_filled_in(keys: Json, rule: str) -> None:
    form = choice(*coded("a", "b"), **keys)
    assert rules_of(form, "1") == {rule}
    assert form.by_link["1"].initial == ()
    assert form.by_link["1"].fate == "asked"


def test_two_places_that_differ_fill_in_nothing() -> None:
    options = [{**coded("a")[0], "initialSelected": True}, *coded("b")]
    form = choice(*options, initial=[{"valueCoding": {"system": SYSTEM, "code": "b"}}])
    assert rules_of(form, "1") == {"initial-in-two-places"}
    assert form.by_link["1"].initial == ()


def test_the_repair_of_systems_fills_in_the_option_that_is_meant() -> None:
    options = [{"valueCoding": {"code": "a", "display": "A"}}]
    initial = [{"valueCoding": {"system": SYSTEM, "code": "a"}}]
    form = read(item("1", "choice", answerOption=options, initial=initial), repair_systems=True)
    assert form.by_link["1"].initial == (Value("coding", Coding(None, "a", "A")),)


def test_a_typed_text_is_an_initial_value_of_an_open_choice() -> None:
    form = choice(*coded("a"), kind="open-choice", initial=[{"valueString": "typed"}])
    assert form.by_link["1"].initial == (Value("string", "typed"),)


def test_a_group_and_a_display_have_no_initial_value() -> None:
    form = read(item("1", "group", item=[item("2", "display", initial=[{"valueString": "x"}])]))
    assert rules_of(form, "2") == {"initial-not-here"}


def test_hidden_and_required_is_refused_unless_something_gives_it_a_value() -> None:
    hide = [extension(HIDDEN, valueBoolean=True)]
    assert rules_of(read(item("1", required=True, extension=hide)), "1") == {"hidden-and-required"}
    inside = read(item("g", "group", extension=hide, item=[item("1", required=True)]))
    assert inside.by_link["1"].fate == "refused"
    given = read(item("1", required=True, extension=hide, initial=[{"valueString": "x"}]))
    assert given.by_link["1"].fate == "hidden"
    assert read(item("g", "group", extension=hide, item=[item("1")])).by_link["1"].fate == "hidden"


# Limits


def test_limits_are_read() -> None:
    limits = [
        extension(MIN_VALUE, valueDecimal=1),
        extension(MAX_VALUE, valueInteger=5),
        extension(MAX_DECIMALS, valueInteger=1),
        extension(UNIT, valueCoding={"system": "http://unitsofmeasure.org", "code": "kg", "display": "kilos"}),
    ]
    weight = read(item("1", "decimal", extension=limits)).by_link["1"]
    assert (weight.lowest, weight.highest) == (Value("decimal", Decimal(1)), Value("integer", 5))
    assert weight.decimals == 1
    assert weight.units == (Quantity(None, "kilos", "http://unitsofmeasure.org", "kg"),)
    assert read(item("1", maxLength=9)).by_link["1"].max_length == 9


def test_units_of_a_quantity_are_offered_once_each() -> None:
    units = [extension(UNIT_OPTION, valueCoding={"code": code}) for code in ("kg", "lb", "kg")]
    assert [unit.code for unit in read(item("1", "quantity", extension=units)).by_link["1"].units] == ["kg", "lb"]


@pytest.mark.parametrize(
    ("limits", "rule"),
    [
        ([extension(MIN_VALUE, valueInteger=5), extension(MAX_VALUE, valueInteger=1)], "range-empty"),
        ([extension(MIN_VALUE, valueDate="2026-01-01")], "limit-unreadable"),
        ([extension(MIN_VALUE, valueInteger="1")], "limit-unreadable"),
        ([extension("http://hl7.org/fhir/StructureDefinition/regex", valueString="x")], "limit-not-checked"),
        (
            [
                extension(
                    MIN_VALUE,
                    _valueInteger={
                        "extension": [extension("http://hl7.org/fhir/StructureDefinition/cqf-calculatedValue")]
                    },
                )
            ],
            "limit-by-expression",
        ),
    ],
)
def test_a_limit_that_cannot_be_used_is_said(limits: list[Json], rule: str) -> None:
    form = read(item("1", "integer", extension=limits))
    assert rules_of(form, "1") == {rule}
    assert form.by_link["1"].fate == "asked"
