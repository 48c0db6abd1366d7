"""The same questions in questionary, a prompt library that draws a line at a time. A goal for the first page alone."""

from __future__ import annotations

import importlib.util
import tempfile
from pathlib import Path

from benchmarks import synthetic
from benchmarks.figures import Row, compare
from benchmarks.texts import QUESTIONS, UNSURE, ask
from tests.harness.driven_terminal import NotMeasuredError, Terminal, module


def measure(quick: bool) -> list[Row]:
    """Seconds from start to the first page or prompt, for the shipped screening and for the same questions, and from
    the answer's key to the next question.
    """
    if importlib.util.find_spec("questionary") is None:
        raise NotMeasuredError("questionary is not installed: pip install 'iop-tui[bench]'")
    shipped: list[float] = []
    ours: list[list[float]] = [[], []]
    theirs: list[list[float]] = [[], []]
    with tempfile.TemporaryDirectory() as directory:
        synthetic.write(Path(directory))
        for number in range(3 if quick else 11):
            full = number < (1 if quick else 2)
            with Terminal(module("iop_tui")) as wizard:
                shipped.append(wizard.reach("Start the questions"))
            with Terminal(module("iop_tui", "--questions", directory)) as wizard:
                ours[0].append(wizard.reach("Start the questions"))
                wizard.time_key("1", ask(0))
                ours[1] += _keys(wizard, "1") if full else []
            with Terminal(module("benchmarks.peer_questionary")) as peer:
                theirs[0].append(peer.reach(UNSURE[-1]))
                theirs[1] += _keys(peer, "\r") if full else []
    return [
        compare("start to first page or prompt", shipped, theirs[0], "questionary", 0.5),
        compare("the same, questions from files", ours[0], theirs[0], "questionary", None),
        compare("key to next question or prompt", ours[1], theirs[1], "questionary", None),
    ]


def _keys(terminal: Terminal, key: str) -> list[float]:
    return [terminal.time_key(key, ask(index)) for index in range(1, QUESTIONS)]
