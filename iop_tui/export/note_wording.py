"""Phrases of a note: times, the answers behind a rule, the number of a source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from iop_tui.export.report import Report
from iop_tui.export.report_model import ReportedAlarm, Rule


def moment(report: Report, at: datetime) -> str:
    """A date and time, to the minute, with the time zone."""
    return at.astimezone(report.zone).strftime("%Y-%m-%d %H:%M %Z")


def clock(report: Report, at: datetime) -> str:
    """A time in the call. The date is at the top, and repeated for a call that continued on another day."""
    here = at.astimezone(report.zone)
    same = here.date() == report.began.astimezone(report.zone).date()
    return here.strftime("%H:%M") if same else here.strftime("%Y-%m-%d %H:%M")


def lasted(seconds: int) -> str:
    """A duration, to the minute; to the second if it is shorter."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02} min"


def named(question: str) -> str:
    """The short name of a question: its id as words."""
    return question.replace("_", " ")


def quoted(answers: Iterable[tuple[str, str]]) -> str:
    """The answers behind a rule, each after the short name of its question."""
    return "; ".join(f'{named(question)} "{said}"' for question, said in answers)


def sources(report: Report) -> tuple[str, ...]:
    """The sources that the note cites by number, each once, in order of first use."""
    told: tuple[ReportedAlarm | Rule, ...] = (*report.dangers, *report.reasons, *report.fits)
    return tuple(dict.fromkeys(each.source for each in told if each.source))


def referred(report: Report, name: str, source: str) -> str:
    """The id of a rule in brackets, and the number of its source."""
    return f"({name}) [{sources(report).index(source) + 1}]" if source else f"({name})"
