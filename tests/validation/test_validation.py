"""The figures of agreement: intervals by published tables, and the page as the rules are now."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.screening.format.loader import load
from iop_tui.screening.shipped import shipped
from validation.cases import Outcome, PublishedCase, outcome, published_cases, raters
from validation.figures import agreement, alarms, between_raters, difference
from validation.intervals import exact_interval, weighted_kappa
from validation.page import page

ROOT = Path(__file__).parent.parent.parent
RANKS = {"outpatient": 0, "iop": 1, "php": 2, "inpatient": 3}


def told(name: str, levels: tuple[str, ...], level: str | None, alarm: str = "") -> Outcome:
    case = PublishedCase(name, "decided", "a source", "a reviewer", levels, (), alarm=alarm)
    return Outcome(case, level, () if level is None else (level,), (), ())


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # Exact values: 0 of n is (0, 1 - 0.025 ** (1 / n)); 5 of 10 is the standard textbook example.
    [(0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (5, 10, 0.1871, 0.8129), (1, 36, 0.0007, 0.1453)],
)
def test_an_interval_is_that_of_clopper_and_pearson(hits: int, of: int, low: float, high: float) -> None:
    assert exact_interval(hits, of) == pytest.approx((low, high), abs=5e-4)


def test_kappa_is_one_for_the_same_levels_and_none_where_chance_alone_agrees() -> None:
    assert weighted_kappa([(0, 0), (3, 3), (1, 1)], 4) == pytest.approx(1)
    assert weighted_kappa([(2, 2), (2, 2)], 4) is None
    assert weighted_kappa([(0, 3), (3, 0)], 4) == pytest.approx(-1)


def test_less_care_than_decided_is_under_triage_and_a_stop_is_the_most_care() -> None:
    every = [
        told("a", ("php",), "outpatient"),
        told("b", ("outpatient", "iop", "php"), None),
        told("c", ("inpatient",), None, "now"),
        told("d", ("inpatient",), "php", "now"),
        told("e", ("iop",), None, "none"),
    ]
    assert [difference(one, RANKS) for one in every] == [-2, 1, 0, -1, 2]
    found = agreement(every, RANKS)
    assert (found.exact, found.within_one, found.under, found.over) == (1, 3, 2, 2)
    stops = alarms(every)
    assert (stops.caught, stops.emergencies, stops.false, stops.no_emergency) == (1, 2, 1, 1)
    assert between_raters(every, every, RANKS)[:2] == (5, 5)


def test_the_page_in_docs_tells_what_the_rules_say_now() -> None:
    screening = load(shipped())
    cases = published_cases()
    found = {rater: [o for case in cases if (o := outcome(screening, case, rater))] for rater in raters()}
    assert all(len(sheets) == len(cases) for sheets in found.values()), "every case has a sheet of each rater"
    assert (ROOT / "docs" / "validation.md").read_text() == page(screening, found), (
        "run python -m validation --page docs/validation.md"
    )
