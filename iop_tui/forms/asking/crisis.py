"""Why a form shows a crisis page of the screening, and who to call, in a line: the pages themselves are not retold."""

from __future__ import annotations

from iop_tui.screening.assessment.call_sentences import in_danger
from iop_tui.screening.danger_pages import suicide_page
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.definition import Screening


def because_unsaid() -> str:
    """Why that page is shown."""
    return _("You left a question about safety open. That is all right.")


def reminder(screening: Screening) -> str:
    """Who to call, in a line: it stands before a total, which says nothing of such an answer."""
    page = suicide_page(screening)
    return (screening.pages[page].brief if page is not None else None) or in_danger(screening)


def because() -> str:
    """Why the page about an answer is shown."""
    return _("You told us about thoughts of death or of hurting yourself. Please read this before you go on.")
