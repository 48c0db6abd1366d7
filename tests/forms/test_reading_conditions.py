"""Conditions as the reader takes them: by the specification; refused where it is silent, suspicious where dead."""

from __future__ import annotations

from typing import Any

import pytest

from iop_tui.forms.model.conditions import Rows
from iop_tui.forms.model.form import Form
from iop_tui.forms.model.values import Coding
from iop_tui.forms.reading.extensions import HIDDEN
from tests.forms.form_files import Json, coded, extension, found, item, read, rules_of, when

SYSTEM = "http://example.org/s"
HIDE = [extension(HIDDEN, valueBoolean=True)]


def on(target: Json, *conditions: Json, **keys: Any) -> Form:
    """A form of a target "t" and an item "i" with conditions."""
    return read(target, item("i", enableWhen=list(conditions), **keys))


def fate(form: Form) -> str:
    return form.by_link["i"].fate


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        (when("nowhere"), "dangling-target"),
        (when("i"), "self-target"),
        ({"operator": "=", "answerBoolean": True}, "condition-no-question"),
        ({"question": "t", "answerBoolean": True}, "condition-no-operator"),
        (when("t", "in"), "condition-unknown-operator"),
        (when("t", "=", answerString="x", answerBoolean=True), "condition-bad-answer"),
        (when("t", "=", answerReference={"reference": "a"}), "condition-bad-answer"),
        (when("t", "=", answerDate="2026-02-30"), "condition-bad-answer"),
        (when("t", "=", answerInteger="1"), "condition-bad-answer"),
        (when("t", "=", answerCoding="a"), "condition-bad-answer"),
        (when("t", "=", answerQuantity={"value": 1, "comparator": "<"}), "condition-bad-answer"),
        ({"question": "t", "operator": "="}, "condition-no-answer"),
        (when("t", "exists", answerString="true"), "exists-needs-boolean"),
        (when("t", ">", answerString="b"), "order-not-defined"),
        (when("t", "<", answerBoolean=True), "order-not-defined"),
        (when("t", ">=", answerCoding={"code": "b"}), "order-not-defined"),
        (when("t") | {"modifierExtension": [extension("http://x")]}, "modifier-extension"),
    ],
)
def test_a_condition_that_means_nothing_certain_refuses_its_item_by_name(condition: Json, rule: str) -> None:
    form = on(item("t", "boolean"), condition)
    assert fate(form) == "refused"
    assert found(form, rule)[0].link_id == "i"
    assert found(form, rule)[0].line > 1
    assert form.by_link["t"].fate == "asked"


def test_two_conditions_without_a_word_on_how_they_are_joined_refuse_the_item_and_the_rest_opens() -> None:
    form = on(item("t", "boolean"), when("t"), when("t", answerBoolean=False))
    assert "no-enable-behavior" in rules_of(form, "i")
    assert (fate(form), form.by_link["t"].fate) == ("refused", "asked")
    assert fate(on(item("t", "boolean"), when("t"), when("t"), enableBehavior="both")) == "refused"


@pytest.mark.parametrize("behavior", ["all", "any"])
def test_conditions_are_joined_as_the_form_says(behavior: str) -> None:
    target = item("t", "choice", answerOption=coded("a", "b"), repeats=True)
    rows = [when("t", answerCoding={"system": SYSTEM, "code": code}) for code in ("a", "b")]
    enable = on(target, *rows, enableBehavior=behavior).by_link["i"].enable
    assert isinstance(enable, Rows)
    assert enable.join == behavior
    assert [row.answer.data for row in enable.rows] == [Coding(SYSTEM, "a"), Coding(SYSTEM, "b")]


def test_one_condition_needs_no_behavior_and_may_have_one() -> None:
    assert fate(on(item("t", "boolean"), when("t"))) == "asked"
    assert fate(on(item("t", "boolean"), when("t"), enableBehavior="any")) == "asked"


def test_items_that_depend_on_each_other_are_refused_and_what_hangs_on_them() -> None:
    form = read(
        item("a", "boolean", enableWhen=[when("c")]),
        item("b", "boolean", enableWhen=[when("a")]),
        item("c", "boolean", enableWhen=[when("b")]),
        item("d", enableWhen=[when("b")]),
        item("e"),
    )
    assert {each.link_id for each in found(form, "condition-cycle")} == {"a", "b", "c"}
    assert "hangs-on-refused" in rules_of(form, "d")
    assert [each.fate for each in form.all_items] == ["refused"] * 4 + ["asked"]


def test_a_group_that_depends_on_its_own_member_is_a_cycle() -> None:
    form = read(item("g", "group", enableWhen=[when("m")], item=[item("m", "boolean"), item("n")]))
    assert "condition-cycle" in rules_of(form, "g")
    assert "inside-refused" in rules_of(form, "n")
    assert {each.fate for each in form.all_items} == {"refused"}


def test_refusal_spreads_along_conditions_and_into_groups() -> None:
    form = read(
        item("file", "attachment"),
        item("g", "group", enableWhen=[when("file", "exists")], item=[item("m", "boolean")]),
        item("last", enableWhen=[when("m")]),
        item("other"),
    )
    assert [each.link_id for each in form.all_items if each.fate == "refused"] == ["file", "g", "m", "last"]
    assert rules_of(form, "last") == {"hangs-on-refused"}
    assert "“m”" in found(form, "hangs-on-refused")[1].message


@pytest.mark.parametrize("kind", ["display", "group"])
def test_a_condition_on_what_never_has_an_answer_names_every_question_that_hangs_on_it(kind: str) -> None:
    form = read(
        item("flag", kind, item=[item("x")] if kind == "group" else []),
        item("i", "boolean", enableWhen=[when("flag")]),
        item("follow", "group", enableWhen=[when("i")], item=[item("within")]),
        item("not", enableWhen=[when("flag", "exists", answerBoolean=False)]),
    )
    assert f"condition-on-{kind}" in rules_of(form, "i")
    assert {each.link_id for each in found(form, "never-asked")} == {"i", "follow", "within"}
    assert found(form, "never-asked")[0].severity == "suspicious"
    assert fate(form) == "asked"


def test_a_question_that_one_of_its_conditions_can_reach_is_not_called_unreachable() -> None:
    flag, target = item("flag", "display"), item("t", "boolean")
    form = read(flag, target, item("i", enableWhen=[when("flag"), when("t")], enableBehavior="any"))
    assert not found(form, "never-asked")
    assert found(
        read(flag, target, item("i", enableWhen=[when("flag"), when("t")], enableBehavior="all")), "never-asked"
    )


def test_a_code_that_is_not_offered_is_never_met_or_always() -> None:
    target = item("t", "choice", answerOption=coded("a"))
    never = on(target, when("t", answerCoding={"system": SYSTEM, "code": "z", "display": "A"}))
    assert "never met" in found(never, "condition-not-offered")[0].message
    assert found(never, "never-asked")
    always = on(target, when("t", "!=", answerCoding={"system": SYSTEM, "code": "z"}))
    assert "always met" in found(always, "condition-not-offered")[0].message
    assert not found(always, "never-asked")


def test_a_text_is_compared_with_texts_and_not_with_displays() -> None:
    mixed = item("t", "choice", answerOption=[*coded("a"), {"valueString": "Other"}])
    assert not found(on(mixed, when("t", answerString="Other")), "condition-not-offered")
    assert found(on(mixed, when("t", answerString="A")), "condition-not-offered")
    free = item("t", "open-choice", answerOption=coded("a"))
    assert not found(on(free, when("t", answerString="anything")), "condition-not-offered")
    assert found(on(free, when("t", answerCoding={"system": SYSTEM, "code": "z"})), "condition-not-offered")


@pytest.mark.parametrize(("in_option", "in_condition"), [(SYSTEM, None), (None, SYSTEM)])
def test_a_missing_system_is_by_the_letter_not_met_and_repaired_if_asked(
    in_option: str | None, in_condition: str | None
) -> None:
    target = item("t", "choice", answerOption=coded("a", "b", system=in_option))
    answer = {"code": "a"} | ({"system": in_condition} if in_condition else {})
    by_letter = on(target, when("t", answerCoding=answer))
    assert found(by_letter, "condition-system-missing")
    assert found(by_letter, "never-asked")
    repaired = read(target, item("i", enableWhen=[when("t", answerCoding=answer)]), repair_systems=True)
    assert not found(repaired, "condition-system-missing")
    assert found(repaired, "condition-system-repaired")
    enable = repaired.by_link["i"].enable
    assert isinstance(enable, Rows)
    assert enable.rows[0].answer == repaired.by_link["t"].options[0].value


def test_the_repair_never_takes_a_code_of_another_system() -> None:
    target = item("t", "choice", answerOption=coded("a"))
    answer = {"system": "http://example.org/other", "code": "a"}
    form = read(target, item("i", enableWhen=[when("t", answerCoding=answer)]), repair_systems=True)
    assert found(form, "condition-not-offered")


def test_an_answer_of_a_type_that_never_fits_is_said_and_numbers_fit_each_other() -> None:
    assert found(on(item("t", "boolean"), when("t", answerString="yes")), "condition-of-another-type")
    for kind in ("integer", "decimal"):
        assert not found(on(item("t", kind), when("t", ">", answerDecimal=1)), "condition-of-another-type")
        assert not found(on(item("t", kind), when("t", ">", answerInteger=1)), "condition-of-another-type")


def test_conditions_that_contradict_each_other_are_never_met() -> None:
    rows = [when("t"), when("t", answerBoolean=False)]
    assert found(on(item("t", "boolean"), *rows, enableBehavior="all"), "never-asked")
    assert not found(on(item("t", "boolean", repeats=True), *rows, enableBehavior="all"), "never-asked")
    assert not found(on(item("t", "boolean"), *rows, enableBehavior="any"), "never-asked")


def test_a_later_target_is_taken_and_said() -> None:
    form = read(item("i", enableWhen=[when("t")]), item("t", "boolean"))
    assert fate(form) == "asked"
    assert rules_of(form, "i") == {"target-later"}


def test_not_equal_is_said_to_hold_without_an_answer() -> None:
    assert rules_of(on(item("t", "boolean"), when("t", "!=")), "i") == {"met-on-blank"}
    assert not rules_of(on(item("t", "boolean"), when("t", "exists", answerBoolean=False)), "i")


def test_a_condition_on_a_hidden_question_without_a_value_is_suspicious() -> None:
    form = on(item("t", "boolean", extension=HIDE), when("t"))
    assert rules_of(form, "i") == {"condition-on-unanswered", "never-asked"}
    with_value = on(item("t", "boolean", extension=HIDE, initial=[{"valueBoolean": True}]), when("t"))
    assert not rules_of(with_value, "i")
