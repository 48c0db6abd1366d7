"""Promise 2: no answer to a question that is declared `practical` changes the level or an alarm."""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.assessment.case_yaml import answer_yaml
from iop_tui.screening.model.definition import Alarm, Question
from iop_tui.screening.proof import adapter, incomplete
from iop_tui.screening.proof.answer_sheet import Sheet
from iop_tui.screening.proof.counterexample import smallest_pair
from iop_tui.screening.proof.prover import DISAGREES, NO_TIME, Prover
from iop_tui.screening.proof.verdict import Example, Proof, Verdict
from iop_tui.screening.proof.worse import waits_after

NAME = "practical answers change no care"


def proofs(prover: Prover) -> Iterator[Proof]:
    """One proof for each practical question."""
    for question in prover.screening.questions:
        if prover.screening.is_practical(question):
            yield _proof(prover, question)


def _proof(prover: Prover, question: Question) -> Proof:
    name, make, encoder = question.id, prover.formulas, prover.encoder
    claim = f"question {name!r} is practical"
    rules = encoder.rules_on[name]
    if not rules:
        return Proof(NAME, question.where, claim, Verdict.PROVED)
    other, other_open = encoder.fresh(question, "other"), make.variable(("open", name, "other"))
    allowed = encoder.allowed(question, other)
    here, there = prover.partial, prover.partial.changed({name: other}, {name: other_open})
    full_here, full_there = prover.complete, prover.complete.changed({name: other})
    alarms = make.any(
        make.differ(here.sure(rule.when), there.sure(rule.when)) for rule in rules if isinstance(rule, Alarm)
    )
    levels = make.any(
        make.differ(full_here.needs(rank), full_there.needs(rank)) for rank in adapter.ranks(prover.screening)[1:]
    )
    running = make.both(levels, -full_here.stopped(), -full_there.stopped())
    for differs, one, two in ((alarms, here, there), (running, full_here, full_there)):
        possible = prover.possible(make.both(allowed, differs))
        if possible is None:
            return Proof(NAME, question.where, claim, Verdict.NOT_PROVED, NO_TIME)
        if possible:
            return _broken(prover, question, claim, prover.sheet(one), prover.sheet(two))
    # Left are sheets with open questions: see the lemmas of `worse.py`.
    waits = [
        waiting
        for gated in encoder.gated_on[name]
        for waiting in (waits_after(gated, here, there), waits_after(gated, there, here))
    ]
    lemmas = make.either(levels, *waits)
    if prover.possible(make.both(allowed, lemmas)) is False:
        return Proof(NAME, question.where, claim, Verdict.PROVED)
    for pair in ((here, there), (there, here)):
        found = incomplete.falls(prover, *pair, name, allowed)
        if found is None:
            return Proof(NAME, question.where, claim, Verdict.NOT_PROVED, NO_TIME)
        if found[0] or found[1]:
            return _broken(prover, question, claim, *found)
    return Proof(NAME, question.where, claim, Verdict.PROVED)


def _broken(prover: Prover, question: Question, claim: str, one: Sheet, two: Sheet) -> Proof:
    name = question.id
    own: list[Sheet] = [{name: sheet[name]} if name in sheet else {} for sheet in (one, two)]
    pair = smallest_pair(prover.screening, one, own[0], own[1], _differ)
    if pair is None:
        return Proof(NAME, question.where, claim, Verdict.NOT_PROVED, DISAGREES)
    examples = tuple(
        Example(f"{name}_{which}", f"{name}: {answer_yaml(sheet[name]) if name in sheet else 'no answer'}", sheet)
        for which, sheet in zip(("one", "other"), pair, strict=True)
    )
    return Proof(NAME, question.where, claim, Verdict.BROKEN, "its answer changes the level or an alarm", examples)


def _differ(one: Assessment, other: Assessment) -> bool:
    alarms = [sorted(raised.alarm.id for raised in each.alarms) for each in (one, other)]
    return adapter.got_rank(one) != adapter.got_rank(other) or alarms[0] != alarms[1]
