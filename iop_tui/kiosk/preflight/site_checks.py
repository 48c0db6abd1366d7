"""Whether the clinic's settings are still valid."""

from __future__ import annotations

import datetime

from iop_tui.kiosk.preflight.finding import Finding, listed, ok, warning
from iop_tui.screening.i18n.language import own_name
from iop_tui.site.settings import Site
from iop_tui.site.site_texts import unwritten

_OLD = datetime.timedelta(days=366)


def languages(site: Site) -> tuple[Finding, ...]:
    """The languages that visitors may choose, and which of the clinic's own words they lack."""
    what = "languages"
    missing = {code: unwritten(site, code) for code in site.languages[1:]}
    silent = [
        warning(
            what,
            f"The clinic's own words are not there in {own_name(code)}: {listed(keys)}.",
            f"Write them under 'words' and {code!r} in the site file. Until then visitors read ours instead, or the "
            "clinic's in its first language.",
        )
        for code, keys in missing.items()
        if keys
    ]
    return tuple(silent) or (ok(what, f"{listed(own_name(code) for code in site.languages)}."),)


def phones(site: Site, today: datetime.date) -> Finding:
    """Whether the clinic's own phone lines were tried in the last year."""
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
        return ok(what, "None; visitors see the national ones.")
    return ok(what, f"{len(site.phones)}, checked in the last year.")
