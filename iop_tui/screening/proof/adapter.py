"""What the proofs need to know of kinds of question and of levels of care: the one place that reads them."""

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
    """Whether any number of options can be chosen; else the answer is one of its values."""
    return type_of(question).multiple


def is_scale(question: Question) -> bool:
    """Whether the answer stands on a scale of whole numbers, as numbers and days do."""
    return isinstance(type_of(question), ScaleType)


def values(question: Question, conditions: Iterable[Condition]) -> tuple[str | int, ...]:
    """What can be chosen, the least need first: options, or the points of a scale that stand for all others, as these
    conditions tell them apart.
    """
    if is_scale(question):
        mentions = [atom for condition in conditions for atom in atoms(condition)]
        return tuple(sorted(turning_points(question, mentions)))
    return tuple(option.id for option in question.options)


def alone(question: Question) -> frozenset[str]:
    """The options that cannot be chosen together with others."""
    return frozenset(option.id for option in question.options if option.alone) if is_several(question) else frozenset()


def weight(question: Question, value: str | int) -> int:
    """What a value counts for in a score."""
    return type_of(question).weight(question, value)


def least_and_most(question: Question) -> tuple[int, int]:
    """The least and the most that any answer counts for in a score."""
    return type_of(question).weights(question)


def answer(question: Question, chosen: Sequence[str | int]) -> Known:
    """The answer that chooses these values, in the question's order."""
    if is_several(question):
        return tuple(str(value) for value in chosen)
    kind, value = type_of(question), chosen[0]
    return kind.answer_at(question, value) if isinstance(kind, ScaleType) and isinstance(value, int) else value


def rank(screening: Screening, rule: Need | Promise) -> int:
    """How much care a rule asks for, 0 for the least; -1 where it asks for none."""
    return screening.rank(rule.at_least)


def ranks(screening: Screening) -> tuple[int, ...]:
    """The ranks of all levels of care, the least first."""
    return tuple(range(len(screening.levels)))


def level_of_rank(screening: Screening, of_rank: int) -> Care:
    """The level of care of that rank."""
    return screening.care.levels[of_rank]


def level_name(screening: Screening, of_rank: int) -> str:
    """The id of the level of that rank."""
    return level_of_rank(screening, of_rank).id


def got_rank(got: Assessment) -> int | None:
    """How much care an assessment found, 0 for the least; None while an alarm stops the questions."""
    return None if got.level is None else got.screening.ranks[got.level]


def got_name(got: Assessment) -> str:
    """The id of the level that an assessment found; "none" while an alarm stops the questions."""
    return "none" if got.level is None else got.level


def stops(alarm: Alarm) -> bool:
    """Whether an alarm stops the questions."""
    return alarm.urgency == "now"


def practical(screening: Screening, question: Question) -> bool:
    """Whether a question is declared never to change the level or an alarm, by itself or with its section."""
    return question.practical or screening.sections[screening.section_of[question.id]].practical
