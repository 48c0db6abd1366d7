"""A reviewer's key: encrypted, private, and refused with file and remedy where it cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.platform.private_file import CannotSave
from iop_tui.review import reviewer_key
from iop_tui.review.reviewer_key import KeyRefused, default_path, load, make
from iop_tui.review.signing import public_key

PASSPHRASE = b"four or five words here"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewer_key, "_COST", 1 << 10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "reviewer.key"


def refused(path: Path, passphrase: bytes = PASSPHRASE) -> str:
    with pytest.raises(KeyRefused) as failure:
        load(path, lambda: passphrase)
    return str(failure.value)


def test_it_is_read_as_it_was_made_and_nobody_else_can_read_it(path: Path) -> None:
    made = make(path, PASSPHRASE)
    assert public_key(load(path, lambda: PASSPHRASE)) == public_key(made)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert made.private_bytes_raw() not in path.read_bytes()


def test_no_key_is_ever_written_over(path: Path) -> None:
    make(path, PASSPHRASE)
    before = path.read_bytes()
    with pytest.raises(CannotSave):
        make(path, PASSPHRASE)
    assert path.read_bytes() == before


def test_a_wrong_passphrase_is_told_with_the_way_out(path: Path) -> None:
    make(path, PASSPHRASE)
    said = refused(path, b"another passphrase")
    assert f"this is not the passphrase of {path}" in said
    assert "sign with a new key" in said


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff\xfe", b"-----BEGIN OPENSSH PRIVATE KEY-----", b'{"kind": "x"}', b"x" * 20_000]
)
def test_what_is_no_key_is_told_before_the_passphrase_is_asked(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    path.chmod(0o600)

    def never() -> bytes:
        raise AssertionError

    with pytest.raises(KeyRefused, match="is no reviewer's key, or it is damaged"):
        load(path, never)


def test_a_damaged_key_is_refused(path: Path) -> None:
    make(path, PASSPHRASE)
    path.write_text(path.read_text().replace('"salt": "', '"salt": "!!'))
    assert "damaged" in refused(path)


def test_one_that_others_can_read_is_refused_with_the_command(path: Path) -> None:
    make(path, PASSPHRASE)
    path.chmod(0o640)
    assert refused(path).endswith(f"chmod 600 {path}")


def test_one_that_is_not_there_is_told(path: Path) -> None:
    assert "cannot be read: No such file or directory" in refused(path)


def test_it_is_in_the_users_data_directory() -> None:
    assert default_path({"XDG_DATA_HOME": "/data"}) == Path("/data/iop-tui/reviewer.key")
    home = Path("~/.local/share/iop-tui/reviewer.key").expanduser()
    assert default_path({}) == default_path({"XDG_DATA_HOME": "relative"}) == home
