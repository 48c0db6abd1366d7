"""Promise 1: a worse answer never gives less care, and never clears an alarm.

For levels on incomplete sheets this follows from two lemmas, each checked by the solver. On complete sheets, a worse
answer never makes the needs ask for less, whatever alarms are active. And it never makes it unknown whether a question
that was shown is shown. If both are true, each completion of the worse sheet corresponds to a completion of the milder
one that asks for no more; so the level, the least over all completions, does not fall. If one of them is false,
`incomplete.py` searches for sheets directly.
"""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.assessment.case_yaml import answer_yaml
from iop_tui.screening.model.definition import Alarm, Question
from iop_tui.screening.proof import adapter, incomplete
from iop_tui.screening.proof.answer_sheet import Sheet
from iop_tui.screening.proof.counterexample import Shows, smallest_pair
from iop_tui.screening.proof.encoder import World
from iop_tui.screening.proof.formula import FALSE, TRUE, Formula
from iop_tui.screening.proof.prover import DISAGREES, NO_TIME, Prover
from iop_tui.screening.proof.steps import Step, steps
from iop_tui.screening.proof.verdict import Example, Proof, Verdict

NAME = "worse never gives less"


def proofs(prover: Prover) -> Iterator[Proof]:
    """One proof for each step of each ordered question."""
    for question in prover.screening.questions:
        if question.ordered and not prover.screening.is_practical(question):
            for step in steps(prover, question):
                yield from _Stepped(prover, step).proofs()


class _Stepped:
    """One step: the sheets before and after it."""

    def __init__(self, prover: Prover, step: Step) -> None:
        self.prover, self.step = prover, step
        self.make = prover.formulas
        self.name = step.question.id
        before, after = {self.name: step.milder}, {self.name: step.worse}
        given_answer = {self.name: FALSE}
        self.complete = prover.complete.changed(before), prover.complete.changed(after)
        self.partial = prover.partial.changed(before, given_answer), prover.partial.changed(after, given_answer)
        self.rules = prover.encoder.rules_on[self.name]

    def proofs(self) -> Iterator[Proof]:
        """Each broken claim by itself; otherwise one proof that all are true."""
        if not self.rules:
            yield self._proof(Verdict.PROVED)
            return
        lost = {alarm.id: self._lost(alarm) for alarm in self._alarms()}
        falls, waits = self._falls(), self._waits()
        here = self.make.both(self.step.given, self.partial[0].shown(self.name)[0])
        if self.prover.possible(self.make.both(here, self.make.either(falls, waits, *lost.values()))) is False:
            yield self._proof(Verdict.PROVED)
            return
        found = [self._alarm(alarm, self.make.both(here, lost[alarm.id])) for alarm in self._alarms()]
        found.append(self._level(here, falls, waits))
        bad = [proof for proof in found if proof.verdict is not Verdict.PROVED]
        yield from bad or [self._proof(Verdict.PROVED)]

    # ---- alarms ----

    def _alarms(self) -> list[Alarm]:
        return [rule for rule in self.rules if isinstance(rule, Alarm)]

    def _lost(self, alarm: Alarm) -> Formula:
        """An alarm is active before, and after neither it nor an equivalent one is."""
        before, after = self.partial
        kept = [
            self.make.both(after.sure(other.when), -before.sure(other.when) if must_be_new else TRUE)
            for other, must_be_new in _as_good(self.prover.screening.alarms, alarm)
        ]
        return self.make.both(before.sure(alarm.when), -self.make.any(kept))

    def _alarm(self, alarm: Alarm, lost: Formula) -> Proof:
        possible = self.prover.possible(lost)
        if not possible:
            return self._proof(Verdict.PROVED if possible is False else Verdict.NOT_PROVED, NO_TIME)
        as_good = [(other.id, must_be_new) for other, must_be_new in _as_good(self.prover.screening.alarms, alarm)]

        def shows(before: Assessment, after: Assessment) -> bool:
            had, has = _standing(before), _standing(after)
            kept = any(other in has and not (must_be_new and other in had) for other, must_be_new in as_good)
            return alarm.id in had and not kept

        why = f"the alarm {alarm.id!r} ({alarm.urgency}) goes, and none as urgent takes its place"
        return self._example(self.prover.sheet(self.partial[0]), shows, why)

    # ---- the level ----

    def _falls(self) -> Formula:
        """The needs ask for less after the step, on complete sheets."""
        before, after = self.complete
        ranks = adapter.ranks(self.prover.screening)[1:]
        return self.make.any([self.make.both(before.needs(rank), -after.needs(rank)) for rank in ranks])

    def _waits(self) -> Formula:
        """A question is shown before, and after it is unknown whether it is."""
        return self.make.any(
            waits_after(question, *self.partial) for question in self.prover.encoder.gated_on[self.name]
        )

    def _level(self, here: Formula, falls: Formula, waits: Formula) -> Proof:
        before, after = self.complete
        complete_here = self.make.both(self.step.given, before.shown(self.name)[0])
        going = self.make.both(complete_here, falls, -before.stopped(), -after.stopped())
        possible = self.prover.possible(going)
        if possible:
            return self._example(self.prover.sheet(before), _falls, "the level falls from {before} to {after}")
        lemmas = self.prover.possible(
            self.make.either(self.make.both(complete_here, falls), self.make.both(here, waits))
        )
        if possible is None or lemmas is None:
            return self._proof(Verdict.NOT_PROVED, NO_TIME)
        if not lemmas:
            return self._proof(Verdict.PROVED)
        found = incomplete.falls(self.prover, *self.partial, self.name, here)
        if found is None:
            return self._proof(Verdict.NOT_PROVED, "the time was not enough for sheets with open questions")
        if not found[0]:
            return self._proof(Verdict.PROVED)
        return self._example(found[0], _falls, "the level falls from {before} to {after} while questions are open")

    # ---- what is told ----

    def _example(self, sheet: Sheet, shows: Shows, why: str) -> Proof:
        question = self.step.question
        milder = self.prover.answer(question, self.step.milder)
        worse = self.prover.answer(question, self.step.worse)
        pair = None
        if milder is not None and worse is not None:
            one, other = {self.name: milder}, {self.name: worse}
            pair = smallest_pair(self.prover.screening, sheet, dict(one), dict(other), shows)
        if pair is None:
            return self._proof(Verdict.NOT_PROVED, DISAGREES)
        told = [f"{self.name}: {answer_yaml(sheet[self.name])}" for sheet in pair]
        levels = [incomplete.level_of(self.prover.screening, sheet) for sheet in pair]
        examples = (Example(f"{self.name}_milder", told[0], pair[0]), Example(f"{self.name}_worse", told[1], pair[1]))
        return self._proof(Verdict.BROKEN, why.format(before=levels[0], after=levels[1]), examples)

    def _proof(self, verdict: Verdict, why: str = "", examples: tuple[Example, ...] = ()) -> Proof:
        claim = f"question {self.name!r}: {self.step.told}"
        return Proof(NAME, self.step.where, claim, verdict, why if verdict is not Verdict.PROVED else "", examples)


def _as_good(alarms: tuple[Alarm, ...], alarm: Alarm) -> Iterator[tuple[Alarm, bool]]:
    """The alarms that may replace one, and whether they do so only if the step raises them: the alarm itself, one as
    urgent with the same page, and any that is as urgent and new.
    """
    for other in alarms:
        if other.id == alarm.id or adapter.stops(other) >= adapter.stops(alarm):
            same = other.page == alarm.page or adapter.stops(other) > adapter.stops(alarm)
            yield other, other.id != alarm.id and not same


def waits_after(question: Question, before: World, after: World) -> Formula:
    """An answer counts before, and after it is unknown whether its question is shown."""
    sure, may = after.shown(question.id)
    return before.encoder.formulas.both(before.known(question.id), -sure, may)


def _falls(before: Assessment, after: Assessment) -> bool:
    had, has = adapter.got_rank(before), adapter.got_rank(after)
    return had is not None and has is not None and has < had


def _standing(assessment: Assessment) -> set[str]:
    return {raised.alarm.id for raised in assessment.alarms}
