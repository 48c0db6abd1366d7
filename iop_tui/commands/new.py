"""`iop-tui new`: a copy of the shipped screening, to change."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from iop_tui.cli_support.exit_status import DONE
from iop_tui.cli_support.refusals import cannot_write, refuse
from iop_tui.screening.shipped import shipped


def run(directory: Path) -> int:
    """Copy the screening, its example people and schemas into a new or empty directory; the exit status.

    No existing file is overwritten, and a failed copy is removed completely, so that it can be tried again. The copies
    are writable by the user, whatever the permissions of the installed files.
    """
    if "\0" in str(directory):
        return refuse(f"{str(directory)!r} cannot be the name of a directory.")
    try:
        if directory.is_symlink() and not directory.exists():
            return refuse(f"{directory} is a link that leads nowhere; choose another name.")
        if directory.exists() and not directory.is_dir():
            return refuse(f"{directory} is a file; choose the name of a new directory.")
        if directory.resolve().is_relative_to(shipped().resolve()):
            return refuse(f"{directory} is among the questions that come with the program; choose another place.")
        if directory.exists() and any(directory.iterdir()):
            return refuse(f"{directory} is not empty; choose a new directory, so that nothing is written over.")
        _place(directory)
    except OSError as failure:
        return cannot_write(failure)
    named = shlex.quote(_as_argument(directory))
    click.echo(f"A copy of the screening is in {directory}. Change what you like in its .yaml files. Then:")
    click.echo(f"  iop-tui check {named}                  names every problem, with its file and line")
    click.echo(f"  iop-tui --questions {named}            runs it")
    click.echo(f"  iop-tui --questions {named} --watch    runs it, and follows each change you save")
    return DONE


# ---- inside ----------------------------------------------------------------------------------------------------------


def _as_argument(path: Path) -> str:
    """The path as it is typed on a command line: one that begins with a dash would be read as an option."""
    return f"./{path}" if str(path).startswith("-") else str(path)


def _place(directory: Path) -> None:
    """Copy the shipped screening. Raises OSError, after removing what was made."""
    made: list[Path] = []
    with _taken_away(made):
        if directory.exists():
            # It may be the working directory, a mount point or a link: keep it, and fill it.
            _copy(shipped(), directory, made)
            return
        _make(directory.parent, made)
        # Made beside its place and moved there whole: not even a power cut leaves half a copy under the name.
        beside = directory.parent / f".iop-tui-{os.urandom(4).hex()}"
        _copy(shipped(), beside, made)
        beside.rename(directory)


@contextmanager
def _taken_away(made: list[Path]) -> Iterator[None]:
    """Remove what was made, unless the block completes."""
    try:
        yield
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):  # what somebody else put there stays, and what cannot be deleted
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def _make(directory: Path, made: list[Path]) -> None:
    missing = [path for path in (directory, *directory.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir()
        made.append(path)


def _copy(source: Path, target: Path, made: list[Path]) -> None:
    _make(target, made)
    for path in sorted(source.iterdir()):
        there = target / path.name
        if path.is_dir() and path.name in ("cases", "locale", "schema"):
            _copy(path, there, made)
        elif path.is_file() and path.suffix in (".yaml", ".json", ".po"):
            # "x": somebody may have put a file there since it was looked at.
            with there.open("xb") as file:
                made.append(there)
                file.write(path.read_bytes())
