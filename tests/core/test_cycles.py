"""First steps that cover one another in a ring would be told to nobody: the loader names every ring."""

from __future__ import annotations

import graphlib
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.screening.format.cycles import rings
from iop_tui.screening.format.loader import load
from iop_tui.screening.problems import Unusable
from tests.core.small import SMALL

FIRST = 10
"""The line of care.yaml on which the first step stands."""


def loaded(tmp_path: Path, covers: dict[str, list[str]]) -> list[str]:
    """The problems of the small screening with these first steps, one a line, each covering some others."""
    directory = tmp_path / "q"
    shutil.copytree(SMALL, directory)
    steps = [
        f"  - {{id: {name}, title: T, text: T., covers: [{', '.join(others)}]}}" for name, others in covers.items()
    ]
    lines = (directory / "care.yaml").read_text().splitlines()
    assert "medical_check" in lines[FIRST - 1]
    (directory / "care.yaml").write_text("\n".join((*lines[: FIRST - 1], *steps, *lines[FIRST:])) + "\n")
    try:
        load(directory)
    except Unusable as unusable:
        return [str(problem).rpartition("/")[2] for problem in unusable.problems]
    return []


def in_a_ring(count: int) -> dict[str, list[str]]:
    names = ["medical_check", *(f"step{number}" for number in range(1, count))]
    return {name: [names[(number + 1) % count]] for number, name in enumerate(names)}


def said(name: str, line: int, rest: str) -> str:
    return f"care.yaml:{line}: error: first step {name!r}: {rest}; take 'medical_check' out of its 'covers'"


@pytest.mark.parametrize(
    ("count", "problem"),
    [
        (1, said("medical_check", 10, "it covers itself, so it would never be shown")),
        (2, said("step1", 11, "it and 'medical_check' cover one another, so neither would be shown")),
        (
            3,
            said(
                "step2",
                12,
                "it covers 'medical_check', which covers 'step1', which covers 'step2', so none of them would be shown",
            ),
        ),
        (
            5,
            said(
                "step4",
                14,
                "it covers 'medical_check', which covers 'step1', which covers 'step2', which covers 'step3', which "
                "covers 'step4', so none of them would be shown",
            ),
        ),
    ],
)
def test_a_ring_of_any_length_is_a_problem_with_its_remedy(tmp_path: Path, count: int, problem: str) -> None:
    assert loaded(tmp_path, in_a_ring(count)) == [problem]


def test_every_ring_is_named_at_once(tmp_path: Path) -> None:
    two = {"medical_check": ["b"], "b": ["medical_check", "c"], "c": ["d"], "d": ["e"], "e": ["c"]}
    assert [problem.split(":")[1] for problem in loaded(tmp_path, two)] == ["11", "14"]


def test_of_a_long_ring_some_names_are_told(tmp_path: Path) -> None:
    [problem] = loaded(tmp_path, in_a_ring(30))
    assert "'step2', which covers 25 more, which covers 'step28', which covers 'step29'" in problem


def test_steps_that_cover_others_without_a_ring_are_fine(tmp_path: Path) -> None:
    assert loaded(tmp_path, {"medical_check": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}) == []


graphs = st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 8), max_size=4), max_size=8).map(
    lambda graph: {str(name): [str(other) for other in others] for name, others in graph.items()}
)


@given(graphs)
def test_rings_are_found_where_there_are_any_and_undoing_the_last_step_of_each_leaves_none(
    graph: dict[str, list[str]],
) -> None:
    found = list(rings(graph))
    for ring in found:
        assert len(set(ring)) == len(ring)
        assert all(other in graph[name] for name, other in zip(ring, (*ring[1:], ring[0]), strict=True))
    undone = {
        name: [o for o in others if (name, o) not in {(r[-1], r[0]) for r in found}] for name, others in graph.items()
    }
    graphlib.TopologicalSorter(undone).prepare()
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError:
        assert found
    else:
        assert not found


def test_a_way_longer_than_python_can_follow_is_followed() -> None:
    names = [str(number) for number in range(5_000)]
    assert list(rings({name: [other] for name, other in zip(names, (*names[1:], names[0]), strict=True)})) == [
        tuple(names)
    ]
