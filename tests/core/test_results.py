"""What raises on the way from an example person's answers to the text that they take away is told, not raised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from iop_tui.result.build import result_of
from iop_tui.result.document import document
from iop_tui.result.model import Result
from iop_tui.screening.assessment.assess import Assessment, assess
from iop_tui.screening.assessment.cases import Case, load_cases
from iop_tui.screening.authoring.checker import check
from iop_tui.screening.authoring.lint import results as lint
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.problems import Report
from iop_tui.takeaway.text import as_text
from tests.core.authored import TODAY, line_of, spoil, write
from tests.core.small import SMALL

PEOPLE = load_cases(SMALL, load(SMALL), Report())


Writer = Callable[[Assessment, Mapping[str, Answer]], object]


def failing(for_whom: Callable[[Result], bool]) -> Writer:
    """Writes a result down, but for some."""

    def write_down(assessment: Assessment, answers: Mapping[str, Answer]) -> str:
        result = result_of(assessment, answers)
        if for_whom(result):
            raise IndexError("tuple index out of range")
        return as_text(document(result))

    return write_down


def told(writer: Writer) -> list[str]:
    """For whom a check of the small screening says that no text can be made, and where."""
    found = check(SMALL, TODAY, (writer,)).problems
    assert {problem.kind for problem in found} <= {"no-result"}
    assert all("fails to make the text to take away (IndexError" in problem.message for problem in found)
    return [f"{problem.line}: {problem.message.partition(':')[0]}" for problem in found]


def named(people: list[Case]) -> list[str]:
    return [f"{case.where.line}: case {case.id!r}" for case in sorted(people, key=lambda case: case.where.line)]


def test_every_result_of_a_sound_screening_is_made(tmp_path: Path) -> None:
    assert check(write(tmp_path), TODAY, (failing(lambda _result: False),)).problems == ()


def test_a_text_that_fails_for_everybody_is_a_problem_of_each() -> None:
    assert told(failing(bool)) == named([*PEOPLE])


def test_a_text_that_fails_for_one_piece_is_a_problem_of_whoever_has_it() -> None:
    screening = load(SMALL)
    results = {case.where: result_of(assess(screening, case.answers), case.answers) for case in PEOPLE}
    for rule in {reason.id for result in results.values() for reason in result.reasons}:

        def has(result: Result, rule: str = rule) -> bool:
            return any(reason.id == rule for reason in result.reasons)

        assert told(failing(has)) == named([case for case in PEOPLE if has(results[case.where])])


def test_what_raises_before_is_told_at_the_place_of_the_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = write(tmp_path)

    def broken(*_given: object) -> object:
        raise KeyError("nowhere")

    monkeypatch.setattr(lint, "assess", broken)
    found = [problem for problem in check(directory, TODAY).problems if problem.kind == "no-result"]
    cases = load_cases(directory, load(directory), Report())
    assert [(problem.file, problem.line) for problem in found] == sorted((c.where.file, c.where.line) for c in cases)
    planning = next(problem for problem in found if "'planning'" in problem.message)
    assert planning.line == line_of(directory, planning.file.rpartition(f"{tmp_path}/")[2], "planning")
    assert "fails to make the assessment (KeyError: 'nowhere')" in planning.message
    assert "report it" in planning.message


def test_a_ring_that_the_loader_let_pass_loses_no_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = write(tmp_path)
    before = load(directory)
    monkeypatch.setattr("iop_tui.screening.format.references.rings", lambda _names: ())
    spoil(directory, "care.yaml", "text: Do it today.", "text: Do it today., covers: [talk]")
    ring = load(directory)
    for case in load_cases(directory, before, Report()):
        steps = [result_of(assess(one, case.answers), case.answers).steps for one in (before, ring)]
        assert [step.id for step in steps[0] if step.sure] == [step.id for step in steps[1] if step.sure]
