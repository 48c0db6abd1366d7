"""Checks who else could read the terminal."""

from __future__ import annotations

import stat

from iop_tui.kiosk.preflight.finding import Finding, listed, ok, problem, warning
from iop_tui.kiosk.preflight.machine import Machine, Terminal
from iop_tui.kiosk.preflight.process_checks import Process, holders, lineage

_RECORDERS = (
    "tmux",
    "screen",
    "SCREEN",
    "script",
    "ttyrec",
    "asciinema",
    "tlog-rec",
    "tmate",
    "zellij",
    "dtach",
    "ttyd",
)
_RECORDED = {"TMUX": "tmux", "STY": "screen", "ZELLIJ": "zellij", "ASCIINEMA_REC": "asciinema"}
_REMOTE = ("sshd", "mosh-server", "in.telnetd", "telnetd")


def mode(machine: Machine, terminal: Terminal) -> Finding:
    """The owner of the terminal, and who else may read or write it."""
    what, remedy = "terminal's rights", "Log in anew on this terminal, or start the kiosk from a systemd unit on it."
    if terminal.owner not in (0, machine.user):
        said = f"{terminal.device} belongs to another user (number {terminal.owner}), who can read what is typed."
        return problem(what, said, remedy)
    if terminal.mode & (stat.S_IRGRP | stat.S_IROTH):
        return problem(what, f"Other users may read {terminal.device}.", f"chmod go-rw {terminal.device}")
    if terminal.mode & (stat.S_IWGRP | stat.S_IWOTH):
        return warning(what, f"Other users may write on {terminal.device}, over the pages.", "Run 'mesg n' first.")
    return ok(what, f"Nobody else may read {terminal.device} or write on it.")


def readers(machine: Machine, terminal: Terminal) -> Finding:
    """Other programs that have this terminal open, without the ancestors of this one."""
    what, before = "terminal's readers", lineage(machine)
    known = {one.number for one in before}
    groups = {before[0].group} if before else set()
    others = [
        one
        for one, end in holders(machine, terminal.device)
        if end == "terminal" and one.number not in known and one.group not in groups
    ]
    if others:
        return problem(
            what,
            f"Other programs have {terminal.device} open, and could read what is typed: {_named(others)}.",
            "End them, and check again.",
        )
    return ok(what, "No other program has it open, as far as this user may see.")


def recorders(machine: Machine, terminal: Terminal) -> Finding:
    """Programs that record or forward all that is shown."""
    what = "recording"
    above = [one.name for one in lineage(machine)[1:]]
    far = [one.name for one, end in holders(machine, terminal.device) if end == "far end"]
    names = dict.fromkeys((*above, *far))
    kept = [name for name in names if name.startswith(_RECORDERS)]
    kept += [program for name, program in _RECORDED.items() if machine.environment.get(name)]
    if kept:
        return problem(
            what,
            f"The terminal runs inside {listed(dict.fromkeys(kept))}: it can keep what was shown, and others can join.",
            "Start the kiosk directly on the terminal.",
        )
    if machine.environment.get("SSH_CONNECTION") or any(name.startswith(_REMOTE) for name in names):
        return warning(
            what,
            "The terminal is far away (SSH or the like): whoever keeps the machine at the other end can see all.",
            "Let this account do nothing but the kiosk, and trust that machine as much as this one.",
        )
    if "sudo" in above or machine.environment.get("SUDO_COMMAND"):
        return warning(
            what,
            "The kiosk would run under sudo, which can be set to record all that is shown.",
            "Start it from a systemd unit with User=, or log in as its user.",
        )
    return ok(what, f"The terminal is a window of {listed(dict.fromkeys(far))}." if far else "No sign of any.")


def _named(processes: list[Process]) -> str:
    return listed(f"{one.name} ({one.number})" for one in processes)
