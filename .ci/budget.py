"""Is the README's test command still as fast as it was? `python .ci/budget.py SECONDS` says so by its exit status.

Machines differ, and one machine differs from hour to hour, so the time is compared with that of a loop which is timed
in the same run, with as many processes at once as the tests have workers. `budget.toml` keeps how many such loops the
tests took; with more than `factor` times as many the check fails. `--renew` prints a new figure to put there.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
import tomllib
from pathlib import Path

BUDGET = Path(__file__).with_name("budget.toml")
_ROUNDS = 5
_STEPS = 3_000_000


def loop(_worker: int = 0) -> float:
    """Seconds that a fixed amount of work takes one process."""
    began = time.perf_counter()
    total = 0
    for number in range(_STEPS):
        total += number % 7
    return time.perf_counter() - began


def timed_loop(workers: int) -> float:
    """Seconds of the loop with so many at once: the best of several rounds, of each the slowest worker."""
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        return min(max(pool.map(loop, range(workers), chunksize=1)) for _round in range(_ROUNDS))


def judged(seconds: float, loop_seconds: float, budget_loops: float, factor: float) -> tuple[bool, str]:
    """Whether a time is within the budget, and a sentence with the figures."""
    loops = seconds / loop_seconds
    said = (
        f"tests: {seconds:.0f} s, {loops:.0f} loops of {loop_seconds:.3f} s; "
        f"the budget is {budget_loops:.0f} loops, and {factor} times as many at most ({loops / budget_loops:.2f} now)"
    )
    return loops <= factor * budget_loops, said


def main() -> int:
    """Exit status 0 within the budget, 1 over it, 2 on bad usage."""
    parser = argparse.ArgumentParser(description="Compare the time of the plain test command with its budget.")
    parser.add_argument("seconds", type=float, help="how long the tests took")
    parser.add_argument("--renew", action="store_true", help="print the figure to keep, and check nothing")
    options = parser.parse_args()
    per_loop = timed_loop(os.cpu_count() or 1)
    if options.renew:
        print(f"loops = {options.seconds / per_loop:.0f}")
        return 0
    kept = tomllib.loads(BUDGET.read_text(encoding="utf-8"))
    fits, said = judged(options.seconds, per_loop, kept["loops"], kept["factor"])
    print(said if fits else f"{said}: over the budget", file=sys.stdout if fits else sys.stderr)
    return 0 if fits else 1


if __name__ == "__main__":
    sys.exit(main())
