"""Required items that nothing gives a value: a response to such a form could never be completed."""

from __future__ import annotations

from iop_tui.forms.reading.links import Links
from iop_tui.forms.reading.rules import Collector, Rule

HIDDEN_REQUIRED = Rule(
    "hidden-and-required",
    "The item is hidden and required, and nothing gives it a value: the form could never be completed",
    "Ask the author whether it should be shown, or not be required",
)
NEVER_FILLED = Rule(
    "read-only-and-required",
    "The item is required, and people may not answer it; nothing here gives it a value",
    "A response will stay in progress, unless another program fills it in before",
    "suspicious",
)


def check_required(links: Links, collector: Collector) -> None:
    """Check every required question; a group's members stand for it."""
    for number, item in enumerate(links.items):
        if not item.required or item.link_id in collector.refused or item.type == "group":
            continue
        if item.initial or item.calculated is not None:
            continue
        if not links.is_shown(number):
            collector.add(HIDDEN_REQUIRED, item.line, item.link_id)
        elif item.read_only:
            collector.add(NEVER_FILLED, item.line, item.link_id)
