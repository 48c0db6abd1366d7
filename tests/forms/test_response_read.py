"""Responses of other programs: every answer that has a place comes back, and what does not fit is named and kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from iop_tui.forms.filling.filling import begin
from iop_tui.forms.filling.steps import Asking, Finished
from iop_tui.forms.model.form import Form, Item, Option
from iop_tui.forms.model.read_response import ReadResponse
from iop_tui.forms.model.values import Coding, Value
from iop_tui.forms.response.read import read_response
from iop_tui.forms.response.write import as_json, response
from tests.forms.building import NO, YES, at, choice, coding, decimal, form, group, integer, item, text, when

Json = dict[str, Any]
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


def read(form: Form, *items: Any, **more: Any) -> ReadResponse:
    source = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": form.canonical,
        "status": "in-progress",
        "item": list(items),
        **more,
    }
    return read_response(json.dumps(source).encode(), "r.json", form)


def answer(link_id: str, *answers: Json, **more: Any) -> Json:
    return {"linkId": link_id, "answer": list(answers), **more}


def coded(code: str | None, system: str | None = "urn:test", display: str | None = None) -> Json:
    members = {"system": system, "code": code, "display": display}
    return {"valueCoding": {key: value for key, value in members.items() if value is not None}}


def rules_of(response: ReadResponse) -> list[str]:
    return [finding.rule for finding in response.findings]


LABELED = item(
    "q",
    "choice",
    options=(
        Option(coding("a", display="Never"), "Never"),
        Option(coding("b", display="Often"), "Often"),
        Option(coding("b", "urn:other", display="Often"), "Often, elsewhere"),
    ),
)


@pytest.mark.parametrize("display", [None, "Never", "Nunca"])
def test_an_answer_comes_back_whatever_its_label(display: str | None) -> None:
    got = read(form(LABELED), answer("q", coded("a", display=display)))
    assert got.answers == {at("q"): (coding("a", display="Never"),)}
    assert rules_of(got) == (["other-label"] if display == "Nunca" else [])


def test_a_code_without_a_system_is_the_one_option_that_has_it_and_that_is_said() -> None:
    got = read(form(LABELED), answer("q", coded("a", None)))
    assert got.answers == {at("q"): (coding("a", display="Never"),)}
    assert rules_of(got) == ["no-system"]


def test_a_code_without_a_system_that_two_options_have_is_kept_as_it_is() -> None:
    got = read(form(LABELED), answer("q", coded("b", None)))
    assert got.answers == {at("q"): (coding("b", None),)}
    assert rules_of(got) == ["no-option"]


@pytest.mark.parametrize(
    ("type_", "given", "kept", "rules"),
    [
        ("choice", coded("z", display="Zed"), coding("z", display="Zed"), ["no-option"]),
        ("open-choice", coded("z", display="Zed"), coding("z", display="Zed"), ["no-option"]),
        ("open-choice", {"valueString": "typed"}, text("typed"), []),
        ("choice", {"valueString": "typed"}, text("typed"), ["no-option"]),
    ],
)
def test_an_answer_that_is_no_option_is_kept_named_and_written_again(
    type_: Any, given: Json, kept: Value, rules: list[str]
) -> None:
    own = form(item("q", type_, options=LABELED.options), item("r"))
    got = read(own, answer("q", given))
    assert got.answers == {at("q"): (kept,)}
    assert rules_of(got) == rules
    filling = begin(own, got)
    assert filling.step == Asking(at("r"))
    assert filling.at(at("q")).answered(at("q"), (kept,)).value(at("q")) == (kept,), "a person can leave it as it is"
    assert response(filling, NOW)["item"][0]["answer"] == [given]


@pytest.mark.parametrize(
    ("question", "given", "kept"),
    [
        (item("q", "decimal"), {"valueInteger": 3}, decimal("3")),
        (item("q", "integer"), {"valueDecimal": 3.0}, integer(3)),
        (item("q", "dateTime"), {"valueDate": "2026-11"}, Value("dateTime", "2026-11")),
        (item("q", "url"), {"valueString": "https://example.org"}, Value("uri", "https://example.org")),
    ],
)
def test_a_value_of_a_like_kind_is_taken(question: Item, given: Json, kept: Value) -> None:
    assert read(form(question), answer("q", given)).answers == {at("q"): (kept,)}


@pytest.mark.parametrize(
    ("question", "given", "rule"),
    [
        (item("q", "integer"), {"valueString": "3"}, "wrong-kind"),
        (item("q", "integer"), {"valueDecimal": 3.5}, "wrong-kind"),
        (item("q", "date"), {"valueDateTime": "2026-11-30T00:00:00Z"}, "wrong-kind"),
        (item("q", "date"), {"valueDate": "30.11.2026"}, "unreadable-answer"),
        (item("q", "boolean"), {"valueBoolean": "yes"}, "unreadable-answer"),
        (item("q", "string"), {"valueAttachment": {"title": "x"}}, "unreadable-answer"),
        (item("q", "string"), {"valueString": "x", "valueInteger": 1}, "unreadable-answer"),
        (item("q", "string"), {"item": [{"linkId": "x"}]}, "no-value"),
        (choice("q", "ab"), {"valueBoolean": True}, "wrong-kind"),
        (group("q", item("x")), {"valueBoolean": True}, "group-answered"),
        (item("q", "display"), {"valueBoolean": True}, "group-answered"),
    ],
)
def test_an_answer_that_a_question_cannot_have_is_named_and_handed_on_as_it_is(
    question: Item, given: Json, rule: str
) -> None:
    got = read(form(question), answer("q", given))
    assert got.answers == {}
    assert [(finding.rule, finding.link_id) for finding in got.findings] == [(rule, "q")]
    assert all(finding.remedy for finding in got.findings)
    assert [each.json in (given, [given]) for each in got.unplaced] == [True]


WHY = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-declined"}
DECLINED = {"_valueInteger": {"extension": [WHY]}}


def test_the_reason_for_no_value_is_written_again_until_the_question_is_answered() -> None:
    # As our own export has an "I'd rather not say" to a number.
    asked = form(item("q", "integer", required=True), item("r", "integer"))
    got = read(asked, answer("q", DECLINED), answer("r", {"valueInteger": 2}))
    assert (got.unplaced, rules_of(got)) == ((), ["no-value-and-why"])
    went_on = begin(asked, got)
    written = json.loads(as_json(response(went_on, NOW)))
    assert [each["answer"] for each in written["item"]] == [[DECLINED], [{"valueInteger": 2}]]
    assert written["status"] == "in-progress"  # a reason is no answer: what is required is still missing
    answered = response(went_on.answered(at("q"), (Value("integer", 3),)), NOW)
    assert [each["answer"] for each in answered["item"]] == [[{"valueInteger": 3}], [{"valueInteger": 2}]]


@pytest.mark.parametrize(
    ("question", "given"),
    [
        (item("q", "date"), DECLINED),  # of another type
        (item("q", "integer"), {"_valueInteger": {"extension": [{"url": "urn:other", "valueCode": "x"}]}}),
        (item("q", "integer"), {**DECLINED, "item": []}),
    ],
)
def test_no_value_without_a_reason_that_fits_is_named_and_handed_on(question: Item, given: Json) -> None:
    got = read(form(question), answer("q", given))
    assert (got.reasons, rules_of(got)) == ({}, ["no-value"])
    assert [each.json for each in got.unplaced] == [given]


def test_a_reason_in_a_repeating_group_is_handed_on_since_its_instance_could_become_another() -> None:
    again = form(group("g", item("q", "integer"), repeats=True))
    got = read(
        again, {"linkId": "g", "item": [answer("q", DECLINED)]}, {"linkId": "g", "item": [answer("q", DECLINED)]}
    )
    assert (got.reasons, len(got.unplaced)) == ({}, 2)


def test_findings_quote_no_answer() -> None:
    got = read(
        form(item("q", "date"), item("r", "integer")),
        answer("q", {"valueDate": "secret"}),
        answer("r", {"valueString": "secret"}),
    )
    assert len(got.findings) == 2
    assert "secret" not in repr(got.findings) + repr(got)


def test_several_answers_where_one_is_allowed_are_asked_again() -> None:
    got = read(form(LABELED), answer("q", coded("a"), coded("b")))
    assert got.answers == {}
    assert rules_of(got) == ["several-answers"]
    assert [each.path for each in got.unplaced] == ["item[0].answer[0]", "item[0].answer[1]"]
    same = read(form(LABELED), answer("q", coded("a"), coded("a", display="Never")))
    assert same.answers == {at("q"): (coding("a", display="Never"),)}


def test_several_items_of_a_repeating_question_are_put_together() -> None:
    got = read(form(item("q", repeats=True)), answer("q", {"valueString": "x"}), answer("q", {"valueString": "y"}))
    assert got.answers == {at("q"): (text("x"), text("y"))}
    assert rules_of(got) == ["item-twice"]


def test_items_that_the_form_does_not_have() -> None:
    own = form(item("q"), item("refused", "string", fate="refused"))
    extra = [answer("other", {"valueString": "x"}), answer("refused", {"valueString": "y"}), {"text": "no linkId"}, 7]
    got = read(own, answer("q", {"valueString": "kept"}), *extra)
    assert got.answers == {at("q"): (text("kept"),)}
    assert sorted(rules_of(got)) == ["not-an-item", "not-an-item", "refused-item", "unknown-link"]
    assert [each.json for each in got.unplaced] == extra


def test_an_item_at_the_wrong_level_is_put_in_its_place_where_it_can_have_only_one() -> None:
    own = form(group("g", item("q"), item("r", "string", item("below"))), group("many", item("x"), repeats=True))
    got = read(
        own,
        answer("q", {"valueString": "at the top"}),
        {"linkId": "g", "item": [answer("r", {"valueString": "r"}, item=[answer("below", {"valueString": "beside"})])]},
        answer("x", {"valueString": "nowhere"}),
    )
    assert got.answers == {
        at("g", "q"): (text("at the top"),),
        at("g", "r"): (text("r"),),
        at("g", "r", "below"): (text("beside"),),
    }
    assert rules_of(got) == ["wrong-level"] * 3
    assert [each.link_id for each in got.unplaced] == ["x"]


def test_instances_and_answers_below_answers() -> None:
    own = form(group("g", item("q"), repeats=True), choice("c", "ab", item("below"), repeats=True))
    got = read(
        own,
        {"linkId": "g", "item": [answer("q", {"valueString": "1"})]},
        {"linkId": "g"},
        {"linkId": "g", "item": [answer("q", {"valueString": "2"})]},
        answer("c", coded("b"), {**coded("a"), "item": [answer("below", {"valueString": "3"})]}),
    )
    assert got.answers == {
        at("g", "q"): (text("1"),),
        at(("g", 1), "q"): (text("2"),),
        at("c"): (coding("b"), coding("a")),
        at(("c", 1), "below"): (text("3"),),
    }
    assert got.findings == ()


def test_a_group_that_is_there_twice_and_may_not_be() -> None:
    one = {"linkId": "g", "item": [answer("q", {"valueString": "1"})]}
    got = read(form(group("g", item("q"))), one, one)
    assert got.answers == {at("g", "q"): (text("1"),)}
    assert rules_of(got) == ["group-twice"]
    assert [each.json for each in got.unplaced] == [one]


def test_an_answer_to_a_disabled_question_is_named_and_stays_in_memory() -> None:
    own = form(item("a", "boolean"), item("b", enable=when("a", "=", YES)))
    got = read(own, answer("a", {"valueBoolean": False}), answer("b", {"valueString": "kept"}))
    assert got.disabled == (at("b"),)
    assert rules_of(got) == ["disabled"]
    filling = begin(own, got)
    assert [entry["linkId"] for entry in response(filling, NOW)["item"]] == ["a"]
    filling = filling.at(at("a")).answered(at("a"), (YES,))
    assert filling.value(at("b")) == (text("kept"),)


def test_conditions_hold_at_once_in_saved_repeating_groups() -> None:
    own = form(group("g", item("a", "boolean"), item("b", enable=when("a", "=", YES)), repeats=True))
    instances = [{"linkId": "g", "item": [answer("a", {"valueBoolean": value})]} for value in (False, True)]
    filling = begin(own, read(own, *instances))
    assert (filling.enabled(at("g", "b")), filling.enabled(at(("g", 1), "b"))) == (False, True)
    assert filling.step == Asking(at(("g", 1), "b"))


def test_a_complete_response_is_not_asked_again_and_gets_no_initial_values() -> None:
    own = form(item("a", initial=(text("initial"),)), item("b"), item("h", initial=(text("h"),), fate="hidden"))
    filling = begin(own, read(own, answer("b", {"valueString": "x"}), status="completed"))
    assert filling.step == Finished()
    assert filling.value(at("a")) == ()
    assert filling.value(at("h")) == (text("h"),)


def test_an_initial_value_that_nobody_confirmed_is_asked_again() -> None:
    own = form(item("a", "boolean", initial=(NO,)), item("b"))
    first = begin(own)
    got = read_response(as_json(response(first, NOW)).encode(), "r.json", own)
    assert got.answers == {at("a"): (NO,)}
    assert begin(own, got).step == Asking(at("a"))


def test_what_else_a_response_says_is_written_again() -> None:
    own = form(item("a"))
    got = read(
        own,
        id="r1",
        meta={"versionId": "3", "profile": ["http://example.org/p"]},
        subject={"reference": "Patient/1"},
        text={"status": "generated", "div": "old"},
        authored="2020-01-01",
    )
    made = response(begin(own, got), NOW)
    assert made["id"] == "r1"
    assert made["subject"] == {"reference": "Patient/1"}
    assert made["meta"] == {"profile": ["http://example.org/p"]}
    assert "text" not in made
    assert made["authored"].startswith("2026-11-30")


@pytest.mark.parametrize(
    ("canonical", "rules"),
    [
        ("http://example.org/form|2", []),
        ("http://example.org/form", []),
        ("http://example.org/form|1", ["other-version"]),
        ("http://example.org/another", ["other-questionnaire"]),
        (None, ["no-questionnaire"]),
        ("#contained", ["no-questionnaire"]),
    ],
)
def test_the_form_that_a_response_names(canonical: str | None, rules: list[str]) -> None:
    own = form(item("a"), url="http://example.org/form", version="2")
    assert rules_of(read(own, questionnaire=canonical)) == rules


def test_bounds_are_named_and_the_answer_is_kept() -> None:
    got = read(form(item("q", "integer", highest=integer(3))), answer("q", {"valueInteger": 4}))
    assert got.answers == {at("q"): (integer(4),)}
    assert rules_of(got) == ["out-of-bounds"]


def test_decimals_come_back_as_written() -> None:
    own = form(item("q", "decimal"))
    items = '[{"linkId": "q", "answer": [{"valueDecimal": 1.500}]}]'
    source = f'{{"resourceType": "QuestionnaireResponse", "status": "completed", "item": {items}}}'
    got = read_response(source.encode(), "r.json", own)
    (value,) = got.answers[at("q")]
    assert isinstance(value.data, Decimal)
    assert str(value.data) == "1.500"
    assert '"valueDecimal": 1.500' in as_json(response(begin(own, got), NOW))


def test_a_coding_without_a_code_is_told_by_its_label() -> None:
    options = tuple(Option(Value("coding", Coding(None, None, label)), label) for label in ("One", "Two"))
    got = read(form(item("q", "choice", options=options)), answer("q", coded(None, None, "Two")))
    assert got.answers == {at("q"): (options[1].value,)}
