"""Whether what the clinic set is still so."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from iop_tui.kiosk.ready.finding import Finding, listed, ok, warning
from iop_tui.site.load import LANGUAGES
from iop_tui.site.model import Site

_OLD = datetime.timedelta(days=366)


def languages(site: Site, spoken: Collection[str] = LANGUAGES) -> Finding:
    """The languages that visitors may choose."""
    what, silent = "languages", [name for name in site.languages if name not in spoken]
    if silent:
        return warning(
            what,
            f"The program does not speak {listed(silent)}.",
            f"Take it out of 'languages' in the site file; there is: {listed(spoken)}.",
        )
    return ok(what, f"{listed(site.languages)}.")


def phones(site: Site, today: datetime.date) -> Finding:
    """Whether somebody tried the clinic's own phone lines in the last year."""
    what = "local phone lines"
    days = {line: datetime.date.fromisoformat(line.checked) for line in site.phones}
    ahead = [f"{line.name} ({line.checked}, at {line.where})" for line, day in days.items() if day > today]
    if ahead:
        return warning(
            what,
            f"They were checked on a day that is still to come: {listed(ahead)}.",
            "Set the clock of this machine, or write the day on which you last called.",
        )
    old = [f"{line.name} ({line.checked}, at {line.where})" for line, day in days.items() if today - day > _OLD]
    if old:
        return warning(
            what,
            f"Nobody has tried them for more than a year: {listed(old)}.",
            "Call each, and write today's day under 'checked'.",
        )
    if not site.phones:
        return ok(what, "None; visitors are told the national ones.")
    return ok(what, f"{len(site.phones)}, each checked in the last year.")
