"""The check that keeps the test command fast counts right."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

CI = Path(__file__).parents[2] / ".ci"


@pytest.fixture(scope="module")
def budget() -> ModuleType:
    spec = importlib.util.spec_from_file_location("budget", CI / "budget.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("seconds", "loop_seconds", "fits"),
    [(150, 0.25, True), (225, 0.25, True), (226, 0.25, False), (400, 0.5, True), (120, 0.1, False)],
)
def test_a_time_counts_by_the_loop_of_its_own_run(
    budget: ModuleType, seconds: float, loop_seconds: float, fits: bool
) -> None:
    within, said = budget.judged(seconds, loop_seconds, 600, 1.5)
    assert within is fits
    assert f"{seconds / loop_seconds / 600:.2f} now" in said


def test_the_figure_that_is_kept_can_be_read(budget: ModuleType) -> None:
    kept = tomllib.loads(budget.BUDGET.read_text(encoding="utf-8"))
    assert kept["loops"] > 0
    assert 1 < kept["factor"] <= 1.5
