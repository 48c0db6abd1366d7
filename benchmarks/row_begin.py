"""From the welcome page to the first question."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.figures import Row, median, milliseconds, p99
from iop_tui.screening.engine.interview import begin
from iop_tui.screening.format.loader import load
from iop_tui.screening.shipped import shipped
from tests.harness.driven_terminal import Terminal, module

_WELCOME = "Start the questions"
_READ = 1.0
"""Seconds that a person looks at the welcome page, at least: all is quiet then."""
_GOAL_MS = 20.0


def measure(quick: bool) -> list[Row]:
    """Seconds from writing Enter to the last byte drawn of the first question: once all is quiet, and at once."""
    first = begin(load(shipped())).wording.questions[0].ask
    read: list[float] = []
    at_once: list[float] = []
    for number in range(4 if quick else 16):
        for times, seconds in ((read, _READ), (at_once, 0.0)):
            with Terminal(module("iop_tui")) as terminal:
                terminal.reach(_WELCOME)
                terminal.listen(seconds)
                took = terminal.time_key("\r", first)
            if number:  # the first of each writes byte code and warms the disk cache
                times.append(took)
    return [
        _row("Enter on the welcome page to the first question", read, _GOAL_MS),
        _row("the same, right at the first paint", at_once, None),
    ]


def _row(name: str, times: Sequence[float], goal: float | None) -> Row:
    middle = median(times)
    samples = {"rounds": float(len(times)), "median_ms": middle * 1e3, "p99_ms": p99(times) * 1e3}
    return Row(name, milliseconds(middle), f"{milliseconds(max(times))} the slowest", middle * 1e3, "ms", goal, samples)
