"""The path of a SQLite file: private to its owner, in a private directory."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path

from iop_tui.records.errors import BadAddress, CannotWrite, Missing, NotAllowed

_OURS = ("iop-tui", "records.db")
_BESIDE = ("", "-wal", "-shm", "-journal")
"""Suffixes of SQLite's companion files."""


def default_path() -> Path:
    """The default file in the user's data directory (XDG Base Directory Specification; on macOS, Application Support).
    Raises BadAddress for a user without a home directory.
    """
    given = os.environ.get("XDG_DATA_HOME", "")
    if given and Path(given).is_absolute():  # a relative one is to be ignored, says the specification
        return Path(given, *_OURS)
    try:
        home = Path.home()
    except RuntimeError:
        raise BadAddress(
            "This user has no home directory to keep records in. Say where they are: --records /full/path/records.db"
        ) from None
    data = home / "Library" / "Application Support" if sys.platform == "darwin" else home / ".local" / "share"
    return data.joinpath(*_OURS)


def is_there(path: Path) -> bool:
    """Whether the name exists, a link included. Raises NotAllowed if that cannot be known."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as failure:
        raise _unseen(path, failure) from None
    return True


def prepare(path: Path) -> Path:
    """Create the private directory and an empty private file if they are missing; the real path of the file. Raises
    NotAllowed if others could read or replace it, CannotWrite.
    """
    try:
        _make_directories(path.parent)
        path = check(path)
        if not path.exists():
            make(path)
    except OSError as failure:
        raise _unmade(path, failure) from None
    return path


def make(path: Path) -> None:
    """Make an empty file, readable only by its owner, and its directory. Raises CannotWrite, also if the file
    exists.
    """
    try:
        _make_directories(path.parent)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
        _to_disk(path.parent)
    except OSError as failure:
        raise _unmade(path, failure) from None


def take_away(path: Path) -> None:
    """Remove a file that was just made, and its companions."""
    for ending in _BESIDE:
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink()


def check(path: Path) -> Path:
    """The real path of the file, whether it exists or not. Raises NotAllowed if another user could read or replace it;
    Missing if its directory does not exist.
    """
    try:
        directory = path.parent.resolve(strict=True)
        if not directory.is_dir():
            raise NotADirectoryError
        _private(directory)
        for above in directory.parents:
            _safe(above)
        path = directory / path.name
        for ending in _BESIDE:
            _private_file(path.with_name(path.name + ending))
    except (FileNotFoundError, NotADirectoryError):
        raise Missing(f"There is no directory {path.parent}.") from None
    except (OSError, RuntimeError, ValueError) as failure:
        raise _unseen(path, failure) from None
    return path


def _unmade(path: Path, failure: OSError) -> CannotWrite:
    said = "The records cannot be made at {path}: {why}."
    return CannotWrite(said.format(path=path, why=failure.strerror or failure))


def _unseen(path: Path, failure: Exception) -> NotAllowed:
    why = getattr(failure, "strerror", None) or "the name cannot be used"
    return NotAllowed(f"The records at {path} cannot be looked at: {why}.")


def _make_directories(directory: Path) -> None:
    missing = [one for one in (directory, *directory.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        _to_disk(one.parent)


def _private(directory: Path) -> None:
    found = directory.stat()
    if found.st_uid != os.geteuid():
        raise NotAllowed(
            f"The directory {directory} belongs to somebody else. Keep the records in a directory of your own."
        )
    if found.st_mode & stat.S_ISVTX:
        raise NotAllowed(f"The directory {directory} is everybody's. Keep the records in a directory of your own.")
    if found.st_mode & 0o077:
        raise NotAllowed(
            f"Others can look into the directory {directory}. Keep the records in a directory of their own, "
            f"or make this one yours alone: chmod 700 '{directory}'"
        )


def _safe(above: Path) -> None:
    """Check a parent directory: nobody else may be able to replace ours."""
    found = above.stat()
    open_to_all = found.st_mode & 0o022 and not found.st_mode & stat.S_ISVTX
    if open_to_all or found.st_uid not in (0, os.geteuid()):
        raise NotAllowed(
            f"Others can change the directory {above}, and so replace the records. Keep them elsewhere, or close it."
        )


def _private_file(path: Path) -> None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
        raise NotAllowed(
            f"{path} is a link or not a plain file, so what is written there could go elsewhere. Take it away."
        )
    if found.st_uid != os.geteuid():
        raise NotAllowed(f"The file {path} belongs to somebody else. Keep the records in a file of your own.")
    if found.st_mode & 0o077:
        raise NotAllowed(f"Others can read the file {path}. Make it yours alone: chmod 600 '{path}'")


def _to_disk(directory: Path) -> None:
    """Sync the directory: only then does a new name survive a power cut."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
