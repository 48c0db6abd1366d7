"""Which calls are older than the site file lets them become."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from iop_tui.call.model import Card
from iop_tui.records.model import Ages


def too_old(cards: Iterable[Card], ages: Ages, now: datetime) -> tuple[Card, ...]:
    """The calls whose last change is longer ago than their state allows. What has no age is kept."""
    allowed = {"finished": ages.finished, "open": ages.open, "call_back": ages.call_back}
    return tuple(
        card
        for card in cards
        if (days := allowed[card.state]) is not None and now - card.changed > timedelta(days=days)
    )
