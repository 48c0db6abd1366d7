"""What the question types with typed answers on a scale of whole numbers share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence

from iop_tui.screening.model.answers import Known
from iop_tui.screening.model.condition import InRange, Is, Score
from iop_tui.screening.model.definition import Question
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.question_types.base import Atom, Domain, QuestionType


class ScaleType(QuestionType):
    """A question whose answers go from `lowest` to `highest`, inclusive. A condition names a range of them."""

    typed = True
    noun = ""
    """The noun with its article."""
    example = ""
    """A range of such answers, as a condition asks for it."""

    @abstractmethod
    def answer_at(self, question: Question, point: int) -> Known:
        """The answer at a point of the scale."""

    @abstractmethod
    def from_to(self, question: Question) -> str:
        """The bounds, as part of a sentence for authors."""

    def problems(self, question: Question, unread: Callable[[str], bool]) -> Iterator[tuple[SourceLocation, str]]:
        """Missing or reversed bounds, and options."""
        here = question.where
        if unread("lowest") or unread("highest"):
            pass
        elif question.lowest is None or question.highest is None or question.lowest >= question.highest:
            yield here, f"{self.noun} needs 'lowest' and 'highest', the first below the second"
        if question.options:
            yield here, f"{self.noun} has no options"
        if question.unit_of_one is not None and question.unit is None:
            yield here, "'unit_of_one' goes with 'unit': what several are called"

    def problems_of(self, atom: Atom, question: Question, unread: Callable[[str], bool]) -> Iterator[str]:
        """Options, and ranges that contain no answer, or all."""
        if isinstance(atom, Is):
            yield f"{question.id!r} asks for {self.noun}; write {{{question.id}: {{{self.example}}}}}"
        elif isinstance(atom, InRange):
            if unread("at_least"):
                return
            if atom.at_least is None and atom.at_most is None:
                yield f"{question.id!r} needs 'at_least', 'at_most' or both"
            else:
                yield from self._bounds(atom, question)
        else:
            yield from self.scored(question)

    def scored(self, _question: Question) -> Iterator[str]:
        """Why it cannot count in a score."""
        return iter(())

    def any_answer(self, question: Question) -> Known:
        """The lowest."""
        return self.answer_at(question, question.lowest or 0)

    def place(self, question: Question, answer: Known) -> tuple[int, ...]:
        """Its position on the scale."""
        return (self.measure(question, answer) or 0,)

    def domain(self, question: Question, mentions: Iterable[Atom]) -> Domain:
        """The answers at the turning points."""
        points = sorted(turning_points(question, mentions))
        return Domain(tuple(self.answer_at(question, point) for point in points))

    def _bounds(self, atom: InRange, question: Question) -> Iterator[str]:
        lowest, highest = question.lowest, question.highest
        if lowest is None or highest is None or lowest >= highest:
            return
        least = lowest if atom.at_least is None else atom.at_least
        most = highest if atom.at_most is None else atom.at_most
        asks = f"{question.id!r} asks for {self.from_to(question)}"
        if least > most or least > highest or most < lowest:
            yield f"{asks}; none of these is in the range given here"
        elif least <= lowest and most >= highest:
            yield f"{asks}; all of these are in the range given here"


def turning_points(question: Question, mentions: Iterable[Atom]) -> set[int]:
    """The points of the scale that these mentions of a question can distinguish: the ends, and those beside a bound."""
    lowest, highest = question.lowest or 0, question.highest or 0
    points = {lowest, highest}
    for atom in mentions:
        if isinstance(atom, InRange) and atom.question == question.id:
            points.update(n + d for n in (atom.at_least, atom.at_most) if n is not None for d in (-1, 0, 1))
        elif isinstance(atom, Score) and question.id in atom.questions:
            points.update(range(lowest, min(highest, atom.at_least) + 1))
    return {point for point in points if lowest <= point <= highest}


def clipped(question: Question, point: int) -> int:
    """The point of the scale that is nearest to a number."""
    return min(question.highest or 0, max(question.lowest or 0, point))


DIGITS: Sequence[str] = "0123456789"
