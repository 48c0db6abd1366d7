"""Runs all checks."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path

from iop_tui.kiosk.preflight import (
    glyphs,
    memory_checks,
    outside_files,
    permissions,
    print_checks,
    screen_checks,
    site_checks,
    watchers,
)
from iop_tui.kiosk.preflight.finding import Finding, warning
from iop_tui.kiosk.preflight.machine import Machine, Terminal, terminal_of, this_machine
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import Site

Check = Callable[[], Finding | Iterable[Finding]]


def findings(site: Site, site_path: Path | None, questions: Path, screening: Screening) -> tuple[Finding, ...]:
    """The state of this machine, as the kiosk would find it if it were started here, now, by this user. Nothing is
    changed, and no check takes longer than a few seconds.
    """
    machine = this_machine()
    with terminal_of(machine) as terminal:
        return findings_of(machine, terminal, site, site_path, questions, screening)


def findings_of(
    machine: Machine,
    terminal: Terminal | None,
    site: Site,
    site_path: Path | None,
    questions: Path,
    screening: Screening,
) -> tuple[Finding, ...]:
    """The same for any machine and terminal."""
    today = datetime.date.today()  # noqa: DTZ011  # the day on the wall beside the kiosk
    checks: dict[str, Check] = {"terminal": lambda: screen_checks.kind(machine, terminal)}
    if terminal is not None:
        shown = terminal
        checks |= {
            "size": lambda: screen_checks.size(machine, shown),
            "colours": lambda: screen_checks.colours(machine, site),
            "letters": lambda: screen_checks.letters(machine, shown),
            "font": lambda: glyphs.font(machine, shown, glyphs.signs(questions, site_path, site.languages)),
            "terminal's rights": lambda: watchers.mode(machine, shown),
            "terminal's readers": lambda: watchers.readers(machine, shown),
            "recording": lambda: watchers.recorders(machine, shown),
            "other consoles": lambda: outside_files.consoles(machine, shown),
            "Ctrl+Alt+Del": lambda: outside_files.restart_keys(machine, shown),
        }
    checks |= {
        "SysRq keys": lambda: outside_files.sysrq(machine),
        "user": lambda: permissions.user(machine),
        "files": lambda: permissions.files(machine, site_path, questions),
        "staff's PIN": lambda: permissions.leaving(site, site_path),
        "core dumps": lambda: memory_checks.cores(machine),
        "swap": lambda: memory_checks.swap(machine),
        "other programs": lambda: memory_checks.tracing(machine),
        "printer": lambda: print_checks.printer(machine, site),
        "code for phones": lambda: print_checks.code(site),
        "local phone lines": lambda: site_checks.phones(site, today),
        "languages": lambda: site_checks.languages(site),
        "reviews": lambda: site_checks.reviews(site, screening, today),
    }
    if site.forms:
        checks["forms"] = lambda: site_checks.forms(site)
    return tuple(finding for what, check in checks.items() for finding in _looked(what, check))


def _looked(what: str, check: Check) -> tuple[Finding, ...]:
    """The findings of one check; a check that fails reports that, and the others continue."""
    try:
        found = check()
    except OSError as failure:
        said = f"It cannot be looked at: {failure.strerror or failure}."
        return (warning(what, said, "Look at it yourself."),)
    return (found,) if isinstance(found, Finding) else tuple(found)
