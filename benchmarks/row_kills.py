"""Calls that are killed at a random moment: nothing that the screen had shown as saved may be lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.figures import Row
from tests.harness.killed_call import begin_records, killed_call

_CALLS = 200


def measure(quick: bool) -> list[Row]:
    """SIGKILL during a scripted call on the counselor's screen, again and again over the same records."""
    calls = 10 if quick else _CALLS
    with tempfile.TemporaryDirectory() as top:
        home = Path(top) / "home"
        begin_records(home)
        outcomes = [killed_call(seed, home) for seed in range(calls)]
    shown = sum(len(outcome.shown) for outcome in outcomes)
    telling = sum(bool(outcome.shown) for outcome in outcomes)
    lost = sum(len(outcome.lost) for outcome in outcomes)
    said = f"{lost} lost of {shown} shown as saved, in {telling} of {calls} calls; the records opened after each"
    return [
        Row(f"answers lost in {calls} killed calls", said, "", lost, "answers", 0, {"calls": calls, "shown": shown})
    ]
