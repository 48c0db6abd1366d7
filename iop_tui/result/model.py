"""The result of a screening: what is told to a person, before it is put in an order or in words of a page.

Each entry keeps its kind and its id: no renderer has to guess from a text what it was.
"""

from __future__ import annotations

import enum
from typing import Literal

from msgspec import Struct

from iop_tui.screening.model.answers import Known
from iop_tui.screening.model.content import Care, CrisisPage, PhoneLine
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import Level, Urgency

URGENT = 2
"""So many of the lines that the answers make relevant are among the most urgent."""


class Verdict(enum.Enum):
    """What the answers say of one level of care."""

    NOT_ENOUGH = "not_enough"
    FIRST = "first"
    POSSIBLE = "possible"
    MORE = "more"


class Said(Struct, frozen=True):
    """An answer, and the question that it was given to, both in words. `question` is its id."""

    question: str
    ask: str
    answer: str


class RaisedAlarm(Struct, frozen=True):
    """An alarm that stands: its page, whom that page names for these answers, and why."""

    id: str
    urgency: Urgency
    page: CrisisPage
    lines: tuple[PhoneLine, ...]
    because: str
    answers: tuple[Said, ...]


class NeededStep(Struct, frozen=True):
    """A thing to do before any program: `sure`, or only possible while some questions are open. `brief` is one line."""

    id: str
    sure: bool
    title: str
    brief: str
    text: str
    because: str
    """The reason for it; empty where it is only possible."""
    covers: tuple[str, ...]


class LevelReason(Struct, frozen=True):
    """A need that holds: the least care that could meet it (None: it only asks for a first step), and why."""

    id: str
    level: Level | None
    text: str
    brief: str
    answers: tuple[Said, ...]


class OpenQuestion(Struct, frozen=True):
    """A question without an answer that would matter: the levels it could lead to, and the alarms it could raise.
    `danger` is the urgency of the most urgent one that it could raise by itself, or `talk` where only others together
    with it could.
    """

    question: str
    ask: str
    levels: tuple[Level, ...]
    alarms: tuple[str, ...]
    danger: Urgency | Literal["talk"] | None


class Tip(Struct, frozen=True):
    """What to ask of a program, and why."""

    id: str
    text: str
    because: str
    answers: tuple[Said, ...]


class AdviceGiven(Struct, frozen=True):
    """A thing to do after the first steps, with the items that these answers and this level make true."""

    id: str
    chapter: Literal["todo", "fit"]
    aside: bool
    title: str
    items: tuple[str, ...]


class ComparedLevel(Struct, frozen=True):
    """A level of care, and what the answers say of it."""

    care: Care
    verdict: Verdict


class Hinge(Struct, frozen=True):
    """The one answer that the level hangs on: what it is now, and the nearest one with which a lower level would do. Of
    several options that were chosen, `now` names those that it would do without; `then` is empty where the rest stay.
    `label` is the question's own, which stands beside answers; empty where it has none.
    """

    question: str
    ask: str
    label: str
    now: str
    then: str
    level: Level
    other: Known
    """The other answer as it is kept."""


class CallSide(Struct, frozen=True):
    """What one side says in a first call."""

    you: bool
    text: str


class Notice(Struct, frozen=True):
    """A sentence that stands beside every result like this one."""

    id: str
    text: str


class Result(Struct, frozen=True):
    """What one person is told. While an alarm `now` stands there is no level, and nothing but it is told."""

    screening: Screening
    """In the words for whoever gave the answers."""
    for_other: bool
    level: Level | None
    could_be: tuple[Level, ...]
    settled: bool
    """Whether one level is named to ask about first. If not, so much is open that `level` is only the least."""
    alarms: tuple[RaisedAlarm, ...]
    """Those that stop the questions first."""
    steps: tuple[NeededStep, ...]
    """Those that are sure first."""
    reasons: tuple[LevelReason, ...]
    """The most intensive first."""
    open: tuple[OpenQuestion, ...]
    settling: tuple[str, ...]
    """The ids of the two open questions whose answers would narrow the levels most; none where one level is left."""
    tips: tuple[Tip, ...]
    """The most useful first. All that hold at this level: a document tells the first few."""
    advice: tuple[AdviceGiven, ...]
    lines: tuple[PhoneLine, ...]
    """Whom to call, the most urgent first; only those that the answers make relevant."""
    levels: tuple[ComparedLevel, ...]
    """Least care first; empty without a level."""
    hinge: Hinge | None
    call: tuple[CallSide, ...]
    say: str
    """The sentence to say first on the phone; empty where the screening has none."""
    say_to: str
    """Whom to say it to, as a sentence without its point, where that is somebody else than who helps to find care: who
    is in care talks to those who give it. Empty for everybody else.
    """
    notices: tuple[Notice, ...]

    @property
    def pages(self) -> tuple[CrisisPage, ...]:
        """The pages of danger, each once, in the order of the alarms."""
        return tuple({raised.page.id: raised.page for raised in self.alarms}.values())

    @property
    def page_lines(self) -> tuple[PhoneLine, ...]:
        """Whom the pages of danger name for these answers, each once."""
        return tuple({line.id: line for raised in self.alarms for line in raised.lines}.values())

    @property
    def urgent_lines(self) -> tuple[PhoneLine, ...]:
        """Whom to call first, each once: in danger the first line of its page, then the first of all lines."""
        return tuple(dict.fromkeys((*self.page_lines[:1], *self.lines[:URGENT])))

    @property
    def covered_steps(self) -> frozenset[str]:
        """The ids of first steps that a page of danger says already."""
        return frozenset(step for page in self.pages for step in page.covers)
