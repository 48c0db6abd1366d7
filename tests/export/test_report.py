"""What may go out of a call, and what may not; and that what does not fit is told, not dropped."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from msgspec.structs import replace

from iop_tui.call.operations import (
    active_alarms,
    answered,
    begin_call,
    open_questions,
    possible_alarms,
    question_states,
)
from iop_tui.call.record import Call, OrphanedAnswer, RecordedAnswer, Ref
from iop_tui.export.data import as_json
from iop_tui.export.fhir.bundle import as_fhir
from iop_tui.export.note_markdown import as_note_markdown
from iop_tui.export.note_text import as_note_text
from iop_tui.export.report import Report, report_of
from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.engine.evaluate import Facts
from iop_tui.screening.engine.third_person import proxy_wording
from iop_tui.screening.model.answers import Answer
from tests.core.small import answer_sheets
from tests.export.calls import BEGAN, SMALL, a_call, answers_in, calls, reported
from tests.shipped import SHIPPED

FORMS: list[Callable[[Report], str]] = [as_note_text, as_note_markdown, as_json, as_fhir]


def marked_by_truth(call: Call) -> tuple[Call, dict[str, bool | None]]:
    """The call with the words of each answer made unique, and whether each question is asked."""
    facts = Facts(SMALL, answers_in(call))
    shown = {name: facts.shown(name) for name in call.answers}
    given = {name: replace(each, answer_text=f"said{name.replace('_', '')}end") for name, each in call.answers.items()}
    return replace(call, answers=given), shown


@given(calls())
def test_an_answer_that_is_hidden_goes_out_in_no_form_and_every_other_does(call: Call) -> None:
    call, shown = marked_by_truth(call)
    report = reported(call)
    for form in FORMS[:3]:
        text = form(report)
        for name, each in call.answers.items():
            assert (each.answer_text in text) is (shown[name] is not False), (form.__name__, name)
    entries = json.loads(as_fhir(report))["entry"]
    response = next(e["resource"] for e in entries if e["resource"]["resourceType"] == "QuestionnaireResponse")
    answered = {item["linkId"] for group in response.get("item", []) for item in group["item"]}
    assert answered == {name for name, is_shown in shown.items() if is_shown is True}


def test_an_answer_put_down_ahead_of_its_gate_is_told_and_does_not_count() -> None:
    report = reported(a_call(answers={"drinks": 20}))
    assert [line.question for line in report.ahead] == ["drinks"]
    assert report.lines == ()
    text = " ".join(as_note_text(report).split())
    assert "PUT DOWN AHEAD, NOT COUNTED" in text
    assert "20 drinks (14:03)" in text
    assert json.loads(as_json(report))["ahead"][0]["answer"] == 20


def other(call: Call, **ref: str) -> Call:
    return replace(call, screening=Ref(**{"id": "small", "version": "1", "sha256": "a" * 64, **ref}))


def test_a_screening_that_was_changed_is_said_with_both_versions() -> None:
    call = other(a_call(answers={"who_for": "self"}), version="0.9", sha256="b" * 64)
    text = " ".join(as_note_text(reported(call)).split())
    assert "The call was made with small 0.9. The rules are now those of small 1." in text
    assert "the program's result, its reasons and alarms are under the present rules." in text
    assert "b" * 64 in text
    assert SMALL.sha256 in text


def test_a_change_under_the_same_version_is_said_too() -> None:
    text = " ".join(as_note_text(reported(other(a_call()))).split())
    assert "changed since the call, under the same version small 1." in text


def test_nothing_is_said_of_a_change_where_there_was_none() -> None:
    assert "under the present rules" not in " ".join(as_note_text(reported(a_call())).split())


def test_answers_are_told_in_the_words_of_the_call() -> None:
    call = a_call(answers={"who_for": "self"})
    old = {"who_for": replace(call.answers["who_for"], ask="For whom is it?", answer_text="For myself")}
    text = as_note_text(reported(other(replace(call, answers=old))))
    assert "For whom is it? For myself" in text
    assert "- The question has other words now: Who is this for?" in text


def test_a_question_that_is_told_of_another_person_now_has_no_other_words() -> None:
    theirs = proxy_wording(SMALL)
    call = a_call(answers={"who_for": "someone_else", "thoughts": "never"})
    given = {**call.answers, "thoughts": replace(call.answers["thoughts"], ask=theirs.question("thoughts").ask)}
    assert "other words" not in as_note_text(reported(call))
    assert "other words" not in as_note_text(reported(replace(call, answers=given)))
    changed = {**given, "thoughts": replace(given["thoughts"], ask="An old question?")}
    (line,) = (line for line in reported(replace(call, answers=changed)).lines if line.ask_now)
    assert line.ask_now == theirs.question("thoughts").ask == "Do they think about ending their life?"


@pytest.mark.parametrize(
    ("question", "answer", "why"),
    [
        ("gone", "yes", "The screening does not have this question any more."),
        ("drinks", 99, "The question asks for a number from 0 to 60 now."),
        ("who_for", "neighbour", "The question asks for one of its options now."),
        ("help_with", ("none", "mood"), "The question cannot have 'none' together with other options now."),
    ],
)
def test_an_answer_that_does_not_fit_any_more_is_told_with_its_words_and_why(
    question: str, answer: str | int, why: str
) -> None:
    call = replace(a_call(), answers={question: RecordedAnswer(answer, BEGAN, "As it was asked?", "As it was said")})
    report = reported(other(call))
    text = " ".join(as_note_text(report).split())
    assert f"As it was asked? As it was said (14:03) - {why}" in text
    assert report.lines == ()
    document = json.loads(as_json(report))
    assert document["answers"] == []
    assert document["unfit"][0]["why"] == why
    assert "As it was said" not in json.dumps([e["resource"].get("item") for e in json.loads(as_fhir(report))["entry"]])


def test_what_a_resumption_laid_aside_stays_laid_aside() -> None:
    aside = OrphanedAnswer("old", RecordedAnswer("x", BEGAN, "An old question?", "An old answer"), "It is gone.")
    text = " ".join(as_note_text(reported(a_call(orphaned=(aside,)))).split())
    assert "An old question? An old answer (14:03) - It is gone." in text


def test_a_note_on_a_question_that_is_not_asked_is_told() -> None:
    call = a_call(answers={"help_with": ("mood",)}, notes={"drinks": "She laughed."})
    text = " ".join(as_note_text(reported(call)).split())
    assert "NOTES ON QUESTIONS THAT ARE NOT ASKED - About how many drinks" in text
    assert "She laughed." in text


def test_a_possible_alarm_is_told_as_possible() -> None:
    report = reported(a_call(), possible=SMALL.alarms[:1])
    text = " ".join(as_note_text(report).split())
    assert "Alarms: 1 possible" in text
    assert "It may be active: a question that leads to this one was not answered." in text


def test_no_level_is_told_while_an_alarm_stops_the_questions() -> None:
    report = reported(a_call(answers={"thoughts": "plan"}))
    text = " ".join(as_note_text(report).split())
    assert "NOW: They have a plan to end their life." in text
    assert "Level by the rules: none while an active alarm stops the questions." in text
    assert "It is active under the present rules. Its time was not recorded." in text


def test_the_shipped_screening_is_reported_in_every_form() -> None:
    answers = {q.id: q.options[-1].id for q in SHIPPED.questions if q.kind == "one" and q.show_if is None}
    report = reported(a_call(SHIPPED, answers), SHIPPED)
    assert len(report.lines) == len(answers)
    for form in FORMS:
        assert form(report) == form(report)


@given(answer_sheets(SMALL))
def test_a_report_says_what_the_counselor_saw(answers: dict[str, Answer]) -> None:
    work = begin_call(SMALL, by="Dana", now=BEGAN)
    # The last first, so that some are given ahead, and some of these are hidden by what comes after.
    for name in reversed(answers):
        work = answered(work, name, answers[name], BEGAN)
    perhaps = possible_alarms(work)
    report = report_of(work.call, SMALL, assess(SMALL, answers), possible=perhaps)
    stand = question_states(work)
    assert [line.question for line in report.lines] == [n for n in stand if stand[n] in ("answered", "unknown")]
    assert [line.question for line in report.ahead] == [n for n in answers if stand[n] == "waiting"]
    assert [each.question for each in report.open] == [question.id for question in open_questions(work)]
    assert [each.id for each in report.dangers if each.active] == [alarm.id for alarm in active_alarms(work)]
    assert {each.id for each in report.dangers if each.possible} == {alarm.id for alarm in perhaps}
    assert not report.changed
    assert not report.gone
    for form in FORMS:
        assert form(report)
