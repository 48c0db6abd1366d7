"""Where the result is offered (`result_after`): nothing that is asked after it may bear on the result.

`check --prove` proves that no answer to a practical question changes care or alarms. More is asked of what comes after
the result, and when it is loaded: no rule names it at all. So a result that was shown stays the result.
"""

from __future__ import annotations

from iop_tui.screening.model.condition import Condition, named
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Report, suggestion

_BEFORE = "ask it in a section up to there"


def check_result_point(screening: Screening, report: Report, *, whole: bool) -> None:
    """Note a section that does not exist, and what after the result could bear on it. With `whole` false a section may
    not have been read.
    """
    manifest = screening.manifest
    last = manifest.result_after
    if last is None:
        return
    if last not in manifest.sections:
        if whole:
            message = f"screening.yaml: result_after: there is no section {last!r}{suggestion(last, manifest.sections)}"
            report.add(manifest.where, message)
        return
    if last not in [section.id for section in screening.sections]:
        return  # its file could not be read
    after = f"it comes after the result ('result_after: {last}' in screening.yaml)"
    for question in screening.questions[screening.result_at :]:
        about = f"question {question.id!r}"
        if not screening.is_practical(question):
            said = f"so no answer to it may change care or alarms; say so with 'practical: yes', or {_BEFORE}"
            report.add(question.where, f"{about}: {after}, {said}")
        if question.if_unsaid is not None:
            report.add(question.where, f"{about}: 'if_unsaid' is for a question about danger, but {after}; {_BEFORE}")
    for about, when, where in _rules(screening):
        for name in dict.fromkeys(named(when)):
            if screening.position.get(name, -1) >= screening.result_at:
                told = f"it asks for the answer to {name!r}, but that comes after the result"
                report.add(where, f"{about}: {told} ('result_after: {last}' in screening.yaml); {_BEFORE}")


def _rules(screening: Screening) -> list[tuple[str, Condition, SourceLocation]]:
    """The rules that a result follows from."""
    alarms = ((f"alarm {alarm.id!r}", alarm.when, alarm.where) for alarm in screening.alarms)
    needs = ((f"need {need.id!r}", need.when, need.where) for need in screening.needs)
    return [*alarms, *needs]
