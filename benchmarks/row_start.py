"""From starting the program to its first page."""

from __future__ import annotations

from benchmarks.figures import Row, compare
from benchmarks.terminal import Terminal, module

_DRAWN = "Start the questions"


def measure(quick: bool) -> list[Row]:
    """Seconds from spawning the process to the first choice being complete in what it wrote, one after the other."""
    ours: list[float] = []
    bare: list[float] = []
    for number in range(6 if quick else 26):
        for command, times in ((module("iop_tui"), ours), (module("benchmarks.bare"), bare)):
            with Terminal(command) as terminal:
                took = terminal.reach(_DRAWN)
            if number:  # the first of each writes byte code and warms the disk cache
                times.append(took)
    return [compare("start to first paint", ours, bare, "a bare page", 1.15)]
