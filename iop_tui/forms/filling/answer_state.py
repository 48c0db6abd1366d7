"""The answers at each slot of a layout, and what is enabled by them.

A `Sheet` is never changed; `Working` is a copy being changed, and works out again only what hangs on a change: items
are taken in the plan's order, so that each is worked out once, after all that it depends on.
"""

from __future__ import annotations

from heapq import heappop, heappush

from msgspec import Struct

from iop_tui.forms.filling.calculated import calculated, is_met
from iop_tui.forms.filling.enable_rows import Values
from iop_tui.forms.filling.place_slots import Layout

CLOSED, OPEN, DONE = 0, 1, 2
"""The status of a slot: a person is not asked here now; is to be asked; has answered, or left it blank."""


class Sheet(Struct, frozen=True, eq=False):
    """One entry for each slot. The containers are shared between sheets: nobody may change them.

    `values` are kept of disabled questions too. `own`: its own condition is met. `enabled`: that, and all above are
    enabled, and the answer that it stands below exists. `done`: a person answered, or left it blank.
    """

    layout: Layout
    values: list[Values]
    own: bytearray
    enabled: bytearray
    done: bytearray
    status: bytearray

    def effective(self, slot: int) -> Values:
        """The answers that count: none while it is disabled."""
        return self.values[slot] if self.enabled[slot] else ()


class Working:
    """A sheet being changed: `put`, then `settle`, then `sheet`."""

    def __init__(self, layout: Layout, sheet: Sheet | None = None) -> None:
        self.layout = layout
        self._due: list[int] = []
        if sheet is None:
            self.values: list[Values] = [()] * layout.size
            self.own = bytearray(layout.size)
            self.enabled = bytearray(layout.size)
            self.done = bytearray(layout.size)
            self.status = bytearray(layout.size)
        else:
            self.values = sheet.values.copy()
            self.own = sheet.own.copy()
            self.enabled = sheet.enabled.copy()
            self.done = sheet.done.copy()
            self.status = sheet.status.copy()

    def sheet(self) -> Sheet:
        """The result. `self` must not be used after this."""
        return Sheet(self.layout, self.values, self.own, self.enabled, self.done, self.status)

    def effective(self, slot: int) -> Values:
        """The answers that count: none while it is disabled."""
        return self.values[slot] if self.enabled[slot] else ()

    def put(self, slot: int, values: Values, *, done: bool) -> None:
        """Other answers at a question; what hangs on them waits for `settle`."""
        self.done[slot] = done
        if self.status[slot]:
            self.status[slot] = DONE if done else OPEN
        if values != self.values[slot]:
            self.values[slot] = values
            if self.enabled[slot]:
                self._changed(slot, -1)

    def settle(self) -> None:
        """Work out again what hangs on the changes."""
        due, last, size, items = self._due, -1, self.layout.size, self.layout.items
        while due:
            position = heappop(due)
            if position <= last:  # waited twice; or conditions in a cycle, which ends here
                continue
            last = position
            slot = position % size
            planned = items[slot]
            if planned is None:
                continue
            if planned.rule is not None:
                own = self._own(slot)
                if own != self.own[slot]:
                    self.own[slot] = own
                    self._refresh(slot, last)
            if planned.item.calculated is not None and planned.question:
                values = calculated(planned, self)
                if values != self.values[slot]:
                    self.values[slot] = values
                    if self.enabled[slot]:
                        self._changed(slot, last)

    def settle_all(self) -> None:
        """Work out everything from the answers alone."""
        layout = self.layout
        self._due.clear()
        for index in layout.plan.order:
            planned = layout.plan.items[index]
            for slot in layout.by_item[index]:
                self.own[slot] = planned.rule is None or self._own(slot)
                self.enabled[slot] = self._enabled(slot)
                self._status(slot)
                if planned.item.calculated is not None and planned.question:
                    self.values[slot] = calculated(planned, self)

    # ---- inside ----

    def _own(self, slot: int) -> bool:
        planned = self.layout.items[slot]
        if planned is None or planned.rule is None:
            return True
        rule = planned.rule
        if rule.expression is not None:
            return is_met(rule.expression, self)
        join_all, values, enabled = rule.join_all, self.values, self.enabled
        for met, target in zip(rule.tests, self.layout.targets[slot], strict=True):
            if met(values[target] if target >= 0 and enabled[target] else ()) is not join_all:
                return not join_all
        return join_all

    def _enabled(self, slot: int) -> bool:
        parent = self.layout.parent[slot]
        if not self.own[slot]:
            return False
        if parent < 0:
            return True
        if not self.enabled[parent]:
            return False
        above = self.layout.items[parent]
        if above is None or not above.question:
            return True
        number = self.layout.number[slot]
        planned = self.layout.items[slot]
        # A help text below a question is read before there is an answer; a question below it belongs to an answer.
        before = number == 0 and planned is not None and planned.item.type == "display"
        return before or number < len(self.values[parent])

    def _status(self, slot: int) -> None:
        planned = self.layout.items[slot]
        if planned is not None and planned.asked:
            self.status[slot] = (DONE if self.done[slot] else OPEN) if self.enabled[slot] else CLOSED

    def _refresh(self, slot: int, last: int) -> None:
        """The slot, and those below it, after its condition or what is above it changed."""
        waiting = [slot]
        while waiting:
            here = waiting.pop()
            enabled = self._enabled(here)
            if enabled == self.enabled[here]:
                continue
            self.enabled[here] = enabled
            self._status(here)
            waiting.extend(self.layout.below[here])
            planned = self.layout.items[here]
            # A blank question that is enabled now takes a total away.
            if self.values[here] or (planned is not None and planned.index in self.layout.plan.summed):
                self._wait_for(here, last)

    def _changed(self, slot: int, last: int) -> None:
        """The answers of an enabled question changed."""
        self._wait_for(slot, last)
        for below in self.layout.below[slot]:
            self._refresh(below, last)

    def _wait_for(self, slot: int, last: int) -> None:
        for position in self.layout.readers[slot]:
            if position > last:
                heappush(self._due, position)
