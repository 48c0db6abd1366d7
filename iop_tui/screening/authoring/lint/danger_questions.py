"""Whether every question about danger can raise an alarm."""

from __future__ import annotations

from iop_tui.screening.model.condition import named
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Report


def without_alarm(screening: Screening, report: Report) -> None:
    """Report questions that declare danger by `if_unsaid` and whose answers no alarm reads: the worst answer would show
    less than none does.
    """
    read = {name for alarm in screening.alarms for name in named(alarm.when)}
    for question in screening.questions:
        if question.if_unsaid is not None and question.id not in read:
            proposed = " (the import proposes one at the end of the section)" if question.link_id is not None else ""
            message = (
                f"question {question.id!r}: it asks about danger ('if_unsaid'), and no alarm asks for its answer; "
                f"write the alarm{proposed}, or take 'if_unsaid' away"
            )
            report.add(question.where, message, "danger-without-alarm")
