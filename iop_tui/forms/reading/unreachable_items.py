"""Questions that no answers can reach, and totals that cannot be reached because of them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from typing import NamedTuple

from iop_tui.forms.model.conditions import Row, Rows
from iop_tui.forms.model.values import Coding, Value
from iop_tui.forms.reading.condition_targets import never_equal
from iop_tui.forms.reading.links import Links
from iop_tui.forms.reading.option_checks import option_key
from iop_tui.forms.reading.rules import Collector, Rule
from iop_tui.forms.reading.visible import visible

UNREACHABLE = Rule(
    "never-asked", "It can never be asked: {why}", "Ask the author which condition is meant", "suspicious"
)
INSIDE = Rule("never-asked", "It can never be asked, because “{holder}”, which holds it, can't", "", "suspicious")
TOTAL = Rule(
    "total-unreachable",
    "Its value is computed from “{target}”, which can never have an answer here",
    "Ask the author which question is meant",
    "suspicious",
)
ON_HIDDEN = Rule(
    "condition-on-unanswered",
    "The condition is on “{target}”, which nobody is asked; only another program can give it an answer",
    "Ask the author which question is meant",
    "suspicious",
)


class Reached(NamedTuple):
    """By number of the item: whether it can be enabled, and whether it can have an answer."""

    enabled: list[bool]
    answered: list[bool]


def check_reachable(links: Links, collector: Collector) -> None:
    """Find what can never be enabled. Refused items are left out: nothing that is left hangs on one."""
    reached = Reached([False] * len(links.items), [False] * len(links.items))
    for number in _in_order(links, collector.refused):
        blamed = _blamed(links, number, reached)
        parent = links.nodes[number].parent
        inside = parent >= 0 and not reached.enabled[parent]
        reached.enabled[number] = not inside and blamed is None
        reached.answered[number] = reached.enabled[number] and _has_answer(links, number)
        node = links.nodes[number]
        if blamed is not None:
            collector.add(UNREACHABLE, blamed.line, node.link_id, why=blamed.why)
        elif inside:
            collector.add(INSIDE, node.line, node.link_id, holder=visible(links.nodes[parent].link_id))
        _check_unanswered(links, number, reached, collector)


def _check_unanswered(links: Links, number: int, reached: Reached, collector: Collector) -> None:
    item = links.items[number]
    for row in links.rows(number):
        target = links.numbers[row.question]
        if not _has_answer(links, target) and links.items[target].type not in ("group", "display"):
            collector.add(ON_HIDDEN, row.line, item.link_id, target=visible(row.question))
    if item.calculated is not None:
        for name in item.calculated.names:
            if name in links.numbers and not reached.answered[links.numbers[name]]:
                collector.add(TOTAL, item.calculated.line, item.link_id, target=visible(name))


def _has_answer(links: Links, number: int) -> bool:
    """Whether an item that is enabled can have an answer: from a person, from the form, or computed."""
    item = links.items[number]
    if item.type in ("group", "display"):
        return False
    return bool(item.initial) or item.calculated is not None or (not item.read_only and links.is_shown(number))


def _in_order(links: Links, refused: set[str]) -> Sequence[int]:
    """The items that are left, each after the one that holds it and after all that it names."""
    waits_for = [0] * len(links.items)
    before: list[list[int]] = [[] for _item in links.items]
    left = [number for number, node in enumerate(links.nodes) if node.link_id not in refused]
    for number in left:
        parent = links.nodes[number].parent
        for target in {target for target, _line in links.named(number)} | ({parent} if parent >= 0 else set()):
            waits_for[number] += 1
            before[target].append(number)
    ready = deque(number for number in left if not waits_for[number])
    order = []
    while ready:
        number = ready.popleft()
        order.append(number)
        for other in before[number]:
            waits_for[other] -= 1
            if not waits_for[other]:
                ready.append(other)
    return order


class _Blamed(NamedTuple):
    line: int
    why: str


def _blamed(links: Links, number: int, reached: Reached) -> _Blamed | None:
    """The condition because of which an item can never be enabled, or None."""
    enable = links.items[number].enable
    if not isinstance(enable, Rows):
        return None
    dead = [(row, why) for row in enable.rows if (why := _never_met(row, links, reached))]
    if enable.join == "any":
        return _Blamed(dead[0][0].line, dead[0][1]) if len(dead) == len(enable.rows) else None
    if dead:
        return _Blamed(dead[0][0].line, dead[0][1])
    return _contradiction(enable.rows, links)


def _never_met(row: Row, links: Links, reached: Reached) -> str:
    """Why a condition is never met; empty if it can be."""
    target = links.numbers[row.question]
    item = links.items[target]
    name = visible(row.question)
    if row.operator == "!=" or (row.operator == "exists" and row.answer.data is False):
        return ""
    if not reached.answered[target]:
        if item.type in ("group", "display"):
            return f"its condition is on “{name}”, a {item.type}, which never has an answer"
        return f"its condition is on “{name}”, which can never have an answer here"
    if row.operator == "=" and never_equal(row.answer, item):
        return f"“{name}” can never have the answer that its condition wants"
    return ""


def _contradiction(rows: Sequence[Row], links: Links) -> _Blamed | None:
    """Conditions that must all hold and cannot, because they are on the one answer of one question."""
    by_target: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_target[row.question].append(row)
    for target, several in by_target.items():
        if len(several) < 2 or links.items[links.numbers[target]].repeats:
            continue
        wanted = {_key(row.answer) for row in several if row.operator == "="}
        unwanted = {_key(row.answer) for row in several if row.operator == "!="}
        wants_none = any(row.operator == "exists" and row.answer.data is False for row in several)
        if len(wanted) > 1 or wanted & unwanted or (wanted and wants_none):
            return _Blamed(several[-1].line, f"its conditions on “{visible(target)}” contradict each other")
    return None


def _key(value: Value) -> object:
    return option_key(value) if isinstance(value.data, Coding) else value.data
