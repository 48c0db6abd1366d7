"""Items whose conditions lead back to themselves: no order in which they could be worked out."""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.forms.reading.links import Links
from iop_tui.forms.reading.rules import Collector, Rule
from iop_tui.forms.reading.visible import visible

CYCLE = Rule(
    "condition-cycle",
    "Whether it is asked, or its value, depends in a circle on itself: {circle}",
    "Ask the author which of these conditions is meant",
)
_MOST_NAMED = 6


def check_cycles(links: Links, collector: Collector) -> None:
    """Every item of a cycle that names another item of it is refused. What an item holds depends on it, too."""
    ways = [[target for target, _line in links.named(number)] for number in range(len(links.items))]
    with_holders = [
        [*targets, node.parent] if node.parent >= 0 else targets
        for targets, node in zip(ways, links.nodes, strict=True)
    ]
    for circle in _circles(with_holders):
        within = set(circle)
        names = [visible(links.nodes[number].link_id) for number in sorted(circle)]
        text = ", ".join(f"“{name}”" for name in names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
        for number in sorted(circle):
            lines = [line for target, line in links.named(number) if target in within]
            if lines:
                collector.add(CYCLE, lines[0], links.nodes[number].link_id, circle=text)
    for number, targets in enumerate(ways):
        name = links.nodes[number].link_id
        # A condition of `enableWhen` on its own item has a rule of its own.
        if number in targets and all(row.question != name for row in links.rows(number)):
            line = next(line for target, line in links.named(number) if target == number)
            collector.add(CYCLE, line, name, circle=f"“{visible(name)}”")


def _circles(ways: Sequence[Sequence[int]]) -> list[list[int]]:
    """The strongly connected components with more than one member (Tarjan), without recursion.

    An item that names itself is no component here.
    """
    index = [-1] * len(ways)
    low = [0] * len(ways)
    on_path = [False] * len(ways)
    path: list[int] = []
    circles = []
    count = 0
    for start in range(len(ways)):
        if index[start] >= 0:
            continue
        waiting = [(start, iter(ways[start]))]
        index[start] = low[start] = count
        count += 1
        path.append(start)
        on_path[start] = True
        while waiting:
            here, rest = waiting[-1]
            for other in rest:
                if index[other] < 0:
                    index[other] = low[other] = count
                    count += 1
                    path.append(other)
                    on_path[other] = True
                    waiting.append((other, iter(ways[other])))
                    break
                if on_path[other]:
                    low[here] = min(low[here], index[other])
            else:
                waiting.pop()
                if waiting:
                    low[waiting[-1][0]] = min(low[waiting[-1][0]], low[here])
                if low[here] == index[here]:
                    circle = _cut(path, here, on_path)
                    if len(circle) > 1:
                        circles.append(circle)
    return circles


def _cut(path: list[int], here: int, on_path: list[bool]) -> list[int]:
    circle = []
    while True:
        member = path.pop()
        on_path[member] = False
        circle.append(member)
        if member == here:
            return circle
