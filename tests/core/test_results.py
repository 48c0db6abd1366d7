"""What raises on the way from an example person's answers to the text that they take away is told, not raised."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from iop_tui.screening.assessment.assess import Assessment, assess
from iop_tui.screening.assessment.cases import Case, load_cases
from iop_tui.screening.assessment.summary import Summary, summary_of
from iop_tui.screening.authoring.checker import check
from iop_tui.screening.authoring.lint import results as lint
from iop_tui.screening.format.loader import load
from iop_tui.screening.problems import Report
from iop_tui.takeaway.markdown import as_markdown
from iop_tui.takeaway.text import as_text
from tests.core.authored import TODAY, line_of, spoil, write
from tests.core.small import SMALL

PEOPLE = load_cases(SMALL, load(SMALL), Report())


def failing(for_whom: Callable[[Summary], bool]) -> Callable[[Summary], str]:
    """Writes a summary down, but for some."""

    def write_down(summary: Summary) -> str:
        if for_whom(summary):
            raise IndexError("tuple index out of range")
        return as_text(summary)

    return write_down


def told(writer: Callable[[Summary], object]) -> list[str]:
    """For whom a check of the small screening says that no text can be made, and where."""
    found = check(SMALL, TODAY, (writer,)).problems
    assert {problem.kind for problem in found} <= {"no-result"}
    assert all("fails to make the text to take away (IndexError" in problem.message for problem in found)
    return [f"{problem.line}: {problem.message.partition(':')[0]}" for problem in found]


def named(people: list[Case]) -> list[str]:
    return [f"{case.where.line}: case {case.id!r}" for case in sorted(people, key=lambda case: case.where.line)]


def test_every_result_of_a_sound_screening_is_made(tmp_path: Path) -> None:
    assert check(write(tmp_path), TODAY, (as_text, as_markdown)).problems == ()


def test_a_text_that_fails_for_everybody_is_a_problem_of_each() -> None:
    assert told(failing(bool)) == named([*PEOPLE])


def test_a_text_that_fails_for_one_piece_is_a_problem_of_whoever_has_it() -> None:
    screening = load(SMALL)
    results = {case.where: assess(screening, case.answers) for case in PEOPLE}
    for rule in {reason.need.id for result in results.values() if result.level for reason in result.reasons}:

        def has(summary: Summary, rule: str = rule) -> bool:
            return any(because.rule == rule for level in summary.levels for because in level.reasons)

        def concerned(result: Assessment, rule: str = rule) -> bool:
            return has(summary_of(result, {}), rule)

        assert told(failing(has)) == named([case for case in PEOPLE if concerned(results[case.where])])


@pytest.mark.parametrize(("part", "what"), [("assess", "assessment"), ("summary_of", "summary")])
def test_what_raises_before_is_told_at_the_place_of_the_person(
    part: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = write(tmp_path)

    def broken(*_given: object) -> object:
        raise KeyError("nowhere")

    monkeypatch.setattr(lint, part, broken)
    found = [problem for problem in check(directory, TODAY).problems if problem.kind == "no-result"]
    cases = load_cases(directory, load(directory), Report())
    assert [(problem.file, problem.line) for problem in found] == sorted((c.where.file, c.where.line) for c in cases)
    planning = next(problem for problem in found if "'planning'" in problem.message)
    assert planning.line == line_of(directory, planning.file.rpartition(f"{tmp_path}/")[2], "planning")
    assert f"fails to make the {what} (KeyError: 'nowhere')" in planning.message
    assert "report it" in planning.message


def test_a_ring_that_the_loader_let_pass_would_be_found_by_its_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = write(tmp_path)
    monkeypatch.setattr("iop_tui.screening.format.references.rings", lambda _names: ())
    spoil(directory, "care.yaml", "text: Do it today.", "text: Do it today., covers: [talk]")
    found = [problem.message for problem in check(directory, TODAY).problems if problem.kind == "no-result"]
    assert found
    assert all("fails to make the summary (IndexError" in message for message in found)
