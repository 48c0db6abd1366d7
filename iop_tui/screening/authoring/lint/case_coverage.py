"""Coverage by example people: rules that no one tests, and answers to questions that a person is never asked."""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.engine.evaluate import Facts
from iop_tui.screening.model.content import CannotTell
from iop_tui.screening.model.definition import Alarm, Fit, Need, Screening
from iop_tui.screening.problems import Report


def without_case(screening: Screening, results: Sequence[Assessment], report: Report) -> None:
    """Report alarms, needs, fits and rules of `cannot_tell` that are true for none of the example people."""
    fired = {raised.alarm.id for result in results for raised in result.alarms}
    fired |= {reason.need.id for result in results for reason in result.reasons}
    fired |= {fitting.fit.id for result in results for fitting in result.fits}
    fired |= {rule.id for result in results for rule in result.cannot_tell}
    kinds: tuple[tuple[str, Sequence[Alarm | Need | Fit | CannotTell]], ...] = (
        ("alarm", screening.alarms),
        ("need", screening.needs),
        ("fit", screening.fits),
        ("cannot_tell rule", screening.care.cannot_tell),
    )
    for noun, rules in kinds:
        for rule in rules:
            if rule.id not in fired and not rule.no_case:
                report.warn(
                    rule.where,
                    f"{noun} {rule.id!r}: it fires for none of the example people; write a case in which it does",
                    "no-case",
                )


def hidden_answers(cases: Sequence[Case], screening: Screening, report: Report) -> None:
    """Report a person's own answers to questions that their other answers hide."""
    for case in cases:
        facts = Facts(screening, case.answers)
        for name, where in case.own.items():
            if facts.shown(name) is False:
                report.warn(
                    where,
                    f"case {case.id!r}: the question {name!r} is not asked with these answers, so this one is not "
                    "used; leave it out, or correct the answer that hides it",
                    "hidden-answer",
                )
