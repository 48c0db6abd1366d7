"""`iop-tui counselor`: the phone screen."""

from __future__ import annotations

import gc
import signal
import sys
from pathlib import Path

from iop_tui.cli_support.exit_status import CANNOT_WRITE, DONE
from iop_tui.cli_support.refusals import refuse, refuse_all, refuse_without_terminal
from iop_tui.cli_support.terminal_checks import draw_all_letters, no_terminal
from iop_tui.platform import output

_LONGEST = 60
"""The most characters of a counselor's name: it has one line in a list and in the audit."""


def run(site_path: Path | None, questions: Path | None, records_url: str | None, by: str | None) -> int:
    """Show the counselor's screen until they leave; the exit status."""
    missing = no_terminal(0, 1, 2, needs="The counselor's screen")
    if missing:
        return refuse_without_terminal(missing, questions)
    who = _who(by)
    if not who:
        return refuse(f"say who you are, in 1 to {_LONGEST} letters that can be read: --as NAME.")
    draw_all_letters()
    # Imports make many objects that live on: the garbage collector would only scan them again and again.
    gc.disable()
    from iop_tui.cli_support.site_and_screening import loaded
    from iop_tui.platform.hardening import forget_switches, keep_to_ourselves
    from iop_tui.records import exists
    from iop_tui.records.errors import RecordsError
    from iop_tui.review.requirement import refusal
    from iop_tui.screening.problems import Unusable
    from iop_tui.tui.start import forget_environment

    try:
        site, screening = loaded(site_path, questions)
        if unreviewed := refusal(screening, site.require_review):
            return refuse(unreviewed)
        is_new = not exists(records_url)
    except Unusable as unusable:
        return refuse_all(unusable)
    except RecordsError as trouble:
        return refuse(str(trouble))
    forget_switches()
    forget_environment()
    keep_to_ourselves()
    import time
    from datetime import UTC, datetime

    from iop_tui.counselor.app import Counselor
    from iop_tui.records import open_records
    from iop_tui.records.store import Records

    def opened(passphrase: str) -> Records:
        return open_records(records_url, passphrase, by=who, create=is_new)

    app = Counselor(
        screening, site, opened, by=who, is_new=is_new, clock=lambda: datetime.now(UTC), monotonic=time.monotonic
    )
    gc.freeze()
    gc.enable()
    try:
        app.run()
    finally:
        lost = app.finish()
    if app.ended_by == signal.SIGHUP:
        # The terminal is gone, and can take no last words: Python's attempt would replace the exit status.
        for stream in (sys.stdout, sys.stderr):
            output.let_go(stream)
    if lost:
        refuse(lost)
    return app.exit_status() or (CANNOT_WRITE if lost else DONE)


def _who(by: str | None) -> str:
    """The counselor's name: as given, else the login name; empty where neither can be used."""
    if by is None:
        import getpass

        try:
            by = getpass.getuser()
        except (OSError, KeyError):
            return ""
    who = " ".join(by.split())
    return who if 0 < len(who) <= _LONGEST and who.isprintable() else ""
