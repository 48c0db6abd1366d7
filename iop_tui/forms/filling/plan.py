"""A form prepared for being asked, once for each form: its items in order, what hangs on what, and in which order that
is worked out.

Refused items, and all below them, are no part of it: no answer can stand there.
"""

from __future__ import annotations

import functools
from collections.abc import Hashable, Mapping

from msgspec import Struct

from iop_tui.forms.filling.enable_rows import Test, identity, test
from iop_tui.forms.model.conditions import Rows
from iop_tui.forms.model.expression import Expression
from iop_tui.forms.model.form import Form, Item, Option

Options = Mapping[tuple[Hashable, ...], Option]

_NO_OPTIONS: Options = {}
_NEVER_ASKED = ("group", "display", "attachment", "reference")


class Rule(Struct, frozen=True, gc=False):
    """When an item is enabled: its rows joined, or an expression. `targets` are indexes of items, or -1 for none."""

    join_all: bool
    tests: tuple[Test, ...]
    targets: tuple[int, ...]
    expression: Expression | None = None


class Planned(Struct, frozen=True, gc=False):
    """An item with what is known of it before anything is answered. `index` counts the items of the plan.

    `shown`: neither it nor one above it is hidden. `asked`: a question that a person answers. `question`: it can have
    answers. `reads` are the indexes of the items that its rule and its calculation read.
    `copied`: it can be there several times, below a repeating group or below the answers of a question with several.
    """

    index: int
    item: Item
    above: tuple[int, ...]
    below: tuple[int, ...]
    shown: bool
    question: bool
    asked: bool
    copied: bool
    rule: Rule | None
    reads: tuple[int, ...]
    options: Options

    @property
    def parent(self) -> int:
        """The index of the item that holds it; -1 at the top."""
        return self.above[-1] if self.above else -1

    @property
    def group(self) -> bool:
        """Whether it repeats as instances, and not as answers."""
        return self.item.type == "group"

    @property
    def splits(self) -> bool:
        """Whether what is below it can be there several times."""
        return self.item.repeats and bool(self.below) and self.item.type != "display"


class Plan(Struct, frozen=True, eq=False):
    """The items in the order of the form. `order` are their indexes so that each comes after all that it depends on;
    where that is impossible, because conditions form a cycle, they are in the order of the form.
    `rank` is the position of each in `order`. `readers` are, for each item, the items that read it.
    `required` are the items that are. `totals` are the calculated items that are totals, `summed` what those read.
    """

    form: Form
    items: tuple[Planned, ...]
    tops: tuple[int, ...]
    by_link: Mapping[str, int]
    order: tuple[int, ...]
    rank: tuple[int, ...]
    readers: tuple[tuple[int, ...], ...]
    required: tuple[int, ...]
    totals: frozenset[int]
    summed: frozenset[int]


@functools.lru_cache(maxsize=8)
def plan(form: Form) -> Plan:
    """The plan of a form. Kept for the forms used last: it holds no answers."""
    found: list[tuple[Item, tuple[int, ...], bool]] = []
    for top in form.items:
        _collect(top, (), True, found)
    by_link = {item.link_id: index for index, (item, _above, _shown) in enumerate(found)}
    below: list[list[int]] = [[] for _each in found]
    for index, (_item, above, _shown) in enumerate(found):
        if above:
            below[above[-1]].append(index)
    items: list[Planned] = []
    for index, (item, above, shown) in enumerate(found):
        items.append(_planned(index, item, above, tuple(below[index]), shown, by_link, items))
    readers: list[list[int]] = [[] for _each in items]
    for planned in items:
        for read in planned.reads:
            readers[read].append(planned.index)
    order = _order(items, readers)
    rank = [0] * len(items)
    for position, index in enumerate(order):
        rank[index] = position
    tops = tuple(planned.index for planned in items if not planned.above)
    required = tuple(each.index for each in items if each.item.required and each.item.type != "display")
    reading = tuple(tuple(each) for each in readers)
    totals = frozenset(each.index for each in items if each.item.calculated is not None and _is_total(each.item))
    summed = frozenset(read for each in items if each.index in totals for read in each.reads)
    return Plan(form, tuple(items), tops, by_link, order, tuple(rank), reading, required, totals, summed)


def _is_total(item: Item) -> bool:
    # Imported only for forms that calculate.
    from iop_tui.forms.scores import is_total

    return is_total(item)


def _collect(item: Item, above: tuple[int, ...], shown: bool, found: list[tuple[Item, tuple[int, ...], bool]]) -> None:
    if item.fate == "refused":
        return
    shown = shown and item.fate == "asked"
    here = (*above, len(found))
    found.append((item, above, shown))
    for each in item.items:
        _collect(each, here, shown, found)


def _planned(
    index: int,
    item: Item,
    above: tuple[int, ...],
    below: tuple[int, ...],
    shown: bool,
    by_link: Mapping[str, int],
    before: list[Planned],
) -> Planned:
    rule = _rule(item, by_link)
    reads = set(rule.targets if rule else ())
    if item.calculated is not None:
        reads.update(by_link.get(name, -1) for name in item.calculated.names)
    question = item.type not in ("group", "display")
    return Planned(
        index=index,
        item=item,
        above=above,
        below=below,
        shown=shown,
        question=question,
        asked=shown and item.type not in _NEVER_ASKED and not item.read_only and item.calculated is None,
        copied=any(before[each].splits for each in above),
        rule=rule,
        reads=tuple(sorted(reads - {-1})),
        options={identity(option.value): option for option in reversed(item.options)} if item.options else _NO_OPTIONS,
    )


def _rule(item: Item, by_link: Mapping[str, int]) -> Rule | None:
    enable = item.enable
    if enable is None:
        return None
    if isinstance(enable, Rows):
        tests = tuple(test(row) for row in enable.rows)
        return Rule(enable.join == "all", tests, tuple(by_link.get(row.question, -1) for row in enable.rows))
    return Rule(True, (), tuple(by_link.get(name, -1) for name in enable.names), enable)


def _order(items: list[Planned], readers: list[list[int]]) -> tuple[int, ...]:
    """Each after its parent and after all that it reads (Kahn); what stands in a cycle last, in the form's order."""
    waits_for = [len(planned.reads) + bool(planned.above) for planned in items]
    ready = [planned.index for planned in items if not waits_for[planned.index]]
    order: list[int] = []
    while ready:
        index = ready.pop()
        order.append(index)
        for after in (*readers[index], *items[index].below):
            waits_for[after] -= 1
            if not waits_for[after]:
                ready.append(after)
    done = set(order)
    return (*order, *(planned.index for planned in items if planned.index not in done))
