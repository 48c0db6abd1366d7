"""The forms of a condition, and the questions that they name. Evaluation: `evaluate.py`; YAML: `decode.py`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from iop_tui.screening.model.field_types import SourceLocation


class Is(Struct, frozen=True, tag="is"):
    """One of `options` was chosen for `question`."""

    question: str
    options: tuple[str, ...]
    where: SourceLocation


class InRange(Struct, frozen=True, tag="in_range"):
    """The number given for `question` is in a range; None leaves a bound open."""

    question: str
    at_least: int | None
    at_most: int | None
    where: SourceLocation

    def holds_for(self, number: int | None) -> bool | None:
        """Whether a number is in the range; None if there is no number."""
        if number is None:
            return None
        return (self.at_least is None or number >= self.at_least) and (self.at_most is None or number <= self.at_most)


class All(Struct, frozen=True, tag="all"):
    """Every part is true."""

    of: tuple[Condition, ...]


class AnyOf(Struct, frozen=True, tag="any"):
    """At least one part is true."""

    of: tuple[Condition, ...]


class Not(Struct, frozen=True, tag="not"):
    """The part is false."""

    of: Condition


class AtLeast(Struct, frozen=True, tag="at_least"):
    """At least `count` of the parts are true."""

    count: int
    of: tuple[Condition, ...]


class Score(Struct, frozen=True, tag="score"):
    """The weights of the options chosen for `questions` add up to `at_least` or more."""

    questions: tuple[str, ...]
    at_least: int
    where: SourceLocation


Condition = Is | InRange | All | AnyOf | Not | AtLeast | Score


def atoms(condition: Condition) -> Iterator[Is | InRange | Score]:
    """The parts of a condition that name questions, in the order written."""
    if isinstance(condition, (Is, InRange, Score)):
        yield condition
    elif isinstance(condition, Not):
        yield from atoms(condition.of)
    else:
        for part in condition.of:
            yield from atoms(part)


def named(condition: Condition) -> Iterator[str]:
    """The ids of the questions that a condition names itself; those of their gates are not included."""
    for atom in atoms(condition):
        yield from atom.questions if isinstance(atom, Score) else (atom.question,)
