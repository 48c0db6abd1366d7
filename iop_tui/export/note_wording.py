"""The small words of a note: times, the answers behind a rule, the number of a source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from iop_tui.export.report import Report
from iop_tui.export.report_model import Danger, Rule


def moment(report: Report, at: datetime) -> str:
    """A moment as a note tells it: to the minute, with the zone."""
    return at.astimezone(report.zone).strftime("%Y-%m-%d %H:%M %Z")


def clock(report: Report, at: datetime) -> str:
    """A moment of the call. The day stands at the top; it is told again where the call went on on another one."""
    here = at.astimezone(report.zone)
    same = here.date() == report.began.astimezone(report.zone).date()
    return here.strftime("%H:%M") if same else here.strftime("%Y-%m-%d %H:%M")


def lasted(seconds: int) -> str:
    """A time on the line, to the minute; to the second where it is shorter."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02} min"


def named(question: str) -> str:
    """A question by its short name: its id in words."""
    return question.replace("_", " ")


def quoted(answers: Iterable[tuple[str, str]]) -> str:
    """Answers behind a rule, each after the short name of its question."""
    return "; ".join(f'{named(question)} "{said}"' for question, said in answers)


def ended(text: str) -> str:
    """A sentence with a sign at its end."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def sources(report: Report) -> tuple[str, ...]:
    """The sources that the note refers to by number, each once, in the order in which they come up."""
    told: tuple[Danger | Rule, ...] = (*report.dangers, *report.reasons, *report.fits)
    return tuple(dict.fromkeys(each.source for each in told if each.source))


def referred(report: Report, name: str, source: str) -> str:
    """The id of a rule in brackets, and the number of its source."""
    return f"({name}) [{sources(report).index(source) + 1}]" if source else f"({name})"
