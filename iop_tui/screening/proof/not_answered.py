"""Promise 4: answering less never hides danger. If one answer becomes "not sure" or "I'd rather not say", what was
possible before is still possible.

The result of an incomplete sheet is defined over its completions. So it suffices that each completion of the sheet
before also completes the sheet after: no answer counts after that did not before. Then the level is in `could_be`, and
an alarm that was active is possible. Besides, no alarm may stop the questions only after, as a result would then be
withheld. An alarm that is no longer possible is accepted if the question has a page for not being answered.
"""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.assessment.case_yaml import answer_yaml
from iop_tui.screening.model.answers import Unknown
from iop_tui.screening.model.definition import Alarm, Question
from iop_tui.screening.proof import adapter
from iop_tui.screening.proof.counterexample import Shows, smallest_pair
from iop_tui.screening.proof.formula import FALSE, TRUE, Formula
from iop_tui.screening.proof.prover import DISAGREES, NO_TIME, Prover
from iop_tui.screening.proof.verdict import Example, Proof, Verdict

NAME = "saying less hides no danger"


def proofs(prover: Prover) -> Iterator[Proof]:
    """One proof for each question."""
    for question in prover.screening.questions:
        yield _proof(prover, question)


def _proof(prover: Prover, question: Question) -> Proof:
    claim = f"question {question.id!r} left unsaid"
    hidden = _hidden(prover, question)
    possible = prover.possible(hidden)
    if possible is False:
        return Proof(NAME, question.where, claim, Verdict.PROVED)
    if possible is None:
        return Proof(NAME, question.where, claim, Verdict.NOT_PROVED, NO_TIME)
    before = prover.partial.changed({}, {question.id: FALSE})
    sheet = prover.sheet(before)
    own = sheet.get(question.id, Unknown.NOT_SURE)
    unsaid = {question.id: Unknown.NOT_SURE}
    pair = smallest_pair(prover.screening, sheet, {question.id: own}, {**unsaid}, _hides(question), in_full=True)
    if pair is None:
        return Proof(NAME, question.where, claim, Verdict.NOT_PROVED, DISAGREES)
    examples = tuple(
        Example(f"{question.id}_{which}", f"{question.id}: {answer_yaml(sheet[question.id])}", sheet)
        for which, sheet in zip(("said", "unsaid"), pair, strict=True)
    )
    why = "the level, or an alarm, is not among what could be true any more"
    return Proof(NAME, question.where, claim, Verdict.BROKEN, why, examples)


def _hidden(prover: Prover, question: Question) -> Formula:
    """Something true of the sheet before is impossible after."""
    name, make, encoder = question.id, prover.formulas, prover.encoder
    before, after = prover.partial.changed({}, {name: FALSE}), prover.partial.changed({}, {name: TRUE})
    counts = [make.both(after.known(gated.id), -before.known(gated.id)) for gated in encoder.gated_on[name]]
    stops = make.both(after.stopped(), -before.stopped())
    lost = [
        make.both(before.sure(rule.when), -prover.complete.sure(rule.when))
        for rule in encoder.rules_on[name]
        if isinstance(rule, Alarm) and question.if_unsaid is None
    ]
    return make.both(before.shown(name)[0], make.either(stops, *counts, *lost))


def _hides(question: Question) -> Shows:
    def hides(before: Assessment, after: Assessment) -> bool:
        stopped = any(adapter.stops(raised.alarm) for raised in after.alarms)
        active = {raised.alarm.id for raised in after.alarms}
        told = {alarm.id for matter in after.unknown for alarm in matter.could_alarm}
        lost = {raised.alarm.id for raised in before.alarms} - active - told
        level_lost = before.level is not None and before.level not in after.could_be
        return level_lost or bool(lost and not stopped and question.if_unsaid is None)

    return hides
