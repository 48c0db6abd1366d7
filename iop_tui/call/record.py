"""The data of a call: answers as given, notes, alarms and the steps done for them, the counselor's judgments.

A call is self-contained: each answer is stored with the wording of its question and answer at that time, so that it can
be read after the screening changed. Times are in UTC.

Stored keys never change; a field that got a better name later maps it to its key with `rename`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from iop_tui.screening.model.field_types import Level

FORMAT = 3
"""The version of the storage format. A program refuses a record of a later version rather than lose a part of it.

1: a level is one of four. 2: a level is the id of any level that its screening has. 3: forms that were filled in.
"""
State = Literal["open", "call_back", "finished"]
Plain = str | tuple[str, ...] | int
"""An answer as plain data: an option's id, several, a number, or one of the words for an unknown answer."""


class Ref(Struct, frozen=True):
    """Which screening was used: its id, version and hash."""

    id: str
    version: str
    sha256: str


class RecordedAnswer(Struct, frozen=True, rename={"answer_text": "said"}):
    """An answer, its time, and the wording of question and answer at that time."""

    answer: Plain
    at: datetime
    ask: str
    answer_text: str


class OrphanedAnswer(Struct, frozen=True, rename={"recorded": "given"}):
    """An answer that the screening no longer allows, with the reason as a sentence. It is kept, and has no effect."""

    question: str
    recorded: RecordedAnswer
    why: str


class AlarmEvent(Struct, frozen=True, rename={"cleared_at": "fell", "raised_by": "said", "corrected_to": "fell_to"}):
    """An alarm that became active, and when. `cleared_at` is when a corrected answer cleared it.

    `raised_by` is the question and answer that raised it, as worded then; `corrected_to` is the answer that replaced
    it, so that a reader of the record sees what was corrected.
    """

    alarm: str
    at: datetime
    cleared_at: datetime | None = None
    questions: tuple[str, ...] = ()
    raised_by: str = ""
    corrected_to: str = ""


class ChecklistEntry(Struct, frozen=True):
    """A step of the clinic's protocol that was ticked for an alarm, in its wording at that time."""

    alarm: str
    step: str
    at: datetime
    by: str


class Judgment(Struct, frozen=True):
    """The counselor's judgment. `level` is the level that they think fits: the program's where they agree; None where
    they disagree and no level fits.
    """

    agrees: bool
    at: datetime
    by: str
    level: Level | None = None
    reason: str = ""


class FormLine(Struct, frozen=True):
    """A line of a form: a question with its answer (empty: none), or the title over some of them, as worded then."""

    ask: str
    said: str = ""
    title: bool = False
    weight: float | None = None
    """Of an answer about thoughts of suicide: what it weighs in the form; None where the form does not say."""

    @property
    def in_one(self) -> str:
        """The question and its answer in one line."""
        return f"{asked(self.ask)} {self.said or 'no answer'}"


def asked(question: str) -> str:
    """The words of a form's question, ready to be followed by an answer: many end without a sign."""
    return question if question.endswith(("?", ":", ".", "!", "…")) else f"{question}:"


class UnfitFormAnswer(Struct, frozen=True):
    """A saved answer that has no place in the form as it was later, in words and as FHIR JSON. It is kept, and counts
    for nothing.
    """

    link_id: str
    ask: str
    said: str
    json: str


class FilledForm(Struct, frozen=True):
    """A form of another author's, filled in during the call. It is no part of the screening, and of its result.

    It can be read, and exported, without the form's file: `lines`, `totals` and `missing` are the form in words as it
    was answered last; `response` is the same as a FHIR QuestionnaireResponse.
    """

    id: str
    title: str
    url: str
    """The form's own URL; empty if it has none."""
    canonical: str
    """What the response names as its form."""
    sha256: str
    """Of the form's file."""
    source: str
    """The name of that file."""
    response: str
    began: datetime
    changed: datetime
    by: str
    """Who gave the last answer."""
    complete: bool
    answered: int
    left: int
    """Questions that are still to be asked, as things stand."""
    rights: tuple[str, ...] = ()
    """The publisher and the copyright, as the form names them."""
    lines: tuple[FormLine, ...] = ()
    totals: tuple[str, ...] = ()
    """Each total, or why there is none, in words."""
    missing: tuple[str, ...] = ()
    """Required questions without an answer."""
    not_asked: tuple[str, ...] = ()
    """Questions of the form that cannot be asked here, and why."""
    unfit: tuple[UnfitFormAnswer, ...] = ()
    suicide: tuple[FormLine, ...] = ()
    """Answers about thoughts of suicide that are above zero: they hold an alarm up."""
    with_disabled: str = ""
    """The response with the answers of questions that are not asked with the other answers: they count for nothing, go
    out nowhere, and are there again once their questions are asked. Empty where there are none.
    """


class CallSegment(Struct, frozen=True):
    """A period on the line: from the beginning or a resumption to the last operation."""

    began: datetime
    ended: datetime
    by: str


class Call(
    Struct,
    frozen=True,
    rename={"segments": "stretches", "answers": "given", "orphaned": "unfit", "alarm_events": "raisings"},
):
    """One call. `at` is the current question; `marked` are questions to come back to."""

    id: str
    screening: Ref
    by: str
    began: datetime
    format: int = FORMAT
    state: State = "open"
    reference: str = ""
    """How the clinic finds the caller again, in its own terms. No name is asked for."""
    segments: tuple[CallSegment, ...] = ()
    answers: Mapping[str, RecordedAnswer] = {}
    orphaned: tuple[OrphanedAnswer, ...] = ()
    notes: Mapping[str, str] = {}
    """Question id -> the counselor's note on it."""
    note: str = ""
    """The counselor's note on the call."""
    marked: tuple[str, ...] = ()
    at: str | None = None
    alarm_events: tuple[AlarmEvent, ...] = ()
    ticks: tuple[ChecklistEntry, ...] = ()
    judgments: tuple[Judgment, ...] = ()
    """The last one counts; earlier ones are kept."""
    forms: tuple[FilledForm, ...] = ()
    """Forms that were filled in within the call, in the order in which they were begun."""

    @property
    def seconds(self) -> int:
        """Seconds on the line, all segments together."""
        return sum(max(0, round((segment.ended - segment.began).total_seconds())) for segment in self.segments)

    @property
    def judgment(self) -> Judgment | None:
        """The judgment that counts."""
        return self.judgments[-1] if self.judgments else None


class Card(Struct, frozen=True):
    """The entry of a call in a list: what can be shown, sorted and searched without opening the call."""

    id: str
    state: State
    reference: str
    by: str
    began: datetime
    changed: datetime
    seconds: int
    answered: int
    """The number of questions with an answer, "not sure" and "skipped" included."""
    asked: int
    """The number of questions that are shown with these answers."""
    ends_in: str
    """The id of the section of the current question; empty once all questions are answered."""
    level: Level | None
    could_be: tuple[Level, ...]
    alarms: tuple[str, ...]
    judged: Level | None
    """The counselor's level, where it differs from the program's."""
    words: str
    """The notes, and the titles of the forms, for searching."""
