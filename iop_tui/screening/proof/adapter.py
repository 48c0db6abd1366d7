"""What the proofs need from question types and levels of care. Only this module reads those."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.model.answers import Known
from iop_tui.screening.model.condition import Condition, atoms
from iop_tui.screening.model.content import Care
from iop_tui.screening.model.definition import Alarm, Need, Promise, Question, Screening
from iop_tui.screening.question_types import type_of
from iop_tui.screening.question_types.scale import ScaleType, turning_points


def is_several(question: Question) -> bool:
    """Whether any number of options can be chosen; otherwise the answer is a single value."""
    return type_of(question).multiple


def is_scale(question: Question) -> bool:
    """Whether answers are on a scale of whole numbers, as numbers and days are."""
    return isinstance(type_of(question), ScaleType)


def values(question: Question, conditions: Iterable[Condition]) -> tuple[str | int, ...]:
    """The values that can be chosen, least need first: options, or representatives of a scale that these conditions
    distinguish.
    """
    if is_scale(question):
        mentions = [atom for condition in conditions for atom in atoms(condition)]
        return tuple(sorted(turning_points(question, mentions)))
    return tuple(option.id for option in question.options)


def alone(question: Question) -> frozenset[str]:
    """The options that exclude all others."""
    return frozenset(option.id for option in question.options if option.alone) if is_several(question) else frozenset()


def weight(question: Question, value: str | int) -> int:
    """The weight of a value in a score."""
    return type_of(question).weight(question, value)


def least_and_most(question: Question) -> tuple[int, int]:
    """The least and the greatest weight of any answer in a score."""
    return type_of(question).weights(question)


def answer(question: Question, chosen: Sequence[str | int]) -> Known:
    """The answer that chooses these values, in the question's order."""
    if is_several(question):
        return tuple(str(value) for value in chosen)
    kind, value = type_of(question), chosen[0]
    return kind.answer_at(question, value) if isinstance(kind, ScaleType) and isinstance(value, int) else value


def rank(screening: Screening, rule: Need | Promise) -> int:
    """The rank of the care that a rule asks for, 0 for the least; -1 if it asks for none."""
    return screening.rank(rule.at_least)


def ranks(screening: Screening) -> tuple[int, ...]:
    """The ranks of all levels of care, least first."""
    return tuple(range(len(screening.levels)))


def level_of_rank(screening: Screening, of_rank: int) -> Care:
    """The level of care with this rank."""
    return screening.care.levels[of_rank]


def level_name(screening: Screening, of_rank: int) -> str:
    """The id of the level with this rank."""
    return level_of_rank(screening, of_rank).id


def got_rank(got: Assessment) -> int | None:
    """The rank of an assessment's level, 0 for the least care; None while an alarm stops the questions."""
    return None if got.level is None else got.screening.ranks[got.level]


def got_name(got: Assessment) -> str:
    """The id of an assessment's level; "none" while an alarm stops the questions."""
    return "none" if got.level is None else got.level


def stops(alarm: Alarm) -> bool:
    """Whether an alarm stops the questions."""
    return alarm.urgency == "now"
