"""Which answers to a question stand for all the others: those that conditions can tell apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from iop_tui.screening.answers import Known
from iop_tui.screening.conditions import atoms
from iop_tui.screening.logic import Condition, InRange, Is, Score
from iop_tui.screening.model import Question

Atom = Is | InRange | Score


class Domain(Struct, frozen=True):
    """Answers to a question that stand for all. `single` cannot be given together with others, `several` can; all of
    them stand mildest first.
    """

    single: tuple[Known, ...]
    several: tuple[str, ...] = ()

    def mildest_first(self) -> Iterator[Known]:
        """The answers; of several options chosen together, fewer first."""
        yield from self.single
        for size in range(1, len(self.several) + 1):
            yield from itertools.combinations(self.several, size)

    def worst_first(self) -> Iterator[Known]:
        """The same answers from the other end."""
        for size in range(len(self.several)):
            for left_out in itertools.combinations(self.several, size):
                yield tuple(option for option in self.several if option not in left_out)
        yield from reversed(self.single)


def domain(question: Question, mentions: Sequence[Atom]) -> Domain:
    """The answers to a question that these mentions of it can tell apart."""
    if question.kind == "number":
        return Domain(tuple(sorted(turning_points(question, mentions))))
    if question.kind == "one":
        return Domain(tuple(option.id for option in question.options))
    scored = any(isinstance(atom, Score) for atom in mentions)
    # Options that no condition tells apart stand for one another.
    kinds: dict[object, str] = {}
    for option in question.options:
        if not option.alone:
            told_apart = tuple(isinstance(atom, Is) and option.id in atom.options for atom in mentions)
            kinds.setdefault((told_apart, option.id if scored and option.weight else 0), option.id)
    return Domain(tuple((option.id,) for option in question.options if option.alone), tuple(kinds.values()))


def probes(question: Question, conditions: Iterable[Condition]) -> tuple[Known, ...]:
    """Answers that show what a question can change: each option by itself, all together, the numbers next to a
    bound.
    """
    if question.kind == "number":
        return domain(question, [atom for condition in conditions for atom in atoms(condition)]).single
    if question.kind == "one":
        return tuple(option.id for option in question.options)
    single = [(option.id,) for option in question.options]
    together = tuple(option.id for option in question.options if not option.alone)
    return (*single, together) if len(together) > 1 else tuple(single)


def turning_points(question: Question, mentions: Iterable[Atom]) -> set[int]:
    """The answers to a number that these mentions of it can tell apart: the ends, and those beside a bound."""
    lowest, highest = question.lowest or 0, question.highest or 0
    points = {lowest, highest}
    for atom in mentions:
        if isinstance(atom, InRange) and atom.question == question.id:
            points.update(n + d for n in (atom.at_least, atom.at_most) if n is not None for d in (-1, 0, 1))
        elif isinstance(atom, Score) and question.id in atom.questions:
            points.update(range(lowest, min(highest, atom.at_least) + 1))
    return {point for point in points if lowest <= point <= highest}
