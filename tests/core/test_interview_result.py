"""The result as a step of the interview: offered before the practical questions, and again after them."""

from __future__ import annotations

import statistics

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, NotAnswered, Reviewing, ShowingResult, begin
from iop_tui.screening.engine.restore import migrated, restored
from iop_tui.screening.model.answers import Unknown
from iop_tui.screening.model.definition import Screening
from tests.bounded import rounds
from tests.core.after_result import CALM, at_result, with_life
from tests.core.small import known_answers
from tests.core.walking import asked, check_kept_state
from tests.shipped import CASES, SHIPPED

LIFE = with_life()
MOST_BEFORE = 22
"""So many questions a median example person answers before a result is offered, at most."""


def reviewed() -> Interview:
    """At the review, with calm answers up to the result."""
    return up_to_result(LIFE)


def test_after_the_last_question_before_the_result_answers_are_checked_and_the_result_is_shown() -> None:
    interview = reviewed()
    assert isinstance(interview.step, Reviewing)
    step = at_result(interview).step
    assert isinstance(step, ShowingResult)
    # The second one hangs on the first.
    assert (step.more.least, step.more.most) == (1, 2)


def test_who_goes_on_is_asked_the_rest_and_comes_back_to_the_result_without_another_review() -> None:
    interview = at_result(reviewed()).continued()
    assert asked(interview.step) == "work_hours"
    assert (interview.left.least, interview.left.most) == (1, 2)
    interview = interview.answer("days")
    assert asked(interview.step) == "boss_knows"
    assert (interview.left.least, interview.left.most) == (1, 1)
    step = interview.answer("knows").step
    assert isinstance(step, ShowingResult)
    assert step.more.most == 0
    assert interview.answer("knows").continued() == interview.answer("knows")


def test_who_has_enough_stops_at_any_question_and_can_go_on_where_it_was() -> None:
    asking = at_result(reviewed()).continued().answer("days")
    stopped = asking.stopped()
    assert isinstance(stopped.step, ShowingResult)
    assert asked(stopped.continued().step) == "boss_knows"
    assert reviewed().stopped() == reviewed()


def test_back_leads_to_the_result_then_to_the_review_then_to_the_last_question_before_it() -> None:
    asking = at_result(reviewed()).continued()
    second = asking.answer("days")
    assert asked(second.back().step) == "work_hours"
    assert (second.back().left.least, second.back().left.most) == (2, 2)
    assert not asking.at_start
    result = asking.back()
    assert isinstance(result.step, ShowingResult)
    assert isinstance(result.back().step, Reviewing)
    assert asked(result.back().back().step) == "night_support"


def test_a_changed_answer_before_the_result_is_checked_again_and_one_after_it_is_not() -> None:
    done = at_result(reviewed()).continued().answer("never")
    assert isinstance(done.step, ShowingResult)
    assert isinstance(done.change("low_mood").answer("mostly").step, Reviewing)
    after = done.change("work_hours").answer("nights")
    assert isinstance(after.step, ShowingResult)
    # What it opened is offered, and not asked of somebody who did not go on.
    assert after.step.more.least == 1


def test_whoever_changes_an_answer_while_they_go_on_goes_on() -> None:
    asking = at_result(reviewed()).continued()
    changed = asking.change("help_with").answer(("alcohol",))
    assert asked(changed.step) == "drinks"
    assert asked(changed.answer(2).step) == "work_hours"


def test_a_danger_that_a_change_raises_stops_the_rest_too() -> None:
    asking = at_result(reviewed()).continued()
    stopped = asking.change("thoughts").answer("plan")
    assert isinstance(stopped.step, Alarmed)
    assert stopped.stopped() == stopped
    assert asked(stopped.back().step) == "thoughts"
    assert asked(stopped.back().answer("never").step) == "work_hours"


def test_progress_is_counted_up_to_the_result_and_then_anew() -> None:
    assert reviewed().progress.done == 1.0
    asking = at_result(reviewed()).continued()
    assert asking.progress.done == 0.0
    assert asking.progress.title == "Your life"
    assert asking.section.id == "life"


def test_a_call_taken_up_again_asks_what_is_open_after_the_result() -> None:
    interview = reviewed()
    again = restored(LIFE, interview.answers)
    assert asked(again.step) == "work_hours"
    assert isinstance(again.answer("never").step, Reviewing)


def test_changed_files_move_nobody_past_a_result_that_was_not_seen() -> None:
    everywhere = replace(LIFE, manifest=replace(LIFE.manifest, result_after=None))
    asking = up_to_result(everywhere)
    assert asked(asking.step) == "work_hours"
    moved = migrated(asking, LIFE)
    assert isinstance(moved.step, Reviewing)
    assert isinstance(at_result(moved).step, ShowingResult)
    # The other way round: what comes before the result now is asked, and all is checked again.
    again = migrated(at_result(reviewed()), everywhere)
    assert asked(again.step) == "work_hours"
    assert isinstance(again.answer("never").step, Reviewing)
    # Whoever has gone on stays where they were.
    going_on = at_result(reviewed()).continued()
    assert migrated(going_on, LIFE) == going_on
    assert migrated(at_result(reviewed()), LIFE) == at_result(reviewed())


def up_to_result(screening: Screening) -> Interview:
    interview = begin(screening)
    for name, answer in CALM.items():
        assert asked(interview.step) == name
        interview = interview.answer(answer)
    return interview


@given(data=st.data())
def test_whatever_is_answered_after_the_result_leaves_level_and_alarms_as_they_were(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    interview = to_result(begin(SHIPPED), dict(case.answers))
    if not isinstance(interview.step, ShowingResult):
        return
    before = assess(SHIPPED, interview.answers)
    interview = interview.continued()
    for _ in rounds("the result"):
        if not isinstance(step := interview.step, Asking):
            break
        unknown = st.sampled_from(list(Unknown))
        interview = interview.answer(data.draw(st.one_of(known_answers(step.question), unknown)))
        check_kept_state(interview)
    assert isinstance(interview.step, ShowingResult)
    after = assess(SHIPPED, interview.answers)
    assert (after.level, after.could_be, after.cannot_tell) == (before.level, before.could_be, before.cannot_tell)
    assert [raised.alarm for raised in after.alarms] == [raised.alarm for raised in before.alarms]
    assert [reason.need for reason in after.reasons] == [reason.need for reason in before.reasons]


def test_a_median_person_answers_few_questions_before_a_result_is_offered() -> None:
    counts = []
    for case in CASES:
        interview = to_result(begin(SHIPPED), dict(case.answers))
        if isinstance(interview.step, ShowingResult):
            counts.append(len(interview.answers))
    assert len(counts) > len(CASES) / 2
    assert statistics.median(counts) <= MOST_BEFORE


def to_result(interview: Interview, answers: dict[str, object]) -> Interview:
    """To the result, or to an alarm that lets nobody pass."""
    for _ in rounds("the result"):
        step = interview.step
        if isinstance(step, ShowingResult) or (isinstance(step, Alarmed) and step.alarm.urgency == "now"):
            break
        if isinstance(step, Reviewing):
            interview = interview.confirmed()
        elif isinstance(step, (Alarmed, NotAnswered)):
            interview = interview.acknowledged()
        else:
            interview = interview.answer(answers.get(step.question.id, Unknown.SKIPPED))  # type: ignore[arg-type]
    return interview
