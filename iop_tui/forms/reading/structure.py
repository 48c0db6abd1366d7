"""Where an item stands: what may be held by a display, and groups that hold nothing."""

from __future__ import annotations

from iop_tui.forms.reading.links import Links
from iop_tui.forms.reading.rules import Collector, Rule
from iop_tui.forms.reading.visible import visible

BELOW_A_DISPLAY = Rule(
    "below-a-display",
    "The question stands below “{holder}”, a display, so its answer would have no place in a response",
    "Ask the author to put it elsewhere",
)
EMPTY_GROUP = Rule("empty-group", "The group holds nothing", "", "note")


def check_structure(links: Links, collector: Collector) -> None:
    """Displays may hold help and legal texts, as real forms do; a question there has no place for its answer."""
    holders = {node.parent for node in links.nodes}
    for number, (node, item) in enumerate(zip(links.nodes, links.items, strict=True)):
        if node.parent >= 0 and links.items[node.parent].type == "display" and item.type != "display":
            holder = links.nodes[node.parent].link_id
            if holder not in collector.refused:
                collector.add(BELOW_A_DISPLAY, node.line, node.link_id, holder=visible(holder))
        if item.type == "group" and number not in holders:
            collector.add(EMPTY_GROUP, node.line, node.link_id)
