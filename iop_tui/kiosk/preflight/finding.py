"""A finding of a check, and its presentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from iop_tui.screening.english import counted

Verdict = Literal["ok", "warning", "problem"]


class Finding(Struct, frozen=True):
    """The result of one check: its name, what was found, and the remedy ("" if all is well).

    A problem means: do not leave this terminal alone with visitors. A warning: know this, and decide.
    """

    what: str
    verdict: Verdict
    said: str
    remedy: str = ""


def ok(what: str, said: str) -> Finding:
    """No problem, as far as can be seen."""
    return Finding(what, "ok", said)


def warning(what: str, said: str, remedy: str) -> Finding:
    """A warning, for the clinic to decide about."""
    return Finding(what, "warning", said, remedy)


def problem(what: str, said: str, remedy: str) -> Finding:
    """A problem: the terminal must not run unattended."""
    return Finding(what, "problem", said, remedy)


def report_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """The findings as lines, each with its remedy indented under it, and a summary at the end."""
    for finding in findings:
        yield _plain(f"{finding.verdict:<8} {finding.what}: {finding.said}")
        if finding.remedy:
            yield _plain(f"{'':8} -> {finding.remedy}")
    problems, warnings = (sum(finding.verdict == verdict for finding in findings) for verdict in ("problem", "warning"))
    summed = f"{_counted(problems, 'problem')}, {_counted(warnings, 'warning')} in {counted(len(findings), 'check')}"
    if problems:
        yield f"Not ready: {summed}. Do not leave this terminal alone with visitors."
    else:
        yield f"Ready: {summed}."


def listed(names: Iterable[str], most: int = 4) -> str:
    """Names in a sentence: the first few, and how many more there are."""
    every = list(names)
    return ", ".join(every[:most]) + (f" and {len(every) - most} more" if len(every) > most else "")


def _counted(count: int, noun: str) -> str:
    return counted(count, noun) if count else f"no {noun}s"


def _plain(line: str) -> str:
    """The line without control characters: the names of files and processes may hold any."""
    return "".join(sign if sign.isprintable() else "?" for sign in line)
