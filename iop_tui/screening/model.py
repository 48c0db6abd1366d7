"""What a screening is: sections, questions, options, rules, levels. Frozen data, no behaviour but look-ups.

The loader reads the field types of these classes, so this file is also the definition of the YAML format:
a field without a default must be written, a field with one may be.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, Struct

T = TypeVar("T")
Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""The name of a question, option, rule or page: small letters, digits and `_`."""
Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
"""The name of a screening: small letters, digits and `-`."""
Text = Annotated[str, Meta(min_length=1, max_length=1000)]
"""A sentence or a few, shown as it stands: never markup."""
Ask = Annotated[str, Meta(min_length=1, max_length=300)]
"""A question, the reason for it, or a notice beside it: short enough for a page of 20 lines to hold them."""
Choice = Annotated[str, Meta(min_length=1, max_length=120)]
"""The words of an option: two lines of a narrow terminal."""
Title = Annotated[str, Meta(min_length=1, max_length=60)]
"""The heading of a page: one line of a narrow terminal."""
Deed = Annotated[str, Meta(min_length=1, max_length=160)]
"""A sentence of a crisis page: somebody in need reads it at a glance."""
Some = Annotated[tuple[T, ...], Meta(min_length=1)]
"""A list that may not be empty."""
Short = Annotated[str, Meta(min_length=1, max_length=12)]
"""A heading for a narrow column, in characters."""
Date = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""A day as YYYY-MM-DD."""
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Urgency = Literal["now", "today"]
Kind = Literal["one", "several", "number"]

RESERVED = ("not_sure", "skipped")
"""Words for an unknown answer: no option may have them as its id."""


class Where(Struct, frozen=True):
    """The place in the questions directory that something was written at: a file as the person named it, a line from
    1.
    """

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Level(enum.Enum):
    """A level of care, least first."""

    OUTPATIENT = "outpatient"
    IOP = "iop"
    PHP = "php"
    INPATIENT = "inpatient"

    @functools.cached_property
    def rank(self) -> int:
        """0 for the least care, 3 for the most."""
        return list(Level).index(self)

    @staticmethod
    def between(low: Level, high: Level) -> tuple[Level, ...]:
        """All levels from `low` to `high`, both included; empty where `high` is the lesser."""
        return tuple(level for level in Level if low.rank <= level.rank <= high.rank)


# ---- conditions ------------------------------------------------------------------------------------------------------


class Is(Struct, frozen=True):
    """One of `options` was chosen for `question`."""

    question: str
    options: tuple[str, ...]
    where: Where


class InRange(Struct, frozen=True):
    """The number given for `question` is at least / at most these; None where that side is open."""

    question: str
    at_least: int | None
    at_most: int | None
    where: Where


class All(Struct, frozen=True):
    """Every part holds."""

    of: tuple[Condition, ...]


class AnyOf(Struct, frozen=True):
    """At least one part holds."""

    of: tuple[Condition, ...]


class Not(Struct, frozen=True):
    """The part does not hold."""

    of: Condition


class AtLeast(Struct, frozen=True):
    """At least `count` of the parts hold."""

    count: int
    of: tuple[Condition, ...]


class Score(Struct, frozen=True):
    """The weights of the options chosen for `questions` add up to `at_least` or more."""

    questions: tuple[str, ...]
    at_least: int
    where: Where


Condition = Is | InRange | All | AnyOf | Not | AtLeast | Score


# ---- questions -------------------------------------------------------------------------------------------------------


class Option(Struct, frozen=True):
    """One answer that can be chosen. `weight` counts for a `score`; `alone` cannot be chosen together with others."""

    id: Id
    text: Choice
    where: Where
    weight: Annotated[int, Meta(ge=0, le=100)] = 0
    alone: bool = False


class Question(Struct, frozen=True):
    """One thing to find out. Options stand least need first; `lowest` and `highest` bound a number, both included."""

    id: Id
    ask: Ask
    why: Ask
    where: Where
    kind: Kind = "one"
    options: tuple[Option, ...] = ()
    say: Text | None = None
    show_if: Condition | None = None
    lowest: Count | None = None
    highest: Count | None = None
    unit: Text | None = None

    def option(self, option_id: str) -> Option | None:
        """The option of that id, or None."""
        return next((option for option in self.options if option.id == option_id), None)


class Alarm(Struct, frozen=True):
    """A red flag. `now` stops the questions, `today` shows its page and lets the person go on."""

    id: Id
    urgency: Urgency
    when: Condition
    page: Id
    because: Text
    source: Text
    where: Where


class Need(Struct, frozen=True):
    """A clinical rule: the least care that could meet it, a step that comes before any program, or both."""

    id: Id
    when: Condition
    because: Text
    source: Text
    where: Where
    at_least: Level | None = None
    first: tuple[Id, ...] = ()


class Fit(Struct, frozen=True):
    """A practical matter: it shapes which program, never how much care."""

    id: Id
    when: Condition
    because: Text
    suggests: Text
    where: Where
    source: Text | None = None


class Section(Struct, frozen=True):
    """Questions that belong together, and the rules that stand beside them."""

    id: Id
    title: Title
    where: Where
    questions: tuple[Question, ...]
    intro: Text | None = None
    alarms: tuple[Alarm, ...] = ()
    needs: tuple[Need, ...] = ()
    fits: tuple[Fit, ...] = ()


# ---- care and help ---------------------------------------------------------------------------------------------------


class Row(Struct, frozen=True):
    """One thing that the four levels are compared on."""

    id: Id
    text: Text
    where: Where


class Care(Struct, frozen=True):
    """What one level of care is, in plain words, with one short text for each row of the comparison."""

    id: Level
    name: Text
    short: Short
    what: Text
    compare: Mapping[str, Text]
    where: Where


class FirstStep(Struct, frozen=True):
    """Something to do before any program, such as a medical check."""

    id: Id
    title: Title
    text: Text
    where: Where


class Advice(Struct, frozen=True):
    """A further part of the summary; with `when` or `levels`, only for those it is meant for."""

    id: Id
    title: Title
    items: Some[Text]
    where: Where
    when: Condition | None = None
    levels: tuple[Level, ...] = ()


class CareFile(Struct, frozen=True):
    """care.yaml: the levels compared, first steps, advice."""

    compare: tuple[Row, ...]
    levels: tuple[Care, ...]
    where: Where
    first_steps: tuple[FirstStep, ...] = ()
    advice: tuple[Advice, ...] = ()


class PhoneLine(Struct, frozen=True):
    """Somebody to reach. `checked` is the day on which `source` was last read."""

    id: Id
    name: Text
    reach: Text
    about: Text
    source: Text
    checked: Date
    where: Where


class CrisisPage(Struct, frozen=True):
    """What an alarm shows: what to do and who to reach, most urgent first."""

    id: Id
    title: Title
    do: Some[Deed]
    lines: Some[Id]
    where: Where


class HelpFile(Struct, frozen=True):
    """help.yaml: phone lines, crisis pages, and the lines that stand on every "who to call"."""

    lines: Some[PhoneLine]
    pages: tuple[CrisisPage, ...]
    always: tuple[Id, ...]
    where: Where


class Welcome(Struct, frozen=True):
    """The first page: what this is, and what it is not."""

    lead: Text
    points: Some[Text]
    where: Where


class Disclaimer(Struct, frozen=True):
    """The sentences that open and close every summary and print-out."""

    opening: Text
    closing: Text
    where: Where


class Notice(Struct, frozen=True):
    """A sentence shown with the questions, the summary or both while its condition holds."""

    id: Id
    when: Condition
    text: Ask
    where: Where
    show: Literal["questions", "summary", "both"] = "both"


class Manifest(Struct, frozen=True):
    """screening.yaml: the name, the version, the order of the sections, and the words around them."""

    id: Slug
    version: Text
    title: Title
    sections: tuple[Id, ...]
    welcome: Welcome
    disclaimer: Disclaimer
    where: Where
    notices: tuple[Notice, ...] = ()


# ---- the whole -------------------------------------------------------------------------------------------------------


class Screening(Struct, frozen=True, dict=True, eq=False):
    """A loaded questions directory. `sha256` is over the names and bytes of its files, example people left out."""

    manifest: Manifest
    sections: tuple[Section, ...]
    care: CareFile
    help: HelpFile
    sha256: str = ""

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
        """What each level of care is."""
        return {care.id: care for care in self.care.levels}

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
