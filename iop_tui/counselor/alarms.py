"""The alarms of a call: active, possible, or cleared."""

from __future__ import annotations

from msgspec import Struct

from iop_tui.call.form_alarm import FormQuestionOpen, known_alarms
from iop_tui.call.operations import CallState, active_alarms, possible_alarms
from iop_tui.screening.engine.interview import NotAnswered
from iop_tui.screening.model.definition import Alarm

Subject = Alarm | NotAnswered | FormQuestionOpen | None
"""What a protocol is about: an alarm, a question about safety that was left open in the screening or in a form, or the
cleared alarms (None).
"""


class CallAlarm(Struct, frozen=True):
    """An alarm of a call. It is not `certain` if it depends on an answer given ahead of its gate."""

    alarm: Alarm
    certain: bool


def call_alarms(work: CallState) -> tuple[CallAlarm, ...]:
    """The active alarms and the possible ones, the most urgent first."""
    active = active_alarms(work)
    ids = {alarm.id for alarm in active}
    found = [CallAlarm(alarm, True) for alarm in active]
    found += [CallAlarm(alarm, False) for alarm in possible_alarms(work) if alarm.id not in ids]
    return tuple(sorted(found, key=lambda each: (each.alarm.urgency != "now", not each.certain)))


def last_cleared(work: CallState) -> Alarm | None:
    """The urgent alarm that was cleared last, whether or not another is active."""
    urgent = {alarm.id: alarm for alarm in known_alarms(work.screening) if alarm.urgency == "now"}
    cleared = [
        event.alarm for event in work.call.alarm_events if event.cleared_at is not None and event.alarm in urgent
    ]
    return urgent[cleared[-1]] if cleared else None
