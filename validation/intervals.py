"""Exact intervals for a share, and the agreement of two raters beyond chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import comb


def exact_interval(hits: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """The Clopper-Pearson interval of `hits` of `of`, as shares from 0 to 1; (0, 1) of nothing.

    Source: Clopper and Pearson, Biometrika 26 (1934), 404-413. Solved by bisection: the counts here are small.
    """
    tail = (1 - level) / 2
    low = 0.0 if hits == 0 else _solve(lambda p: 1 - _at_most(hits - 1, of, p) >= tail)
    high = 1.0 if hits == of else _solve(lambda p: _at_most(hits, of, p) <= tail)
    return low, high


def weighted_kappa(pairs: Sequence[tuple[int, int]], levels: int) -> float | None:
    """Cohen's kappa with linear weights over pairs of ranks from 0; None where chance alone would always agree.

    Source: Cohen, Psychological Bulletin 70 (1968), 213-220.
    """
    if not pairs or levels < 2:
        return None
    weight = [[1 - abs(one - other) / (levels - 1) for other in range(levels)] for one in range(levels)]
    first = [sum(one == rank for one, _ in pairs) / len(pairs) for rank in range(levels)]
    second = [sum(other == rank for _, other in pairs) / len(pairs) for rank in range(levels)]
    seen = sum(weight[one][other] for one, other in pairs) / len(pairs)
    chance = sum(weight[a][b] * first[a] * second[b] for a in range(levels) for b in range(levels))
    return None if chance >= 1 else (seen - chance) / (1 - chance)


def _at_most(hits: int, of: int, share: float) -> float:
    return sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(hits + 1))


def _solve(reached: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if reached(middle):
            high = middle
        else:
            low = middle
    return (low + high) / 2
