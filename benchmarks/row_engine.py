"""What an answer costs the interview itself, in a long screening and in a short one."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator
from time import perf_counter

from benchmarks import synthetic
from benchmarks.figures import Row, median, p99
from iop_tui.screening.engine.interview import Asking, begin
from iop_tui.screening.model.definition import Screening

SHORT, LONG = 50, 10_000
_TURN = 100
_CHANGES = 0.2
"""Changes after the review, as a part of the number of questions."""
_BACK = 0.05
"""How often a person goes back instead of answering."""


def measure(quick: bool) -> list[Row]:
    """Seconds an answer, with finding out what comes next; the two screenings take turns of a hundred answers."""
    short, long = visits(synthetic.screening(SHORT)), visits(synthetic.screening(LONG))
    # What is loaded stays loaded: the product keeps the collector away from it too.
    gc.collect()
    gc.freeze()
    ours: list[float] = []
    other: list[float] = []
    for _ in range(30 if quick else 300):
        ours += [next(long) for _ in range(_TURN)]
        other += [next(short) for _ in range(_TURN)]
    gc.unfreeze()
    samples = {
        "answers": float(len(ours)),
        "long_median_us": median(ours) * 1e6,
        "long_p99_us": p99(ours) * 1e6,
        "short_median_us": median(other) * 1e6,
        "short_p99_us": p99(other) * 1e6,
    }
    return [
        Row(
            "an answer of 10,000 questions, engine, p99",
            _microseconds(p99(ours)),
            f"{_microseconds(p99(other))} of 50",
            p99(ours) / p99(other),
            "x",
            2.0,
            samples,
        ),
        Row(
            "an answer of 10,000 questions, engine, median",
            _microseconds(median(ours)),
            f"{_microseconds(median(other))} of 50",
            median(ours) / median(other),
            "x",
            None,
            samples,
        ),
    ]


def visits(screening: Screening) -> Iterator[float]:
    """One person after another: seconds that each answer took, those to questions changed after the review included."""
    choose = random.Random(1)  # noqa: S311  # the same people in every run, not a secret
    size = len(screening.questions)
    while True:
        interview = begin(screening)
        changes = int(size * _CHANGES)
        while True:
            interview = synthetic.without_alarm(interview)
            if not isinstance(interview.step, Asking):
                if not changes:
                    break
                changes -= 1
                interview = interview.change(screening.questions[choose.randrange(0, size, 2)].id)
            elif choose.random() < _BACK:
                interview = interview.back()
            option = f"o{choose.randrange(4)}"
            before = perf_counter()
            interview = interview.answer(option)
            _ = interview.step
            yield perf_counter() - before


def _microseconds(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} us"
