"""Checks whether answers could leave the kiosk's memory: core dumps, swap, other programs."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from iop_tui.kiosk.preflight.finding import Finding, listed, ok, warning
from iop_tui.kiosk.preflight.machine import Machine

Device = tuple[int, int]


def cores(machine: Machine) -> Finding:
    """Whether core dumps are written.

    The kiosk forbids them for itself with PR_SET_DUMPABLE, for files and pipes alike (prctl(2)). A program that it
    starts, such as the print command, begins without that (execve(2)); for it the limit applies, but not if dumps go to
    a program (core(5)).
    """
    what = "core dumps"
    pattern = (machine.text("proc/sys/kernel/core_pattern") or "core").strip()
    limits = (machine.text("proc/self/limits") or "").splitlines()
    limit = next((line.split()[-2] for line in limits if line.startswith("Max core file size")), "")
    if pattern.startswith("|"):
        program = Path(pattern[1:].split()[0] if pattern[1:].split() else "a program").name
        return warning(
            what,
            f"The memory of a crashed program goes to {program}, whatever its limit says. The kiosk closes itself "
            "against this; the printer's command, which holds a page, does not.",
            "Write 'kernel.core_pattern = core' to a file in /etc/sysctl.d, and give the kiosk LimitCORE=0.",
        )
    if limit != "0":
        return warning(
            what,
            "The memory of a crashed program may be written to a file. The kiosk closes itself against this; the "
            "printer's command, which holds a page, does not.",
            "Start the kiosk with LimitCORE=0 in its unit, or after 'ulimit -H -c 0'.",
        )
    return ok(what, "Off: the hard limit is 0.")


def device_of(path: str) -> Device | None:
    """The device number of a swap area, or of the device that it is on."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    number = status.st_rdev if stat.S_ISBLK(status.st_mode) else status.st_dev
    return os.major(number), os.minor(number)


def swap(machine: Machine, device: Callable[[str], Device | None] = device_of) -> Finding:
    """Whether memory, and answers with it, could be written to an unencrypted disk."""
    what, text = "swap", machine.text("proc/swaps")
    remedy = "Switch it off (swapoff -a, and out of /etc/fstab), or encrypt it, or use zram."
    if text is None:
        return warning(what, "It cannot be seen whether memory is swapped to a disk.", remedy)
    areas = [line.split()[0] for line in text.splitlines()[1:] if line.strip()]
    plain = [area for area in areas if not _closed(machine, device(area))]
    if plain:
        return warning(what, f"Memory may be written to {listed(plain)}, which is not known to be encrypted.", remedy)
    return ok(what, "Only encrypted, or in memory." if areas else "None.")


def _closed(machine: Machine, device: Device | None) -> bool:
    if device is None:
        return False
    folder = machine.root / "sys/dev/block" / f"{device[0]}:{device[1]}"
    return folder.exists() and _is_closed(folder.resolve())


def _is_closed(folder: Path) -> bool:
    """Whether a block device is encrypted, compressed memory, or made only of such devices."""
    if folder.name.startswith("zram"):
        return _said(folder / "backing_dev") in ("", "none")
    if _said(folder / "dm/uuid").startswith("CRYPT-"):
        return True
    below = list((folder / "slaves").iterdir()) if (folder / "slaves").is_dir() else []
    return bool(below) and all(_is_closed(part.resolve()) for part in below)


def _said(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def tracing(machine: Machine) -> Finding:
    """Whether another program of the same user could look into the kiosk."""
    what, scope = "other programs", (machine.text("proc/sys/kernel/yama/ptrace_scope") or "").strip()
    if scope in ("1", "2", "3"):
        return ok(what, f"None may look into one that it did not start (kernel.yama.ptrace_scope is {scope}).")
    return warning(
        what,
        f"Programs of one user may look into each other ({'ptrace_scope is 0' if scope else 'this kernel has no Yama'})"
        ". The kiosk closes itself against this; nothing else of this user does.",
        "Let nothing else run as this user"
        + (", and write 'kernel.yama.ptrace_scope = 1' to a file in /etc/sysctl.d." if scope else "."),
    )
