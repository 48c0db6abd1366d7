"""What two hundred people in one process leave behind."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.figures import Row
from iop_tui.screening.engine.interview import Asking, Interview, begin
from iop_tui.screening.format.loader import load
from iop_tui.screening.shipped import shipped
from tests.harness.driven_terminal import Terminal, module
from tests.harness.keys import keys_for, mildest

_SETTLE = 0.5
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(quick: bool) -> list[Row]:
    """Resident MB after the last visit less those after the first. Each answers the shipped questions."""
    visits = 10 if quick else 200
    resident: list[float] = []
    with Terminal(module("iop_tui")) as terminal:
        terminal.reach("Start the questions")
        first = begin(load(shipped()))
        for _ in range(visits):
            visit(terminal, first)
            terminal.listen(_SETTLE if len(resident) in (0, visits - 1) else 0)
            resident.append(_resident(terminal.pid))
    grown = resident[-1] - resident[0]
    half = resident[visits // 2]
    samples = {
        "visits": float(visits),
        "after_first_mb": resident[0],
        "after_half_mb": half,
        "after_last_mb": resident[-1],
    }
    return [
        Row(
            f"memory after {visits} people, pseudo-terminal",
            f"{resident[-1]:.1f} MB (half way {half:.1f})",
            f"{resident[0]:.1f} MB after the first",
            grown,
            "MB",
            2.0,
            samples,
        )
    ]


def visit(terminal: Terminal, interview: Interview) -> None:
    """From the welcome page through every question, with its mildest answer, to the result and past it, and back."""
    interview, keys = _answered(terminal, interview, "1")
    terminal.follow(keys, "show my summary")
    terminal.follow("1", "Your result")
    _interview, keys = _answered(terminal, interview.confirmed().continued(), "a")
    terminal.follow(keys, "Your result")
    terminal.follow("n", "Erase and start over")
    terminal.follow("2", "Start the questions")


def _answered(terminal: Terminal, interview: Interview, keys: str) -> tuple[Interview, str]:
    """After every question that comes now; the keys of the last answer are still to be pressed."""
    while isinstance(step := interview.step, Asking):
        terminal.follow(keys, step.question.ask)
        answer = mildest(step.question)
        interview, keys = interview.answer(answer), keys_for(step.question, answer)
    return interview, keys


def _resident(pid: int) -> float:
    """Resident memory of a process in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_MB
