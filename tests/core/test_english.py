"""One is not many, in what staff and authors read, too."""

from __future__ import annotations

import ast
import re

import pytest

from iop_tui.kiosk.preflight.finding import ok, problem, report_lines
from iop_tui.screening.english import counted, plural
from iop_tui.translation.extract import PACKAGE

_COUNTS = re.compile(
    r"\{(?:count|n|more|seconds|minutes|calls)\} (?:of \{\w+\} )?(?:[a-z]+ )?[a-z]{3,}s\b(?! (?:of|is)\b)"
)
"""A count in front of what is said of several."""
_FITS = {"plural", "ngettext"}


@pytest.mark.parametrize(("count", "said"), [(0, "0 calls"), (1, "1 call"), (2, "2 calls"), (21, "21 calls")])
def test_only_one_is_one(count: int, said: str) -> None:
    assert counted(count, "call") == said
    assert plural("{n} call", "{n} calls", count).format(n=count) == said


def test_the_machine_check_counts_one_of_each() -> None:
    (*_lines, last) = report_lines([problem("locale", "Not set.", "Set it.")])
    assert last == "Not ready: 1 problem, no warnings in 1 check. Do not leave this terminal alone with visitors."
    (*_lines, last) = report_lines([ok("locale", "UTF-8."), ok("printer", "None.")])
    assert last == "Ready: no problems, no warnings in 2 checks."


def test_every_sentence_with_a_count_says_it_of_one_as_well() -> None:
    """A sentence of several stands only where `plural` or `ngettext` chooses it."""
    found = []
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [c for c in ast.walk(tree) if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)]
        fit = {id(part) for call in calls if ast.unparse(call.func) in _FITS for part in call.args}
        fit |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for part in ast.walk(tree):
            said = part.value if isinstance(part, ast.Constant) and id(part) not in fit else None
            if isinstance(said, str) and _COUNTS.search(said):
                found.append(f"{path.relative_to(PACKAGE)}: {said}")
    assert found == []


@pytest.mark.parametrize(
    "folder", ["counselor", "call", "records", "export", "commands", "kiosk/preflight", "translation"]
)
def test_what_only_staff_read_is_not_marked_for_translators(folder: str) -> None:
    files = list((PACKAGE / folder).rglob("*.py"))
    assert files
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        assert not {"_", "N_", "ngettext"} & names, path
