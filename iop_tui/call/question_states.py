"""The state of each question (answered, open, hidden, waiting), and the alarms that may become active."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from iop_tui.screening.engine.evaluate import Facts, depends_on, undecided
from iop_tui.screening.engine.interview import Interview
from iop_tui.screening.model.answers import Unknown
from iop_tui.screening.model.definition import Alarm, Question
from iop_tui.screening.search.causes import restricted_to
from iop_tui.screening.search.completions import Completions


class OpenCount(Struct, frozen=True):
    """How many shown questions have no answer: those that the result follows from, and those after it."""

    before_result: int
    after_result: int


QuestionState = Literal["answered", "unknown", "open", "hidden", "waiting"]
"""The state of a question in the outline. "waiting": not known yet whether it is shown; it may have an answer given
ahead.
"""


def states_in(interview: Interview) -> Mapping[str, QuestionState]:
    """The state of each question, by id, in order."""
    facts = Facts(interview.screening, interview.answers)
    return {question.id: _state(question, facts, interview) for question in interview.screening.questions}


def state_of(interview: Interview, question_id: str) -> QuestionState:
    """The state of one question. Raises KeyError for an unknown question."""
    facts = Facts(interview.screening, interview.answers)
    return _state(interview.screening.question(question_id), facts, interview)


def _state(question: Question, facts: Facts, interview: Interview) -> QuestionState:
    shown = facts.shown(question.id)
    if shown is False:
        return "hidden"
    if shown is None:
        return "waiting"
    answer = interview.answers.get(question.id)
    if answer is None:
        return "open"
    return "unknown" if isinstance(answer, Unknown) else "answered"


def open_in(interview: Interview) -> tuple[Question, ...]:
    """The shown questions without an answer, worded for the respondent, in order."""
    asked = Facts(interview.wording, interview.answers).asked()
    return tuple(question for question in asked if question.id not in interview.answers)


def left_in(interview: Interview) -> OpenCount:
    """How many questions are open, before the result and after it."""
    places = [interview.screening.position[question.id] for question in open_in(interview)]
    before = sum(place < interview.screening.result_at for place in places)
    return OpenCount(before, len(places) - before)


def safety_open_in(interview: Interview) -> tuple[Question, ...]:
    """The unanswered questions on which an alarm with urgency `now` depends, in order."""
    screening = interview.screening
    urgent = [alarm.when for alarm in screening.alarms if alarm.urgency == "now"]
    places = {place for when in urgent for place in depends_on(screening, when)}
    return tuple(question for question in open_in(interview) if screening.position[question.id] in places)


def deciding_questions_in(interview: Interview, question_id: str) -> tuple[Question, ...]:
    """The questions without a known answer that decide whether this one is shown, in order; none where that is known.
    Raises KeyError for an unknown question.
    """
    facts = Facts(interview.screening, interview.answers)
    gate = interview.screening.question(question_id).show_if
    names = frozenset() if gate is None else undecided(gate, facts)
    return tuple(question for question in interview.wording.questions if question.id in names)


def possible_alarms_in(interview: Interview) -> tuple[Alarm, ...]:
    """The alarms that are not active, but would be if the answers given ahead counted: such an answer may mean danger,
    whatever the questions before it.

    Exact: exactly the questions that decide whether those answers count are filled in, in every way.
    """
    screening, answers = interview.screening, interview.answers
    facts = Facts(screening, answers)
    known = {
        name: answer
        for name, answer in answers.items()
        if not isinstance(answer, Unknown) and facts.shown(name) is not False
    }
    ahead = frozenset(name for name in known if facts.shown(name) is None)
    if not ahead:
        return ()
    gates = (screening.question(name).show_if for name in ahead)
    before = frozenset().union(*(depends_on(screening, gate) for gate in gates if gate is not None))
    possible = Completions(screening, only=frozenset(screening.questions[index].id for index in before))
    found = []
    for alarm in interview.wording.alarms:
        condition = None if alarm.id in interview.active_alarms else restricted_to(alarm.when, ahead)
        if condition is not None and possible.holds(condition, known):
            found.append(alarm)
    return tuple(found)
