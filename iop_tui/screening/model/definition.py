"""What a screening is: sections, questions, options, rules, levels. Frozen data, no behaviour but look-ups.

The loader reads the field types of these classes, so this file is also the definition of the YAML format:
a field without a default must be written, a field with one may be.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.content import Care, CareFile, CrisisPage, FirstStep, Glossary, HelpFile, PhoneLine
from iop_tui.screening.model.field_types import (
    ENGLISH,
    Ask,
    Bound,
    Brief,
    Choice,
    Id,
    Kind,
    Level,
    NeutralText,
    NonEmpty,
    SecondPersonText,
    Slug,
    SourceLocation,
    Text,
    Title,
    Urgency,
    Word,
)

# ---- questions -------------------------------------------------------------------------------------------------------


Rank = Annotated[int, Meta(ge=1, le=9)]
"""1 is told before all others."""


class Option(Struct, frozen=True):
    """One answer that can be chosen. `weight` counts for a `score`; `alone` cannot be chosen together with others.

    `kept_for` says why it can be chosen where no rule asks for it, for whoever checks the screening.
    """

    id: Id
    text: Choice
    where: SourceLocation
    weight: Annotated[int, Meta(ge=0, le=100)] = 0
    alone: bool = False
    kept_for: Text | None = None


class Question(Struct, frozen=True):
    """One thing to find out. Options stand least need first; `lowest` and `highest` bound a number, or a day in days
    from today, both included.
    `unit` is what is counted, such as drinks; `unit_of_one` is what one of them is called; `if_more` is asked of
    whoever types a number above the highest.

    `if_unsaid` names the crisis page to show, once, to somebody who is not sure or would rather not say. A counselor
    reads out `say` in place of `ask`, and `say_why` in place of `why`; `also` are words that a caller may use, to find
    the question by. `check --prove` holds a question to it that a worse answer never gives less care, unless the
    answers have no order (`ordered: no`); and that no answer changes care or alarms, where it is `practical`.
    Where its answer `can_change` within days or weeks, a result may say which other one would lead to less care.
    """

    id: Id
    ask: Ask
    why: Ask
    where: SourceLocation
    kind: Kind = "one"
    options: tuple[Option, ...] = ()
    say: SecondPersonText | None = None
    say_why: SecondPersonText | None = None
    also: tuple[Word, ...] = ()
    show_if: Condition | None = None
    lowest: Bound | None = None
    highest: Bound | None = None
    unit: SecondPersonText | None = None
    unit_of_one: SecondPersonText | None = None
    if_more: SecondPersonText | None = None
    if_unsaid: Id | None = None
    today: date | None = None
    """The day from which bounds are counted that are relative to it. `question_types.on_day` fills it in."""
    ordered: bool = True
    practical: bool = False
    can_change: bool = False

    def option(self, option_id: str) -> Option | None:
        """The option of that id, or None."""
        return next((option for option in self.options if option.id == option_id), None)

    def unit_for(self, number: int) -> str:
        """What so many are called; nothing where no unit is given."""
        return (self.unit_of_one if number == 1 else None) or self.unit or ""

    def counted(self, number: int) -> str:
        """A number with its unit: "1 drink"."""
        return f"{number} {self.unit_for(number)}".rstrip()


class Alarm(Struct, frozen=True):
    """A red flag. `now` stops the questions, `today` shows its page and lets the person go on.

    `no_case` says of a rule why no example person can prove every part of it, for whoever checks the screening.
    """

    id: Id
    urgency: Urgency
    when: Condition
    page: Id
    because: SecondPersonText
    source: Text
    where: SourceLocation
    no_case: Text | None = None


class Need(Struct, frozen=True):
    """A clinical rule: the least care that could meet it, a step that comes before any program, or both.

    `brief` is the reason in one line, for a card; where it is missing, `because` stands there.
    `covered_by` names the alarms and needs of which one always stands beside it and asks for as much care or more: the
    need by itself then decides no level.
    """

    id: Id
    when: Condition
    because: SecondPersonText
    source: Text
    where: SourceLocation
    brief: Brief | None = None
    at_least: Level | None = None
    first: tuple[Id, ...] = ()
    covered_by: tuple[Id, ...] = ()
    no_case: Text | None = None


class Fit(Struct, frozen=True):
    """A practical matter: it shapes which program, never how much care.

    Of those that hold, a result tells the few with the lowest `rank`; with `levels`, only beside these levels of care.
    """

    id: Id
    when: Condition
    because: SecondPersonText
    suggests: SecondPersonText
    where: SourceLocation
    levels: tuple[Level, ...] = ()
    rank: Rank = 5
    source: Text | None = None
    no_case: Text | None = None


class Promise(Struct, frozen=True):
    """What `check --prove` has to prove of every answer sheet on which `when` holds: that nobody gets less care than
    `at_least`, unless an alarm stops the questions; that an alarm stands; or both.
    """

    id: Id
    when: Condition
    source: Text
    where: SourceLocation
    at_least: Level | None = None
    alarm: Id | None = None


class Section(Struct, frozen=True):
    """Questions that belong together, and the rules that stand beside them. No answer in a `practical` section changes
    care or alarms.
    """

    id: Id
    title: Title
    where: SourceLocation
    questions: tuple[Question, ...]
    intro: SecondPersonText | None = None
    alarms: tuple[Alarm, ...] = ()
    needs: tuple[Need, ...] = ()
    fits: tuple[Fit, ...] = ()
    promises: tuple[Promise, ...] = ()
    practical: bool = False


# ---- the words around them ---------------------------------------------------------------------------------------


class About(Struct, frozen=True):
    """What a screening is not, and who reviewed it: in one `line` on the first page, in full behind a key."""

    line: NeutralText
    points: NonEmpty[NeutralText]
    where: SourceLocation


class Welcome(Struct, frozen=True):
    """The first page: what this is, and what one gets."""

    lead: NeutralText
    points: NonEmpty[NeutralText]
    where: SourceLocation
    about: About | None = None


class Disclaimer(Struct, frozen=True):
    """The sentences that open and close every summary and print-out."""

    opening: NeutralText
    closing: NeutralText
    where: SourceLocation


class Notice(Struct, frozen=True):
    """A sentence shown with the questions, the summary or both while its condition holds."""

    id: Id
    when: Condition
    text: Ask
    where: SourceLocation
    show: Literal["questions", "summary", "both"] = "both"


class Manifest(Struct, frozen=True):
    """screening.yaml: the name, the version, the order of the sections, and the words around them.

    While `for_other` holds, somebody answers for another: all that is told is told of that person.
    """

    id: Slug
    version: Text
    title: Title
    sections: tuple[Id, ...]
    welcome: Welcome
    disclaimer: Disclaimer
    where: SourceLocation
    notices: tuple[Notice, ...] = ()
    for_other: Condition | None = None


# ---- the whole -------------------------------------------------------------------------------------------------------


class Screening(Struct, frozen=True, dict=True, eq=False):
    """A loaded questions directory. `sha256` is over the names and bytes of its files, example people left out."""

    manifest: Manifest
    sections: tuple[Section, ...]
    care: CareFile
    help: HelpFile
    glossary: Glossary = Glossary((), SourceLocation("", 1))
    sha256: str = ""
    language: str = ENGLISH
    """The code of the language that its texts are in."""

    @functools.cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order in which they are asked."""
        return tuple(question for section in self.sections for question in section.questions)

    @functools.cached_property
    def alarms(self) -> tuple[Alarm, ...]:
        """All alarms; those that stop the questions come first."""
        alarms = [alarm for section in self.sections for alarm in section.alarms]
        return tuple(sorted(alarms, key=lambda alarm: alarm.urgency != "now"))

    @functools.cached_property
    def needs(self) -> tuple[Need, ...]:
        """All needs, in the order of the files."""
        return tuple(need for section in self.sections for need in section.needs)

    @functools.cached_property
    def fits(self) -> tuple[Fit, ...]:
        """All fits, in the order of the files."""
        return tuple(fit for section in self.sections for fit in section.fits)

    @functools.cached_property
    def promises(self) -> tuple[Promise, ...]:
        """All promises, in the order of the files."""
        return tuple(promise for section in self.sections for promise in section.promises)

    @functools.cached_property
    def position(self) -> Mapping[str, int]:
        """Where each question stands in `questions`, by id."""
        return {question.id: index for index, question in enumerate(self.questions)}

    @functools.cached_property
    def section_of(self) -> Mapping[str, int]:
        """The index in `sections` of each question's section, by question id."""
        return {question.id: index for index, section in enumerate(self.sections) for question in section.questions}

    def question(self, question_id: str) -> Question:
        """The question of that id. Raises KeyError where there is none."""
        return self.questions[self.position[question_id]]

    @functools.cached_property
    def levels(self) -> Mapping[Level, Care]:
        """What each level of care is, least first."""
        return {care.id: care for care in self.care.levels}

    @functools.cached_property
    def ranks(self) -> Mapping[Level, int]:
        """The place of each level in the order of care.yaml: 0 for the least care."""
        return {level: rank for rank, level in enumerate(self.levels)}

    def rank(self, level: Level | None) -> int:
        """The rank of a level; -1 for none. Raises KeyError for a level that does not exist."""
        return -1 if level is None else self.ranks[level]

    def levels_between(self, low: Level, high: Level) -> tuple[Level, ...]:
        """All levels from `low` to `high`, both included; empty where `high` is the lesser."""
        return tuple(self.levels)[self.ranks[low] : self.ranks[high] + 1]

    @property
    def least(self) -> Level:
        """The least level of care."""
        return self.care.levels[0].id

    @property
    def most(self) -> Level:
        """The most intensive level of care."""
        return self.care.levels[-1].id

    @functools.cached_property
    def first_steps(self) -> Mapping[str, FirstStep]:
        """The first steps, by id."""
        return {step.id: step for step in self.care.first_steps}

    @functools.cached_property
    def pages(self) -> Mapping[str, CrisisPage]:
        """The crisis pages, by id."""
        return {page.id: page for page in self.help.pages}

    @functools.cached_property
    def phone_lines(self) -> Mapping[str, PhoneLine]:
        """The phone lines, by id."""
        return {line.id: line for line in self.help.lines}
