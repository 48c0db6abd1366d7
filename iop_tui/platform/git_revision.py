"""A directory as it is in a revision of a git repository, written into a private temporary directory.

Git is started without a shell and only reads: no working tree, index or hook is touched, and no attribute of the
repository changes what is written. Links and submodules are left out.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

_PATIENCE = 60.0
"""Seconds for each call of git."""
_NO_REPOSITORY = "the current directory is in no git repository; go into one, or name two directories"
_NO_GIT = "reading a revision needs git, which is not installed; install it, or name two directories"
_FILE_MODES = (b"100644", b"100755")


class NoRevision(Exception):
    """The directory cannot be read from the revision. The message is the rest of a sentence, with a remedy."""


def is_revision(said: str) -> bool:
    """Whether a name means `REVISION:DIR`: it has a colon, and there is no such path."""
    return ":" in said and not os.path.lexists(said)


@contextlib.contextmanager
def directory_at(said: str) -> Iterator[Path]:
    """The directory that `REVISION:DIR` names, while the block runs; DIR counts from the current directory. Raises
    NoRevision.
    """
    revision, _colon, directory = said.partition(":")
    if not revision or not directory:
        raise NoRevision("write it as REVISION:DIR, such as HEAD:my-clinic")
    top = _git("rev-parse", "--show-toplevel", otherwise=_NO_REPOSITORY)
    inside = os.path.relpath(Path.cwd().resolve() / directory, Path(os.fsdecode(top.rstrip(b"\n"))).resolve())
    if inside.startswith(".."):
        raise NoRevision(f"the directory {directory!r} is outside of the repository in which the program runs")
    path = "" if inside == "." else PurePosixPath(Path(inside).as_posix()).as_posix()
    named = f"there is no revision {revision!r} here; 'git log --oneline' lists them"
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", otherwise=named)
    missing = (
        f"the revision {revision!r} has no directory {path or '.'!r}; "
        f"'git ls-tree -r -d --name-only {revision}' lists them"
    )
    tree = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{_text(commit)}:{path}", otherwise=missing)
    listed = _git("ls-tree", "-r", "-z", "--full-tree", _text(tree), otherwise=missing)
    with tempfile.TemporaryDirectory(prefix="iop-tui-") as made:
        _write(Path(made), listed)
        yield Path(made)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _write(directory: Path, listed: bytes) -> None:
    """Write the files of a tree, listed as `MODE TYPE ID<tab>NAME`, with a zero byte after each."""
    files = []
    for line in listed.split(b"\0"):
        about, _tab, name = line.partition(b"\t")
        if about.split(b" ")[:1] and about.split(b" ")[0] in _FILE_MODES:
            files.append((about.split(b" ")[2], os.fsdecode(name)))
    wanted = b"".join(each + b"\n" for each, _named in files)
    content = _git("cat-file", "--batch", otherwise="git cannot read its files", given=wanted)
    at = 0
    for _id, named in files:
        head, _end, _ = content[at:].partition(b"\n")
        size = int(head.rsplit(b" ", 1)[1])
        at += len(head) + 1
        path = directory / named
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content[at : at + size])
        at += size + 1


def _git(*arguments: str, otherwise: str, given: bytes = b"") -> bytes:
    """What git prints. Raises NoRevision with `otherwise` if it fails."""
    try:
        done = subprocess.run(  # noqa: S603  # git, with arguments of our own, and without a shell
            ["git", "--no-pager", "--literal-pathspecs", *arguments],  # noqa: S607  # the user's git, wherever it is
            input=given,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except FileNotFoundError:
        raise NoRevision(_NO_GIT) from None
    except (OSError, ValueError, subprocess.TimeoutExpired) as failure:
        raise NoRevision(f"git cannot be started ({failure}); name two directories instead") from failure
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        unsafe = next((line for line in said if "dubious ownership" in line), "")
        raise NoRevision(f"git refuses to read the repository: {unsafe}" if unsafe else otherwise)
    return done.stdout


def _text(raw: bytes) -> str:
    return raw.decode("ascii", "replace").strip()
