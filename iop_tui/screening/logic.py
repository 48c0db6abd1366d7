"""The forms that a condition can take. What they mean: `conditions.py`; how they are written: `decode.py`."""

from __future__ import annotations

from msgspec import Struct

from iop_tui.screening.kinds import Where


class Is(Struct, frozen=True, tag="is"):
    """One of `options` was chosen for `question`."""

    question: str
    options: tuple[str, ...]
    where: Where


class InRange(Struct, frozen=True, tag="in_range"):
    """The number given for `question` is at least / at most these; None where that side is open."""

    question: str
    at_least: int | None
    at_most: int | None
    where: Where


class All(Struct, frozen=True, tag="all"):
    """Every part holds."""

    of: tuple[Condition, ...]


class AnyOf(Struct, frozen=True, tag="any"):
    """At least one part holds."""

    of: tuple[Condition, ...]


class Not(Struct, frozen=True, tag="not"):
    """The part does not hold."""

    of: Condition


class AtLeast(Struct, frozen=True, tag="at_least"):
    """At least `count` of the parts hold."""

    count: int
    of: tuple[Condition, ...]


class Score(Struct, frozen=True, tag="score"):
    """The weights of the options chosen for `questions` add up to `at_least` or more."""

    questions: tuple[str, ...]
    at_least: int
    where: Where


Condition = Is | InRange | All | AnyOf | Not | AtLeast | Score
