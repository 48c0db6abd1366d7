"""The texts of a clinic in each language: its own, or the program's defaults.

The texts of a site file are in the first of its languages; `words` has them in the others.
"""

from __future__ import annotations

from msgspec.structs import replace

from iop_tui.screening.assessment.call_sentences import reach
from iop_tui.screening.i18n.language import N_, gettext_in
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import ENGLISH
from iop_tui.site.settings import INVITE, STAFF_NOW, STANDARD, LocalLine, Printer, Site, Words

_TELL_OR_CALL = N_("Tell a staff member now. Nobody here? {reach}")
_TELL = N_("Tell a staff member now.")
_STANDS = Printer(STANDARD.where).stands


def site_in_language(site: Site, code: str) -> Site:
    """The site with its texts in one of its languages.

    Texts that the clinic did not write in that language are replaced by defaults. Sentences for a crisis page and the
    clinic's own phone lines have no default, and stay as they are.
    """
    first = code == site.languages[0]
    if first and code == ENGLISH:
        return site
    own = site.words.get(code) or Words(site.where)

    def said(mine: str | None, written: str, ours: str) -> str:
        if mine is not None or (first and written != ours):
            return mine or written
        return gettext_in(code, ours)

    def lines(mine: tuple[str, ...] | None, written: tuple[str, ...], ours: str) -> tuple[str, ...]:
        return tuple(said("\n".join(mine) if mine else None, "\n".join(written), ours).split("\n"))

    staff, printer = site.staff, site.printer
    return replace(
        site,
        invite=lines(own.invite, site.invite, INVITE),
        staff=replace(
            staff,
            large=lines(own.large, staff.large, STAFF_NOW),
            call=own.call or (staff.call if first else None),
        ),
        phones=_phones(site, own),
        crisis={**site.crisis, **own.crisis},
        printer=printer and replace(printer, stands=said(own.stands, printer.stands, _STANDS)),
    )


def staff_call(site: Site, screening: Screening) -> str:
    """How to find staff, in the language of the screening; `site` must be in the same language."""
    if site.staff.call is not None:
        return site.staff.call
    call = reach(screening, "emergency")
    return gettext_in(screening.language, _TELL_OR_CALL if call else _TELL).format(reach=call)


def unwritten(site: Site, code: str) -> tuple[str, ...]:
    """The keys of the site file with the clinic's own texts that this other language lacks."""
    own = site.words.get(code) or Words(site.where)
    changed = {
        "invite": site.invite != STANDARD.invite and own.invite is None,
        "staff.large": site.staff.large != STANDARD.staff.large and own.large is None,
        "staff.call": site.staff.call is not None and own.call is None,
        "phones": bool(site.phones) and not own.phones,
        **{f"crisis.{page}": page not in own.crisis for page in site.crisis},
        "printer.stands": site.printer is not None and site.printer.stands != _STANDS and own.stands is None,
    }
    return tuple(key for key, missing in changed.items() if missing)


def _phones(site: Site, own: Words) -> tuple[LocalLine, ...]:
    if not own.phones:
        return site.phones
    pairs = zip(site.phones, own.phones, strict=True)
    return tuple(replace(line, name=said.name, reach=said.reach, about=said.about) for line, said in pairs)
