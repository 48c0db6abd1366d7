"""A call's entry in the list of calls."""

from __future__ import annotations

from iop_tui.call.form_alarm import FORM_ALARM, speaks_of_suicide
from iop_tui.call.operations import CallState
from iop_tui.call.question_states import states_in
from iop_tui.call.record import Card
from iop_tui.screening.assessment.assess import Assessment


def card_of(work: CallState, assessment: Assessment) -> Card:
    """The card of a call, given the assessment of its answers."""
    call, screening = work.call, work.screening
    states = states_in(work.interview)
    asked = [name for name, state in states.items() if state in ("answered", "unknown", "open")]
    left = [name for name in asked if states[name] == "open"]
    at = call.at if call.at in screening.position else next(iter(left), None)
    judgment = call.judgment
    reason = (judgment.reason,) if judgment else ()
    titles = [filled.title for filled in call.forms]
    return Card(
        id=call.id,
        state=call.state,
        reference=call.reference,
        by=call.by,
        began=call.began,
        changed=max((segment.ended for segment in call.segments), default=call.began),
        seconds=call.seconds,
        answered=len(asked) - len(left),
        asked=len(asked),
        ends_in=screening.sections[screening.section_of[at]].id if left and at is not None else "",
        level=assessment.level,
        could_be=assessment.could_be,
        alarms=(*(raised.alarm.id for raised in assessment.alarms), *([FORM_ALARM] if speaks_of_suicide(call) else [])),
        judged=judgment.level if judgment and not judgment.agrees else None,
        words="\n".join(text for text in (call.note, *call.notes.values(), *reason, *titles) if text),
    )
