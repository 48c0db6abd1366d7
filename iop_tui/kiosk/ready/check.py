"""Every check, one after another."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path

from iop_tui.kiosk.ready import clinic, glyphs, memory, outside, permissions, screen, takeaway, watchers
from iop_tui.kiosk.ready.finding import Finding, warning
from iop_tui.kiosk.ready.machine import Machine, Terminal, terminal_of, this_machine
from iop_tui.site.model import Site

Check = Callable[[], Finding | Iterable[Finding]]


def findings(site: Site, site_path: Path | None, questions: Path) -> tuple[Finding, ...]:
    """What is right and what is wrong with this machine, as the kiosk would find it if it were started here, now, by
    this user. Nothing is changed, and nothing is waited for longer than a few seconds.
    """
    machine = this_machine()
    with terminal_of(machine) as terminal:
        return findings_of(machine, terminal, site, site_path, questions)


def findings_of(
    machine: Machine, terminal: Terminal | None, site: Site, site_path: Path | None, questions: Path
) -> tuple[Finding, ...]:
    """The same of any machine and terminal."""
    today = datetime.date.today()  # noqa: DTZ011  # the day on the wall beside the kiosk
    checks: dict[str, Check] = {"terminal": lambda: screen.kind(machine, terminal)}
    if terminal is not None:
        shown = terminal
        checks |= {
            "size": lambda: screen.size(machine, shown),
            "colours": lambda: screen.colours(machine, site),
            "letters": lambda: screen.letters(machine, shown),
            "font": lambda: glyphs.font(machine, shown, glyphs.signs(questions, site_path, site.languages)),
            "terminal's rights": lambda: watchers.mode(machine, shown),
            "terminal's readers": lambda: watchers.readers(machine, shown),
            "recording": lambda: watchers.recorders(machine, shown),
            "other consoles": lambda: outside.consoles(machine, shown),
            "Ctrl+Alt+Del": lambda: outside.restart_keys(machine, shown),
        }
    checks |= {
        "SysRq keys": lambda: outside.sysrq(machine),
        "user": lambda: permissions.user(machine),
        "files": lambda: permissions.files(machine, site_path, questions),
        "staff's PIN": lambda: permissions.leaving(site, site_path),
        "core dumps": lambda: memory.cores(machine),
        "swap": lambda: memory.swap(machine),
        "other programs": lambda: memory.tracing(machine),
        "printer": lambda: takeaway.printer(machine, site),
        "code for phones": lambda: takeaway.code(site),
        "local phone lines": lambda: clinic.phones(site, today),
        "languages": lambda: clinic.languages(site),
    }
    return tuple(finding for what, check in checks.items() for finding in _looked(what, check))


def _looked(what: str, check: Check) -> tuple[Finding, ...]:
    """What a check found; one that cannot look says so, and the others go on."""
    try:
        found = check()
    except OSError as failure:
        said = f"It cannot be looked at: {failure.strerror or failure}."
        return (warning(what, said, "Look at it yourself."),)
    return (found,) if isinstance(found, Finding) else tuple(found)
