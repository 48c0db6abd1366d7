"""What a call is: the answers as they were given, notes, alarms and what was done about them, the counselor's judgment.

A call is a record by itself: with each answer stand the words of the question and the answer as they were when it was
given, so that it can be read after the screening was changed. Moments are in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from iop_tui.screening.model.field_types import Level

FORMAT = 2
"""Of a call as it is stored. A program that is older than a record refuses it rather than lose a part of it.

1: a level is one of four. 2: a level is the id of any level that its screening has.
"""
State = Literal["open", "call_back", "finished"]
Plain = str | tuple[str, ...] | int
"""An answer as plain data: an option's id, several, a number, or one of the words for an unknown answer."""


class Ref(Struct, frozen=True):
    """Which screening was used: its id, version and hash."""

    id: str
    version: str
    sha256: str


class RecordedAnswer(Struct, frozen=True):
    """An answer, when it was given, and the question and the answer in the words of that time."""

    answer: Plain
    at: datetime
    ask: str
    said: str


class OrphanedAnswer(Struct, frozen=True):
    """An answer that does not fit the screening any more, and why, as a sentence. It counts for nothing; it is kept."""

    question: str
    given: RecordedAnswer
    why: str


class AlarmEvent(Struct, frozen=True):
    """An alarm that came to stand, and when; `fell` where an answer was put right later.

    `said` is what raised it, question and answer in the words of that time, and `fell_to` what was answered instead:
    who reads the record must see what was taken back.
    """

    alarm: str
    at: datetime
    fell: datetime | None = None
    questions: tuple[str, ...] = ()
    said: str = ""
    fell_to: str = ""


class ChecklistEntry(Struct, frozen=True):
    """A step of the clinic's protocol that was done for an alarm, in its words of that time."""

    alarm: str
    step: str
    at: datetime
    by: str


class Judgment(Struct, frozen=True):
    """What the counselor thinks. `level` is what fits: the program's where they agree; None where they do
    not, and no other level does.
    """

    agrees: bool
    at: datetime
    by: str
    level: Level | None = None
    reason: str = ""


class CallSegment(Struct, frozen=True):
    """A time on the line: from the beginning, or a resumption, to the last thing that was done."""

    began: datetime
    ended: datetime
    by: str


class Call(Struct, frozen=True):
    """One call. `at` is the question that was on the screen; `marked` are questions to come back to."""

    id: str
    screening: Ref
    by: str
    began: datetime
    format: int = FORMAT
    state: State = "open"
    reference: str = ""
    """Whatever the clinic finds the caller again by. No name is asked for."""
    stretches: tuple[CallSegment, ...] = ()
    given: Mapping[str, RecordedAnswer] = {}
    unfit: tuple[OrphanedAnswer, ...] = ()
    notes: Mapping[str, str] = {}
    """Question id -> the counselor's note on it."""
    note: str = ""
    """The counselor's note on the call."""
    marked: tuple[str, ...] = ()
    at: str | None = None
    raisings: tuple[AlarmEvent, ...] = ()
    ticks: tuple[ChecklistEntry, ...] = ()
    judgments: tuple[Judgment, ...] = ()
    """The last one counts; those before it stay."""

    @property
    def seconds(self) -> int:
        """Seconds on the line, all stretches together."""
        return sum(max(0, round((stretch.ended - stretch.began).total_seconds())) for stretch in self.stretches)

    @property
    def judgment(self) -> Judgment | None:
        """The judgment that counts."""
        return self.judgments[-1] if self.judgments else None


class Card(Struct, frozen=True):
    """A call in a list: what can be seen, sorted and searched without opening the call itself."""

    id: str
    state: State
    reference: str
    by: str
    began: datetime
    changed: datetime
    seconds: int
    answered: int
    """Questions with an answer, an unknown one included."""
    asked: int
    """Questions that these answers ask."""
    ends_in: str
    """The id of the section of the question that was on the screen last; empty once all is answered."""
    level: Level | None
    could_be: tuple[Level, ...]
    alarms: tuple[str, ...]
    judged: Level | None
    """The counselor's level, where they think of another one than the program."""
    words: str
    """The notes, for searching."""
