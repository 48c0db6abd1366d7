"""A call as data, for programs: JSON with a published schema.

The classes below are the format, and the schema is made from them. A key is never removed and never changes its meaning
without another `format`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from iop_tui.call.record import Plain, State
from iop_tui.export.data_forms import FormOfCall, form_of_call
from iop_tui.export.data_types import Hash, Moment
from iop_tui.export.report import Report
from iop_tui.export.report_model import Asked, Line, ReportedAlarm, ReportedOrphan
from iop_tui.review.sentences import status_of
from iop_tui.review.status import Headline
from iop_tui.review.status import State as PartState
from iop_tui.screening.assessment.assess import as_document
from iop_tui.screening.model.field_types import Level, Urgency

SCHEMA = "urn:iop-tui:schema:call:1"


class Used(Struct, frozen=True, forbid_unknown_fields=True):
    """A screening: its id, version and SHA-256."""

    id: str
    version: str
    sha256: Hash


class Notice(Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences to show before and after this data."""

    opening: str
    closing: str


class Notices(Struct, frozen=True, forbid_unknown_fields=True):
    """The same, and the clinic's text before and after them: null if it set none."""

    clinic: str | None
    opening: str
    closing: str


class Signature(Struct, frozen=True, forbid_unknown_fields=True):
    """A review behind the state of a part: who, as they signed it, when, and for which version."""

    name: str
    license: str
    role: str
    date: str
    version: str
    limits: str | None


class ReviewedPart(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the screening (rules, texts, crisis, or a language), and what reviews of it amount to."""

    part: str
    state: PartState
    reviews: tuple[Signature, ...]


class ReviewOfScreening(Struct, frozen=True, forbid_unknown_fields=True):
    """What clinicians said of the present screening: in a sentence, for the whole, and for each part."""

    says: str
    state: Headline
    parts: tuple[ReviewedPart, ...]


class Spell(Struct, frozen=True, forbid_unknown_fields=True):
    """A period on the line."""

    began: Moment
    ended: Moment
    by: str


class Chosen(Struct, frozen=True, forbid_unknown_fields=True):
    """An answer: `answer` is an option's id, several, a number, `not_sure` or `skipped`; `ask` and `said` are the
    wording of that time.
    """

    question: str
    section: str | None
    """The section's id; null if the screening no longer has the question."""
    ask: str
    ask_now: str | None
    """The present wording of the question; null if it is the same."""
    answer: Plain
    said: str
    at: Moment
    note: str
    marked: bool


class Misfit(Struct, frozen=True, forbid_unknown_fields=True):
    """An answer that no longer fits the present screening, and why."""

    answer: Chosen
    why: str


class OpenQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """A question without an answer that counts."""

    question: str
    ask: str
    note: str
    marked: bool


class Rise(Struct, frozen=True, forbid_unknown_fields=True):
    """When an alarm became active (`at`), and when it was cleared (`fell`); null while it is active. `said` are the
    question and the answer that raised it, `fell_to` the answer that cleared it; empty if they were not stored.
    """

    at: Moment
    fell: Moment | None
    said: str
    fell_to: str


class Done(Struct, frozen=True, forbid_unknown_fields=True):
    """A step of the clinic's protocol that was done."""

    step: str
    at: Moment
    by: str


class AlarmOfCall(Struct, frozen=True, forbid_unknown_fields=True):
    """An alarm that is active (`stands`), was active, or is possible, and what was done."""

    id: str
    urgency: Urgency | None
    """Null if the screening no longer has the alarm."""
    page: str | None
    """Alarms of one page share the steps of its protocol. Null if the screening no longer has the alarm."""
    stands: bool
    possible: bool
    raisings: tuple[Rise, ...]
    done: tuple[Done, ...]
    undone: tuple[str, ...]
    """The steps that nobody ticked off, for this alarm or for another of its page."""


class JudgmentOfCall(Struct, frozen=True, forbid_unknown_fields=True):
    """The counselor's judgment. The first in the list counts."""

    agrees: bool
    level: Level | None
    reason: str
    at: Moment
    by: str


class RaisedAlarm(Struct, frozen=True, forbid_unknown_fields=True):
    """An alarm that is active under the present rules."""

    id: str
    urgency: Urgency
    page: str
    because: str
    source: str
    answers: Mapping[str, Plain]


class ReasonOf(Struct, frozen=True, forbid_unknown_fields=True):
    """A true need."""

    need: str
    at_least: Level | None
    because: str
    source: str
    answers: Mapping[str, Plain]


class FitOf(Struct, frozen=True, forbid_unknown_fields=True):
    """A true practical matter."""

    id: str
    because: str
    suggests: str
    source: str | None
    answers: Mapping[str, Plain]


class MatterOf(Struct, frozen=True, forbid_unknown_fields=True):
    """A relevant open question."""

    question: str
    could_change: tuple[Level, ...]
    could_alarm: tuple[str, ...]


class Assessed(Struct, frozen=True, forbid_unknown_fields=True):
    """The result of the rules, as in `iop-tui assess --json`, with the source of each rule."""

    screening: Used
    notice: Notice
    level: Level | None
    """Null while an active alarm stops the questions."""
    could_be: tuple[Level, ...]
    alarms: tuple[RaisedAlarm, ...]
    first_steps: tuple[str, ...]
    possible_steps: tuple[str, ...]
    reasons: tuple[ReasonOf, ...]
    fits: tuple[FitOf, ...]
    unknown: tuple[MatterOf, ...]


class Document(Struct, frozen=True, forbid_unknown_fields=True):
    """One call. Moments are in UTC."""

    format: Literal["iop-tui-call"]
    version: Literal[1]
    notice: Notices
    program: str
    id: str
    reference: str
    counselor: str
    state: State
    began: Moment
    seconds: Annotated[int, Meta(ge=0)]
    """Seconds on the line, all periods together."""
    on_the_line: tuple[Spell, ...]
    screening: Used
    """As it was in the call."""
    assessment: Assessed
    """Under the present rules: its `screening` says which."""
    review: ReviewOfScreening
    """Of the screening whose rules these are."""
    changed: bool
    """Whether the screening was changed since the call."""
    judgments: tuple[JudgmentOfCall, ...]
    alarms: tuple[AlarmOfCall, ...]
    answers: tuple[Chosen, ...]
    """The answers that count, in the order of the questions."""
    ahead: tuple[Chosen, ...]
    """Answers given ahead: it is not known yet whether their questions are asked, so they do not count."""
    not_answered: tuple[OpenQuestion, ...]
    notes_elsewhere: tuple[OpenQuestion, ...]
    unfit: tuple[Misfit, ...]
    forms: tuple[FormOfCall, ...]
    """Forms of others, in the order in which they were begun."""
    note: str


def as_json(report: Report) -> str:
    """The data as JSON, a line end at the end."""
    return msgspec.json.format(msgspec.json.encode(document_of(report), enc_hook=_plain), indent=2).decode() + "\n"


def document_of(report: Report) -> Document:
    """The data as classes."""
    return Document(
        format="iop-tui-call",
        version=1,
        notice=Notices(report.notice or None, report.opening, report.closing),
        program=report.program,
        id=report.id,
        reference=report.reference,
        counselor=report.by,
        state=report.state,
        began=report.began,
        seconds=report.seconds,
        on_the_line=tuple(Spell(each.began, each.ended, each.by) for each in report.segments),
        screening=Used(report.used.id, report.used.version, report.used.sha256),
        assessment=_assessed(report),
        review=_review(report),
        changed=report.changed,
        judgments=tuple(JudgmentOfCall(o.agrees, o.level, o.reason, o.at, o.by) for o in report.opinions),
        alarms=tuple(map(_alarm, report.dangers)),
        answers=tuple(_chosen(report, line) for line in report.lines),
        ahead=tuple(_chosen(report, line) for line in report.ahead),
        not_answered=tuple(map(_open, report.open)),
        notes_elsewhere=tuple(map(_open, report.elsewhere)),
        unfit=tuple(_misfit(report, gone) for gone in report.gone),
        forms=tuple(map(form_of_call, report.forms)),
        note=report.note,
    )


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the output of `as_json`."""
    (top,), defs = msgspec.json.schema_components([Document], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "A call, as iop-tui exports it",
        **top,
        "$defs": {name: _in_one_line(part) for name, part in sorted(defs.items())},
    }


def schema_text() -> str:
    """The schema as a file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


# ---- inside ----------------------------------------------------------------------------------------------------------


def _in_one_line(part: dict[str, Any]) -> dict[str, Any]:
    """A part of the schema with its description in one line: Python 3.13 indents docstrings differently from 3.11."""
    return {**part, "description": " ".join(part["description"].split())} if "description" in part else part


def _plain(text: object) -> str:
    """A text with two forms is a subclass of `str`: its second-person form is exported."""
    if isinstance(text, str):
        return str(text)
    raise NotImplementedError(f"no JSON for {type(text).__name__}")


def _review(report: Report) -> ReviewOfScreening:
    status = status_of(report.screening)
    parts = (
        ReviewedPart(
            each.part,
            each.state,
            tuple(Signature(r.name, r.license, r.role, r.date, r.version, r.limits) for r in each.reviews),
        )
        for each in status.parts
    )
    return ReviewOfScreening(report.review, status.headline(), tuple(parts))


def _assessed(report: Report) -> Assessed:
    plain = as_document(report.assessment)
    assessment = report.assessment
    for alarm, raised in zip(plain["alarms"], assessment.alarms, strict=True):
        alarm["source"] = raised.alarm.source
    for need, reason in zip(plain["reasons"], assessment.reasons, strict=True):
        need["source"] = reason.need.source
    for fit, fitting in zip(plain["fits"], assessment.fits, strict=True):
        fit["source"] = fitting.fit.source
    return msgspec.convert(plain, Assessed)


def _alarm(danger: ReportedAlarm) -> AlarmOfCall:
    return AlarmOfCall(
        id=danger.id,
        urgency=danger.urgency,
        page=danger.page or None,
        stands=danger.active,
        possible=danger.possible,
        raisings=tuple(
            Rise(each.at, each.cleared_at, each.raised_by, each.corrected_to) for each in danger.alarm_events
        ),
        done=tuple(Done(tick.step, tick.at, tick.by) for tick in danger.ticks),
        undone=danger.undone,
    )


def _chosen(report: Report, line: Line) -> Chosen:
    section = report.screening.section_of.get(line.question)
    return Chosen(
        question=line.question,
        section=None if section is None else report.screening.sections[section].id,
        ask=line.ask,
        ask_now=line.ask_now or None,
        answer=line.answer,
        said=line.said,
        at=line.at,
        note=line.note,
        marked=line.marked,
    )


def _open(asked: Asked) -> OpenQuestion:
    return OpenQuestion(asked.question, asked.ask, asked.note, asked.marked)


def _misfit(report: Report, gone: ReportedOrphan) -> Misfit:
    return Misfit(_chosen(report, gone.line), gone.why)
