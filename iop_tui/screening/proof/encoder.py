"""A screening's rules as formulas over every answer sheet, following the truth table of `evaluate.py`.

A sheet may leave questions open: not asked yet, "not sure" or "I'd rather not say", which are the same to the rules. So
a condition is two formulas: that it is *sure* to be true, and that it *may* be (true or unknown).

One set of variables describes two things. For each question it has the chosen value, and whether the question is
*open*: with that, it is a sheet; without it, a completion of that sheet. Nothing is lost: an answer that does not
count, because its `show_if` is unknown, might as well be open; and no completion shows a question that is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from iop_tui.screening.engine.evaluate import depends_on
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score
from iop_tui.screening.model.definition import Alarm, Need, Promise, Question, Screening
from iop_tui.screening.proof import adapter
from iop_tui.screening.proof.formula import FALSE, TRUE, Formula, Formulas

Rails = tuple[Formula, Formula]
"""Dual-rail encoding of a condition: certainly true, and possibly true."""
Choice = Mapping[str | int, Formula]
"""Value of a question -> it is chosen."""


class Encoder:
    """The variables of a screening, and the constraints on every answer sheet.

    `formulas` and the `values` of questions can be given, to compare two screenings in one solver.
    """

    def __init__(
        self,
        screening: Screening,
        formulas: Formulas | None = None,
        values: Mapping[str, tuple[str | int, ...]] | None = None,
    ) -> None:
        self.screening = screening
        self.formulas = Formulas() if formulas is None else formulas
        gates = [question.show_if for question in screening.questions if question.show_if is not None]
        named: list[Alarm | Need | Promise] = [*screening.alarms, *screening.needs, *screening.promises]
        conditions = [*gates, *(each.when for each in named)]
        self.values = values or {question.id: adapter.values(question, conditions) for question in screening.questions}
        self.chosen: dict[str, Choice] = {q.id: self.fresh(q, "") for q in screening.questions}
        self.open: dict[str, Formula] = {q.id: self.formulas.variable(("open", q.id)) for q in screening.questions}
        self._hangs: dict[int, frozenset[str]] = {}
        self.rules_on: dict[str, list[Alarm | Need]] = {question.id: [] for question in screening.questions}
        """Question -> the alarms, and the needs with a level, that depend on its answer."""
        bearing: list[Alarm | Need] = [*screening.alarms, *(n for n in screening.needs if n.at_least is not None)]
        for rule in bearing:
            for name in self.depends_on(rule.when):
                self.rules_on[name].append(rule)
        self.gated_on: dict[str, list[Question]] = {question.id: [] for question in screening.questions}
        """Question -> the questions whose visibility depends on its answer, if a rule depends on them."""
        for question in screening.questions:
            if question.show_if is not None and self.rules_on[question.id]:
                for name in self.depends_on(question.show_if):
                    self.gated_on[name].append(question)

    def fresh(self, question: Question, copy: str) -> Choice:
        """Variables for the values of a question; `copy` distinguishes several sets of them."""
        named = ("chosen", question.id) if not copy else ("chosen", question.id, copy)
        return {value: self.formulas.variable((*named, str(value))) for value in self.values[question.id]}

    def depends_on(self, condition: Condition) -> frozenset[str]:
        """The questions that a condition depends on, those behind a `show_if` included."""
        found = self._hangs.get(id(condition))
        if found is None:
            questions = self.screening.questions
            found = frozenset(questions[index].id for index in depends_on(self.screening, condition))
            self._hangs[id(condition)] = found
        return found

    def allowed(self, question: Question, chosen: Choice) -> Formula:
        """The chosen values are a valid answer to the question."""
        make, alone = self.formulas, adapter.alone(question)
        several = adapter.is_several(question)
        pairs = [
            make.either(-one, -other)
            for index, (value, one) in enumerate(chosen.items())
            for second, other in list(chosen.items())[:index]
            if not several or value in alone or second in alone
        ]
        return make.all([make.any(chosen.values()), *pairs])

    def sheet(self) -> Formula:
        """The variables describe a valid sheet."""
        return self.formulas.all(self.allowed(q, self.chosen[q.id]) for q in self.screening.questions)

    def exactly(self, question: Question, answer: Answer) -> tuple[Choice, Formula]:
        """The chosen values, and whether the question is open, for this answer."""
        values = self.values[question.id]
        if isinstance(answer, Unknown):
            return self.chosen[question.id], TRUE
        chosen = answer if isinstance(answer, tuple) else (answer,)
        return {value: TRUE if value in chosen else FALSE for value in values}, FALSE


class World:
    """A sheet or its completion, with some questions answered differently.

    `chosen` and `open_`, by question id, replace the encoder's variables. With `complete`, nothing is open.
    """

    def __init__(
        self,
        encoder: Encoder,
        *,
        complete: bool,
        chosen: Mapping[str, Choice] | None = None,
        open_: Mapping[str, Formula] | None = None,
        base: World | None = None,
    ) -> None:
        self.encoder = encoder
        self.complete = complete
        self._chosen = dict(chosen or {})
        self._open = dict(open_ or {})
        self._base = base
        self._other = self._chosen.keys() | self._open.keys()
        self._shown: dict[str, Rails] = {}
        self._read: dict[int, Rails] = {}

    def changed(self, chosen: Mapping[str, Choice], open_: Mapping[str, Formula] | None = None) -> World:
        """The same world with other answers to some questions."""
        return World(self.encoder, complete=self.complete, chosen=chosen, open_=open_, base=self)

    def chosen(self, name: str) -> Choice:
        """The chosen values of a question."""
        found = self._chosen.get(name)
        if found is not None:
            return found
        return self.encoder.chosen[name] if self._base is None else self._base.chosen(name)

    def open_(self, name: str) -> Formula:
        """The question is open."""
        if self.complete:
            return FALSE
        found = self._open.get(name)
        if found is not None:
            return found
        return self.encoder.open[name] if self._base is None else self._base.open_(name)

    def shown(self, name: str) -> Rails:
        """The question is shown."""
        found = self._shown.get(name)
        if found is None:
            gate = self.encoder.screening.question(name).show_if
            if gate is not None:
                # In the order of the questions: recursing through a chain of gates would go deep into Python's stack.
                for earlier in sorted(self.encoder.depends_on(gate), key=self.encoder.screening.position.__getitem__):
                    if earlier not in self._shown:
                        self.shown(earlier)
            found = self._shown[name] = (TRUE, TRUE) if gate is None else self.holds(gate)
        return found

    def known(self, name: str) -> Formula:
        """The answer counts: its question is shown, and not open."""
        return self.encoder.formulas.both(self.shown(name)[0], -self.open_(name))

    def holds(self, condition: Condition) -> Rails:
        """The condition is true."""
        found = self._read.get(id(condition))
        if found is None:
            same = self._base is not None and not (self._other & self.encoder.depends_on(condition))
            found = self._base.holds(condition) if same and self._base else self.read(condition)
            self._read[id(condition)] = found
        return found

    def sure(self, condition: Condition) -> Formula:
        """The condition is certainly true."""
        return self.holds(condition)[0]

    def read(self, condition: Condition) -> Rails:
        """The formulas of a condition, without the cache."""
        return _READ[type(condition)](self, condition)

    # ---- the rules together ----

    def stopped(self) -> Formula:
        """An active alarm stops the questions."""
        stopping = (alarm for alarm in self.encoder.screening.alarms if adapter.stops(alarm))
        return self.encoder.formulas.any([self.sure(alarm.when) for alarm in stopping])

    def needs(self, rank: int) -> Formula:
        """Some need for this level or more is certainly true."""
        asking = (need for need in self.encoder.screening.needs if adapter.rank(self.encoder.screening, need) >= rank)
        return self.encoder.formulas.any([self.sure(need.when) for need in asking])


def _is(world: World, condition: Is) -> Rails:
    make, name = world.encoder.formulas, condition.question
    shown, may_show = world.shown(name)
    chosen, open_ = world.chosen(name), world.open_(name)
    said = make.any([chosen[option] for option in condition.options if option in chosen])
    return _of_answer(make, (shown, may_show), open_, said)


def _in_range(world: World, condition: InRange) -> Rails:
    make, name = world.encoder.formulas, condition.question
    low, high = condition.at_least, condition.at_most
    said = make.any(
        [
            here
            for value, here in world.chosen(name).items()
            if isinstance(value, int) and (low is None or value >= low) and (high is None or value <= high)
        ]
    )
    return _of_answer(make, world.shown(name), world.open_(name), said)


def _of_answer(make: Formulas, shown: Rails, open_: Formula, said: Formula) -> Rails:
    """False if hidden; unknown if it may be hidden or is open; else what the answer says."""
    sure = make.both(shown[0], -open_, said)
    return sure, make.both(shown[1], make.either(-shown[0], open_, said))


def _all(world: World, condition: All) -> Rails:
    make, parts = world.encoder.formulas, [world.holds(part) for part in condition.of]
    return make.all([sure for sure, _ in parts]), make.all([may for _, may in parts])


def _any(world: World, condition: AnyOf) -> Rails:
    make, parts = world.encoder.formulas, [world.holds(part) for part in condition.of]
    return make.any([sure for sure, _ in parts]), make.any([may for _, may in parts])


def _not(world: World, condition: Not) -> Rails:
    sure, may = world.holds(condition.of)
    return -may, -sure


def _at_least(world: World, condition: AtLeast) -> Rails:
    make, parts = world.encoder.formulas, [world.holds(part) for part in condition.of]
    sure = make.reaches([(1, sure) for sure, _ in parts], condition.count)
    return sure, make.reaches([(1, may) for _, may in parts], condition.count)


def _score(world: World, condition: Score) -> Rails:
    make = world.encoder.formulas
    least: list[tuple[int, Formula]] = []
    most: list[tuple[int, Formula]] = []
    for name in condition.questions:
        question, (shown, may_show) = world.encoder.screening.question(name), world.shown(name)
        known = world.known(name)
        counted = [
            (adapter.weight(question, value), make.both(known, here)) for value, here in world.chosen(name).items()
        ]
        low, high = adapter.least_and_most(question)
        least += [*counted, (low, make.both(shown, world.open_(name)))]
        most += [*counted, (high, make.both(may_show, -known))]
    return make.reaches(least, condition.at_least), make.reaches(most, condition.at_least)


_READ: dict[type, Callable[[World, Any], Rails]] = {
    Is: _is,
    InRange: _in_range,
    All: _all,
    AnyOf: _any,
    Not: _not,
    AtLeast: _at_least,
    Score: _score,
}
