"""What is refused because something else is: what a refused item holds, and what hangs on a refused item."""

from __future__ import annotations

from collections import deque

from iop_tui.forms.reading.links import Links
from iop_tui.forms.reading.rules import Collector, Rule
from iop_tui.forms.reading.visible import visible

INSIDE = Rule("inside-refused", "It stands inside “{holder}”, which is refused", "See what is said of “{holder}”")
HANGS_ON = Rule(
    "hangs-on-refused",
    "It hangs on the answer to “{target}”, which is refused: whether it should be asked cannot be known",
    "See what is said of “{target}”",
)


def spread_refusals(links: Links, collector: Collector) -> None:
    """Refuse what refused items hold, and what names them, until nothing is left that does."""
    held: list[list[int]] = [[] for _node in links.nodes]
    named_by: list[list[tuple[int, int]]] = [[] for _node in links.nodes]
    for number, node in enumerate(links.nodes):
        if node.parent >= 0:
            held[node.parent].append(number)
        for target, line in links.named(number):
            named_by[target].append((number, line))
    refused = collector.refused
    waiting = deque(number for number, node in enumerate(links.nodes) if node.link_id in refused)
    while waiting:
        number = waiting.popleft()
        name = visible(links.nodes[number].link_id)
        for child in held[number]:
            node = links.nodes[child]
            if node.link_id not in refused:
                collector.add(INSIDE, node.line, node.link_id, holder=name)
                waiting.append(child)
        for other, line in named_by[number]:
            node = links.nodes[other]
            if node.link_id not in refused:
                collector.add(HANGS_ON, line, node.link_id, target=name)
                waiting.append(other)
