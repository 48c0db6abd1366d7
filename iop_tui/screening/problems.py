"""Problems in YAML and PO files: each with file, line and a message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from iop_tui.screening.model.field_types import SourceLocation

Severity = Literal["error", "warning"]


class Problem(Struct, frozen=True, order=True):
    """One problem. Lines count from 1. `kind` is the name of the check that found it.

    An error makes a result wrong or unreachable; a warning concerns wording, age or evidence.
    """

    file: str
    line: int
    message: str
    kind: str = "form"
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity}: {self.message}"


class Unusable(Exception):
    """Files that cannot be used. `problems` is not empty, and ordered by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Report:
    """Collects problems, so that one run reports all of them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.unread: set[tuple[SourceLocation, str]] = set()
        """Values that could not be decoded, as the location of their parent and the key. They were replaced by empty
        ones, which must not lead to further reports.
        """

    def add(self, where: SourceLocation, message: str, kind: str = "form") -> None:
        """Report an error at a source location."""
        self.problems.append(Problem(where.file, where.line, message, kind))

    def warn(self, where: SourceLocation, message: str, kind: str) -> None:
        """Report a warning at a source location."""
        self.problems.append(Problem(where.file, where.line, message, kind, "warning"))

    def close(self) -> None:
        """Raise Unusable if an error was reported."""
        if any(problem.severity == "error" for problem in self.problems):
            raise Unusable(self.problems)


def suggestion(wrong: str, right: Iterable[str]) -> str:
    """The end of a message about an unknown name: the likely one, or else the known ones."""
    import difflib  # not for those whose files are right

    choices = [word for word in right if word]
    near = difflib.get_close_matches(wrong, choices, n=1, cutoff=0.6)
    if near:
        return f"; did you mean {near[0]!r}?"
    if not choices:
        return ""
    shown = ", ".join(choices[:12])
    return f"; it could be: {shown}{', …' if len(choices) > 12 else ''}"
