"""Where the answers stand: which questions are answered, open or hidden, and which alarms stand or may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from iop_tui.screening.engine.evaluate import Facts, hangs_on, undecided
from iop_tui.screening.engine.interview import Interview
from iop_tui.screening.model.answers import Unknown
from iop_tui.screening.model.definition import Alarm, Question
from iop_tui.screening.search.causes import through
from iop_tui.screening.search.completions import Completions

Standing = Literal["answered", "unknown", "open", "hidden", "waiting"]
"""Of a question in the outline. "waiting": whether it is asked is not known yet; it may have an answer, given ahead."""


def standings_in(interview: Interview) -> Mapping[str, Standing]:
    """How each question stands, by id, in order."""
    facts = Facts(interview.screening, interview.answers)
    return {question.id: _standing(question, facts, interview) for question in interview.screening.questions}


def standing_of(interview: Interview, question_id: str) -> Standing:
    """How one question stands. Raises KeyError for a question that there is none of."""
    facts = Facts(interview.screening, interview.answers)
    return _standing(interview.screening.question(question_id), facts, interview)


def _standing(question: Question, facts: Facts, interview: Interview) -> Standing:
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
    """The questions that are asked and have no answer yet, in the words for whoever answers; in order."""
    asked = Facts(interview.wording, interview.answers).asked()
    return tuple(question for question in asked if question.id not in interview.answers)


def safety_open_in(interview: Interview) -> tuple[Question, ...]:
    """The questions without an answer on which an alarm hangs that would stop everything; in order."""
    screening = interview.screening
    urgent = [alarm.when for alarm in screening.alarms if alarm.urgency == "now"]
    places = {place for when in urgent for place in hangs_on(screening, when)}
    return tuple(question for question in open_in(interview) if screening.position[question.id] in places)


def gates_of(interview: Interview, question_id: str) -> tuple[Question, ...]:
    """The questions without a known answer on which it turns whether this one is asked; in order. None where that is
    known. Raises KeyError for a question that there is none of.
    """
    facts = Facts(interview.screening, interview.answers)
    gate = interview.screening.question(question_id).show_if
    names = frozenset() if gate is None else undecided(gate, facts)
    return tuple(question for question in interview.wording.questions if question.id in names)


def possible_alarms_of(interview: Interview) -> tuple[Alarm, ...]:
    """The alarms that do not stand, but would if the open questions before the answers given led to these: an answer
    that was put down ahead says that there may be danger, and danger does not wait for the question before it.

    Exact: only the questions on which it hangs whether those answers count are filled in, in every way.
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
    before = frozenset().union(*(hangs_on(screening, gate) for gate in gates if gate is not None))
    possible = Completions(screening, only=frozenset(screening.questions[index].id for index in before))
    found = []
    for alarm in interview.wording.alarms:
        condition = None if alarm.id in interview.standing else through(alarm.when, ahead)
        if condition is not None and possible.holds(condition, known):
            found.append(alarm)
    return tuple(found)
