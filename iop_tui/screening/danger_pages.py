"""The crisis pages that are shown for what a screening does not ask itself: the forms of others.

They are known by the ids that they have in the shipped screening, and in those that were made from it.
"""

from __future__ import annotations

from iop_tui.screening.model.definition import Screening

SUICIDE, UNSAID = "suicide", "unsaid"


def suicide_page(screening: Screening) -> str | None:
    """The page for an answer that speaks of suicide; None where the screening has none."""
    return SUICIDE if SUICIDE in screening.pages else None


def unsaid_page(screening: Screening) -> str | None:
    """The page for a question about danger that is left open; None where the screening has none."""
    return UNSAID if UNSAID in screening.pages else None
