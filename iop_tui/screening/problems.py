"""What is wrong with files that people wrote: each problem with its file, its line and a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from iop_tui.screening.model.field_types import Where

Severity = Literal["error", "warning"]


class Problem(Struct, frozen=True, order=True):
    """One thing to mend. Lines count from 1. `kind` is the name of the check that found it.

    An error makes a result wrong or unreachable; a warning is a matter of words, age or proof.
    """

    file: str
    line: int
    message: str
    kind: str = "form"
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity}: {self.message}"


class Unusable(Exception):
    """Files that cannot be used. `problems` has at least one, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Report:
    """Collects problems, so that one run names them all."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.unread: set[tuple[Where, str]] = set()
        """What could not be read, as the place of what it belongs to and its key: something empty stands in for it, and
        nothing may be concluded from that.
        """

    def add(self, where: Where, message: str, kind: str = "form") -> None:
        """Note an error at a place."""
        self.problems.append(Problem(where.file, where.line, message, kind))

    def warn(self, where: Where, message: str, kind: str) -> None:
        """Note a warning at a place."""
        self.problems.append(Problem(where.file, where.line, message, kind, "warning"))

    def close(self) -> None:
        """Raise Unusable if an error was noted."""
        if any(problem.severity == "error" for problem in self.problems):
            raise Unusable(self.problems)


def suggestion(wrong: str, right: Iterable[str]) -> str:
    """The end of a sentence about a wrong word: what was meant, or else what there is."""
    import difflib  # not for those whose files are right

    choices = [word for word in right if word]
    near = difflib.get_close_matches(wrong, choices, n=1, cutoff=0.6)
    if near:
        return f"; did you mean {near[0]!r}?"
    if not choices:
        return ""
    shown = ", ".join(choices[:12])
    return f"; it could be: {shown}{', …' if len(choices) > 12 else ''}"
