"""Thirty-five visitors who press anything and go in every way: the short form of `python -m benchmarks soak`."""

from __future__ import annotations

import pytest

from tests.harness.soak import run

pytestmark = pytest.mark.terminal


SEEDS = range(676, 711)
"""Among them are all ways to go, and few that are killed in a row: after those the kiosk waits."""
MOST = 15
_TRIES = 3


@pytest.mark.thorough
def test_visitors_who_do_anything_leave_nothing_and_are_all_served() -> None:
    soak = run(SEEDS, scan=20, most=MOST)
    assert soak.started == len(SEEDS)
    assert soak.left == []
    assert [told for told in soak.again if not goes(int(told.partition(":")[0]))] == []
    assert soak.found_where_they_must_be, "the search finds nothing even where answers are"
    assert soak.grown["Rss"] < 1.0
    assert soak.grown["files"] == soak.grown["children"] == 0


def goes(seed: int) -> bool:
    """Whether a visitor can go in their own way after all: a busy machine may be late once, and a fault comes each
    time, for a visitor does the same in every run.
    """
    return any(run(range(seed, seed + 1), scan=1, most=MOST).again == [] for _try in range(_TRIES))
