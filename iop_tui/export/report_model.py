"""The parts of a report: answers, actions and conclusions of a call, as text and as ids."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from iop_tui.call.record import AlarmEvent, ChecklistEntry, Plain
from iop_tui.screening.model.field_types import Level, Urgency


class Line(Struct, frozen=True):
    """A question and its answer in the wording of that time, and the counselor's note."""

    question: str
    ask: str
    said: str
    at: datetime
    answer: Plain
    note: str = ""
    marked: bool = False
    ask_now: str = ""
    """The present wording of the question, if it changed."""


class Asked(Struct, frozen=True):
    """A question without an effective answer: open, or with a note only."""

    question: str
    ask: str
    note: str = ""
    marked: bool = False


class Lines(Struct, frozen=True):
    """The answers of one section."""

    section: str
    title: str
    lines: tuple[Line, ...]


class ReportedOrphan(Struct, frozen=True):
    """An answer that the screening no longer allows, and why."""

    line: Line
    why: str


class Rule(Struct, frozen=True):
    """A rule that fired: its id, what it says in the third person, its source, and the answers behind it as pairs of
    a question's id and the answer in words.
    """

    id: str
    says: str
    source: str
    answers: tuple[tuple[str, str], ...]
    at_least: str = ""
    """The name of the least level that it requires, if any."""
    first: tuple[str, ...] = ()
    """Titles of the steps that it puts before any program."""
    suggests: str = ""


class ReportedAlarm(Struct, frozen=True):
    """An alarm of this call: when it became active and was cleared, and what was done about it."""

    id: str
    urgency: Urgency | None
    """None if the screening no longer has the alarm."""
    page: str
    """Alarms of one page share the steps of its protocol; empty if the screening no longer has the alarm."""
    says: str
    active: bool
    alarm_events: tuple[AlarmEvent, ...]
    answers: tuple[tuple[str, str], ...] = ()
    source: str = ""
    ticks: tuple[ChecklistEntry, ...] = ()
    undone: tuple[str, ...] = ()
    """Steps of the clinic's protocol that nobody ticked, for this alarm or another of its page."""
    possible: bool = False
    """Whether it is only possible: the answers that lead to its question are not known yet."""


class Result(Struct, frozen=True):
    """The program's result, as a sentence and as levels."""

    says: str
    level: Level | None
    could_be: tuple[Level, ...]


class Opinion(Struct, frozen=True):
    """A judgment of the counselor's, beside the program's result."""

    says: str
    reason: str
    at: datetime
    by: str
    agrees: bool
    level: Level | None


class Open(Struct, frozen=True):
    """A relevant open question, and what its answer could lead to."""

    question: str
    ask: str
    could: str


class Step(Struct, frozen=True):
    """Something to do before any program; `perhaps` if only an open question may call for it."""

    id: str
    title: str
    text: str
    perhaps: bool
    asked: bool = False
    """Whether a question that it depends on was asked, and its answer is unknown."""


class Safety(Struct, frozen=True):
    """A question that an alarm `now` depends on, with its answer or without one."""

    question: str
    says: str
