"""The page that a screening has for thoughts of suicide: its words and phone lines are shown, and not retold."""

from __future__ import annotations

from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.definition import Screening

_PAGE = "suicide"
"""The id of the page in the shipped screening, and in those that were made from it."""


def crisis_page(screening: Screening) -> str | None:
    """The id of the page; None where a screening has none, and its phone lines must do."""
    return _PAGE if _PAGE in screening.pages else None


def because() -> str:
    """Why the page is shown."""
    return _("You told us about thoughts of death or of hurting yourself. Please read this before you go on.")
