"""`iop-tui new`: a copy of the shipped screening that can be changed at once, and nothing written over."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from iop_tui.commands import new
from iop_tui.screening.format.loader import load
from iop_tui.screening.shipped import shipped
from tests.program import run

START = "from iop_tui.__main__ import main; main()"


def refused(*arguments: str | Path) -> str:
    done = run("new", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_the_copy_is_the_shipped_screening_with_people_and_schemas(tmp_path: Path) -> None:
    copy = tmp_path / "clinics" / "ours"
    done = run("new", copy)
    assert (done.returncode, done.stderr) == (0, "")
    theirs = {path.relative_to(shipped()) for path in shipped().rglob("*") if path.suffix in (".yaml", ".json", ".po")}
    assert {path.relative_to(copy) for path in copy.rglob("*") if path.is_file()} == theirs
    assert all((copy / name).read_bytes() == (shipped() / name).read_bytes() for name in theirs)
    assert load(copy).sha256 == load(shipped()).sha256
    assert run("check", copy).stdout.startswith("0 problems;")


def test_it_says_what_to_do_next(tmp_path: Path) -> None:
    copy = tmp_path / "our clinic"
    said = run("new", copy).stdout
    assert f"iop-tui check '{copy}'" in said
    assert f"iop-tui --questions '{copy}' --watch" in said


def test_an_empty_directory_is_filled(tmp_path: Path) -> None:
    assert run("new", tmp_path).returncode == 0
    assert (tmp_path / "screening.yaml").is_file()


def test_its_owner_can_change_it_and_nothing_is_odd(tmp_path: Path) -> None:
    usual = os.umask(0o077)
    try:
        run("new", tmp_path / "q")
    finally:
        os.umask(usual)
    for path in (tmp_path / "q").rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert "is not empty" in refused(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_that_comes_after_the_look_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, look = tmp_path / "help.yaml", Path.iterdir

    def late(path: Path) -> Iterator[Path]:
        seen = list(look(path))
        if path == tmp_path and not seen:
            theirs.write_text("mine")
        return iter(seen)

    monkeypatch.setattr(Path, "iterdir", late)
    assert new.run(tmp_path) == 74
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == [theirs]
    assert theirs.read_text() == "mine"


def test_a_directory_that_comes_while_it_copies_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, rename = tmp_path / "q", Path.rename

    def late(path: Path, target: Path) -> Path:
        copy.mkdir()
        (copy / "help.yaml").write_text("mine")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", late)
    assert new.run(copy) == 74
    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*")] == [Path("q"), Path("q/help.yaml")]
    assert (copy / "help.yaml").read_text() == "mine"


@pytest.mark.parametrize("there", [True, False], ids=["an empty directory", "a new name"])
def test_half_a_copy_does_not_stay(tmp_path: Path, there: bool) -> None:
    copy = tmp_path / "clinics" / "ours"
    if there:
        copy.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000)); {START}"
    command: list[str | Path] = [sys.executable, "-c", limited, "new", copy]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (74, "")
    assert "File too large" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert run("new", copy).returncode == 0


def test_the_shipped_questions_take_no_copy() -> None:
    place = shipped() / "cases" / "ours"
    assert "choose another place" in refused(place)
    assert not place.exists()


def test_a_name_with_a_dash_is_said_as_it_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("new", "--", "-ours").stdout
    assert "iop-tui check ./-ours " in said
    assert "iop-tui --questions ./-ours --watch" in said
    assert run("check", "./-ours").returncode == 0


@pytest.mark.parametrize("kind", ["file", "link to nowhere"])
def test_what_is_no_directory_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "q"
    if kind == "file":
        path.write_text("mine")
    else:
        path.symlink_to(tmp_path / "gone")
    assert ("is a file" if kind == "file" else "leads nowhere") in refused(path)
    assert not (tmp_path / "gone").exists()


def test_a_place_that_cannot_be_written_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("new", tmp_path / "file" / "q")
    assert (done.returncode, done.stdout) == (74, "")
    assert done.stderr.startswith("iop-tui: the output cannot be written: Not a directory")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_of_somebody_else_is_a_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert run("new", tmp_path / "q").returncode == 74


def test_without_a_name_it_says_how_it_is_called() -> None:
    assert "Missing argument 'DIR'" in refused()
