"""Limits on the size of a screening, so that every search stays short and every number can be typed.

Conditions and gates are evaluated recursively; the deepest that these limits allow fits into Python's recursion limit.
"""

from __future__ import annotations

import itertools

from iop_tui.screening.model.condition import Condition, InRange, Is, Not, Score, atoms
from iop_tui.screening.problems import Report

MAX_QUESTIONS = 10_000
"""Questions in one screening: the size up to which the cost of an answer is measured."""
MAX_LEVELS = 8
"""The counselor judges with one digit: the program's level, each of the others, or none."""
MAX_OPTIONS = 10
"""One digit for each."""
MAX_GATES = 20
"""The longest chain of questions that depend on each other."""
MAX_NESTING = 12
"""The deepest nesting of conditions; a single one has depth 1."""
MAX_SCORE = 50
"""Questions in one score."""
MAX_SCORED_RANGE = 100
"""From the lowest to the highest value of a number that counts in a score: each value in between is tried."""


def nesting(condition: Condition, about: str, report: Report) -> None:
    """Report a condition that is nested too deeply."""
    if _depth(condition) > MAX_NESTING:
        for atom in itertools.islice(atoms(condition), 1):
            report.add(
                atom.where, f"{about}: conditions stand more than {MAX_NESTING} deep one inside another; write fewer"
            )


def score(score: Score, about: str, report: Report) -> None:
    """Report a score over too many questions."""
    if len(score.questions) > MAX_SCORE:
        count = len(score.questions)
        report.add(score.where, f"{about}: a score names {count} questions; {MAX_SCORE} is the most")


def _depth(condition: Condition) -> int:
    if isinstance(condition, (Is, InRange, Score)):
        return 1
    inner = (condition.of,) if isinstance(condition, Not) else condition.of
    return 1 + max((_depth(part) for part in inner), default=0)
