"""The closed part of FHIRPath: what is in it, by the standard; what is not, by name."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from iop_tui.forms.fhirpath import syntax
from iop_tui.forms.fhirpath.evaluate_expression import evaluate, is_true
from iop_tui.forms.fhirpath.expression_typing import Variable
from iop_tui.forms.fhirpath.form_outline import outline_of
from iop_tui.forms.fhirpath.not_understood import NotUnderstood
from iop_tui.forms.fhirpath.parse_expression import is_condition, parse
from iop_tui.forms.model.expression import Expression
from iop_tui.forms.model.form import Item
from iop_tui.forms.model.values import Coding, Value
from tests.forms.answer_sheets import FORM, SheetScope, choice

pytest.importorskip("fhirpathpy")
REPEATING = Item("visits", "group", 1, repeats=True, items=(Item("pain", "integer", 1),))
ITEMS = (*FORM, REPEATING)
OUTLINE = outline_of(ITEMS)


def read(text: str, variables: Mapping[str, str | Variable] | None = None, at: str | None = "") -> Expression:
    return parse(text, variables or {}, 1, OUTLINE, at=at)


def result(text: str, variables: Mapping[str, str | Variable] | None = None, **answers: object) -> list[object]:
    sheet = {link.replace("_", "-"): given for link, given in answers.items()}
    scope = SheetScope({link: tuple(_value(each) for each in _list(given)) for link, given in sheet.items()}, ITEMS)
    return [value.data for value in evaluate(read(text, variables), scope)]


def _list(given: object) -> list[object]:
    return given if isinstance(given, list) else [given]


def _value(given: object) -> Value:
    if isinstance(given, Value):
        return given
    if isinstance(given, bool):
        return Value("boolean", given)
    if isinstance(given, int):
        return Value("integer", given)
    if isinstance(given, Decimal):
        return Value("decimal", given)
    text = str(given)
    if text[:1] == "c":
        return Value("coding", Coding("urn:s", text))
    return Value("date" if text[:4].isdecimal() else "string", text)


def refused(text: str, variables: Mapping[str, str | Variable] | None = None, at: str | None = "") -> str:
    with pytest.raises(NotUnderstood) as caught:
        read(text, variables, at)
    assert caught.value.message
    return caught.value.rule


ONE = "%resource.item.where(linkId='one').answer.value.code"
SOME = "%resource.item.where(linkId='some').answer.value.code"
WHOLE = "%resource.item.where(linkId='whole').answer.value"
DAY = "%resource.item.where(linkId='day').answer.value"


def test_blank_is_empty_and_not_false() -> None:
    assert result(f"{ONE} = 'c1'") == []
    assert result(f"{ONE} != 'c1'") == []
    assert result(f"({ONE} = 'c1').not()") == []
    assert result(f"{ONE}.empty() or {ONE} = 'c1'") == [True]
    assert not is_true(read(f"{ONE} != 'c1'"), SheetScope({}, ITEMS))


def test_several_answers_never_equal_one() -> None:
    assert result(f"{SOME} = 'c1'", some=["c1", "c2"]) == [False]
    assert result(f"{SOME} contains 'c1'", some=["c1", "c2"]) == [True]
    assert result(f"'c0' in {SOME}", some=["c1", "c2"]) == [False]
    assert result(f"'c0' in {SOME}") == [False]


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("true", "{}", {"and": [], "or": [True], "xor": [], "implies": []}),
        ("{}", "true", {"and": [], "or": [True], "xor": [], "implies": [True]}),
        ("false", "{}", {"and": [False], "or": [], "xor": [], "implies": [True]}),
        ("{}", "false", {"and": [False], "or": [], "xor": [], "implies": []}),
        ("{}", "{}", {"and": [], "or": [], "xor": [], "implies": []}),
        ("true", "false", {"and": [False], "or": [True], "xor": [True], "implies": [False]}),
        ("false", "false", {"and": [False], "or": [False], "xor": [False], "implies": [True]}),
    ],
)
def test_logic_has_three_values(left: str, right: str, found: dict[str, list[object]]) -> None:
    for operator, expected in found.items():
        assert result(f"{left} {operator} {right}") == expected, operator


def test_dates_compare_as_far_as_both_are_known() -> None:
    assert result(f"{DAY} = @2020-02-29", day="2020-02") == []
    assert result(f"{DAY} < @2021", day="2020-02") == [True]
    assert result(f"{DAY} >= @2020", day="2020-02") == []
    assert result(f"{DAY} != @2021-01-01", day="2020-02") == [True]


def test_numbers() -> None:
    assert result(f"{WHOLE} / 2", whole=5) == [Decimal("2.5")]
    assert result(f"{WHOLE} div 2", whole=-5) == [-2]
    assert result(f"{WHOLE} / 0", whole=5) == []
    assert result(f"{WHOLE} + {{}}", whole=5) == []
    assert result(f"{WHOLE} = 5.0", whole=5) == [True]
    assert result("0.1 + 0.2 = 0.3") == [True]
    assert result("2 + 3 * 4 - -1") == [15]


def test_item_at_another_level_has_no_answers() -> None:
    assert result("%resource.item.where(linkId='within').answer.value", within=3) == []
    assert result("%resource.item.item.where(linkId='within').answer.value", within=3) == [3]
    assert result("%resource.repeat(item).where(linkId='below').answer.value", below=3) == []
    assert result("%resource.descendants().where(linkId='below').answer.value", below=3) == [3]


def test_names_are_those_read_each_once() -> None:
    variables = {"a": "item.where(linkId='number').answer.value", "b": "%a + %a"}
    expression = read(f"%b > {WHOLE} or {ONE}.exists()", variables)
    assert expression.names == ("number", "whole", "one")
    assert is_condition(expression)
    assert not is_condition(read(f"{WHOLE} + 1"))
    assert not is_condition(read(SOME))


def test_variable_of_a_group_starts_there() -> None:
    inner = {"x": Variable("item.where(linkId='within').answer.value", "group")}
    assert result("%x", inner, within=4) == [4]
    assert refused("%x", {"x": Variable("item.where(linkId='pain').answer.value", "visits")}) == "context"


def test_weights() -> None:
    weight = "%resource.item.where(linkId='one').answer.weight()"
    assert result(f"{weight} + 1", one="c2") == []  # the display differs: the scope finds no option for it
    two = Value("coding", Coding("urn:s", "c2", "Choice 2"))
    assert result(f"{weight} + 1", one=two) == [4]
    assert result("%resource.item.answer.weight().sum()", one=two) == [3]
    looked_up = (
        "%questionnaire.item.where(linkId = 'one').answerOption.where(valueCoding.code=%resource.item"
        ".where(linkId = 'one').answer.valueCoding.code).extension"
        ".where(url='http://hl7.org/fhir/StructureDefinition/ordinalValue').valueDecimal"
    )
    assert result(looked_up, one=two) == [3]
    by_name = looked_up.replace("'http://hl7.org/fhir/StructureDefinition/ordinalValue'", "%url")
    assert result(by_name, {"url": "'http://hl7.org/fhir/StructureDefinition/ordinalValue'"}, one=two) == [3]
    assert refused(by_name, {"url": "'urn:other'"}) == "look-up"
    assert refused(looked_up.replace("'one'", "'some'")) == "look-up"
    assert refused(looked_up.replace("'one'", "'two'", 1)) == "look-up"
    assert refused(looked_up.replace("ordinalValue", "other")) == "look-up"


def test_unscored_answer_leaves_no_sum() -> None:
    unscored = (choice("a", (1, None)), choice("b", (2, 3)))
    expression = parse("%resource.item.answer.weight().sum()", {}, 1, outline_of(unscored))
    second = {link: (Value("coding", Coding("urn:s", "c1", "Choice 1")),) for link in ("a", "b")}
    assert evaluate(expression, SheetScope(second, unscored)) == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1 = 1) and false", "expression-syntax"),
        ("1 = ", "expression-syntax"),
        ("a 'b'", "expression-syntax"),
        ("", "expression-syntax"),
        ("%age > 3", "variable-unknown"),
        ("today() > @2020-01-01", "clock"),
        (f"{WHOLE}.round(0)", "function-round"),
        (f"-7 mod {WHOLE}", "mod"),
        ("%resource.item.where(linkId='yes').answer.value.toBoolean()", "function-toBoolean"),
        ("%resource.item.where(linkId='yes').answer.value = 1", "boolean-with-number"),
        ("%resource.item.where(linkId='one').answer.value.display = 'Choice 1'", "display"),
        ("%one = %resource.item.where(linkId='some').answer.value", "coding-compared"),
        (f"{SOME} = ('c0' | 'c1')", "may-be-several"),
        (f"{WHOLE} > 'a'", "not-a-number"),
        (f"{WHOLE} and true", "not-boolean"),
        (f"iif({WHOLE}, 1, 2)", "not-boolean"),
        (f"-{WHOLE} > 3", "sign"),
        (f"{WHOLE} > 3 'kg'", "quantity"),
        (f"{DAY} = {DAY}", "date-compared"),
        ("%resource.item[0].answer.value = 1", "item-index"),
        ("%resource.item.where(linkId='one').exists()", "item-function"),
        ("%resource.item.where(text = 'x').answer.value = 1", "item-criterion"),
        ("%resource.repeat(item).where(linkId='pain').answer.value.exists()", "repeat"),
        ("%resource.item.item.where(linkId='pain').answer.value > 3", "may-be-several"),
        ("%resource.item.answer.value.first()", "order"),
        (f"{ONE}.lower()", "function-lower"),
        ("'a'.combine('b')", "function-combine"),
        ("iif(true, 1, 2, 3)", "iif"),
        ("%resource.item.answer.value.sum()", "function-sum"),
        ("(" * 100 + "1" + ")" * 100, "expression-too-large"),
        ("1" + " + 1" * 3_000, "expression-too-large"),
        ("1" + "+1" * 600, "expression-too-large"),
        ("1" + "+1" * 400, "expression-too-large"),
    ],
)  # fmt: skip
def test_what_is_not_in_the_closed_part_is_refused_by_name(text: str, rule: str) -> None:
    assert refused(text, {"one": "item.where(linkId='one').answer.value"}) == rule


def test_expressions_that_differ_in_their_texts_only_are_read_as_such() -> None:
    for text in ("'a' = 'b' // it's", "'it\\'s' = \"", "'' & 'x\\\\'", "%`resource`.item", "'\N{SECTION SIGN}0' = 'b'"):
        try:
            direct: object = syntax._read(text)
        except NotUnderstood as refusal:
            direct = refusal.message
        try:
            found: object = syntax.syntax_tree(text)
        except NotUnderstood as refusal:
            found = refusal.message
        assert found == direct, text


def test_variables_that_cannot_be_read() -> None:
    assert refused("%a > 1", {"a": "%b + 1", "b": "%a + 1"}) == "variable-cycle"
    assert refused("%a", {"a": Variable("Patient?_id=1", "", "application/x-fhir-query")}) == "language"
    doubling = {f"v{n}": f"%v{n - 1} + %v{n - 1}" for n in range(1, 40)} | {"v0": WHOLE}
    assert refused("%v39 > 1", doubling) == "expression-too-large"
    with pytest.raises(NotUnderstood, match="in %b: today"):
        read("%a", {"a": "%b", "b": "today()"})


def test_path_without_a_beginning_is_refused_where_its_item_may_be_disabled() -> None:
    assert refused("item.where(linkId='whole').answer.value = 1", at=None) == "context"
