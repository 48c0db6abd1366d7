"""A counselor's order and the kiosk's end in the same: what is asked, which answers count, the result."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.call.operations import (
    CallState,
    active_alarms,
    answered,
    begin_call,
    moved_to_next,
    open_questions,
    possible_alarms,
    taken_back,
)
from iop_tui.screening.assessment.assess import as_document, assess
from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.engine.evaluate import Facts, depends_on, truth
from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, NotAnswered, begin
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.condition import All, Is
from iop_tui.screening.model.definition import Option, Question, Screening
from iop_tui.screening.model.field_types import SourceLocation
from tests.bounded import rounds
from tests.core.anyscreening import screenings
from tests.core.small import answer_sheets, small
from tests.shipped import CASES, SHIPPED, each_person

SMALL = small()
HERE = SourceLocation("", 1)
BEGAN = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


def kiosk(screening: Screening, person: Mapping[str, Answer]) -> Interview:
    """Whoever answers each question that is asked, in order. An alarm's page is gone past as a counselor does."""
    interview = begin(screening)
    for index, question in enumerate(screening.questions):
        if index == screening.result_at:
            interview = interview.confirmed().continued()
        if index >= screening.result_at and isinstance(interview.step, Alarmed):
            # No result is shown there; a counselor asks on.
            if Facts(screening, interview.answers).shown(question.id):
                interview = interview.answer_to(question.id, person.get(question.id, Unknown.SKIPPED))
        elif interview.at < len(screening.questions) and screening.questions[interview.at].id == question.id:
            for _ in rounds("a question past what was left unsaid"):
                if not isinstance(interview.step, NotAnswered):
                    break
                interview = interview.acknowledged()
            answer = person.get(question.id, Unknown.SKIPPED)
            if isinstance(interview.step, Alarmed):
                interview = interview.answer_to(question.id, answer)
            else:
                assert isinstance(interview.step, Asking)
                interview = interview.answer(answer)
    return interview


def counselor(screening: Screening, person: Mapping[str, Answer], order: random.Random) -> CallState:
    """The same person, as a counselor hears it: in any order, with mistakes that are put right, and with answers taken
    back that are given again.
    """
    work, now = begin_call(screening, by="nurse", now=BEGAN), BEGAN
    for _ in rounds("every answer put down", 10_000):
        now += timedelta(seconds=1)
        facts = Facts(screening, work.interview.answers)
        wrong = [
            question
            for question in screening.questions
            if facts.shown(question.id) is not False
            and work.interview.answers.get(question.id) != person.get(question.id, Unknown.SKIPPED)
        ]
        if not wrong:
            break
        question = order.choice(wrong)
        chance = order.random()
        if chance < 0.1:
            work = answered(work, question.id, order.choice(list(Unknown)), now)
        elif chance < 0.2 and work.call.answers:
            work = taken_back(work, order.choice(sorted(work.call.answers)), now)
        else:
            work = answered(work, question.id, person.get(question.id, Unknown.SKIPPED), now)
    return work


def check_same(screening: Screening, person: Mapping[str, Answer], seed: int) -> None:
    ours, theirs = counselor(screening, person, random.Random(seed)), kiosk(screening, person)  # noqa: S311  # no secret
    mine, other = Facts(screening, ours.interview.answers), Facts(screening, theirs.answers)
    assert [q.id for q in mine.asked()] == [q.id for q in other.asked()]
    assert mine.live() == other.live()
    # What is unknown takes the longest to find, from the live answers: compared where it is quick.
    in_full = screening is not SHIPPED
    sheets = (ours.interview.answers, theirs.answers)
    ours_says, theirs_says = (as_document(assess(screening, sheet, in_full=in_full)) for sheet in sheets)
    assert ours_says == theirs_says
    assert active_alarms(ours) == theirs.alarms
    assert not open_questions(ours)
    assert {one.alarm for one in ours.call.alarm_events if one.cleared_at is None} == {
        alarm.id for alarm in theirs.alarms
    }


@given(data=st.data())
def test_any_person_in_any_order(data: st.DataObject) -> None:
    screening = data.draw(st.one_of(st.just(SMALL), st.just(SHIPPED), screenings()))
    check_same(screening, data.draw(answer_sheets(screening)), data.draw(st.integers(0, 1_000_000)))


def check_in_some_order(case: Case) -> None:
    check_same(SHIPPED, case.answers, case.where.line)


def test_example_people_in_some_order() -> None:
    each_person(check_in_some_order, CASES[::12])


@pytest.mark.thorough
def test_all_example_people_in_some_order() -> None:
    assert len(CASES) > 500
    each_person(check_in_some_order)


@given(data=st.data())
def test_danger_does_not_wait_for_its_gate(data: st.DataObject) -> None:
    """Whatever alarm the answers will raise once the questions before them are answered is possible until then."""
    screening = data.draw(st.one_of(st.just(SHIPPED), screenings()))
    sheet = data.draw(answer_sheets(screening))
    facts = Facts(screening, sheet)
    live = {name: answer for name, answer in facts.live().items() if not isinstance(answer, Unknown)}
    behind = [name for name in live if screening.question(name).show_if is not None]
    work = begin_call(screening, by="nurse", now=BEGAN)
    for name in behind:
        if Facts(screening, work.interview.answers).shown(name) is not False:
            work = answered(work, name, live[name], BEGAN)
    facts = Facts(screening, live)
    for alarm in screening.alarms:
        if truth(alarm.when, facts) is True and behind_it(alarm.id, work, live):
            assert alarm.id in {one.id for one in (*active_alarms(work), *possible_alarms(work))}


def behind_it(alarm_id: str, work: CallState, live: Mapping[str, Answer]) -> bool:
    """Whether the answers put down, and those of the questions before them, raise the alarm without any others."""
    screening = work.screening
    alarm = next(one for one in screening.alarms if one.id == alarm_id)
    given = dict(work.interview.answers)
    todo = list(given)
    while todo:
        gate = screening.question(todo.pop()).show_if
        if gate is not None:
            for index in depends_on(screening, gate):
                name = screening.questions[index].id
                if name in live and name not in given:
                    given[name] = live[name]
    before = {name: answer for name, answer in given.items() if name not in work.interview.answers}
    return (
        truth(alarm.when, Facts(screening, given)) is True and truth(alarm.when, Facts(screening, before)) is not True
    )


def test_an_answer_about_danger_put_down_first_says_what_it_may_mean() -> None:
    work = answered(begin_call(SHIPPED, by="nurse", now=BEGAN), "self_harm", ("hurt_self",), BEGAN)
    assert active_alarms(work) == ()
    assert [alarm.id for alarm in possible_alarms(work)] == ["self_harm_today"]
    sure = answered(work, "suicide_attempts", "year", BEGAN)
    assert [alarm.id for alarm in active_alarms(sure)] == ["self_harm_today"]
    assert possible_alarms(sure) == ()
    harmless = answered(begin_call(SHIPPED, by="nurse", now=BEGAN), "self_harm", ("none",), BEGAN)
    assert possible_alarms(harmless) == ()


def test_the_next_open_question_is_found_round_the_end() -> None:
    work = begin_call(SMALL, by="nurse", now=BEGAN)
    seen = [work.call.at]
    for _ in range(6):
        work = moved_to_next(work, BEGAN)
        seen.append(work.call.at)
    assert seen == ["who_for", "help_with", "thoughts", "low_mood", "low_interest", "night_support", "who_for"]


def test_an_alarm_that_an_open_question_must_raise_too_is_not_called_possible() -> None:
    ahead, other = Is("drinks_kind", ("spirits",), HERE), Is("night_support", ("nobody",), HERE)
    options = tuple(Option(name, name, HERE) for name in ("beer", "spirits"))
    gate = Is("help_with", ("alcohol",), HERE)
    kind = Question("drinks_kind", "What?", "w", HERE, options=options, show_if=gate)
    about, safety = SMALL.sections
    alarm = replace(safety.alarms[0], when=All((ahead, other)))
    sections = (replace(about, questions=(*about.questions, kind)), replace(safety, alarms=(alarm,)))
    work = begin_call(replace(SMALL, sections=sections), by="nurse", now=BEGAN)
    work = answered(work, "drinks_kind", "spirits", BEGAN)
    assert possible_alarms(work) == ()
    assert possible_alarms(answered(work, "night_support", "nobody", BEGAN)) == (alarm,)
