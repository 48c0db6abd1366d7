"""The definition of a screening: sections, questions, options, rules, levels. Frozen data with look-ups only.

The loader reads the field types of these classes, so this file also defines the YAML format: a field without a default
is required.
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
    Label,
    Level,
    NeutralText,
    NonEmpty,
    Origin,
    SecondPersonText,
    Slug,
    SourceLocation,
    Text,
    Title,
    Urgency,
    Word,
)
from iop_tui.screening.model.reviews import NO_REVIEWS, Reviews

# ---- questions -------------------------------------------------------------------------------------------------------


Rank = Annotated[int, Meta(ge=1, le=9)]
"""1 is shown before all others."""


class Option(Struct, frozen=True):
    """One option of a question. `weight` counts for a `score`; an option that is `alone` excludes the others.

    `kept_for` says why it is offered although no rule uses it, for reviewers.
    """

    id: Id
    text: Choice
    where: SourceLocation
    weight: Annotated[int, Meta(ge=0, le=100)] = 0
    alone: bool = False
    kept_for: Text | None = None


class Question(Struct, frozen=True):
    """One question. Options are ordered by need, least first; `lowest` and `highest` bound a number, or a day in days
    from today, both inclusive. `unit` is what is counted, such as drinks; `unit_of_one` is its singular; `if_more` is
    asked when a number is above the highest.

    `if_unsaid` names the crisis page to show, once, to a person who is not sure or would rather not say. A counselor
    reads out `say` in place of `ask`, and `say_why` in place of `why`; `also` are words that a caller may use, for the
    search; `label` stands beside the answer, and for the question in a rule told to reviewers. `check --prove` proves
    that a worse answer never leads to less care, unless the answers have no order (`ordered: no`), and that a
    `practical` question changes neither care nor alarms.
    If its answer `can_change` within days or weeks, a result may say which other answer would lead to less care.
    `link_id` is the linkId of the item of a FHIR Questionnaire that it was imported from.
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
    """The day from which relative bounds are counted. `question_types.on_day` fills it in."""
    ordered: bool = True
    practical: bool = False
    can_change: bool = False
    label: Label | None = None
    link_id: Text | None = None

    def option(self, option_id: str) -> Option | None:
        """The option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)

    def unit_for(self, number: int) -> str:
        """The unit for a count; empty if there is no unit."""
        return (self.unit_of_one if number == 1 else None) or self.unit or ""

    def counted(self, number: int) -> str:
        """A number with its unit: "1 drink"."""
        return f"{number} {self.unit_for(number)}".rstrip()


class Alarm(Struct, frozen=True):
    """A red flag. `now` stops the questions, `today` shows its page and lets the person go on.

    `no_case` says why no example person can test every part of the rule, for reviewers. `own_reading` says that the
    rule, or a part of it that `source` names, stands in no guideline in these words: reviewers read it first.
    """

    id: Id
    urgency: Urgency
    when: Condition
    page: Id
    because: SecondPersonText
    source: Text
    where: SourceLocation
    own_reading: bool = False
    no_case: Text | None = None


class Need(Struct, frozen=True):
    """A clinical rule: the least care that could meet it, a step that comes before any program, or both.

    `brief` is the reason in one line, for a card; without it `because` is used. `covered_by` names alarms and needs of
    which one is true whenever this one is, and asks for as much care or more: this need then never decides a level
    alone.
    """

    id: Id
    when: Condition
    because: SecondPersonText
    source: Text
    where: SourceLocation
    own_reading: bool = False
    brief: Brief | None = None
    at_least: Level | None = None
    first: tuple[Id, ...] = ()
    covered_by: tuple[Id, ...] = ()
    no_case: Text | None = None


class Fit(Struct, frozen=True):
    """A practical matter: it shapes which program, never how much care.

    A result shows the few true ones with the lowest `rank`; with `levels`, only for these levels of care.
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
    """What `check --prove` has to prove for every answer sheet on which `when` is true: that the level is never below
    `at_least`, unless an alarm stops the questions; that an alarm is active; or both.
    """

    id: Id
    when: Condition
    source: Text
    where: SourceLocation
    at_least: Level | None = None
    alarm: Id | None = None


class ImportedForm(Struct, frozen=True):
    """The FHIR Questionnaire that a section was imported from: its `license` is the author's condition for its use, and
    goes where its texts go. `file` is the name of its file, and `sha256` the hash of its bytes.
    """

    title: Origin
    file: Text
    sha256: Text
    where: SourceLocation
    url: Text | None = None
    version: Text | None = None
    publisher: Origin | None = None
    license: Origin | None = None


class Section(Struct, frozen=True):
    """Questions that belong together, with their rules. No answer in a `practical` section changes care or alarms.
    `form` is where they come from, if they were imported.
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
    form: ImportedForm | None = None


# ---- the words around them ---------------------------------------------------------------------------------------


class About(Struct, frozen=True):
    """What a screening is not: in one `line` on the first page, in full behind a key. Reviews say who reviewed it."""

    line: NeutralText
    points: NonEmpty[NeutralText]
    where: SourceLocation


class Welcome(Struct, frozen=True):
    """The first page: what this is, and what a person gets from it."""

    lead: NeutralText
    points: NonEmpty[NeutralText]
    where: SourceLocation
    about: About | None = None


class Disclaimer(Struct, frozen=True):
    """The sentences that open and close every summary and printed page."""

    opening: NeutralText
    closing: NeutralText
    where: SourceLocation


class Notice(Struct, frozen=True):
    """A sentence shown with the questions, the summary or both while its condition is true."""

    id: Id
    when: Condition
    text: Ask
    where: SourceLocation
    show: Literal["questions", "summary", "both"] = "both"


class Manifest(Struct, frozen=True):
    """screening.yaml: the name, the version, the order of the sections, and the texts around them.

    While `for_other` is true the respondent is a proxy, and all second-person text is in the third person. After the
    section `result_after` the result is offered; what is asked after it is practical, and shapes the program alone.
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
    result_after: Id | None = None


# ---- the whole -------------------------------------------------------------------------------------------------------


class Screening(Struct, frozen=True, dict=True, eq=False):
    """A loaded questions directory. `sha256` covers the names and bytes of its files, without the example people."""

    manifest: Manifest
    sections: tuple[Section, ...]
    care: CareFile
    help: HelpFile
    glossary: Glossary = Glossary((), SourceLocation("", 1))
    sha256: str = ""
    language: str = ENGLISH
    """The language code of its texts."""
    reviews: Reviews = NO_REVIEWS
    """What clinicians said of it. `review.reviewed` fills it in."""

    @functools.cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    @functools.cached_property
    def alarms(self) -> tuple[Alarm, ...]:
        """All alarms, those with urgency `now` first."""
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
        """The index of each question in `questions`, by id."""
        return {question.id: index for index, question in enumerate(self.questions)}

    @functools.cached_property
    def section_of(self) -> Mapping[str, int]:
        """The index in `sections` of each question's section, by question id."""
        return {question.id: index for index, section in enumerate(self.sections) for question in section.questions}

    @functools.cached_property
    def result_at(self) -> int:
        """The index in `questions` of the first one that comes after the result; their number where none does."""
        name = self.manifest.result_after
        last = next((index for index, section in enumerate(self.sections) if section.id == name), len(self.sections))
        return sum(len(section.questions) for section in self.sections[: last + 1])

    def is_practical(self, question: Question) -> bool:
        """Whether it is declared that no answer to this question changes care or alarms."""
        return question.practical or self.sections[self.section_of[question.id]].practical

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises KeyError."""
        return self.questions[self.position[question_id]]

    @functools.cached_property
    def levels(self) -> Mapping[Level, Care]:
        """The levels of care by id, least first."""
        return {care.id: care for care in self.care.levels}

    @functools.cached_property
    def ranks(self) -> Mapping[Level, int]:
        """The rank of each level: 0 for the least care, in the order of care.yaml."""
        return {level: rank for rank, level in enumerate(self.levels)}

    def rank(self, level: Level | None) -> int:
        """The rank of a level; -1 for None. Raises KeyError for an unknown level."""
        return -1 if level is None else self.ranks[level]

    def levels_between(self, low: Level, high: Level) -> tuple[Level, ...]:
        """All levels from `low` to `high`, both included; empty if `high` ranks lower."""
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
