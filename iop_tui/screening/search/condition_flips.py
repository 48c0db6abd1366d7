"""Moves that flip a condition: answers one of which must be given to make it false, or true.

The moves are complete: any set of changed answers that flips the condition contains one of them. An answer with several
options moves one option at a time.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from iop_tui.screening.engine.evaluate import Facts, atoms, truth
from iop_tui.screening.model.answers import Known
from iop_tui.screening.model.condition import All, AtLeast, Condition, InRange, Is, Not, Score
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.question_types import type_of

Move = tuple[str, Known]
"""A question, and an answer to it. An answer with several options may be invalid as a step towards a valid one: none,
or options that exclude each other.
"""


class ConditionFlips:
    """Finds moves on one sheet of answers.

    `of` holds the sheet's own answers, without those that a completion filled in. On a `total` sheet every question has
    an answer, so that no condition is unknown.
    """

    def __init__(self, screening: Screening, facts: Facts, of: Mapping[str, Known], *, total: bool) -> None:
        self._screening = screening
        self._facts = facts
        self._of = of
        self._total = total

    def moves(self, condition: Condition, held: bool) -> dict[Move, None]:
        """The moves that could make a true condition (`held`) no longer certainly true, or a false one no longer
        certainly false. Raises ValueError for a condition in the other state.
        """
        if truth(condition, self._facts) is not held:
            raise ValueError("the condition is not what it is said to be")
        return dict.fromkeys(self._moves(condition, held))

    def any_moves(self, question: Question) -> Iterator[Move]:
        """Every move of a question."""
        if type_of(question).multiple:
            for option in question.options:
                yield self._flip(question, option.id)
        else:
            yield from ((question.id, value) for value in values(self._screening, question))

    def repairs(self, question: Question, answer: tuple[str, ...]) -> tuple[Move, ...]:
        """The moves towards a valid answer, from options that exclude each other, or from none."""
        if not answer:
            return tuple(self._flip(question, option.id) for option in question.options)
        alone = next((o.id for o in question.options if o.alone and o.id in answer), None)
        if alone is None or len(answer) == 1:
            return ()
        other = next(name for name in answer if name != alone)
        return (self._flip(question, alone), self._flip(question, other))

    # ---- inside ----

    def _moves(self, condition: Condition, held: bool) -> Iterable[Move]:
        if isinstance(condition, Not):
            return self._moves(condition.of, not held)
        if isinstance(condition, Is):
            return self._is(condition, held)
        if isinstance(condition, InRange):
            return self._in_range(condition, held)
        if isinstance(condition, Score):
            return self._score(condition, held)
        parts = [part for part in condition.of if truth(part, self._facts) is held]
        if isinstance(condition, AtLeast):
            # While so many parts keep their value, the whole does.
            wanted = condition.count if held else len(condition.of) - condition.count + 1
        else:
            wanted = len(condition.of) if isinstance(condition, All) is held else 1
        each = sorted((list(self._moves(part, held)) for part in parts), key=len)
        return chain.from_iterable(each[:wanted])

    def _is(self, condition: Is, held: bool) -> Iterator[Move]:
        question = self._facts.question(condition.question)
        if self._facts.shown(question.id) is False:
            yield from self._gate(question, held=False)
            return
        yield from self._hiding(question, held)
        if not type_of(question).multiple:
            yield from (
                (question.id, option.id) for option in question.options if (option.id in condition.options) is not held
            )
            return
        chosen = self._facts.known(question.id)
        there = chosen if isinstance(chosen, tuple) else ()
        if held:
            yield self._flip(question, next(name for name in there if name in condition.options))
        else:
            yield from (self._flip(question, name) for name in condition.options if name not in there)

    def _in_range(self, condition: InRange, held: bool) -> Iterator[Move]:
        question = self._facts.question(condition.question)
        if self._facts.shown(question.id) is False:
            yield from self._gate(question, held=False)
            return
        yield from self._hiding(question, held)
        for value in values(self._screening, question):
            if condition.holds_for(type_of(question).measure(question, value)) is (not held):
                yield question.id, value

    def _score(self, condition: Score, held: bool) -> Iterator[Move]:
        for name in condition.questions:
            question, answer = self._facts.question(name), self._facts.known(name)
            shown = self._facts.shown(name)
            if shown is False:
                if not held:
                    yield from self._gate(question, held=False)
                continue
            if shown is True:
                yield from self._hiding(question, held)
            if answer is not None:
                yield from self._weighing(question, answer, less=held)

    def _weighing(self, question: Question, answer: Known, *, less: bool) -> Iterator[Move]:
        """Answers with a smaller weight, or a larger one."""
        if isinstance(answer, tuple):
            counting = (option.id for option in question.options if option.weight)
            yield from (self._flip(question, name) for name in counting if (name in answer) is less)
            return
        kind = type_of(question)
        here = kind.weight(question, answer)
        for value in values(self._screening, question):
            there = kind.weight(question, value)
            if there < here if less else there > here:
                yield question.id, value

    def _hiding(self, question: Question, held: bool) -> Iterable[Move]:
        """What may hide a shown question. On a total sheet a hidden question makes no condition true."""
        return () if self._total and not held else self._gate(question, held=True)

    def _gate(self, question: Question, *, held: bool) -> Iterable[Move]:
        gate = question.show_if
        return () if gate is None or truth(gate, self._facts) is not held else self._moves(gate, held)

    def _flip(self, question: Question, option_id: str) -> Move:
        before = self._of.get(question.id)
        chosen = before if isinstance(before, tuple) else ()
        there = self._facts.known(question.id)
        if question.id not in self._of and isinstance(there, tuple) and option_id in there:
            # A completion chose it: without that choice the answer is so far an empty one.
            return question.id, ()
        kept = [o.id for o in question.options if (o.id in chosen) is not (o.id == option_id)]
        return question.id, tuple(kept)


@functools.lru_cache(maxsize=4)
def _single(screening: Screening) -> Mapping[str, tuple[Known, ...]]:
    conditions = [need.when for need in screening.needs] + [alarm.when for alarm in screening.alarms]
    conditions += [question.show_if for question in screening.questions if question.show_if is not None]
    mentions = [atom for condition in conditions for atom in atoms(condition)]
    return {question.id: type_of(question).domain(question, mentions).single for question in screening.questions}


def values(screening: Screening, question: Question) -> tuple[Known, ...]:
    """The answers worth trying for a question with one answer: each option, or the numbers next to a bound."""
    return _single(screening)[question.id]
