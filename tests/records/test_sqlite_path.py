"""Where the file lies: nobody else can read it, and nobody can put another in its place."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from iop_tui.records import default_url, exists
from iop_tui.records.errors import BadAddress, NotAllowed, RecordsError
from tests.records.conftest import Open
from tests.records.made import a_call, card_of


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_made_is_the_owners_alone_whatever_the_umask(opened: Open, file_url: str, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        records = opened(file_url)
        call = a_call()
        records.save(call, card_of(call), 0)
    finally:
        os.umask(before)
    assert mode(tmp_path / "data") == 0o700
    made = {path.name: mode(path) for path in (tmp_path / "data").iterdir()}
    assert made == dict.fromkeys(("records.db", "records.db-wal", "records.db-shm"), 0o600)


def test_the_usual_place_is_the_users_data_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_url() == f"sqlite:///{tmp_path}/iop-tui/records.db"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert "relative" not in default_url()


@pytest.mark.parametrize("rights", [0o750, 0o705, 0o770, 0o777])
def test_a_directory_that_others_can_use_is_refused(opened: Open, file_url: str, tmp_path: Path, rights: int) -> None:
    opened(file_url)
    (tmp_path / "data").chmod(rights)
    with pytest.raises(NotAllowed, match="chmod 700"):
        opened(file_url)


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
def test_a_file_that_others_can_read_is_refused(opened: Open, file_url: str, tmp_path: Path, ending: str) -> None:
    opened(file_url)
    path = tmp_path / "data" / f"records.db{ending}"
    path.touch()
    path.chmod(0o640)
    with pytest.raises(NotAllowed, match="chmod 600"):
        opened(file_url)


def test_a_directory_above_that_others_can_change_is_refused(opened: Open, tmp_path: Path) -> None:
    above = tmp_path / "above"
    above.mkdir()
    url = f"sqlite:///{above}/data/records.db"
    opened(url)
    above.chmod(0o777)
    with pytest.raises(NotAllowed, match="replace the records"):
        opened(url)
    above.chmod(0o1777)
    opened(url)


def test_links_are_not_followed(opened: Open, file_url: str, tmp_path: Path) -> None:
    aim = tmp_path / "aim"
    (tmp_path / "data").mkdir(0o700)
    path = tmp_path / "data" / "records.db"
    path.symlink_to(aim)
    for create in (True, False):
        with pytest.raises(NotAllowed, match="a link"):
            opened(file_url, create=create)
    assert not aim.exists()
    path.unlink()
    aim.touch(0o600)
    path.hardlink_to(aim)
    with pytest.raises(NotAllowed, match="a link"):
        opened(file_url)
    path.unlink()
    os.mkfifo(path, 0o600)
    with pytest.raises(NotAllowed, match="not a plain file"):
        opened(file_url)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_belongs_to_somebody_else_is_refused(opened: Open, file_url: str, tmp_path: Path) -> None:
    opened(file_url)
    os.chown(tmp_path / "data" / "records.db", 65534, 65534)
    with pytest.raises(NotAllowed, match="somebody else"):
        opened(file_url)
    os.chown(tmp_path / "data", 65534, 65534)
    with pytest.raises(NotAllowed, match="somebody else"):
        opened(file_url)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give directories away")
def test_a_directory_above_that_belongs_to_somebody_else_is_refused(opened: Open, tmp_path: Path) -> None:
    above = tmp_path / "above"
    above.mkdir()
    os.chown(above, 65534, 65534)
    with pytest.raises(NotAllowed, match="replace the records"):
        opened(f"sqlite:///{above}/data/records.db")


def test_a_directory_that_is_not_there_or_is_a_file_is_told(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    url = f"sqlite:///{tmp_path}/file/records.db"
    assert not exists(f"sqlite:///{tmp_path}/nowhere/records.db")
    with pytest.raises(RecordsError, match="There is no directory"):
        opened(url)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the names of descriptors are read from /proc")
def test_the_names_of_what_is_made_are_on_the_disk_before_anything_is_saved(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda handle: written.append(str(Path(f"/proc/self/fd/{handle}").readlink())))
    opened(f"sqlite:///{tmp_path}/one/two/records.db")
    assert written == [str(tmp_path), str(tmp_path / "one"), str(tmp_path / "one" / "two")]


def test_a_name_that_cannot_be_looked_at_is_told(opened: Open) -> None:
    url = f"sqlite:////tmp/{'a' * 300}/records.db"
    for attempt in (lambda: exists(url), lambda: opened(url), lambda: opened(url, create=False)):
        with pytest.raises(NotAllowed, match="too long"):
            attempt()


def test_a_user_without_a_home_is_told_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(BadAddress, match="--records /full/path"):
        exists(None)


def test_nobody_is_told_to_close_a_directory_that_is_everybodys(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o1777)
    with pytest.raises(NotAllowed, match="directory of your own") as told:
        opened(f"sqlite:///{tmp_path}/data/records.db")
    assert "chmod" not in str(told.value)
