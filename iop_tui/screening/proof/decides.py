"""Promise 3: no rule is without effect. Each need decides the level of some sheet, or what it names as `covered_by`
always does so for it; each level is reached; each alarm can be active alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from iop_tui.screening.assessment.assess import Assessment, assess
from iop_tui.screening.model.content import Care
from iop_tui.screening.model.definition import Alarm, Need
from iop_tui.screening.proof import adapter
from iop_tui.screening.proof.counterexample import smallest_person
from iop_tui.screening.proof.formula import Formula
from iop_tui.screening.proof.prover import DISAGREES, NO_TIME, Prover
from iop_tui.screening.proof.verdict import Example, Proof, Verdict

NAME = "no rule is idle"


def proofs(prover: Prover) -> Iterator[Proof]:
    """One proof for each need with a level, each level and each alarm."""
    for need in prover.screening.needs:
        if need.covered_by:
            yield _covered(prover, need)
        elif need.at_least is not None:
            yield _decides(prover, need)
    yield from _reached(prover)
    for alarm in prover.screening.alarms:
        yield _alone(prover, alarm)


def _decides(prover: Prover, need: Need) -> Proof:
    world, make, rank = prover.complete, prover.formulas, adapter.rank(prover.screening, need)
    least = adapter.ranks(prover.screening)[0]
    rivals = [other for other in _asking(prover, max(rank, least + 1)) if other.id != need.id]
    decides = make.both(world.sure(need.when), -world.stopped(), *(-world.sure(other.when) for other in rivals))

    def shows(got: Assessment) -> bool:
        holding = {reason.need.id for reason in got.reasons}
        return adapter.got_rank(got) is not None and need.id in holding and not holding & {other.id for other in rivals}

    claim = f"need {need.id!r} decides the level of some sheet"
    return _exists(prover, need, claim, decides, shows, lambda: _idle(prover, need))


def _idle(prover: Prover, need: Need) -> str:
    """Whether a need decides nothing, and the reason if single rules show it."""
    world, make = prover.complete, prover.formulas
    above: list[Alarm | Need] = [*_stopping(prover), *_asking(prover, adapter.rank(prover.screening, need))]
    covers = [
        rule.id
        for rule in above
        if rule.id != need.id and prover.possible(make.both(world.sure(need.when), -world.sure(rule.when))) is False
    ]
    by = (
        f"whenever it holds, so does {' and '.join(map(repr, covers[:3]))}"
        if covers
        else "others always ask for as much"
    )
    names = ", ".join(covers[:1]) or "…"
    return f"it decides none: {by}; leave it out, or write 'covered_by: [{names}]'"


def _covered(prover: Prover, need: Need) -> Proof:
    world, make, screening = prover.partial, prover.formulas, prover.screening
    rules: list[Alarm | Need] = [*screening.alarms, *screening.needs]
    named = [rule for rule in rules if rule.id in need.covered_by]
    claim = f"need {need.id!r} is covered by {', '.join(need.covered_by)}"
    for rule in named:
        weak = (
            not adapter.stops(rule)
            if isinstance(rule, Alarm)
            else adapter.rank(prover.screening, rule) < adapter.rank(prover.screening, need)
        )
        if weak:
            what = "does not stop the questions" if isinstance(rule, Alarm) else "asks for less"
            return Proof(NAME, need.where, claim, Verdict.BROKEN, f"{rule.id!r} cannot cover it: it {what}")
    possible = prover.possible(make.both(world.sure(need.when), *(-world.sure(rule.when) for rule in named)))
    if not possible:
        verdict = Verdict.PROVED if possible is False else Verdict.NOT_PROVED
        return Proof(NAME, need.where, claim, verdict, "" if possible is False else NO_TIME)

    def shows(got: Assessment) -> bool:
        holding = {reason.need.id for reason in got.reasons} | {raised.alarm.id for raised in got.alarms}
        return need.id in holding and not holding & set(need.covered_by)

    person = smallest_person(screening, prover.sheet(world), shows)
    if person is None:
        return Proof(NAME, need.where, claim, Verdict.NOT_PROVED, DISAGREES)
    example = Example(f"{need.id}_uncovered", f"what makes {need.id!r} hold", person)
    return Proof(NAME, need.where, claim, Verdict.BROKEN, "it holds without them", (example,))


def _reached(prover: Prover) -> Iterator[Proof]:
    ranks = adapter.ranks(prover.screening)
    for rank in ranks:
        yield _reaches(prover, rank, ranks)


def _reaches(prover: Prover, rank: int, ranks: tuple[int, ...]) -> Proof:
    world, level = prover.complete, adapter.level_of_rank(prover.screening, rank)
    parts = [-world.stopped()]
    parts += [world.needs(rank)] if rank > ranks[0] else []
    parts += [-world.needs(rank + 1)] if rank < ranks[-1] else []

    def shows(got: Assessment) -> bool:
        return adapter.got_rank(got) == rank

    claim = f"level {adapter.level_name(prover.screening, rank)!r} is reached"
    return _exists(prover, level, claim, prover.formulas.all(parts), shows, lambda: "no sheet leads there")


def _alone(prover: Prover, alarm: Alarm) -> Proof:
    world, make = prover.complete, prover.formulas
    others = [other for other in prover.screening.alarms if other.id != alarm.id]
    found = make.both(world.sure(alarm.when), *(-world.sure(other.when) for other in others))

    def idle() -> str:
        always = [
            o.id for o in others if prover.possible(make.both(world.sure(alarm.when), -world.sure(o.when))) is False
        ]
        return f"it never does: {', '.join(map(repr, always)) or 'one or another alarm'} is always active with it"

    def shows(got: Assessment) -> bool:
        return [raised.alarm.id for raised in got.alarms] == [alarm.id]

    return _exists(prover, alarm, f"alarm {alarm.id!r} can be active alone", found, shows, idle)


def _exists(
    prover: Prover,
    thing: Alarm | Need | Care,
    claim: str,
    formula: Formula,
    shows: Callable[[Assessment], bool],
    missing: Callable[[], str],
) -> Proof:
    """Whether a formula is true on some sheet, and the program confirms it."""
    possible = prover.possible(formula)
    if possible is None:
        return Proof(NAME, thing.where, claim, Verdict.NOT_PROVED, NO_TIME)
    if not possible:
        return Proof(NAME, thing.where, claim, Verdict.BROKEN, missing())
    if not shows(assess(prover.screening, prover.sheet(prover.complete), in_full=False)):
        return Proof(NAME, thing.where, claim, Verdict.NOT_PROVED, DISAGREES)
    return Proof(NAME, thing.where, claim, Verdict.PROVED)


def _asking(prover: Prover, rank: int) -> list[Need]:
    return [need for need in prover.screening.needs if adapter.rank(prover.screening, need) >= rank]


def _stopping(prover: Prover) -> list[Alarm]:
    return [alarm for alarm in prover.screening.alarms if adapter.stops(alarm)]
