"""What a clinician must see at a glance: who answered, the answers about danger, what was done, and what rules say."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from iop_tui.call.operations import answered, begin_call
from iop_tui.call.record import AlarmEvent, Call, ChecklistEntry, Judgment, RecordedAnswer
from iop_tui.export.call_report import report_on
from iop_tui.export.formats import format_of
from iop_tui.export.note_text import as_note_text
from iop_tui.screening.engine.evaluate import named
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.site.settings import Site
from tests.core.small import answer_sheets
from tests.export.calls import BEGAN, SMALL, STEPS, a_call, reported
from tests.shipped import SHIPPED

SITE = Site(where=SourceLocation("site.yaml", 1))


def words(call: Call, **more: Any) -> str:
    return " ".join(as_note_text(reported(call, **more)).split())


BOTH = {alarm.id: STEPS for alarm in SMALL.alarms}
FELL = AlarmEvent(
    "suicide_plan", BEGAN, BEGAN + timedelta(minutes=1), ("thoughts",), "Thoughts? A plan", "Thoughts? Never"
)


def test_the_steps_of_an_alarm_that_fell_are_told() -> None:
    text = words(a_call(answers={"thoughts": "never"}, alarm_events=(FELL,)), steps=BOTH)
    assert f"It is not active now. - Not ticked off, 2 of 2 steps: - {STEPS[0]} - {STEPS[1]}" in text


def test_no_steps_are_told_of_an_alarm_that_never_stood() -> None:
    assert STEPS[0] not in words(a_call(), steps=BOTH, possible=SMALL.alarms[:1])


def test_alarms_of_one_page_have_one_list_of_steps() -> None:
    late = BEGAN + timedelta(minutes=2)
    call = a_call(
        answers={"thoughts": "often"},
        alarm_events=(FELL,),
        ticks=(
            ChecklistEntry("suicide_plan", STEPS[0], BEGAN, "Lee"),
            ChecklistEntry("frequent_thoughts", STEPS[0], late, "Dana"),
        ),
    )
    text = words(call, steps={**BOTH, "frequent_thoughts": (*STEPS, "Ask again.")})
    assert (
        f"- Done 14:03, Lee; 14:05, Dana: {STEPS[0]} - Not ticked off, 2 of 3 steps: - {STEPS[1]} - Ask again." in text
    )
    assert all(text.count(step) == 1 for step in STEPS)
    # What was done for the alarm that fell was done for the one that stands.
    (standing, fallen) = reported(replace(call, ticks=call.ticks[:1]), steps=BOTH).dangers
    assert (standing.active, standing.undone, fallen.undone) == (True, STEPS[1:], STEPS[1:])


def test_an_alarm_of_another_page_has_its_own_list() -> None:
    call = a_call(answers={"thoughts": "often"}, ticks=(ChecklistEntry("frequent_thoughts", STEPS[0], BEGAN, "Lee"),))
    report = reported(call, steps=BOTH)
    (danger,) = report.dangers
    other = replace(danger, id="another", page="elsewhere", ticks=(), undone=STEPS)
    text = as_note_text(replace(report, dangers=(danger, other)))
    assert "Not ticked off, 1 of 2 steps:" in text
    assert "Not ticked off, 2 of 2 steps:" in text


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (a_call(), "thoughts: NOT ASKED"),
        (a_call(answers={"thoughts": "never"}), "thoughts: Never"),
        (a_call(answers={"thoughts": Unknown.SKIPPED}), "thoughts: would rather not say"),
        (a_call(alarm_events=(FELL,)), "thoughts: NO ANSWER NOW: it was taken back"),
        (
            replace(a_call(), answers={"thoughts": RecordedAnswer("sometimes", BEGAN, "Thoughts?", "Sometimes")}),
            "thoughts: NO ANSWER NOW. Before the questions were changed: Sometimes",
        ),
    ],
)
def test_denials_and_gaps_are_seen_beside_the_alarms(call: Call, said: str) -> None:
    assert f"SAFETY ANSWERS {said} " in words(call)


def test_each_question_that_an_alarm_now_turns_on_has_its_line_unless_it_is_ruled_out() -> None:
    asked = [each.question for each in reported(a_call(SHIPPED), SHIPPED).safety]
    now = [alarm for alarm in SHIPPED.alarms if alarm.urgency == "now"]
    assert set(asked) == {name for alarm in now for name in named(alarm.when)}
    assert len(asked) == len(set(asked))
    report = reported(a_call(SHIPPED, {"body": ("none",)}), SHIPPED)
    assert "pregnancy_signs" not in [each.question for each in report.safety]
    ahead = {
        each.question: each.says
        for each in reported(a_call(SHIPPED, {"withdrawal_signs": Unknown.NOT_SURE}), SHIPPED).safety
    }
    assert ahead["withdrawal_signs"] == "not sure (put down ahead, not counted)"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"who_for": "someone_else"}, "the caller, for someone else"),
        ({"who_for": "self"}, "the caller, for themselves"),
        ({}, "the caller; for themselves or for someone else is not known"),
    ],
)
def test_the_note_says_who_answered(answers: dict[str, Answer], said: str) -> None:
    assert f"Who answered: {said} Alarms: none" in words(a_call(answers=answers))


MILD: dict[str, Answer] = {
    "who_for": "self",
    "help_with": ("mood",),
    "thoughts": "never",
    "low_mood": "rarely",
    "low_interest": "rarely",
    "night_support": "somebody",
}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "No rule fired: nothing was answered; with what is unknown it could be up to Inpatient care."),
        (MILD, "No rule fired that asks for a level; at least Outpatient therapy."),
        (MILD | {"low_mood": "mostly", "low_interest": "mostly"}, "at least Intensive outpatient (IOP)."),
        (MILD | {"thoughts": "plan"}, "none while an active alarm stops the questions."),
    ],
)
def test_the_result_is_told_as_what_rules_say(answers: dict[str, Answer], said: str) -> None:
    assert f"Level by the rules: {said} Counselor's judgment:" in words(a_call(answers=answers))


def test_a_judgment_for_none_of_the_levels_says_so() -> None:
    text = words(a_call(judgments=(Judgment(False, BEGAN, "Dana", None, "Call 911."),)))
    assert "Counselor's judgment: None of the levels. Reason: Call 911. (Dana, 14:03)" in text


def test_a_step_that_only_questions_never_asked_call_for_is_named_alone() -> None:
    assert "BEFORE ANY PROGRAM - Perhaps, depending on questions not asked: See a doctor before they stop." in words(
        a_call()
    )
    assert "Stopping all at once" not in words(a_call())
    unsure = a_call(answers={"help_with": ("alcohol",), "drinks": Unknown.NOT_SURE})
    assert "- Perhaps: See a doctor before they stop. Stopping all at once can be unsafe." in words(unsure)


@given(answer_sheets(SMALL))
def test_no_form_has_an_answer_that_was_never_given(sheet: dict[str, Answer]) -> None:
    work = begin_call(SMALL, by="Dana", now=BEGAN)
    # The last first: none is refused because others hide its question.
    for name in reversed(sheet):
        work = answered(work, name, sheet[name], BEGAN)
    report = report_on(work, SITE)
    words = {option.text for question in SMALL.questions for option in question.options}
    never = {
        text
        for text in words
        if len(text) > 4 and not any(text in one.answer_text for one in work.call.answers.values())
    }
    for form in ("text", "markdown", "json"):
        text = " ".join(format_of(form).rendered(report).decode().split())
        assert not {each for each in never - {"Mood or worry", "Alcohol"} if each in text}


def test_the_steps_of_the_clinic_are_told_of_an_alarm_that_fell_and_what_was_taken_back() -> None:
    work = answered(begin_call(SMALL, by="Dana", now=BEGAN), "thoughts", "plan", BEGAN)
    work = answered(work, "thoughts", "never", BEGAN + timedelta(minutes=1))
    report = report_on(work, replace(SITE, protocol=("Fetch the clinician.",)))
    assert report.dangers[0].undone == ("Fetch the clinician.",)
    text = " ".join(as_note_text(report).split())
    assert "Do you think about ending your life? I have a plan. Fell" in text
    assert "the answer became: Do you think about ending your life? Never. It is not active now." in text
    (rise,) = json.loads(format_of("json").rendered(report))["alarms"][0]["raisings"]
    assert (rise["said"], rise["fell_to"]) == (
        "Do you think about ending your life? I have a plan",
        "Do you think about ending your life? Never",
    )
