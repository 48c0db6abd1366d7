"""Outcomes -> figures: agreement, under- and over-triage, alarms. A stop by an alarm counts as the most care."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from validation.cases import Outcome
from validation.intervals import weighted_kappa

STOPPED = "stopped"


class Agreement(Struct, frozen=True):
    """How many of `of` outcomes agree, lie at most one level apart, and lie below or above what was decided.
    `in_range` counts where a decided level lies in the range that the program names.
    """

    of: int
    exact: int
    within_one: int
    under: int
    over: int
    in_range: int


class Alarms(Struct, frozen=True):
    """Emergencies that stopped the questions, of all; and false stops, of all where a stop would have been wrong."""

    caught: int
    emergencies: int
    false: int
    no_emergency: int


def difference(outcome: Outcome, ranks: Mapping[str, int]) -> int:
    """Levels between the outcome and the nearest level that agrees: below 0 is less care than was decided."""
    got = max(ranks.values()) if outcome.level is None else ranks[outcome.level]
    nearest = min((ranks[level] for level in outcome.case.levels), key=lambda rank: abs(got - rank))
    return got - nearest


def agreement(outcomes: Iterable[Outcome], ranks: Mapping[str, int]) -> Agreement:
    """The figures of some outcomes."""
    every = list(outcomes)
    apart = [difference(outcome, ranks) for outcome in every]
    top = max(ranks, key=ranks.__getitem__)
    return Agreement(
        of=len(every),
        exact=sum(far == 0 for far in apart),
        within_one=sum(abs(far) <= 1 for far in apart),
        under=sum(far < 0 for far in apart),
        over=sum(far > 0 for far in apart),
        in_range=sum(bool(set(outcome.case.levels) & set(outcome.could_be or (top,))) for outcome in every),
    )


def alarms(outcomes: Iterable[Outcome]) -> Alarms:
    """The figures of the alarms that stop the questions."""
    every = list(outcomes)
    urgent = [outcome for outcome in every if outcome.case.alarm == "now"]
    calm = [outcome for outcome in every if outcome.case.alarm == "none"]
    return Alarms(
        caught=sum(outcome.stopped for outcome in urgent),
        emergencies=len(urgent),
        false=sum(outcome.stopped for outcome in calm),
        no_emergency=len(calm),
    )


def confusion(outcomes: Iterable[Outcome]) -> Counter[tuple[str, str]]:
    """(decided, got) -> how many. Where several levels agree, the decided one reads `iop/php`."""
    return Counter(("/".join(outcome.case.levels), outcome.level or STOPPED) for outcome in outcomes)


def between_raters(
    one: Sequence[Outcome], other: Sequence[Outcome], ranks: Mapping[str, int]
) -> tuple[int, int, float | None]:
    """How many of the cases that both raters wrote lead to the same level, of how many, and the weighted kappa."""
    top = max(ranks.values())
    second = {outcome.case.id: outcome for outcome in other}
    pairs = [
        tuple(top if o.level is None else ranks[o.level] for o in (outcome, second[outcome.case.id]))
        for outcome in one
        if outcome.case.id in second
    ]
    ranked = [(first, last) for first, last in pairs]
    return sum(a == b for a, b in ranked), len(ranked), weighted_kappa(ranked, len(ranks))
