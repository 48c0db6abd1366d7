"""From a key to the next question, in a long screening and in a short one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack

from benchmarks import synthetic
from benchmarks.figures import Row, compare, milliseconds, p99
from benchmarks.row_engine import LONG, SHORT
from iop_tui.screening.engine.interview import Asking, Interview
from tests.harness.driven_terminal import Terminal, module

_KEYS = 30
"""Answers in one session: fewer than the short screening asks."""


def measure(quick: bool) -> list[Row]:
    """Seconds from writing a digit to the last byte drawn of the next question. The long one begins in its middle."""
    long: list[float] = []
    short: list[float] = []
    for seed in range(1 if quick else 7):
        with ExitStack() as stack:
            one, other = session(stack, LONG, seed), session(stack, SHORT, seed)
            for _ in range(_KEYS - 1):
                long.append(next(one))
                short.append(next(other))
    theirs = p99(short)
    return [
        compare("key to next question of 10,000, median", long, short, "of 50", 2.0),
        Row(
            "key to next question of 10,000, p99",
            milliseconds(p99(long)),
            f"{milliseconds(theirs)} of 50",
            p99(long) / theirs,
            "x",
            2.0,
        ),
    ]


def session(stack: ExitStack, size: int, seed: int) -> Iterator[float]:
    """One person's keys: seconds that each took. A second interview, given the same answers, knows what comes."""
    choose = random.Random(seed)  # noqa: S311  # the same answers in every run, not a secret
    past = size // 2 if size > SHORT else 0
    mirror = synthetic.walked(synthetic.screening(size), past)
    terminal = stack.enter_context(Terminal(module("benchmarks.wizard_of", str(size), str(past))))
    terminal.reach("Start the questions")
    terminal.time_key("1", _asked(mirror))
    return _keys(terminal, mirror, choose)


def _keys(terminal: Terminal, mirror: Interview, choose: random.Random) -> Iterator[float]:
    while isinstance(mirror.step, Asking):
        option = choose.randrange(3)  # the fourth raises alarms, whose pages are not what is measured
        mirror = mirror.answer(f"o{option}")
        yield terminal.time_key(str(option + 1), _asked(mirror))


def _asked(interview: Interview) -> str:
    step = interview.step
    return step.question.ask if isinstance(step, Asking) else "Check your answers"
