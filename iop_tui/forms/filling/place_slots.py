"""The places of a form for the instances that there are now: a slot for each, in the order of the form.

A slot is the index of a place. Everything that depends on how many instances there are is worked out here, so that an
answer touches only the slots that hang on it. A new layout is made when an instance is added or removed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from msgspec import Struct

from iop_tui.forms.filling.plan import Plan, Planned
from iop_tui.forms.model.places import Place

Counts = Mapping[Place, int]
"""How many instances a repeating group has (by the place of its first), or how many answers of a question have places
below them (by the question's place); 1 where nothing is said."""


class Layout(Struct, frozen=True, eq=False):
    """The slots. Each list has an entry for each slot.

    `number`: of the instance, or of the answer that it stands below. `end`: the slot after the last one below it.
    `targets`: of each row of the item's rule the slot that it reads, -1 if there is none.
    `readers`: what must be worked out again once the slot's answers change: rank of the item times `size`, plus slot.
    `another`: the slot after the last instance of each repeating group, where a further one is offered, with the slot
    of that last instance; `another_at` are those slots in order.
    """

    plan: Plan
    counts: Counts
    size: int
    items: list[Planned | None]
    places: list[Place]
    slot_of: Mapping[Place, int]
    parent: list[int]
    number: list[int]
    end: list[int]
    below: list[list[int]]
    by_item: list[list[int]]
    targets: list[tuple[int, ...]]
    readers: list[tuple[int, ...]]
    another: Mapping[int, int]
    another_at: tuple[int, ...]


class _Maker:
    """Collects the slots in the order of the form."""

    def __init__(self, plan: Plan, counts: Counts) -> None:
        self.plan = plan
        self.counts = counts
        self.items: list[Planned | None] = []
        self.places: list[Place] = []
        self.parent: list[int] = []
        self.number: list[int] = []
        self.end: list[int] = []
        self.below: list[list[int]] = []
        self.by_item: list[list[int]] = [[] for _each in plan.items]
        self.another: dict[int, int] = {}

    def add(self, planned: Planned, above: Place, parent: int, number: int) -> None:
        """The item at one place, with all of its instances and all that is below them."""
        link_id = planned.item.link_id
        if planned.group and planned.item.repeats:
            last = -1
            for instance in range(self.counts.get((*above, (link_id, 0)), 1)):
                last = self._slot(planned, (*above, (link_id, instance)), parent, number)
                self._below(planned, (*above, (link_id, instance)), last, number)
            if planned.shown:
                self.another[self._slot(None, (), parent, number)] = last
            return
        place = (*above, (link_id, 0))
        slot = self._slot(planned, place, parent, number)
        if not planned.question:
            self._below(planned, place, slot, number)
            return
        if planned.below:
            for answer in range(self.counts.get(place, 1)):
                self._below(planned, (*above, (link_id, answer)), slot, answer)

    def _slot(self, planned: Planned | None, place: Place, parent: int, number: int) -> int:
        slot = len(self.items)
        self.items.append(planned)
        self.places.append(place)
        self.parent.append(parent)
        self.number.append(number)
        self.end.append(slot + 1)
        self.below.append([])
        if planned is not None:
            self.by_item[planned.index].append(slot)
            if parent >= 0:
                self.below[parent].append(slot)
        return slot

    def _below(self, planned: Planned, place: Place, slot: int, number: int) -> None:
        for index in planned.below:
            self.add(self.plan.items[index], place, slot, number)
        self.end[slot] = len(self.items)


def layout(plan: Plan, counts: Counts) -> Layout:
    """The places of a form for these counts."""
    maker = _Maker(plan, counts)
    for top in plan.tops:
        maker.add(plan.items[top], (), -1, 0)
    size = len(maker.items)
    targets: list[tuple[int, ...]] = [()] * size
    readers: list[list[int]] = [[] for _slot in range(size)]
    nearest = _Nearest(plan, maker)
    for planned in plan.items:
        if not planned.reads:
            continue
        rows = planned.rule.targets if planned.rule is not None and planned.rule.expression is None else ()
        anywhere = set(planned.reads) if planned.item.calculated or not rows else set()
        rank = plan.rank[planned.index] * size
        for slot in maker.by_item[planned.index]:
            if rows:
                targets[slot] = tuple(nearest.slot(target, planned, slot) for target in rows)
            read = {target for target in targets[slot] if target >= 0}
            read.update(other for index in anywhere for other in maker.by_item[index])
            for each in read:
                readers[each].append(rank + slot)
    return Layout(
        plan=plan,
        counts=counts,
        size=size,
        items=maker.items,
        places=maker.places,
        slot_of={place: slot for slot, place in enumerate(maker.places) if place},
        parent=maker.parent,
        number=maker.number,
        end=maker.end,
        below=maker.below,
        by_item=maker.by_item,
        targets=targets,
        readers=[tuple(each) for each in readers],
        another=maker.another,
        another_at=tuple(sorted(maker.another)),
    )


class _Nearest:
    """Which of several places of a question a row means: the one in the smallest instance around the reader.

    Where several are equally near (a question in another repeating group) it is the last before the reader, or else the
    first after it. Source: FHIR R4, enableWhen.question: the nearest along the ancestors, then what precedes, then what
    follows.
    """

    def __init__(self, plan: Plan, maker: _Maker) -> None:
        self._plan = plan
        self._maker = maker
        self._by_prefix: dict[tuple[int, int], dict[Place, list[int]]] = {}

    def slot(self, target: int, reader: Planned, slot: int) -> int:
        if target < 0:
            return -1
        planned = self._plan.items[target]
        there = self._maker.by_item[target]
        if planned.copied:
            shared = 0
            for ours, theirs in zip(reader.above, planned.above, strict=False):
                if ours != theirs:
                    break
                shared += 1
            around = self._maker.places[slot][:shared]
            there = self._prefixes(target, shared).get(around, [])
        if not there:
            return -1
        before = bisect_left(there, slot)
        return there[before - 1] if before else there[bisect_right(there, slot) % len(there)]

    def _prefixes(self, target: int, length: int) -> dict[Place, list[int]]:
        found = self._by_prefix.get((target, length))
        if found is None:
            found = {}
            for slot in self._maker.by_item[target]:
                found.setdefault(self._maker.places[slot][:length], []).append(slot)
            self._by_prefix[target, length] = found
        return found
