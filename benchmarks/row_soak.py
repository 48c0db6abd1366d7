"""The rows of the soak: how many visitors started, what was left of them, and how the supervisor grew."""

from __future__ import annotations

import sys

from benchmarks.figures import Row, median, milliseconds, p99
from tests.harness.soak import run


def measure(quick: bool) -> list[Row]:
    """The rows of the table; the details go to standard error as they come."""
    soak = run(range(40 if quick else 1000), scan=20 if quick else 50, say=lambda line: print(line, file=sys.stderr))
    count, memory_mb = len(soak.seeds), soak.grown["Rss"]
    ended = ", ".join(f"{number} {name}" for name, number in soak.endings.most_common())
    name = f"soak, {count} visitors (seeds {soak.seeds.start} to {soak.seeds.stop - 1})"
    dirty = soak.grown["Dirty"]
    return [
        Row(f"{name}: not started", str(count - soak.started), ended, count - soak.started, "", 0),
        Row(f"{name}: words left", str(len(soak.left)), "; ".join(soak.left), len(soak.left), "", 0),
        Row("the same: parent grows", f"{memory_mb:.2f} MB", f"{dirty:.2f} MB dirty", memory_mb, "MB", 1.0, soak.grown),
        Row(
            "the same: end to the next visit, median",
            milliseconds(median(soak.gaps)),
            f"p99 {milliseconds(p99(soak.gaps))}",
            median(soak.gaps) * 1e3,
            "ms",
            150,
        ),
    ]
