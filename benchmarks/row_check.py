"""How long `iop-tui check` takes on the shipped questions."""

from __future__ import annotations

import subprocess
import time

from benchmarks.figures import Row, median
from tests.harness.driven_terminal import ROOT, NotMeasuredError, environment, module


def measure(quick: bool) -> list[Row]:
    """Wall seconds of the whole process."""
    times: list[float] = []
    for number in range(4 if quick else 8):
        before = time.perf_counter()
        done = subprocess.run(
            module("iop_tui", "check"), cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
        )
        if number:  # the first warms the disk cache
            times.append(time.perf_counter() - before)
    if done.returncode not in (0, 1):  # 1: it found problems, which takes as long
        raise NotMeasuredError(f"check ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    middle = median(times)
    said = done.stdout.strip().splitlines()[-1]
    return [
        Row("check of the shipped questions", f"{middle:.2f} s", said, middle, "s", 0.5, {"rounds": float(len(times))})
    ]
