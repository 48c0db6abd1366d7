"""The steps for the alarms of a call: one checklist for each crisis page, however many active alarms share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from iop_tui.call.form_alarm import known_alarms
from iop_tui.call.operations import CallState
from iop_tui.call.record import AlarmEvent, ChecklistEntry
from iop_tui.counselor.alarms import call_alarms
from iop_tui.screening.model.definition import Alarm
from iop_tui.site.alarm_protocol import steps_for
from iop_tui.site.settings import Site


class Checklist(Struct, frozen=True):
    """The active and possible alarms of one crisis page. A step is done for all of them together."""

    page: str
    alarms: tuple[Alarm, ...]
    certain: bool
    """Whether one of them is active, and not only possible."""
    present: tuple[str, ...]
    """The steps as they are worded now."""
    ticks: Mapping[str, datetime]
    """Step -> when it was ticked."""

    @property
    def now(self) -> bool:
        """Whether one of them is urgent."""
        return any(alarm.urgency == "now" for alarm in self.alarms)

    @property
    def steps(self) -> Sequence[str]:
        """The steps in order; after them ticked steps whose wording has changed since."""
        return (*self.present, *(step for step in self.ticks if step not in self.present))

    @property
    def left(self) -> Sequence[int]:
        """The numbers of the steps that are not ticked."""
        return [number for number, step in enumerate(self.present, 1) if step not in self.ticks]


def checklists(work: CallState, site: Site) -> tuple[Checklist, ...]:
    """One for each crisis page with an active or possible alarm, the most urgent first."""
    found = call_alarms(work)
    made = []
    for page in dict.fromkeys(each.alarm.page for each in found):
        here = [each for each in found if each.alarm.page == page]
        alarms = tuple(each.alarm for each in here)
        today = not any(alarm.urgency == "now" for alarm in alarms)
        steps = steps_for(site, work.screening, page, today=today)
        certain = any(each.certain for each in here)
        made.append(Checklist(page, alarms, certain, steps, _ticks(work, page, alarms, steps)))
    return tuple(made)


def _ticks(work: CallState, page: str, alarms: Sequence[Alarm], steps: Sequence[str]) -> Mapping[str, datetime]:
    """The ticks of these alarms, and those of cleared alarms of the same page for steps that still exist."""
    active = {alarm.id for alarm in alarms}
    all_of_page = sharing(work, page)
    ticks: dict[str, datetime] = {}
    for tick in work.call.ticks:
        if tick.alarm in active or (tick.alarm in all_of_page and tick.step in steps):
            ticks.setdefault(tick.step, tick.at)
    return ticks


def sharing(work: CallState, page: str) -> tuple[str, ...]:
    """The ids of all alarms of this page, active or not."""
    return tuple(alarm.id for alarm in known_alarms(work.screening) if alarm.page == page)


class ClearedAlarm(Struct, frozen=True):
    """An alarm that was active and was cleared, with the steps ticked for it until then."""

    event: AlarmEvent
    cleared_at: datetime
    alarm: Alarm | None
    """None if the screening no longer has it."""
    ticks: tuple[ChecklistEntry, ...]


def cleared_alarms(work: CallState) -> tuple[ClearedAlarm, ...]:
    """The cleared alarms of this call, the last one first."""
    known = {alarm.id: alarm for alarm in known_alarms(work.interview.wording)}
    made: list[ClearedAlarm] = []
    told: set[tuple[str, str]] = set()
    for event in work.call.alarm_events:
        if event.cleared_at is not None:
            ticks = tuple(
                tick
                for tick in work.call.ticks
                if tick.alarm == event.alarm and tick.at <= event.cleared_at and (tick.alarm, tick.step) not in told
            )
            told |= {(tick.alarm, tick.step) for tick in ticks}
            made.append(ClearedAlarm(event, event.cleared_at, known.get(event.alarm), ticks))
    return tuple(reversed(made))
