"""Whether what is declared practical is left alone by the rules of care.

`check --prove` proves the same of every answer sheet. This needs no solver, and names the rule.
"""

from __future__ import annotations

from iop_tui.screening.model.condition import named
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Report


def read_by_rules(screening: Screening, report: Report) -> None:
    """Report alarms, and needs that name a level, which ask for the answer to a practical question."""
    practical = {question.id for question in screening.questions if screening.is_practical(question)}
    alarms = [(f"alarm {alarm.id!r}", alarm.when, alarm.where) for alarm in screening.alarms]
    needs = [(f"need {need.id!r}", need.when, need.where) for need in screening.needs if need.at_least is not None]
    for about, when, where in (*alarms, *needs):
        for name in dict.fromkeys(named(when)):
            if name in practical:
                message = (
                    f"{about}: it asks for the answer to {name!r}, which is declared practical; take 'practical: yes' "
                    "away from that question or its section"
                )
                report.add(where, message, "practical-in-rule")
