"""Textual's own switches in the environment can log every key or press some: none of them works here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from iop_tui.screening.model.definition import Screening
from tests.terminal import walk
from tests.terminal.conftest import SHORT, Start
from tests.terminal.restored import assert_nothing_left, assert_restored

pytestmark = pytest.mark.terminal


def test_textuals_switches_do_nothing(start: Start, small: Screening, rooms: Mapping[str, Path]) -> None:
    terminal = start(
        command=SHORT,
        env={
            "TEXTUAL": "debug,devtools",
            "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
            "TEXTUAL_LOG": str(rooms["cwd"] / "textual.log"),
            "TEXTUAL_PRESS": "1,1,1",
            "TEXTUAL_SCREENSHOT": "1",
            "TEXTUAL_SCREENSHOT_FILENAME": "shot.svg",
            "TEXTUAL_SCREENSHOT_LOCATION": str(rooms["cwd"]),
        },
    )
    walk.to_summary(terminal, small, walk.SMALL_ANSWERS)
    assert walk.leave(terminal) == 0
    assert_restored(terminal)
    assert_nothing_left(terminal)
    assert [path for room in rooms.values() for path in room.rglob("*")] == []


def test_a_driver_that_does_not_exist_is_not_looked_for(start: Start, small: Screening) -> None:
    terminal = start(command=SHORT, env={"TEXTUAL_DRIVER": "no_such_module:Driver"})
    walk.to_question(terminal, small, walk.SMALL_ANSWERS, 0)
    assert walk.leave(terminal) == 0


@pytest.mark.parametrize(
    ("columns", "lines"), [("40", "10"), ("256", "90"), ("80", "24")], ids=["smaller", "larger", "as it was"]
)
def test_a_size_in_the_environment_does_not_rule_over_the_window(
    start: Start, small: Screening, columns: str, lines: str
) -> None:
    usual, terminal = start(command=SHORT), start(command=SHORT, env={"COLUMNS": columns, "LINES": lines})
    for one in (usual, terminal):
        walk.to_question(one, small, walk.SMALL_ANSWERS, 2)
        one.until_idle()
    assert terminal.lines == usual.lines
    for one in (usual, terminal):
        one.resize(100, 30)
        one.until_idle()
    assert len(terminal.lines[1]) > 90
    assert terminal.lines == usual.lines


def test_line_by_line_no_width_but_the_wished_one_breaks_a_line(start: Start) -> None:
    said = []
    for env in ({}, {"COLUMNS": "20", "LINES": "5"}):
        terminal = start(command=[*SHORT, "--line"], env=env)
        # Keys that come before they are asked for are echoed wherever the output is then.
        terminal.wait("Your choice:")
        terminal.press("quit\r")
        terminal.wait("Yes or no:")
        terminal.press("yes\r")
        assert terminal.ended() == 0
        said.append(terminal.sent)
    assert said[0] == said[1]
