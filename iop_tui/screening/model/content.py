"""The content around the questions: levels of care, advice, glossary, phone lines.

Field types are the format of care.yaml, glossary.yaml and help.yaml, as in `definition.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.field_types import (
    JOINED,
    Date,
    Id,
    Level,
    NeutralText,
    NonEmpty,
    SecondPersonText,
    Short,
    ShortSentence,
    SleepPlace,
    SourceLocation,
    Text,
    Title,
    TodoLine,
)

ALL_WEEK = 168
"""The hours of a week."""


class Row(Struct, frozen=True):
    """One row of the comparison of levels. The `main` ones distinguish them at a glance."""

    id: Id
    text: SecondPersonText
    where: SourceLocation
    main: bool = False
    source: Text | None = None


Hours = Annotated[int, Meta(ge=0, le=ALL_WEEK)]


class Week(Struct, frozen=True):
    """Hours of care in a week: 168 is day and night. Without `most` it is `least` or more."""

    least: Hours
    where: SourceLocation
    most: Hours | None = None


class Care(Struct, frozen=True):
    """What one level of care is, in plain words, with one short text for each row of the comparison.

    `week` and `sleep_short` distinguish the levels at a glance; `sleep_short` is where one sleeps.
    """

    id: Level
    name: NeutralText
    short: Short
    what: SecondPersonText
    compare: Mapping[str, SecondPersonText]
    where: SourceLocation
    week: Week | None = None
    sleep_short: SleepPlace | None = None
    source: Text | None = None


class FirstStep(Struct, frozen=True):
    """Something to do before any program, such as a medical check. A person who is given this step needs none of those
    that it covers.

    `brief` is the same in one line, for a card.
    """

    id: Id
    title: Title
    text: SecondPersonText
    where: SourceLocation
    covers: tuple[Id, ...] = ()
    brief: TodoLine | None = None
    source: Text | None = None


class Item(Struct, frozen=True):
    """A sentence or two of advice; with `when` or `levels` only for the people or levels named."""

    text: SecondPersonText
    where: SourceLocation
    when: Condition | None = None
    levels: tuple[Level, ...] = ()


class Advice(Struct, frozen=True):
    """One thing to do after the first steps, in the order of the file; with `when` or `levels` only for the people or
    levels named. `chapter` is the part of the result that it belongs to: what to do, or making it fit. With `aside` it
    is good to know later: a screen lists it among the rest, a file at its end, and a printed page leaves it out.
    """

    id: Id
    title: Title
    items: NonEmpty[Item]
    where: SourceLocation
    when: Condition | None = None
    levels: tuple[Level, ...] = ()
    chapter: Literal["todo", "fit"] = "todo"
    aside: bool = False
    source: Text | None = None


class CallTurn(Struct, frozen=True):
    """What one side says in a first call: `they`, who answer the phone, or `you`; with `when` or `levels` only for the
    people or levels named. The `card` has one sentence of yours for each level.
    """

    where: SourceLocation
    they: SecondPersonText | None = None
    you: SecondPersonText | None = None
    when: Condition | None = None
    levels: tuple[Level, ...] = ()
    card: bool = False


class OtherCall(Struct, frozen=True):
    """Another first call, in place of `first_call`, for the people whom `when` describes: who is in care talks first to
    those who give it. `whom` says whom to talk to, as a sentence without its point.
    """

    whom: TodoLine
    when: Condition
    turns: NonEmpty[CallTurn]
    where: SourceLocation


class CannotTell(Struct, frozen=True):
    """A rule for naming no level to ask about first: the answers lead to `level` at most, and open questions could lead
    to `could_be` or more. To name the least level then would sound like "you are fine".

    `no_case` says why no example person can show it, for reviewers. `own_reading` is as that of an alarm.
    """

    id: Id
    level: Level
    could_be: Level
    source: Text
    where: SourceLocation
    own_reading: bool = False
    no_case: Text | None = None


class CareFile(Struct, frozen=True):
    """care.yaml: the levels compared, first steps, advice, and a first call as a dialogue."""

    compare: tuple[Row, ...]
    levels: NonEmpty[Care]
    """The levels of care, least first. Their order is their rank."""
    cannot_tell: NonEmpty[CannotTell]
    """The rules for "We cannot tell yet" in place of a level."""
    where: SourceLocation
    first_steps: tuple[FirstStep, ...] = ()
    advice: tuple[Advice, ...] = ()
    first_call: tuple[CallTurn, ...] = ()
    other_calls: tuple[OtherCall, ...] = ()
    """The first that holds is told in place of `first_call`."""


Synonyms = Annotated[tuple[NeutralText, ...], Meta(extra=JOINED)]
"""Other spellings. A translation may have more or fewer: they are translated as one text, with commas."""


class Term(Struct, frozen=True):
    """A technical word in plain words. It opens wherever its name, or one of the words in `also`, appears.

    The text is the same for a proxy respondent.
    """

    id: Id
    name: NeutralText
    text: NeutralText
    where: SourceLocation
    also: Synonyms = ()
    source: Text | None = None


class Glossary(Struct, frozen=True):
    """glossary.yaml: words that a person may not know."""

    terms: tuple[Term, ...]
    where: SourceLocation


Role = Literal["emergency", "crisis", "veterans", "helpline", "poison"]
"""What a phone line is for: `emergency` sends an ambulance, `crisis` talks with people in despair, `veterans` does so
for those who served, `helpline` helps to find care, `poison` is for an overdose.
"""
Number = Annotated[
    str,
    Meta(
        pattern=r"^[0-9+*#][0-9 +*#().-]*$",
        max_length=30,
        description="should be a number as it is dialed, such as 1-800-555-0100",
    ),
]
"""A number as it is dialed."""


class PhoneLine(Struct, frozen=True):
    """A phone line or another contact. `checked` is the day on which `source` was last read.

    With `when`, a summary names it only for the people described; "who to call" shows it to everybody. The program's
    own sentences name a line by its `role`, and staff see its `number`; of several lines with a role the first counts.
    `expect` says what happens on the call, from the same source.
    """

    id: Id
    name: NeutralText
    reach: NeutralText
    about: NeutralText
    source: Text
    checked: Date
    where: SourceLocation
    when: Condition | None = None
    role: Role | None = None
    number: Number | None = None
    expect: tuple[NeutralText, ...] = ()


class CrisisPage(Struct, frozen=True):
    """The page of an alarm: what to do and whom to call, most urgent first. `lead` comes first, in place of the alarm's
    reason, if the alarm stops the questions.
    """

    id: Id
    title: Title
    do: NonEmpty[ShortSentence]
    lines: NonEmpty[Id]
    where: SourceLocation
    brief: TodoLine | None = None
    """What to do today, in one line, for the card of a person who may go on."""
    covers: tuple[Id, ...] = ()
    """First steps that `brief` says already."""
    lead: ShortSentence | None = None


class HelpFile(Struct, frozen=True):
    """help.yaml: phone lines, crisis pages, and the lines that every "who to call" shows."""

    lines: NonEmpty[PhoneLine]
    pages: tuple[CrisisPage, ...]
    always: tuple[Id, ...]
    where: SourceLocation
