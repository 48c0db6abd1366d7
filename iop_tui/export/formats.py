"""The forms in which a call goes out, and the report that each is made from. Each is imported when it is asked for."""

from __future__ import annotations

from iop_tui.call.operations import CallState, possible_alarms
from iop_tui.call.record import Call
from iop_tui.export.report import Report, report_of
from iop_tui.screening.assessment.assess import assess
from iop_tui.site.alarm_protocol import steps_for
from iop_tui.site.settings import Site

FORMS = ("text", "markdown", "pdf", "json", "fhir")


def report_on(work: CallState, site: Site, call: Call | None = None) -> Report:
    """The report of a call as it is now; or of `call`, as it was before it was taken up again as `work`, to learn which
    of its answers fit the screening as it is. Times are told by this machine's clock.
    """
    interview = work.interview
    screening = interview.screening
    return report_of(
        call or work.call,
        screening,
        assess(screening, interview.answers),
        # Those of alarms that fell, too: what was not done then is part of the record.
        steps={
            alarm.id: steps_for(site, screening, alarm.page, today=alarm.urgency == "today")
            for alarm in screening.alarms
        },
        possible=possible_alarms(work),
        zone=None,
        notice=site.notice,
    )


def made(report: Report, form: str) -> bytes:
    """The report in one of FORMS. Raises ImportError where a package for it is missing."""
    if form == "pdf":
        from iop_tui.export.note_pdf import as_note_pdf

        return as_note_pdf(report)
    if form == "markdown":
        from iop_tui.export.note_markdown import as_note_markdown as written
    elif form == "json":
        from iop_tui.export.data import as_json as written
    elif form == "fhir":
        from iop_tui.export.fhir.bundle import as_fhir as written
    else:
        from iop_tui.export.note_text import as_note_text as written
    return written(report).encode()
