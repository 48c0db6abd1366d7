"""A file that appears whole, and replaces another only on request."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from iop_tui.platform.private_file import AlreadyThere, CannotSave, put


def test_a_new_file_is_its_owners_alone_and_nothing_else_is_left(tmp_path: Path) -> None:
    put(tmp_path / "answers.json", b"{}")
    assert (tmp_path / "answers.json").read_bytes() == b"{}"
    assert stat.S_IMODE((tmp_path / "answers.json").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["answers.json"]


def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(b"old")
    with pytest.raises(AlreadyThere):
        put(path, b"new")
    assert path.read_bytes() == b"old"
    put(path, b"new", replace=True)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["answers.json"]


def test_a_link_to_another_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"old")
    (tmp_path / "answers.json").symlink_to(other)
    with pytest.raises(AlreadyThere):
        put(tmp_path / "answers.json", b"new")
    put(tmp_path / "answers.json", b"new", replace=True)
    assert other.read_bytes() == b"old"
    assert not (tmp_path / "answers.json").is_symlink()


def test_a_file_system_without_links_takes_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_paths: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", none)
    put(tmp_path / "answers.json", b"{}")
    assert [path.name for path in tmp_path.iterdir()] == ["answers.json"]
    with pytest.raises(CannotSave):
        put(tmp_path / "answers.json", b"new")
    assert (tmp_path / "answers.json").read_bytes() == b"{}"


@pytest.mark.parametrize("name", ["", "missing/answers.json"])
def test_where_no_file_can_be_a_sentence_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotSave):
        put(tmp_path / name, b"{}")


def test_a_name_that_is_too_long_is_a_sentence_and_one_that_just_fits_is_taken(tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match="the name is too long"):
        put(tmp_path / ("a" * 300), b"x")
    put(tmp_path / ("a" * 255), b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a" * 255]
