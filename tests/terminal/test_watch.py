"""`iop-tui --questions DIR --watch`: the wizard follows the files that an author writes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.core.small import SMALL
from tests.terminal.bytes_out import ENTER, words_in
from tests.terminal.conftest import WIZARD, Start
from tests.terminal.restored import assert_restored
from tests.terminal.terminal import LEFT

pytestmark = pytest.mark.terminal


@pytest.fixture
def directory(rooms: Mapping[str, Path]) -> Path:
    return Path(shutil.copytree(SMALL, rooms["cwd"] / "mine"))


def edit(path: Path, old: str, new: str) -> None:
    """As an editor saves: another file, then renamed over the old one."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    fresh = path.with_suffix(".tmp")
    fresh.write_text(text.replace(old, new), encoding="utf-8")
    fresh.replace(path)


def test_a_saved_file_is_on_the_screen_a_wrong_one_is_named_and_a_mended_one_keeps_the_answers(
    start: Start, directory: Path
) -> None:
    terminal = start(command=[*WIZARD, "--questions", "mine", "--watch"])
    terminal.wait("Start the questions")
    terminal.press("1")
    terminal.wait("Who is this for?", "Someone I care about")
    terminal.press("1")
    terminal.wait("What do you want help with?", "Alcohol")
    edit(directory / "about.yaml", "What do you want help with?", "What shall we help with?")
    terminal.wait("What shall we help with?", "Alcohol")
    terminal.press("3c")
    terminal.wait("About how many drinks", "Type a number")
    edit(directory / "about.yaml", "kind: number", "kind: nmber")
    terminal.wait("mine/about.yaml:22", "nmber", gone=["About how many drinks"])
    edit(directory / "about.yaml", "kind: nmber", "kind: number")
    terminal.wait("About how many drinks", "Type a number", gone=["nmber"])
    terminal.press(LEFT)
    terminal.wait("[x] Alcohol")
    terminal.press("q")
    terminal.wait("Leave?")
    terminal.press("2")
    assert terminal.ended() == 0
    assert_restored(terminal)


def test_files_that_are_wrong_at_the_start_are_shown_rather_than_refused(start: Start, directory: Path) -> None:
    edit(directory / "screening.yaml", "title:", "titel:")
    terminal = start(command=[*WIZARD, "--questions", "mine", "--watch"])
    terminal.wait("mine/screening.yaml", "titel")
    edit(directory / "screening.yaml", "titel:", "title:")
    terminal.wait("A few questions.", "Start the questions")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--watch"], "--watch needs --questions DIR"),
        (["--questions", "mine", "--watch", "check"], "--watch goes with the wizard"),
    ],
    ids=["without a directory", "with a command"],
)
def test_where_there_is_nothing_to_watch_it_says_so_in_one_line(start: Start, words: list[str], said: str) -> None:
    terminal = start(command=[*WIZARD, *words])
    assert terminal.ended() == 2
    lines = [line for line in words_in(terminal.sent).splitlines() if line.strip()]
    assert said in " ".join(" ".join(lines).split())
    assert lines[0].startswith("iop-tui: ")
    assert ENTER not in terminal.sent
