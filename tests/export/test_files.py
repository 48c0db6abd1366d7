"""An export in a file: its owner's alone, never over another, and a clear sentence where it cannot be."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from iop_tui.export.files import CannotSave, write


def test_a_file_is_its_owners_alone_and_holds_the_very_bytes(tmp_path: Path) -> None:
    path = write(str(tmp_path / "note.pdf"), b"%PDF\r\n\x00\xff")
    assert path.read_bytes() == b"%PDF\r\n\x00\xff"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    there = tmp_path / "note.txt"
    there.write_text("before")
    with pytest.raises(CannotSave, match="There is already a file"):
        write(str(there), b"after")
    assert there.read_text() == "before"


def test_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(CannotSave):
        write(str(tmp_path / "link"), b"x")
    assert not (tmp_path / "target").exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type a name for the file."),
        ("  ", "Type a name for the file."),
        ("{tmp}/", "is a folder. Type a name"),
        ("{tmp}/none/note.txt", "The file could not be saved: there is no such folder."),
        ("{tmp}/a\0b", "The file could not be saved: the name cannot be used."),
        ("~nobody-of-this-name/note.txt", "There is no such home directory."),
    ],
)
def test_what_cannot_be_written_is_one_sentence(tmp_path: Path, typed: str, sentence: str) -> None:
    with pytest.raises(CannotSave) as refused:
        write(typed.format(tmp=tmp_path), b"x")
    assert sentence in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_home_directory_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert write("~/note.md", b"x") == tmp_path / "note.md"
