"""From a key to the next question."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import synthetic
from benchmarks.figures import Row, compare, milliseconds, p99
from benchmarks.texts import QUESTIONS, ask
from tests.harness.driven_terminal import Terminal, module

FRAME_MS = 16.7


def measure(quick: bool) -> list[Row]:
    """Seconds from writing a digit to the last byte drawn of the next question; the two programs take turns."""
    ours: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory() as directory:
        synthetic.write(Path(directory))
        for _ in range(1 if quick else 6):
            with (
                Terminal(module("iop_tui", "--questions", directory)) as wizard,
                Terminal(module("benchmarks.bare_questions")) as app,
            ):
                app.reach(ask(0))
                wizard.reach("Start the questions")
                wizard.time_key("1", ask(0))
                for index in range(1, QUESTIONS):
                    key = str(1 + index % 4)
                    ours.append(wizard.time_key(key, ask(index)))
                    bare.append(app.time_key(key, ask(index)))
    worst, theirs = p99(ours), f"{milliseconds(p99(bare))} a bare option list"
    return [
        compare("key to next question, median", ours, bare, "a bare option list", 1.25),
        Row("key to next question, p99", milliseconds(worst), theirs, worst * 1e3, "ms", FRAME_MS),
    ]
