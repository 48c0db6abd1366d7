"""Expressions as the reader takes them: understood ones kept, the rest refused by name or told not to be computed."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from iop_tui.forms.model.expression import Expression
from iop_tui.forms.reading.extensions import CALCULATED, ENABLE_EXPRESSION, HIDDEN, INITIAL_EXPRESSION, VARIABLE
from tests.forms.form_files import Json, extension, found, item, read, rules_of, when

pytest.importorskip("fhirpathpy")

YES = "%resource.item.where(linkId = 't').answer.value = true"
SUM = "%resource.item.where(linkId = 'n').answer.value + 1"


def expression(url: str, text: Any, language: str | None = "text/fhirpath", **more: Any) -> Json:
    return extension(url, valueExpression={"language": language, "expression": text, **more})


def enabled_by(text: Any, **more: Any) -> Json:
    return item("i", extension=[expression(ENABLE_EXPRESSION, text, **more)])


def test_an_expression_that_is_understood_says_when_its_item_is_enabled() -> None:
    form = read(item("t", "boolean"), enabled_by(YES))
    enable = form.by_link["i"].enable
    assert isinstance(enable, Expression)
    assert (enable.names, enable.text) == (("t",), YES)
    assert enable.line > 1
    assert not form.findings


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (enabled_by(YES, language="text/cql"), "expression-language"),
        (enabled_by(YES, language=None), "expression-language"),
        (enabled_by("%resource.item.trace('x')"), "expression-not-understood"),
        (enabled_by("1 +"), "expression-not-understood"),
        (enabled_by("("*5000), "expression-not-understood"),
        (enabled_by("1 + 1"), "expression-not-boolean"),
        (enabled_by(None), "expression-missing"),
        (item("i", extension=[expression(ENABLE_EXPRESSION, YES)] * 2), "expression-twice"),
        (item("i", extension=[extension(ENABLE_EXPRESSION, valueString=YES)]), "expression-missing"),
        (
            item("i", extension=[expression(ENABLE_EXPRESSION, YES)], enableWhen=[when("t")]),
            "two-kinds-of-condition",
        ),
    ],
)  # fmt: skip
def test_an_expression_that_cannot_be_used_refuses_its_item_and_what_hangs_on_it(source: Json, rule: str) -> None:
    form = read(item("t", "boolean"), source, item("after", enableWhen=[when("i", "exists")]))
    assert rule in rules_of(form, "i")
    assert [each.fate for each in form.all_items] == ["asked", "refused", "refused"]


def test_a_calculation_that_is_understood_makes_its_item_read_only() -> None:
    form = read(item("n", "integer"), item("i", "integer", extension=[expression(CALCULATED, SUM)]))
    assert form.by_link["i"].calculated
    assert form.by_link["i"].read_only
    assert not form.findings


def test_a_calculation_that_is_not_understood_leaves_its_item_and_says_so() -> None:
    form = read(item("i", "integer", extension=[expression(CALCULATED, "x", "text/cql")]))
    assert (form.by_link["i"].fate, form.by_link["i"].read_only) == ("asked", False)
    (finding,) = found(form, "calculation-language")
    assert finding.severity == "suspicious"
    assert "its value isn't computed" in finding.message


def test_hidden_and_required_is_fine_if_it_is_computed_and_refused_if_that_is_not_understood() -> None:
    hide = extension(HIDDEN, valueBoolean=True)
    understood = [hide, expression(CALCULATED, SUM)]
    form = read(item("n", "integer"), item("i", "integer", required=True, extension=understood))
    assert form.by_link["i"].fate == "hidden"
    foreign = [hide, expression(CALCULATED, SUM, "text/cql")]
    form = read(item("n", "integer"), item("i", "integer", required=True, extension=foreign))
    assert form.by_link["i"].fate == "refused"


@pytest.mark.parametrize("kind", ["display", "group"])
def test_a_value_computed_for_what_has_no_answer_is_said_to_be_lost(kind: str) -> None:
    form = read(item("i", kind, extension=[expression(CALCULATED, "1", "text/cql")]))
    assert "display-calculated" in rules_of(form, "i")


def test_a_variable_of_the_form_or_of_a_holder_can_be_named() -> None:
    of_form = [expression(VARIABLE, "%resource.item.where(linkId = 't').answer.value", name="yes")]
    form = read(item("t", "boolean"), item("g", "group", item=[enabled_by("%yes = true")]), extension=of_form)
    assert isinstance(form.by_link["i"].enable, Expression)
    form = read(item("t", "boolean"), item("g", "group", extension=of_form, item=[enabled_by("%yes = true")]))
    assert isinstance(form.by_link["i"].enable, Expression)
    form = read(item("t", "boolean"), item("g", "group", extension=of_form), enabled_by("%yes = true"))
    assert "expression-not-understood" in rules_of(form, "i")


def test_what_an_expression_names_and_the_form_does_not_have_is_said() -> None:
    form = read(
        item("t"), enabled_by("%resource.item.where(linkId = 'gone').answer.exists()", language="text/fhirpath")
    )
    assert "“gone”" in found(form, "expression-dangling")[0].message


def test_a_total_of_a_question_that_is_never_asked_cannot_be_reached() -> None:
    form = read(
        item("flag", "display"),
        item("n", "integer", enableWhen=[when("flag")]),
        item("i", "integer", extension=[expression(CALCULATED, SUM)]),
    )
    assert "“n”" in found(form, "total-unreachable")[0].message


@pytest.mark.parametrize(
    ("operator", "number", "never"),
    [
        (">=", 7, True),
        (">", 6, True),
        (">=", 6, False),
        ("=", 7, True),
        ("<", 0, True),
        ("<=", 0, False),
        ("!=", 9, False),
    ],
)
def test_a_condition_that_no_total_meets_is_told(operator: str, number: int, never: bool) -> None:
    weight = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
    options = [
        {"valueCoding": {"code": f"c{each}"}, "extension": [{"url": weight, "valueDecimal": each}]} for each in range(4)
    ]
    scale = [item(name, "choice", answerOption=options) for name in ("q1", "q2")]
    total = item("total", "decimal", extension=[expression(CALCULATED, "%resource.item.answer.weight().sum()")])
    in_words = f"%resource.item.where(linkId = 'total').answer.value {operator} {number}"
    by_row = item("i", enableWhen=[{"question": "total", "operator": operator, "answerDecimal": number}])
    for asked in (by_row, enabled_by(in_words)):
        form = read(*scale, total, asked)
        assert form.by_link["i"].fate == "asked"
        assert ("comparison-never" in rules_of(form, "i")) == never


def test_a_calculation_that_leads_back_to_itself_is_a_cycle() -> None:
    form = read(
        item("n", "integer", enableWhen=[when("i", ">", answerInteger=1)]),
        item("i", "integer", extension=[expression(CALCULATED, SUM)]),
    )
    assert {each.link_id for each in found(form, "condition-cycle")} == {"n", "i"}


def test_what_names_a_refused_question_is_refused() -> None:
    form = read(item("n", "integer", required="yes"), item("i", "integer", extension=[expression(CALCULATED, SUM)]))
    assert rules_of(form, "i") == {"hangs-on-refused"}


def test_an_initial_expression_is_a_note() -> None:
    form = read(item("i", extension=[expression(INITIAL_EXPRESSION, "today()")]))
    assert [(finding.rule, finding.severity) for finding in form.findings] == [("initial-by-expression", "note")]


def test_without_the_extra_only_what_needs_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, globals_: Any = None, locals_: Any = None, from_: Sequence[str] = (), level: int = 0) -> Any:
        if name.split(".")[0] in ("fhirpathpy", "antlr4"):
            raise ImportError(name)
        return real(name, globals_, locals_, from_, level)

    monkeypatch.setattr(builtins, "__import__", without)
    unread: Mapping[str, Any] = enabled_by("%resource.item.where(linkId = 't').answer.value = true and 7 = 7")
    form = read(item("t", "boolean"), dict(unread), item("other"))
    assert rules_of(form, "i") == {"expression-needs-extra"}
    assert [each.fate for each in form.all_items] == ["asked", "refused", "asked"]
    assert "pip install" in found(form, "expression-needs-extra")[0].remedy


def test_a_value_computed_from_itself_is_a_cycle_too() -> None:
    form = read(item("n", "integer", extension=[expression(CALCULATED, SUM)]))
    assert "condition-cycle" in rules_of(form, "n")
    assert form.by_link["n"].fate == "refused"
