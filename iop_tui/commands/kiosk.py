"""`iop-tui kiosk`: the lobby terminal; whether the machine is ready for it; a PIN for its staff."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from iop_tui import CRASHED
from iop_tui.cli_support import crash
from iop_tui.cli_support.exit_status import DONE, FAILED
from iop_tui.cli_support.refusals import refuse, refuse_all, refuse_without_terminal
from iop_tui.cli_support.terminal_checks import no_terminal
from iop_tui.platform.signal_keys import ignore_signal_keys

_SCREEN = 1


def run(site_path: Path | None, questions: Path | None) -> int:
    """Serve visitors until staff or a signal stop it. Returns only if it cannot start; the exit status."""
    missing = no_terminal(0, _SCREEN, needs="The kiosk")
    if missing:
        return refuse_without_terminal(missing, questions)
    if os.ttyname(0) != os.ttyname(_SCREEN):
        return refuse("standard input and standard output are two terminals: what one shows is answered on the other.")
    ignore_signal_keys()
    gc.disable()
    from iop_tui.cli_support.site_and_screening import loaded
    from iop_tui.kiosk.log import log_beside
    from iop_tui.kiosk.terminal_wipe import Terminal
    from iop_tui.platform.hardening import adopt_orphans, forget_switches, keep_to_ourselves
    from iop_tui.screening.problems import Unusable
    from iop_tui.tui.start import forget_environment

    try:
        site, screening = loaded(site_path, questions)
    except Unusable as unusable:
        return refuse_all(unusable)
    from iop_tui.review.requirement import refusal

    if unreviewed := refusal(screening, site.require_review):
        return refuse(unreviewed)
    if site.qr:
        from iop_tui.takeaway.qr_code import available

        if not available():
            return refuse("the site file offers a QR code ('qr: yes'), which needs: pip install 'iop-tui[kiosk]'")
    forget_switches()
    forget_environment()
    keep_to_ourselves()
    adopt_orphans()
    log = log_beside(_SCREEN)
    terminal = Terminal(_SCREEN)
    terminal.hold()
    try:
        from iop_tui.kiosk.preload import preload

        preload(screening, site)
        from iop_tui.kiosk.supervisor import Supervisor

        status = Supervisor(screening, site, terminal, log).run()
    except Exception as fault:
        # Warnings would appear on the screen, before visitors.
        log.say(f"the kiosk ended by an internal error: {crash.named(fault)}")
        status = CRASHED
    finally:
        terminal.give_back()
    # Nothing may run after this: no interactive prompt of the interpreter, no output at exit.
    os._exit(status)


def check_machine(site_path: Path | None, questions: Path | None) -> int:
    """Print whether this machine is ready for unattended use; 0 if it is, 1 if not."""
    from iop_tui.cli_support.site_and_screening import loaded
    from iop_tui.kiosk.preflight import findings, report_lines
    from iop_tui.screening.problems import Unusable
    from iop_tui.screening.shipped import shipped

    try:
        site, screening = loaded(site_path, questions)
    except Unusable as unusable:
        return refuse_all(unusable)
    found = findings(site, site_path, questions or shipped(), screening)
    for line in report_lines(found):
        print(line)
    return FAILED if any(finding.verdict == "problem" for finding in found) else DONE


def ask_pin() -> int:
    """Ask for a PIN twice, hidden, and print the line of the site file."""
    import click

    from iop_tui.site.pin import hashed

    pin = click.prompt("PIN, 4 to 12 digits", hide_input=True, confirmation_prompt="The same again", err=True)
    try:
        line = hashed(pin)
    except ValueError as failure:
        return refuse(f"{failure}. Nothing was made.")
    print("Put this into the site file, under 'staff':", file=sys.stderr)
    print(f'  pin: "{line}"')
    return DONE
