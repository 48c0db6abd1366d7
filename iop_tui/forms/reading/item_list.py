"""The items of a form in the order of the file, each with its own linkId and the item that holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from iop_tui.forms.reading.json_fields import kind_of
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.rules import Collector, Rule, refusing
from iop_tui.forms.reading.visible import has_control, visible

MOST_ITEMS = 10_000
MOST_LEVELS = 50

TOO_MANY = Rule(
    "too-many-items",
    "The form has more than {most} items, the last of them after the linkId “{link}”",
    "Ask the author for the form in several parts",
)
TOO_DEEP = Rule(
    "too-deep",
    "Items are nested more than {most} levels deep, at the linkId “{link}”",
    "Ask the author for a form that is nested less deep",
)
NOT_AN_ITEM = Rule("not-an-item", "An entry of “item” is {given}, and should be an object", "Ask the author")
NOT_A_LIST = Rule("wrong-type", "“item” must be a list, and is {given}", "Ask the author for a corrected form")
NO_LINK_ID = Rule(
    "no-link-id",
    "The item has no linkId{why}, so its answer would have no name in a response",
    "Ask the author to give it a linkId",
)
TWICE = Rule(
    "link-id-twice",
    "The linkId “{link}” stands more than once ({count}), and a condition or expression names it",
    "Ask the author for a linkId for each",
)
RENAMED = Rule(
    "link-id-renamed",
    "The linkId “{link}” stands more than once ({count}); this item is called “{new}” here and in its responses",
    "Ask the author for a linkId for each",
    "suspicious",
)


class Node(NamedTuple):
    """An item of the file. `parent` is the place in the list of the item that holds it, or -1."""

    source: JsonObject
    line: int
    link_id: str
    parent: int
    depth: int


def list_items(form: JsonObject, file: str, collector: Collector) -> list[Node]:
    """Every entry of every `item`, with unique linkIds: a doubled one that nothing names is renamed.

    Raises FormRefused for more, or deeper ones, than a form may have.
    """
    nodes = _walk(form, file, collector)
    counts = Counter(node.link_id for node in nodes)
    if len(counts) == len(nodes):
        return nodes
    return list(_unique(form, nodes, counts, collector))


def _walk(form: JsonObject, file: str, collector: Collector) -> list[Node]:
    nodes: list[Node] = []
    waiting = _below(Node(form, form.line, "", -1, 0), -1, collector)
    while waiting:
        entry, line, parent, depth = waiting.pop()
        node = _node(entry, line, parent, depth, collector)
        _check_size(node, len(nodes) + 1, file)
        waiting += _below(node, len(nodes), collector)
        nodes.append(node)
    return nodes


def _check_size(node: Node, count: int, file: str) -> None:
    if count > MOST_ITEMS:
        raise refusing(file, TOO_MANY, node.line, most=f"{MOST_ITEMS:,}", link=visible(node.link_id))
    if node.depth > MOST_LEVELS:
        raise refusing(file, TOO_DEEP, node.line, most=MOST_LEVELS, link=visible(node.link_id))


def _below(node: Node, place: int, collector: Collector) -> list[tuple[Any, int, int, int]]:
    """What stands below an item, last first: the entry, a line, the item's place, and the depth."""
    items = node.source.get("item")
    if isinstance(items, list):
        return [(entry, node.line, place, node.depth + 1) for entry in reversed(items)]
    if items is not None:
        collector.add(NOT_A_LIST, node.line, node.link_id, given=kind_of(items))
    return []


def _node(entry: Any, line: int, parent: int, depth: int, collector: Collector) -> Node:
    if not isinstance(entry, JsonObject):
        stand_in = JsonObject()
        stand_in.line = line
        link_id = f"(no linkId, line {line})"
        collector.add(NOT_AN_ITEM, line, link_id, given=kind_of(entry))
        return Node(stand_in, line, link_id, parent, depth)
    given = entry.get("linkId")
    if isinstance(given, str) and given and not has_control(given):
        return Node(entry, entry.line, given, parent, depth)
    why = "" if given is None or given == "" else " that can be used: it must be a text without control characters"
    name = f"(no linkId, line {entry.line})"
    collector.add(NO_LINK_ID, entry.line, name, why=why)
    return Node(entry, entry.line, name, parent, depth)


def _unique(form: JsonObject, nodes: list[Node], counts: Counter[str], collector: Collector) -> Iterator[Node]:
    named = _named([form, *(node.source for node in nodes)])
    taken = set(counts)
    refused_before = frozenset(collector.refused)
    seen: Counter[str] = Counter()
    for node in nodes:
        link_id = node.link_id
        if counts[link_id] == 1:
            yield node
            continue
        seen[link_id] += 1
        new = link_id if seen[link_id] == 1 else _free(link_id, seen[link_id], taken)
        facts = {"count": counts[link_id], "new": visible(new), "link": visible(link_id)}
        if link_id in refused_before:
            collector.refused.add(new)
            if new != link_id:
                collector.add(NO_LINK_ID, node.line, new, why="")
        elif link_id in named.questions or f"'{link_id}'" in named.expressions or f'"{link_id}"' in named.expressions:
            collector.add(TWICE, node.line, new, **facts)
        elif new != link_id:
            collector.add(RENAMED, node.line, new, **facts)
        yield node._replace(link_id=new)


def _free(link_id: str, number: int, taken: set[str]) -> str:
    while (new := f"{link_id}#{number}") in taken:
        number += 1
    taken.add(new)
    return new


class _Named(NamedTuple):
    questions: set[str]
    expressions: str


def _named(sources: list[JsonObject]) -> _Named:
    """What the conditions of the form and its items name, and the text of all expressions."""
    questions: set[str] = set()
    expressions: list[str] = []
    for source in sources:
        rows = source.get("enableWhen")
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, JsonObject) and isinstance(row.get("question"), str):
                questions.add(row["question"])
        entries = source.get("extension")
        for entry in entries if isinstance(entries, list) else ():
            value = entry.get("valueExpression") if isinstance(entry, JsonObject) else None
            if isinstance(value, JsonObject) and isinstance(value.get("expression"), str):
                expressions.append(value["expression"])
    return _Named(questions, "\n".join(expressions))
