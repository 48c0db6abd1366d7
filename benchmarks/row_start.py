"""From starting the program to its first page, and to the answer to a key that is typed as soon as it is there."""

from __future__ import annotations

from benchmarks.figures import Row, compare
from benchmarks.texts import UNSURE
from tests.harness.driven_terminal import Terminal, module

_DRAWN = "Start the questions"
_ANSWERED = UNSURE[-1]
"""The last choice of a question: it is drawn when all of it is."""


def measure(quick: bool) -> list[Row]:
    """Seconds from spawning the process to the first choice being complete in what it wrote, and, with `1` typed then,
    to the last choice of a question; one program after the other.
    """
    commands = module("iop_tui"), module("benchmarks.bare")
    shown: tuple[list[float], list[float]] = [], []
    answered: tuple[list[float], list[float]] = [], []
    for number in range(6 if quick else 26):
        for command, first, second in zip(commands, shown, answered, strict=True):
            with Terminal(command) as terminal:
                times = terminal.reach(_DRAWN), terminal.follow("1", _ANSWERED)
            if number:  # the first of each writes byte code and warms the disk cache
                first.append(times[0])
                second.append(times[1])
    return [
        compare("start to first page", shown[0], shown[1], "a bare page", 0.3),
        compare("start to answer to first key", answered[0], answered[1], "a bare page", 1.1),
    ]
