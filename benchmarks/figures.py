"""Medians, percentiles, and the rows of the table."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Row:
    """One line of the table. `figure` is what the goal is about; `goal` the most it may be, or None."""

    name: str
    ours: str
    against: str
    figure: float
    unit: str
    """`x` for a ratio, else ms, s, MB."""
    goal: float | None = None
    samples: dict[str, float] = field(default_factory=dict)
    """The numbers behind the texts, with the unit in each name."""

    @property
    def verdict(self) -> str:
        """Reached, missed, or nothing where there is no goal."""
        if self.goal is None:
            return ""
        return "reached" if self.figure <= self.goal else "missed"


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def p99(values: Sequence[float]) -> float:
    """The value that 99 in 100 do not exceed."""
    return sorted(values)[math.ceil(len(values) * 0.99) - 1]


def milliseconds(seconds: float) -> str:
    """Seconds as text in ms."""
    return f"{seconds * 1e3:.1f} ms"


def compare(name: str, ours: Sequence[float], other: Sequence[float], against: str, goal: float | None) -> Row:
    """A row for the ratio of two medians, from samples in seconds."""
    mine, theirs = median(ours), median(other)
    return Row(
        name,
        milliseconds(mine),
        f"{milliseconds(theirs)} {against}",
        mine / theirs,
        "x",
        goal,
        {
            "rounds": len(ours),
            "ours_median_ms": mine * 1e3,
            "ours_p99_ms": p99(ours) * 1e3,
            "against_median_ms": theirs * 1e3,
            "against_p99_ms": p99(other) * 1e3,
        },
    )


def as_table(rows: Sequence[Row]) -> str:
    """The rows as text in columns."""
    lines = [("what", "ours", "against", "figure", "goal", "")]
    for row in rows:
        number = f"{row.figure:.2f}" if row.figure >= 0.01 or not row.figure else f"{row.figure:.1g}"
        figure = f"{number}{row.unit if row.unit == 'x' else ' ' + row.unit}"
        goal = "" if row.goal is None else f"<= {row.goal:g}{row.unit if row.unit == 'x' else ' ' + row.unit}"
        lines.append((row.name, row.ours, row.against, figure, goal, row.verdict))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    lines.insert(1, tuple("-" * width for width in widths))  # type: ignore[arg-type]  # as many columns as the head
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def as_json(rows: Sequence[Row]) -> str:
    """The rows for another program."""
    return json.dumps([{**asdict(row), "verdict": row.verdict} for row in rows], indent=2)
