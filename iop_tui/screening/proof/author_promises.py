"""Promise 5: the author's own promises in YAML. If `when` is true the level is at least `at_least`, unless an alarm
stops the questions, and the `alarm` is active.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.model.definition import Promise
from iop_tui.screening.proof import adapter
from iop_tui.screening.proof.counterexample import smallest_person
from iop_tui.screening.proof.formula import FALSE, Formula
from iop_tui.screening.proof.prover import DISAGREES, NO_TIME, Prover
from iop_tui.screening.proof.verdict import Example, Proof, Verdict

NAME = "promises"


def proofs(prover: Prover) -> Iterator[Proof]:
    """One proof for each promised level and alarm."""
    for promise in prover.screening.promises:
        if promise.at_least is not None:
            yield _level(prover, promise)
        if promise.alarm is not None:
            yield _alarm(prover, promise, promise.alarm)


def _level(prover: Prover, promise: Promise) -> Proof:
    # The level of an incomplete sheet is the least over its completions, and the complete sheet is one of them.
    make, sheet, rank = prover.formulas, prover.partial, adapter.rank(prover.screening, promise)
    least = adapter.ranks(prover.screening)[0]
    less = make.both(sheet.sure(promise.when), -sheet.stopped(), -prover.complete.needs(rank))
    claim = f"promise {promise.id!r}: at least {adapter.level_name(prover.screening, rank)}"

    def shows(got: Assessment) -> bool:
        reached = adapter.got_rank(got)
        return reached is not None and reached < rank

    return _proof(prover, promise, claim, less if rank > least else FALSE, shows, "somebody gets less")


def _alarm(prover: Prover, promise: Promise, alarm: str) -> Proof:
    sheet = prover.partial
    rule = next(rule for rule in prover.screening.alarms if rule.id == alarm)
    without = prover.formulas.both(sheet.sure(promise.when), -sheet.sure(rule.when))

    def shows(got: Assessment) -> bool:
        return alarm not in {raised.alarm.id for raised in got.alarms}

    return _proof(
        prover,
        promise,
        f"promise {promise.id!r}: the alarm {alarm!r}",
        without,
        shows,
        "for somebody it is not active",
    )


def _proof(
    prover: Prover, promise: Promise, claim: str, broken: Formula, shows: Callable[[Assessment], bool], why: str
) -> Proof:
    possible = prover.possible(broken)
    if not possible:
        verdict = Verdict.PROVED if possible is False else Verdict.NOT_PROVED
        return Proof(NAME, promise.where, claim, verdict, "" if possible is False else NO_TIME)
    person = smallest_person(prover.screening, prover.sheet(prover.partial), shows, promise.when)
    if person is None:
        return Proof(NAME, promise.where, claim, Verdict.NOT_PROVED, DISAGREES)
    return Proof(NAME, promise.where, claim, Verdict.BROKEN, why, (Example(promise.id, "what it names", person),))
