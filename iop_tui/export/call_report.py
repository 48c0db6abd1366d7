"""The report of a call that is open, or stored, as every export format renders it."""

from __future__ import annotations

from iop_tui.call.form_alarm import known_alarms
from iop_tui.call.operations import CallState, possible_alarms
from iop_tui.call.record import Call
from iop_tui.export.report import Report, report_of
from iop_tui.screening.assessment.assess import assess
from iop_tui.site.alarm_protocol import steps_for
from iop_tui.site.settings import Site


def report_on(work: CallState, site: Site, call: Call | None = None) -> Report:
    """The report of a call as it is now. With `call`, the report of that stored call, of which `work` is the resumed
    form: it says which answers no longer fit the present screening. Times are in this machine's time zone.
    """
    interview = work.interview
    screening = interview.screening
    return report_of(
        call or work.call,
        screening,
        assess(screening, interview.answers),
        # Cleared alarms, too: a step that was not done while one was active is part of the record.
        steps={
            alarm.id: steps_for(site, screening, alarm.page, today=alarm.urgency == "today")
            for alarm in known_alarms(screening)
        },
        possible=possible_alarms(work),
        zone=None,
        notice=site.notice,
    )
