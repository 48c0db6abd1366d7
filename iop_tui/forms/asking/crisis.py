"""The pages that a screening has for thoughts of suicide, and for a question about them that is left open: their words
and phone lines are shown, and not retold.
"""

from __future__ import annotations

from iop_tui.screening.assessment.call_sentences import in_danger
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.definition import Screening

_PAGE, _UNSAID = "suicide", "unsaid"
"""The ids of the pages in the shipped screening, and in those that were made from it."""


def crisis_page(screening: Screening) -> str | None:
    """The id of the page; None where a screening has none, and its phone lines must do."""
    return _PAGE if _PAGE in screening.pages else None


def unsaid_page(screening: Screening) -> str | None:
    """The id of the page for a question that is left open; None where a screening has none, and its phone lines must
    do.
    """
    return _UNSAID if _UNSAID in screening.pages else None


def because_unsaid() -> str:
    """Why that page is shown."""
    return _("You left a question about safety open. That is all right.")


def reminder(screening: Screening) -> str:
    """Who to call, in a line: it stands before a total, which says nothing of such an answer."""
    page = crisis_page(screening)
    return (screening.pages[page].brief if page is not None else None) or in_danger(screening)


def because() -> str:
    """Why the page about an answer is shown."""
    return _("You told us about thoughts of death or of hurting yourself. Please read this before you go on.")
