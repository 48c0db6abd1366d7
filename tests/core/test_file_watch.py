"""A directory that somebody writes in: a change is seen once, when it is over, and nothing else is one."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from iop_tui.screening.authoring.checker import load_sound
from iop_tui.screening.format.file_watch import Watch
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Unusable
from tests.core.small import SMALL


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def watching(directory: Path) -> Watch:
    return Watch(directory, lambda: load_sound(directory))


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def renamed(directory: Path) -> None:
    fresh = directory / "about.yaml~"
    fresh.write_text((directory / "about.yaml").read_text(encoding="utf-8").replace("Who is", "For whom is"))
    fresh.replace(directory / "about.yaml")


def touched(directory: Path) -> None:
    os.utime(directory / "care.yaml", ns=(1, 1))


@pytest.mark.parametrize(
    "change",
    [
        lambda directory: edit(directory / "about.yaml", "Who is", "For whom is"),
        renamed,
        touched,
        lambda directory: (directory / "glossary.yaml").write_text("terms: [{id: a, name: A, text: B}]"),
        lambda directory: (directory / "help.yaml").unlink(),
        shutil.rmtree,
    ],
    ids=["written", "renamed over", "touched", "a new file", "a file deleted", "all deleted"],
)
def test_a_change_is_seen_once_and_only_when_it_is_over(directory: Path, change: Callable[[Path], object]) -> None:
    watch = watching(directory)
    assert isinstance(watch.load(), Screening)
    assert watch.look() is None
    change(directory)
    assert watch.look() is None
    assert watch.look() is not None
    assert watch.look() is None


def test_nothing_is_loaded_while_files_still_change(directory: Path) -> None:
    watch = watching(directory)
    watch.load()
    for n in range(5):
        edit(directory / "about.yaml", "Who is", f"Who {'really ' * n}is")
        assert watch.look() is None
    assert isinstance(watch.look(), Screening)


def test_a_file_of_the_editors_own_is_no_change(directory: Path) -> None:
    watch = watching(directory)
    watch.load()
    (directory / ".about.yaml.swp").write_bytes(b"\0")
    (directory / "#care.yaml#").write_text("x")
    assert watch.look() is None
    assert watch.look() is None


def test_a_directory_that_goes_and_comes_back_is_loaded_again(directory: Path) -> None:
    watch = watching(directory)
    watch.load()
    away = directory.rename(directory.parent / "away")
    watch.look()
    assert isinstance(watch.look(), Unusable)
    away.rename(directory)
    watch.look()
    assert isinstance(watch.look(), Screening)


def test_a_link_to_nothing_does_no_harm(directory: Path) -> None:
    (directory / "loose.yaml").symlink_to(directory / "nowhere")
    assert isinstance(watching(directory).load(), Screening)


def test_beside_a_link_to_nothing_changes_are_seen_as_ever(directory: Path) -> None:
    (directory / "loose.yaml").symlink_to(directory / "nowhere")
    watch = watching(directory)
    watch.load()
    edit(directory / "about.yaml", "Who is", "For whom is")
    assert watch.look() is None
    assert isinstance(watch.look(), Screening)


def test_a_file_that_goes_during_a_look_is_no_more_than_a_change(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the names and looking at the files, an editor may take one away."""
    watch = watching(directory)
    watch.load()
    (directory / "extra.yaml").write_text("x: 1", encoding="utf-8")
    assert watch.look() is None
    with os.scandir(directory) as entries:
        names = list(entries)
    (directory / "extra.yaml").unlink()
    monkeypatch.setattr(os, "scandir", lambda _directory: contextlib.nullcontext(names))
    assert watch.look() is None
    edit(directory / "about.yaml", "Who is", "For whom is")
    monkeypatch.undo()
    assert watch.look() is None
    assert isinstance(watch.look(), Screening)
