"""Every alarm that stops the questions: its page comes next, says who to call, and can be put right."""

from __future__ import annotations

import pytest

from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.engine.interview import Alarmed, Asking, Interview
from iop_tui.screening.model.definition import Alarm, Question, Screening
from tests.shipped import SHIPPED
from tests.terminal import walk
from tests.terminal.bytes_out import words_in
from tests.terminal.conftest import Start
from tests.terminal.terminal import ENTER_KEY, LEFT, Terminal

pytestmark = pytest.mark.terminal

NOW = [alarm.id for alarm in SHIPPED.alarms if alarm.urgency == "now"]
PLAIN = ("suicide_now", "withdrawal_signs_now")
"""Raised by a question with one answer, and by one with several. The rest go the same way: which alarm follows from
which answers is proved without a terminal.
"""
EACH = [alarm_id if alarm_id in PLAIN else pytest.param(alarm_id, marks=pytest.mark.thorough) for alarm_id in NOW]


def stopped(screening: Screening, cases: tuple[Case, ...], alarm_id: str) -> tuple[Case, list[Interview]]:
    """The first person in cases/alarms.yaml whom this alarm stops, and the way up to it."""
    people = [case for case in cases if case.where.file.endswith("alarms.yaml") and alarm_id in case.expect.alarms]
    for case in people:
        way = list(walk.steps(screening, case.answers))
        if isinstance(way[-1].step, Alarmed) and way[-1].step.alarm.id == alarm_id:
            return case, way
    raise AssertionError(f"nobody in cases/alarms.yaml is stopped by {alarm_id}")


def to_crisis(terminal: Terminal, case: Case, way: list[Interview]) -> tuple[Question, int]:
    """Answer up to the alarm; the question that raised it, and how many bytes were sent before its answer."""
    walk.start(terminal)
    last = next(state.step.question for state in reversed(way) if isinstance(state.step, Asking))
    before = 0
    for state in way[:-1]:
        if isinstance(state.step, Asking):
            walk.shown(terminal, state.step.question)
            before = len(terminal.sent)
            walk.answer(terminal, state.step.question, case.answers[state.step.question.id])
        else:
            walk.read_on(terminal, state)
    return last, before


def assert_crisis(terminal: Terminal, screening: Screening, alarm: Alarm) -> None:
    page = screening.pages[alarm.page]
    first = screening.phone_lines[page.lines[0]]
    terminal.wait(page.title, page.lead or alarm.because, page.do[0], first.reach, "change it")
    compared = [*(row.text for row in screening.care.compare), *(care.name for care in screening.care.levels)]
    assert [words for words in compared if words in terminal.text] == []


def test_those_that_are_always_tried_are_there() -> None:
    assert set(PLAIN) <= set(NOW)


@pytest.mark.parametrize("alarm_id", EACH)
def test_the_crisis_page_comes_next_no_key_passes_it_and_the_answer_can_be_changed(
    start: Start, screening: Screening, cases: tuple[Case, ...], alarm_id: str
) -> None:
    case, way = stopped(screening, cases, alarm_id)
    terminal = start()
    last, before = to_crisis(terminal, case, way)
    alarm = next(alarm for alarm in screening.alarms if alarm.id == alarm_id)
    assert_crisis(terminal, screening, alarm)
    following = screening.questions[way[-1].at].ask[:20]
    assert following not in words_in(terminal.sent[before:]), "another question was shown before the crisis page"

    terminal.press(ENTER_KEY * 3 + "c4 nsh")
    terminal.wait("Who to call", "In danger right now?")
    terminal.press(LEFT)
    assert_crisis(terminal, screening, alarm)

    terminal.press("2")
    walk.shown(terminal, last)
    given = case.answers[last.id]
    marked = given if isinstance(given, tuple) else None
    for option in last.options if marked else ():
        terminal.wait(f"[{'x' if marked and option.id in marked else ' '}] {option.text}")

    # The last of the boxes is "None of these", which takes the other marks away.
    mild = last.options[-1] if marked else last.options[0]
    terminal.press(walk.OPTION_KEYS[len(last.options) - 1] + "c" if marked else "1")
    after = way[-1].back().answer((mild.id,) if marked else mild.id).step
    assert isinstance(after, Asking)
    walk.shown(terminal, after.question)
