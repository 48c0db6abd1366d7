"""Whether the clinic's settings are still valid."""

from __future__ import annotations

import datetime

from iop_tui.kiosk.preflight.finding import Finding, listed, ok, problem, warning
from iop_tui.review.requirement import unmet
from iop_tui.review.sentences import review_lines, status_of
from iop_tui.screening.english import counted
from iop_tui.screening.i18n.language import own_name
from iop_tui.screening.model.definition import Screening
from iop_tui.site.form_shelf import FormShelf
from iop_tui.site.settings import Site
from iop_tui.site.site_texts import unwritten

_OLD = datetime.timedelta(days=366)
_SOON = datetime.timedelta(days=30)


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


def reviews(site: Site, screening: Screening, today: datetime.date) -> tuple[Finding, ...]:
    """Whether clinicians have reviewed the screening; where the site file requires it, whether the kiosk may start."""
    what = "reviews"
    line, *_details = review_lines(screening, today)
    if reasons := unmet(screening, site.require_review, today):
        return tuple(
            problem(what, f"The kiosk will not start: {reason.partition('; ')[0]}.", _remedy(reason))
            for reason in reasons
        )
    status = status_of(screening, today)
    running_out = {
        review.expires
        for part in status.parts
        if part.state == "reviewed"
        for review in part.reviews
        if datetime.date.fromisoformat(review.expires) - today <= _SOON
    }
    if running_out and site.require_review:
        said = f"{line} It runs out on {min(running_out)}, and the kiosk will not start after that."
        return (warning(what, said, "Have it reviewed and signed again before: iop-tui sign."),)
    if status.headline() == "reviewed":
        return (ok(what, line),)
    return (warning(what, line, "Have a licensed clinician review and sign it: docs/reviewing.md."),)


def _remedy(reason: str) -> str:
    remedy = reason.partition("; ")[2] or "Look at it with: iop-tui sign --status"
    return _sentence(remedy)


def forms(site: Site) -> tuple[Finding, ...]:
    """Whether the forms that counselors may ask can be opened. The kiosk itself does not ask them."""
    what = "forms for counselors"
    read = FormShelf(site).forms()
    wrong = [said for each in read for said in each.wrong]
    if not wrong:
        return (ok(what, f"{counted(len(read), 'form')} can be opened."),)
    found = (said.rpartition("; ") for said in wrong)
    return tuple(
        warning(what, f"{said or rest}.", _sentence(rest) if said else "See above.") for said, _, rest in found
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


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
