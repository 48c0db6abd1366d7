"""Evaluate conditions to true (True), false (False) or unknown (None).

The truth table, with N for not known (Kleene's strong logic: Introduction to Metamathematics, 1952, section 64):

    all          yes if every part is yes; no if any part is no; else N
    any          yes if any part is yes; no if every part is no; else N
    not          yes -> no, no -> yes, N -> N
    at_least n   yes if n parts are yes; no if fewer than n could still be yes; else N
    score n      yes if the weights known reach n; no if even the heaviest open answers would not; else N
    question     hidden by its show_if: no, whatever was answered before
                 show_if not known: N, whatever was answered before
                 shown, but not answered, "not sure" or "I'd rather not say": N
                 shown and answered: yes or no, as the answer says
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score
from iop_tui.screening.model.condition import atoms as atoms
from iop_tui.screening.model.condition import named as named
from iop_tui.screening.model.definition import Option, Question, Screening
from iop_tui.screening.question_types import type_of

Truth = bool | None
_OPEN = object()


class Facts:
    """The answers as filtered by the questions' `show_if`. Made for one evaluation; lazy."""

    __slots__ = ("_answers", "_screening", "_shown")

    def __init__(self, screening: Screening, answers: Mapping[str, Answer]) -> None:
        self._screening = screening
        self._answers = answers
        self._shown: dict[str, Truth] = {}

    def given(self, answers: Mapping[str, Answer]) -> Facts:
        """The facts for other answers to the same screening."""
        return Facts(self._screening, answers)

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises KeyError."""
        return self._screening.question(question_id)

    def shown(self, question_id: str) -> Truth:
        """Whether the question is shown."""
        known = self._shown.get(question_id, _OPEN)
        if known is not _OPEN:
            return known  # type: ignore[return-value]  # _OPEN is the only value that is no Truth
        gate = self._screening.question(question_id).show_if
        shown = True if gate is None else truth(gate, self)
        self._shown[question_id] = shown
        return shown

    def known(self, question_id: str) -> Known | None:
        """The effective answer: None if the question is hidden, open, or answered with an unknown."""
        if self.shown(question_id) is not True:
            return None
        answer = self._answers.get(question_id)
        return None if isinstance(answer, Unknown) else answer

    def asked(self) -> Iterator[Question]:
        """The questions that are shown with these answers, in order."""
        return (question for question in self._screening.questions if self.shown(question.id))

    def live(self) -> dict[str, Answer]:
        """The answers to shown questions: the only ones that a result may use, show or export."""
        return {q.id: self._answers[q.id] for q in self.asked() if q.id in self._answers}


def truth(condition: Condition, facts: Facts) -> Truth:
    """The truth of a condition for these facts. Raises KeyError for an unknown question."""
    return _TRUTH[type(condition)](condition, facts)


def _is(condition: Is, facts: Facts) -> Truth:
    # Nearly every evaluation ends here, some thousand times for one result: a fast path.
    name, options = condition.question, condition.options
    shown = facts._shown.get(name, _OPEN)
    if shown is _OPEN:
        shown = facts.shown(name)
    if shown is not True:
        return shown  # type: ignore[return-value]  # _OPEN, the only value that is no Truth, was replaced above
    answer = facts._answers.get(name)
    if isinstance(answer, str):
        return answer in options
    if isinstance(answer, tuple):
        for option in answer:  # noqa: SIM110  # a generator costs more than what it would do here
            if option in options:
                return True
        return False
    return None


def _in_range(condition: InRange, facts: Facts) -> Truth:
    shown = facts.shown(condition.question)
    if shown is not True:
        return shown
    answer = facts.known(condition.question)
    if answer is None:
        return None
    question = facts.question(condition.question)
    return condition.holds_for(type_of(question).measure(question, answer))


# `_all` and `_any` call the evaluator of each part directly: that saves a call for each of many thousand parts.
def _all(condition: All, facts: Facts) -> Truth:
    result: Truth = True
    for part in condition.of:
        holds = _TRUTH[type(part)](part, facts)
        if holds is False:
            return False
        if holds is None:
            result = None
    return result


def _any(condition: AnyOf, facts: Facts) -> Truth:
    result: Truth = False
    for part in condition.of:
        holds = _TRUTH[type(part)](part, facts)
        if holds is True:
            return True
        if holds is None:
            result = None
    return result


def _not(condition: Not, facts: Facts) -> Truth:
    holds = truth(condition.of, facts)
    return None if holds is None else not holds


def _at_least(condition: AtLeast, facts: Facts) -> Truth:
    parts = [truth(part, facts) for part in condition.of]
    sure = parts.count(True)
    if sure >= condition.count:
        return True
    return None if sure + parts.count(None) >= condition.count else False


def _score(condition: Score, facts: Facts) -> Truth:
    least = most = 0
    for question_id in condition.questions:
        shown, answer = facts.shown(question_id), facts.known(question_id)
        question = facts.question(question_id)
        if answer is not None:
            weight = type_of(question).weight(question, answer)
            least, most = least + weight, most + weight
        elif shown is not False:
            low, high = type_of(question).weights(question)
            least += low if shown else 0
            most += high
    if least >= condition.at_least:
        return True
    return None if most >= condition.at_least else False


_TRUTH: dict[type, Callable[..., Truth]] = {
    Is: _is,
    InRange: _in_range,
    All: _all,
    AnyOf: _any,
    Not: _not,
    AtLeast: _at_least,
    Score: _score,
}


def depends_on(screening: Screening, condition: Condition) -> frozenset[int]:
    """The indexes of the questions that a condition depends on: those it names, and those of their `show_if`."""
    found: set[int] = set()
    todo = list(named(condition))
    while todo:
        position = screening.position[todo.pop()]
        if position not in found:
            found.add(position)
            gate = screening.questions[position].show_if
            if gate is not None:
                todo.extend(named(gate))
    return frozenset(found)


def evidence(condition: Condition, facts: Facts) -> dict[str, Known]:
    """The answers that make a condition true, by question id; of several options, only those that it names.

    Empty for a condition that is not true.
    """
    return _behind(condition, facts) if truth(condition, facts) is True else {}


def _behind(condition: Condition, facts: Facts) -> dict[str, Known]:
    """The same for a condition known to be true."""
    if isinstance(condition, Not):
        known = {question_id: facts.known(question_id) for question_id in named(condition)}
        return {question_id: answer for question_id, answer in known.items() if answer is not None}
    if isinstance(condition, Score):
        known = {question_id: facts.known(question_id) for question_id in condition.questions}
        return {q: answer for q, answer in known.items() if answer is not None and _weighs(facts.question(q), answer)}
    if isinstance(condition, (Is, InRange)):
        answer = facts.known(condition.question)
        if isinstance(condition, Is) and isinstance(answer, tuple):
            answer = tuple(option for option in answer if option in condition.options)
        return {} if answer is None else {condition.question: answer}
    found: dict[str, Known] = {}
    every = isinstance(condition, All)
    for part in condition.of:
        for question_id, answer in (_behind if every else evidence)(part, facts).items():
            before = found.get(question_id)
            if isinstance(before, tuple) and isinstance(answer, tuple):
                found[question_id] = tuple(
                    o.id for o in facts.question(question_id).options if o.id in (*before, *answer)
                )
            else:
                found[question_id] = answer
    return found


def _weighs(question: Question, answer: Known) -> bool:
    return type_of(question).weight(question, answer) != 0


def undecided(condition: Condition, facts: Facts) -> frozenset[str]:
    """The questions that still decide an unknown condition. Decided parts are left out; for a part that may be hidden,
    the questions of its `show_if` are included.
    """
    if truth(condition, facts) is not None:
        return frozenset()
    if isinstance(condition, (Is, InRange, Score)):
        names = condition.questions if isinstance(condition, Score) else (condition.question,)
        gates = (facts.question(name).show_if for name in names if facts.shown(name) is None)
        behind = (undecided(gate, facts) for gate in gates if gate is not None)
        return frozenset(name for name in names if facts.known(name) is None).union(*behind)
    parts = (condition.of,) if isinstance(condition, Not) else condition.of
    return frozenset().union(*(undecided(part, facts) for part in parts))


def options_of(question: Question, answer: Known) -> tuple[Option, ...]:
    """The options that an answer chose; empty for a number."""
    chosen = (answer,) if isinstance(answer, str) else answer if isinstance(answer, tuple) else ()
    return tuple(option for option in question.options if option.id in chosen)
