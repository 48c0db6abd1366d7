"""Nothing stays on a disk but what a person saves, and that only they can read."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from iop_tui.result.build import result_for
from iop_tui.screening.model.definition import Screening
from tests.terminal import walk
from tests.terminal.conftest import SHORT, Start
from tests.terminal.restored import assert_nothing_left
from tests.terminal.terminal import CTRL_U, TAB, Terminal

pytestmark = pytest.mark.terminal


def files(rooms: Mapping[str, Path]) -> list[Path]:
    return sorted(path for room in rooms.values() for path in room.rglob("*") if not path.is_dir())


def squeezed(terminal: Terminal) -> str:
    """The screen without any room: a long path is broken anywhere."""
    return terminal.text.replace(" ", "")


def wait_squeezed(terminal: Terminal, words: str) -> None:
    wanted = words.replace(" ", "")
    terminal.wait_for(lambda: wanted in squeezed(terminal), f"wanted {words!r}")


def name_the_file(terminal: Terminal, name: str, before: str) -> None:
    """Type another name. The cursor of the field shows in reverse video while the name is being typed."""
    terminal.press(TAB)
    terminal.wait_for(lambda: terminal.reversed_words() != "", "wanted the cursor in the name")
    terminal.press(CTRL_U)
    terminal.wait("Save as plain text", gone=[before])
    terminal.press(name)
    terminal.wait(name)
    terminal.press(TAB)
    terminal.wait_for(lambda: terminal.reversed_words() == "", "wanted the cursor out of the name")


def test_no_file_is_made_where_none_was_asked_for_and_then_one_under_the_name_that_is_typed(
    start: Start, small: Screening, rooms: Mapping[str, Path]
) -> None:
    terminal = start(command=SHORT)
    walk.to_summary(terminal, small, walk.SMALL_ANSWERS)
    terminal.press("s")
    terminal.wait("Save as plain text", "Do not save")
    terminal.press("3")
    terminal.wait(walk.SUMMARY, gone=["Do not save"])
    assert files(rooms) == []

    # A place that cannot be written to is told in a sentence.
    terminal.press("s")
    terminal.wait("Save as plain text")
    name_the_file(terminal, "no-such-place/summary", before="care-summary")
    terminal.press("1")
    terminal.wait("The file could not be saved:")
    assert files(rooms) == []

    name_the_file(terminal, "~/q1 for her", before="no-such-place")
    terminal.press("1")
    wait_squeezed(terminal, f"Saved: {rooms['home']}/q1 for her.txt")
    assert files(rooms) == [rooms["home"] / "q1 for her.txt"]
    assert walk.leave(terminal) == 0
    assert files(rooms) == [rooms["home"] / "q1 for her.txt"]


def test_a_summary_is_saved_for_its_owner_alone(start: Start, small: Screening, rooms: Mapping[str, Path]) -> None:
    level = result_for(small, walk.SMALL_ANSWERS).level
    assert level is not None
    terminal = start(command=SHORT)
    walk.to_summary(terminal, small, walk.SMALL_ANSWERS)
    terminal.press("s")
    terminal.wait("Save as plain text")
    terminal.press("1")
    wait_squeezed(terminal, f"Saved: {rooms['cwd']}/")
    (text,) = files(rooms)
    assert text.parent == rooms["cwd"]
    assert stat.S_IMODE(text.stat().st_mode) == 0o600
    written = text.read_text(encoding="utf-8")
    assert f"Care to ask about: {small.levels[level].name}" in written

    # What is done is not offered again; who comes back to it is told that the file is there.
    terminal.press("1")
    terminal.wait(walk.SUMMARY, gone=["Saved:"])
    terminal.press("s")
    terminal.wait("Save as plain text")
    terminal.press("1")
    wait_squeezed(terminal, f"There is already a file {text}. Choose another name.")
    assert files(rooms) == [text]
    assert text.read_text(encoding="utf-8") == written

    terminal.press("2")
    markdown = text.with_suffix(".md")
    wait_squeezed(terminal, f"Saved: {markdown}")
    assert files(rooms) == [markdown, text]
    assert stat.S_IMODE(markdown.stat().st_mode) == 0o600
    assert small.levels[level].name.partition(" (")[0] in markdown.read_text(encoding="utf-8")
    assert any(line.startswith("# ") for line in markdown.read_text(encoding="utf-8").splitlines())

    terminal.press("q")
    terminal.wait(walk.LEAVE_QUESTION)
    terminal.press("2")
    assert terminal.ended() == 0
    assert_nothing_left(terminal)
    assert files(rooms) == [markdown, text]


def test_the_end_of_a_long_name_is_seen_while_it_is_typed(
    start: Start, small: Screening, rooms: Mapping[str, Path]
) -> None:
    deep = rooms["cwd"].joinpath("a-directory-with-a-long-name", "and-another-one-that-is-as-long-as-it", "and-more")
    deep.mkdir(parents=True)
    terminal = start(command=SHORT, cwd=deep)
    walk.to_summary(terminal, small, walk.SMALL_ANSWERS)
    terminal.press("s")
    terminal.wait("Save as plain text")
    terminal.press(TAB)
    terminal.wait_for(lambda: terminal.reversed_words() != "", "wanted the cursor in the name")
