"""The difference between two versions of a screening, as data. Renderers only lay it out.

Every entry keeps the kind and the id of what it is about, so that a review can pick the entries that concern it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.field_types import Level

Kind = Literal[
    "screening",
    "welcome",
    "disclaimer",
    "about",
    "section",
    "question",
    "option",
    "alarm",
    "need",
    "fit",
    "promise",
    "notice",
    "care",
    "level",
    "row",
    "first_step",
    "advice",
    "first_call",
    "cannot_tell",
    "help",
    "line",
    "page",
    "glossary",
    "term",
]
"""What a part of a screening is. The id of an option is `question.option`; parts that exist once have an empty id."""
How = Literal["added", "removed", "changed"]
Aspect = Literal["rule", "text", "staff", "order"]
"""What a field is for: `rule` decides a result or what is asked, `text` is read by the person, `staff` by counselors
and reviewers (sources, dates, reasons), `order` is the order of a list.
"""
Outcome = Literal["nobody", "somebody", "undecided", "not_asked"]
"""Whether there are people who show a change. `undecided`: the time was not enough. `not_asked`: without the solver
nobody was found among the example people and the random sheets, which proves nothing.
"""


class Example(Struct, frozen=True):
    """The smallest person who shows a change: no answer can be left out. `old` and `new` are the same answers as far as
    each version can read them.
    """

    old: Mapping[str, Answer]
    new: Mapping[str, Answer]


class Finding(Struct, frozen=True):
    """Whether somebody shows a change, with an example; and how many of the random sheets and example people do."""

    outcome: Outcome
    example: Example | None = None
    sheets: int = 0
    people: int = 0

    @property
    def nobody(self) -> bool:
        """Whether nobody is known to show it, and nothing was left undecided."""
        return self.outcome in ("nobody", "not_asked")


class Meaning(Struct, frozen=True):
    """What the change of a condition means, over every answer sheet, complete or not: for whom it is true now and was
    not, and for whom it was and is not any more.
    """

    gained: Finding
    lost: Finding

    @property
    def direction(self) -> Literal["equal", "looser", "tighter", "both", "undecided"]:
        """`looser`: true for more people; `tighter`: for fewer; `both`: for some more and some fewer."""
        found = self.gained.outcome == "somebody", self.lost.outcome == "somebody"
        if found == (True, True):
            return "both"
        if {self.gained.outcome, self.lost.outcome} & {"undecided", "not_asked"}:
            return "undecided"
        return {(True, False): "looser", (False, True): "tighter", (False, False): "equal"}[found]  # type: ignore[return-value]  # the keys are all pairs that are left


class Piece(Struct, frozen=True):
    """A piece of a condition that was replaced; None where it was added or taken away."""

    old: str | None
    new: str | None


class FieldChange(Struct, frozen=True):
    """One field that differs, as text to show; None where one side has none. `name` is its key in YAML, with the
    position or key of a part in it: `compare.sleep`, `items.2.text`. Of a condition in both versions `pieces` are what
    differs.
    """

    name: str
    aspect: Aspect
    old: str | None
    new: str | None
    pieces: tuple[Piece, ...] = ()


class Change(Struct, frozen=True):
    """One part of a screening that was added, removed or changed.

    `meaning` is there for a part with a condition: for whom it holds. A part without changed fields has another meaning
    because a question that it depends on changed. `section` is the file that it is in.
    """

    kind: Kind
    id: str
    how: How
    section: str
    fields: tuple[FieldChange, ...] = ()
    meaning: Meaning | None = None

    def field(self, name: str) -> FieldChange | None:
        """The change of a field; None if it did not change."""
        return next((field for field in self.fields if field.name == name), None)


class TranslationChange(Struct, frozen=True):
    """A text of a person in another language. `stale`: the English was reworded, and its translation is not shown any
    more; `missing`: a new text without a translation; `removed`: it lost its translation, with the same English;
    `added`, `changed`: the translation itself.
    """

    language: str
    kind: Kind
    id: str
    field: str
    state: Literal["stale", "missing", "removed", "added", "changed"]
    old: str | None
    new: str | None


class Reach(Struct, frozen=True):
    """One result, and who gets it now and did not, or did and does not any more. `level`: this level of care or more,
    or a stop; `stop`: the questions stop for an alarm; `alarm` and `first_step` by id.
    """

    kind: Literal["level", "stop", "alarm", "first_step"]
    id: str
    gained: Finding
    lost: Finding


class Move(Struct, frozen=True):
    """So many random sheets went from one level to another; None is a stop for an alarm."""

    old: Level | None
    new: Level | None
    count: int
    up: bool


class Sheets(Struct, frozen=True):
    """What random sheets show: the number that get more care, less, or something else at the same level."""

    count: int
    seed: int
    more: int
    less: int
    other: int
    moves: tuple[Move, ...] = ()


class PersonMove(Struct, frozen=True):
    """An example person with another result. `of` says in which version they are an example. The levels are None where
    an alarm stops the questions; `differs` names the parts of the result that differ, as example people name them.
    """

    id: str
    of: Literal["both", "old", "new"]
    old: Level | None
    new: Level | None
    direction: Literal["more", "less", "same"]
    differs: tuple[str, ...]
    variant: bool = False


class People(Struct, frozen=True):
    """What the example people of both versions show."""

    count: int
    moved: tuple[PersonMove, ...] = ()

    @property
    def more(self) -> int:
        """The number who get more care."""
        return sum(person.direction == "more" for person in self.moved)

    @property
    def less(self) -> int:
        """The number who get less care."""
        return sum(person.direction == "less" for person in self.moved)


class Version(Struct, frozen=True):
    """One of the two versions: the name by which the user gave it, and what it says of itself."""

    named: str
    id: str
    version: str
    sha256: str


class ScreeningDiff(Struct, frozen=True):
    """The whole difference. `solved` is False where the solver is not installed."""

    old: Version
    new: Version
    changes: tuple[Change, ...]
    translations: tuple[TranslationChange, ...]
    reaches: tuple[Reach, ...]
    sheets: Sheets
    people: People
    solved: bool

    @property
    def equal(self) -> bool:
        """Whether nothing differs but comments, layout and the place in the files."""
        return not (self.changes or self.translations)

    def of(self, *kinds: Kind) -> tuple[Change, ...]:
        """The changes of some kinds, in order."""
        return tuple(change for change in self.changes if change.kind in kinds)
