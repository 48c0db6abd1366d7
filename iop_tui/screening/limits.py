"""How large the parts of a screening may be: bounds that keep every search over it short, and every number in reach.

The program follows conditions and gates one inside another; the deepest that these limits allow still fit into what
Python can follow.
"""

from __future__ import annotations

import itertools

from iop_tui.screening.conditions import atoms
from iop_tui.screening.logic import Condition, InRange, Is, Not, Score
from iop_tui.screening.model import Question
from iop_tui.screening.problems import Report

MAX_QUESTIONS = 10_000
"""In one screening: the size up to which the cost of an answer is measured."""
MAX_OPTIONS = 10
"""As many as there are digits."""
MAX_GATES = 20
"""How many questions may hang one on another."""
MAX_NESTING = 12
"""How deep conditions may stand one inside another; a single one is 1 deep."""
MAX_SCORE = 50
"""Questions in one score."""
MAX_SCORED_RANGE = 100
"""From the lowest to the highest of a number that counts in a score: each number between is tried."""


def nesting(condition: Condition, about: str, report: Report) -> None:
    """Note a condition that is nested too deep."""
    if _depth(condition) > MAX_NESTING:
        for atom in itertools.islice(atoms(condition), 1):
            report.add(
                atom.where, f"{about}: conditions stand more than {MAX_NESTING} deep one inside another; write fewer"
            )


def score(score: Score, about: str, report: Report) -> None:
    """Note a score over too many questions."""
    if len(score.questions) > MAX_SCORE:
        count = len(score.questions)
        report.add(score.where, f"{about}: a score names {count} questions; {MAX_SCORE} is the most")


def scored(score: Score, question: Question, about: str, report: Report) -> None:
    """Note a number of too wide a range in a score."""
    if question.lowest is None or question.highest is None:
        return
    if question.highest - question.lowest > MAX_SCORED_RANGE:
        report.add(
            score.where,
            f"{about}: a score can count a number of at most {MAX_SCORED_RANGE} from its lowest to its highest, and "
            f"{question.id!r} goes from {question.lowest} to {question.highest}",
        )


def bounds(atom: InRange, question: Question, about: str, report: Report) -> None:
    """Note bounds that no number of the question meets, or that all of them meet."""
    lowest, highest = question.lowest, question.highest
    if lowest is None or highest is None or lowest >= highest:
        return
    least = lowest if atom.at_least is None else atom.at_least
    most = highest if atom.at_most is None else atom.at_most
    asks = f"{question.id!r} asks for a number from {lowest} to {highest}"
    if least > most or least > highest or most < lowest:
        report.add(atom.where, f"{about}: {asks}; none of these is in the range that stands here")
    elif least <= lowest and most >= highest:
        report.add(atom.where, f"{about}: {asks}; all of these are in the range that stands here")


def _depth(condition: Condition) -> int:
    if isinstance(condition, (Is, InRange, Score)):
        return 1
    inner = (condition.of,) if isinstance(condition, Not) else condition.of
    return 1 + max((_depth(part) for part in inner), default=0)
