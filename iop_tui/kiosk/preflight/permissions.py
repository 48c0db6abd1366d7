"""Checks who can change the texts for visitors, and who can stop the kiosk."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from iop_tui.kiosk.preflight.finding import Finding, listed, ok, problem, warning
from iop_tui.kiosk.preflight.machine import Machine
from iop_tui.site.settings import Site


def user(machine: Machine) -> Finding:
    """The user that the kiosk runs as."""
    if machine.user == 0:
        return problem(
            "user",
            "The kiosk would run as root: whoever finds a way out of it owns the machine.",
            "Run it, and this check, as a user of its own without a password and without rights.",
        )
    return ok("user", f"Not root (user number {machine.user}).")


def files(machine: Machine, site_path: Path | None, questions: Path) -> Finding:
    """Whether somebody could change the site file or the questions: the phone lines and the advice are in them."""
    what = "files"
    everybody: list[str] = []
    kiosk: list[str] = []
    for path, inside in _looked_at(site_path, questions):
        status = path.stat()
        # In a sticky folder nobody can replace what belongs to another: sticky(7).
        mode = status.st_mode if inside or not status.st_mode & stat.S_ISVTX else 0
        if mode & stat.S_IWOTH:
            everybody.append(str(path))
        elif machine.user != 0 and (
            status.st_uid == machine.user or (mode & stat.S_IWGRP and status.st_gid in machine.groups)
        ):
            kiosk.append(str(path))
    if everybody:
        return problem(
            what, f"Every user of this machine can change {listed(everybody)}.", f"chmod o-w {' '.join(everybody[:4])}"
        )
    if kiosk:
        return warning(
            what,
            f"The user that the kiosk runs as can change {listed(kiosk)}.",
            "Put them where only root can write, as in /etc or /opt, and let that user read them.",
        )
    return ok(what, "Nobody but root, or another owner, can change the questions and the site file.")


def leaving(site: Site, site_path: Path | None) -> Finding:
    """Whether staff can leave the kiosk with a PIN, and nobody else."""
    what = "staff's PIN"
    if site.staff.pin is None:
        return warning(
            what,
            "None is set: staff can end the kiosk only from outside, with systemctl stop or kill.",
            "Make one with 'iop-tui kiosk --new-pin', and put it under 'staff: pin:' in the site file.",
        )
    if site_path is not None and site_path.stat().st_mode & stat.S_IROTH:
        return warning(
            what,
            "Set, but every user of this machine can read its hash, and then try out all PINs at leisure.",
            f"Let only root and the kiosk's group read it: chmod o-r {site_path}",
        )
    return ok(what, "Set.")


def _looked_at(site_path: Path | None, questions: Path) -> Iterator[tuple[Path, bool]]:
    """The files of the texts, and the folders above: a user who may write there can replace the files. With each,
    whether it is one of the files and folders themselves.
    """
    tops = [questions.resolve(), *([site_path.resolve()] if site_path else [])]
    for top in tops:
        yield top, True
    for path in sorted(tops[0].rglob("*")):
        if path.is_dir() or path.suffix == ".yaml":
            yield path, True
    for folder in sorted({folder for top in tops for folder in top.parents}):
        yield folder, False
