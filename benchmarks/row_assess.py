"""What an assessment costs, with everything open and with less: in loops of plain Python, timed in turns with it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from time import process_time

from benchmarks.figures import Row, median
from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.assessment.cases import load_cases
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Report
from iop_tui.screening.search.answer_bits import encoding_of
from iop_tui.screening.search.counterfactuals import nearest
from iop_tui.screening.shipped import shipped

Sheet = dict[str, Answer]
_STEPS = 100_000
_OPEN = 0.4
"""The part of the answers that is left out."""


def measure(quick: bool) -> list[Row]:
    """CPU seconds of the process; each assessment and a loop take turns."""
    screening = load(shipped())
    people = [dict(case.answers) for case in load_cases(shipped(), screening, Report())]
    choose = random.Random(1)  # noqa: S311  # the same sheets in every run, not a secret
    some = [choose.choice(people) for _ in range(40 if quick else 400)]
    part = [{name: answer for name, answer in person.items() if choose.random() >= _OPEN} for person in some]

    def anew() -> object:
        encoding_of.cache_clear()
        return assess(screening, {})

    few = 5 if quick else 20
    tens = [people[start : start + 10] for start in range(0, 500, 10)]
    return [
        _row("an assessment, everything open", 9.5, [lambda: assess(screening, {})] * few),
        _row("the same, with making the encoding", 9.5, [anew] * few),
        _row("an assessment, 40 % of the answers missing", 2.0, [_of(assess, screening, sheet) for sheet in part]),
        _row("the slowest of these", 9.5, [_of(assess, screening, sheet) for sheet in part], max),
        _row("ten assessments, nothing missing", 0.58, [_of(_all, screening, ten) for ten in tens]),
        _row("which other answers would lead elsewhere", None, [_of(nearest, screening, sheet) for sheet in some[:40]]),
    ]


def _all(screening: Screening, people: Iterable[Sheet]) -> None:
    for person in people:
        assess(screening, person)


def _of(what: Callable[..., object], *given: object) -> Callable[[], object]:
    return lambda: what(*given)


def _row(
    name: str, goal: float | None, work: Sequence[Callable[[], object]], of: Callable[[Sequence[float]], float] = median
) -> Row:
    work[0]()  # what is made once is made
    ours: list[float] = []
    loops: list[float] = []
    for one in work:
        before = process_time()
        one()
        between = process_time()
        _loop()
        loops.append(process_time() - between)
        ours.append(between - before)
    loop, figure = median(loops), of(ours)
    samples = {"rounds": float(len(ours)), "loop_ms": loop * 1e3, "ours_median_ms": median(ours) * 1e3}
    return Row(name, f"{figure * 1e3:.2f} ms", f"{loop * 1e3:.2f} ms, a loop", figure / loop, "x", goal, samples)


def _loop() -> int:
    """A fixed amount of plain Python, some milliseconds."""
    total = 0
    for number in range(_STEPS):
        total += number % 7
    return total
