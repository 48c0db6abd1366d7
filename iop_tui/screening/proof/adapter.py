"""What the proofs need to know of kinds of question and of levels of care: the one place that reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iop_tui.screening.answers import Known
from iop_tui.screening.assess import Assessment
from iop_tui.screening.care import Care
from iop_tui.screening.conditions import atoms, weight_of, weights
from iop_tui.screening.domains import turning_points
from iop_tui.screening.logic import Condition
from iop_tui.screening.model import Alarm, Need, Promise, Question, Screening


def is_several(question: Question) -> bool:
    """Whether any number of options can be chosen; else the answer is one of its values."""
    return question.kind == "several"


def is_number(question: Question) -> bool:
    """Whether the answer is a number."""
    return question.kind == "number"


def values(question: Question, conditions: Iterable[Condition]) -> tuple[str | int, ...]:
    """What can be chosen, the least need first: options, or the numbers that stand for all as these conditions tell
    them apart.
    """
    if is_number(question):
        mentions = [atom for condition in conditions for atom in atoms(condition)]
        return tuple(sorted(turning_points(question, mentions)))
    return tuple(option.id for option in question.options)


def alone(question: Question) -> frozenset[str]:
    """The options that cannot be chosen together with others."""
    return frozenset(option.id for option in question.options if option.alone) if is_several(question) else frozenset()


def weight(question: Question, value: str | int) -> int:
    """What a value counts for in a score."""
    return weight_of(question, value)


def least_and_most(question: Question) -> tuple[int, int]:
    """The least and the most that any answer counts for in a score."""
    return weights(question)


def answer(question: Question, chosen: Sequence[str | int]) -> Known:
    """The answer that chooses these values, in the question's order."""
    return tuple(str(value) for value in chosen) if is_several(question) else chosen[0]


def rank(rule: Need | Promise) -> int:
    """How much care a rule asks for, 0 for the least; -1 where it asks for none."""
    return -1 if rule.at_least is None else rule.at_least.rank


def ranks(screening: Screening) -> tuple[int, ...]:
    """The ranks of all levels of care, the least first."""
    return tuple(sorted(level.rank for level in screening.levels))


def level_of_rank(screening: Screening, of_rank: int) -> Care:
    """The level of care of that rank."""
    return next(care for level, care in screening.levels.items() if level.rank == of_rank)


def level_name(screening: Screening, of_rank: int) -> str:
    """The id of the level of that rank."""
    return level_of_rank(screening, of_rank).id.value


def got_rank(got: Assessment) -> int | None:
    """How much care an assessment found, 0 for the least; None while an alarm stops the questions."""
    return None if got.level is None else got.level.rank


def got_name(got: Assessment) -> str:
    """The id of the level that an assessment found; "none" while an alarm stops the questions."""
    return "none" if got.level is None else got.level.value


def stops(alarm: Alarm) -> bool:
    """Whether an alarm stops the questions."""
    return alarm.urgency == "now"


def practical(screening: Screening, question: Question) -> bool:
    """Whether a question is declared never to change the level or an alarm, by itself or with its section."""
    return question.practical or screening.sections[screening.section_of[question.id]].practical
