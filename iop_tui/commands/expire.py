"""`iop-tui records expire`: delete calls past their retention; asks a person where clocks disagree."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import click

from iop_tui.cli_support.exit_status import DONE, FAILED
from iop_tui.cli_support.refusals import refuse
from iop_tui.commands.records import Access, is_terminal, with_clinic
from iop_tui.records import clocks

if TYPE_CHECKING:
    from iop_tui.records.store import Records
    from iop_tui.screening.model.definition import Screening
    from iop_tui.site.settings import Site


def expire(access: Access, *, sure: bool) -> int:
    """Delete the calls that are past the retention of the site file. `sure`: a person has confirmed already. If
    confirmation is needed and nobody can be asked, calls in doubt are kept, and the exit status shows it.
    """

    def expired(records: Records, _screening: Screening, site: Site) -> int:
        now = clocks.utc_now()
        found = records.expiring(site.retention, now)
        is_sure = found.may_ask and sure
        if found.may_ask and not sure and is_terminal(sys.stdin):
            refuse(found.said)
            wanted = records.expiring(site.retention, now, is_sure=True).due
            if wanted:
                click.echo(f"To be deleted for good, of all calls: {len(wanted)}.", err=True)
                if not _is_today(now):
                    return FAILED
                is_sure = True
        count, kept = records.expire(site.retention, now, is_sure=is_sure)
        click.echo(f"{count} {'call' if count == 1 else 'calls'} deleted: older than the site file allows.")
        if kept:
            refuse(kept)
        return FAILED if kept else DONE

    if access.site is None:
        return refuse("name the site file, which says how long calls are kept: --site FILE.")
    return with_clinic(access, expired)


def _is_today(now: datetime) -> bool:
    """Ask for today's date, which a wrong clock does not know. The local date and that of UTC are accepted."""
    typed = click.prompt(
        "If this is right, type today's date, as YEAR-MONTH-DAY", err=True, default="", show_default=False
    )
    try:
        told = date.fromisoformat(typed.strip())
    except ValueError:
        refuse("that is no date. Nothing was deleted.")
        return False
    if abs(told - now.date()) > timedelta(days=1):
        refuse(f"this computer's clock says {now:%Y-%m-%d}. Nothing was deleted: set the clock right.")
        return False
    return True
