"""Representative answers to a question: those that conditions can distinguish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iop_tui.screening.engine.evaluate import atoms
from iop_tui.screening.model.answers import Known
from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types import Atom, type_of


def probes(question: Question, conditions: Iterable[Condition]) -> tuple[Known, ...]:
    """Answers that show what a question can change: each option by itself, all together, the numbers next to
    a bound.
    """
    return type_of(question).probes(question, _mentions(conditions))


def trials(question: Question, conditions: Iterable[Condition]) -> tuple[Known, ...]:
    """More of them, for a search with more time; least need first."""
    return type_of(question).trials(question, _mentions(conditions))


def _mentions(conditions: Iterable[Condition]) -> Iterator[Atom]:
    return (atom for condition in conditions for atom in atoms(condition))
