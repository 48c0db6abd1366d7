"""One person filling in one form: what is enabled, what is answered, and which question is next.

Every face uses it. A `Filling` is never changed: each operation returns another one. An answer costs what hangs on it,
not the length of the form; only adding and removing instances goes through the whole form.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.forms.filling.allowed_values import allowed
from iop_tui.forms.filling.answer_state import CLOSED, DONE, OPEN, Sheet, Working
from iop_tui.forms.filling.branches import Branch, answered_anew, without
from iop_tui.forms.filling.calculated import AnswerScope
from iop_tui.forms.filling.enable_rows import Values
from iop_tui.forms.filling.place_slots import layout
from iop_tui.forms.filling.plan import Planned, plan
from iop_tui.forms.filling.state_from_answers import counts_of, given_in, initial_values, sheet_of
from iop_tui.forms.filling.steps import Another, Asking, Finished, NotAllowed, Step
from iop_tui.forms.model.form import Form, Item
from iop_tui.forms.model.places import Place
from iop_tui.forms.model.read_response import ReadResponse
from iop_tui.forms.model.values import Value
from iop_tui.screening.i18n.language import _

_FINISHED = -1


class Filling(Struct, frozen=True, eq=False):
    """A form with the answers so far and the current step. Made by `begin`."""

    form: Form
    sheet: Sheet
    cursor: int
    """The slot of the current step; -1 when finished."""
    decided: frozenset[Place] = frozenset()
    """The repeating groups, by the place of their first instance, of which there is no other one."""
    shelf: Mapping[tuple[Place, tuple[object, ...]], Branch] = {}
    response: ReadResponse | None = None
    """The response that it goes on with."""

    def __repr__(self) -> str:
        # A traceback or a log may print this: it must not contain an answer.
        return f"<Filling: {self.progress}>"

    # ---- where it stands ----

    @property
    def step(self) -> Step:
        """What is asked now."""
        if self.cursor == _FINISHED:
            return Finished()
        lay = self.sheet.layout
        last = lay.another.get(self.cursor)
        return Asking(lay.places[self.cursor]) if last is None else Another(lay.places[last])

    @property
    def places(self) -> Sequence[Place]:
        """The places of all enabled items that are shown, in the order of the form: groups, displays, questions."""
        lay, enabled = self.sheet.layout, self.sheet.enabled
        return [
            lay.places[slot]
            for slot, planned in enumerate(lay.items)
            if planned is not None and planned.shown and enabled[slot]
        ]

    def item(self, place: Place) -> Item:
        """The item at a place.

        Raises:
            KeyError: the form has no such place now.
        """
        return self._planned(self.sheet.layout.slot_of[place]).item

    def value(self, place: Place) -> tuple[Value, ...]:
        """The answers at a place, also while it is disabled: they are kept, and count for nothing then."""
        slot = self.sheet.layout.slot_of.get(place)
        return () if slot is None else self.sheet.values[slot]

    def enabled(self, place: Place) -> bool:
        """Whether the item at a place is enabled; a place that the form does not have now is not."""
        slot = self.sheet.layout.slot_of.get(place)
        return slot is not None and bool(self.sheet.enabled[slot])

    def askable(self, place: Place) -> bool:
        """Whether a person is asked at a place now: an enabled question that is not hidden, read-only or calculated."""
        slot = self.sheet.layout.slot_of.get(place)
        return slot is not None and self.sheet.status[slot] != CLOSED

    def done(self, place: Place) -> bool:
        """Whether the person answered the question at a place, or left it blank. An initial value is not an answer
        before the person confirmed it.
        """
        slot = self.sheet.layout.slot_of.get(place)
        return slot is not None and self.sheet.status[slot] == DONE

    @property
    def progress(self) -> tuple[int, int]:
        """How many questions are done, and how many are left as things stand."""
        return self.sheet.status.count(DONE), self.sheet.status.count(OPEN)

    @property
    def missing(self) -> tuple[Place, ...]:
        """Required, enabled, and without an answer, in the order of the form.

        A group is missing if nothing is answered in any of its instances; it stands for them by its first. A hidden or
        calculated item can be missing too: `askable` says whether a person can do something about it.
        """
        lay, sheet = self.sheet.layout, self.sheet
        found: list[Place] = []
        for index in lay.plan.required:
            planned = lay.plan.items[index]
            slots = [slot for slot in lay.by_item[index] if sheet.enabled[slot]]
            if planned.question:
                found.extend(lay.places[slot] for slot in slots if not sheet.values[slot])
                continue
            answered = {(lay.places[slot][:-1]) for slot in slots if self._has_answers(slot)}
            found.extend(
                lay.places[slot]
                for slot in slots
                if lay.places[slot][-1][1] == 0 and lay.places[slot][:-1] not in answered
            )
        return tuple(sorted(found, key=lay.slot_of.__getitem__))

    @property
    def complete(self) -> bool:
        """Whether the response is complete: nothing is left to be asked, and nothing required is without an answer."""
        return self.cursor == _FINISHED and not self.sheet.status.count(OPEN) and not self.missing

    def answers(self, link_id: str) -> Sequence[Value]:
        """The answers of an item's enabled places, in the order of the form."""
        return AnswerScope(self.sheet).answers(link_id)

    def weights(self, link_id: str) -> Sequence[Decimal | None]:
        """The weights of those answers; None of one that has none."""
        return AnswerScope(self.sheet).weights(link_id)

    # ---- operations ----

    def answered(self, place: Place, values: Sequence[Value]) -> Filling:
        """With other answers at a question; the step is then the next open question. No values: it is left blank.

        Raises:
            NotAllowed: the question is not asked now, or does not take them.
        """
        slot = self._asked(place)
        planned = self._planned(slot)
        before = self.sheet.values[slot]
        taken = allowed(planned, tuple(values), before) if values else ()
        if planned.below and taken != before:
            return self._answered_above(slot, planned, taken)
        working = Working(self.sheet.layout, self.sheet)
        working.put(slot, taken, done=True)
        working.settle()
        return self._moved(working.sheet(), slot)

    def left_open(self, place: Place) -> Filling:
        """The question is left without an answer, a required one too; the step is then the next open question.

        Raises:
            NotAllowed: the question is not asked now.
        """
        return self.answered(place, ())

    def back(self) -> Filling:
        """At the question before the current step, in the order of the form; at the first one, unchanged."""
        status = self.sheet.status
        end = len(status) if self.cursor == _FINISHED else self.cursor
        before = max(status.rfind(OPEN, 0, end), status.rfind(DONE, 0, end))
        return self if before < 0 else replace(self, cursor=before)

    def at(self, place: Place) -> Filling:
        """At a question, to answer it again; of a group, at the first question in it.

        Raises:
            NotAllowed: nothing is asked there now.
        """
        lay, status = self.sheet.layout, self.sheet.status
        slot = lay.slot_of.get(place, -1)
        end = lay.end[slot] if slot >= 0 and not self._planned(slot).question else slot + 1
        found = [at for at in (status.find(OPEN, slot, end), status.find(DONE, slot, end)) if slot >= 0 and at >= 0]
        if not found:
            raise NotAllowed(_("This question is not asked now."))
        return replace(self, cursor=min(found))

    def another(self, place: Place, yes: bool) -> Filling:
        """The answer to `Another`: with one more instance of the repeating group, whose first question is then the
        step; or with no more.

        Raises:
            NotAllowed: there is no enabled repeating group at the place.
        """
        slot = self._instance(place)
        lay = self.sheet.layout
        first = _first(place)
        if not yes:
            # Where a further one is offered: the slot after the last instance.
            after = next(at for at in lay.another_at if at > slot and _first(lay.places[lay.another[at]]) == first)
            moved = replace(self, decided=self.decided | {first})
            return replace(moved, cursor=moved._next(self.sheet, after))
        count = lay.counts.get(first, 1)
        branch = self._whole()
        branch = replace(branch, counts={**branch.counts, first: count + 1}, decided=self.decided - {first})
        grown = self._rebuilt(branch)
        new = grown.sheet.layout.slot_of[(*place[:-1], (place[-1][0], count))]
        return replace(grown, cursor=grown._next(grown.sheet, new))

    def removed(self, place: Place) -> Filling:
        """Without one instance of a repeating group; the only one becomes blank, and is asked again.

        Raises:
            NotAllowed: there is no enabled repeating group at the place.
        """
        slot = self._instance(place)
        stem, (link_id, instance) = place[:-1], place[-1]
        count = self.sheet.layout.counts.get(_first(place), 1)
        shrunk = self._rebuilt(without(self._whole(), stem, link_id, instance, count))
        return replace(shrunk, cursor=shrunk._next(shrunk.sheet, slot - 1))

    # ---- inside ----

    def _planned(self, slot: int) -> Planned:
        planned = self.sheet.layout.items[slot]
        if planned is None:  # the slot where another instance is offered: it has no place
            raise KeyError(slot)
        return planned

    def _asked(self, place: Place) -> int:
        slot = self.sheet.layout.slot_of.get(place)
        if slot is None or self.sheet.status[slot] == CLOSED:
            raise NotAllowed(_("This question is not asked now."))
        return slot

    def _instance(self, place: Place) -> int:
        slot = self.sheet.layout.slot_of.get(place)
        if slot is not None and self.sheet.enabled[slot]:
            planned = self._planned(slot)
            if planned.shown and planned.group and planned.item.repeats:
                return slot
        raise NotAllowed(_("This question is not asked now."))

    def _has_answers(self, slot: int) -> bool:
        """Whether something enabled is answered at the slot or below it."""
        values, enabled = self.sheet.values, self.sheet.enabled
        return any(values[each] and enabled[each] for each in range(slot, self.sheet.layout.end[slot]))

    def _moved(self, sheet: Sheet, slot: int) -> Filling:
        """With a sheet of the same layout, at the next open question after a slot."""
        return Filling(self.form, sheet, self._next(sheet, slot), self.decided, self.shelf, self.response)

    def _next(self, sheet: Sheet, slot: int) -> int:
        """The slot of the next step after a slot: what is open after it, else what is open before it."""
        status = sheet.status
        after = status.find(OPEN, slot + 1)
        if not sheet.layout.another_at:
            return after if after >= 0 else status.find(OPEN)
        offered = self._offered(sheet, slot, after if after >= 0 else len(status))
        if offered >= 0 or after >= 0:
            return offered if offered >= 0 else after
        before = status.find(OPEN)
        offered = self._offered(sheet, -1, before if before >= 0 else slot + 1)
        return offered if offered >= 0 else before

    def _offered(self, sheet: Sheet, start: int, end: int) -> int:
        """The first slot between two where another instance is to be offered; -1 if there is none.

        It is offered once the last instance has no open question, and something was answered in it.
        """
        lay = sheet.layout
        for at in lay.another_at[bisect_right(lay.another_at, start) : bisect_left(lay.another_at, end)]:
            last = lay.another[at]
            first = _first(lay.places[last])
            inside = range(last, lay.end[last])
            if (
                sheet.enabled[last]
                and first not in self.decided
                and sheet.status.find(OPEN, last, lay.end[last]) < 0
                and any(sheet.status[slot] == DONE and sheet.values[slot] for slot in inside)
            ):
                return at
        return -1

    def _answered_above(self, slot: int, planned: Planned, values: Values) -> Filling:
        """With other answers at a question that has items below its answers."""
        sheet, lay = self.sheet, self.sheet.layout
        place = lay.places[slot]
        before = Branch(given_in(sheet, slot + 1, lay.end[slot]), lay.counts, self.decided, self.shelf)
        after = answered_anew(before, place, sheet.values[slot], values, splits=planned.splits)
        if after.counts == lay.counts:
            working = Working(lay, sheet)
            working.put(slot, values, done=True)
            for below in range(slot + 1, lay.end[slot]):
                item = lay.items[below]
                if item is not None and item.question:
                    below_values, done = after.given.get(lay.places[below]) or (initial_values(item), False)
                    working.put(below, below_values, done=done)
            working.settle()
            moved = replace(self, decided=after.decided, shelf=after.shelf)
            return moved._moved(working.sheet(), slot)
        given = (
            given_in(sheet, 0, slot)
            | {place: (values, True)}
            | dict(after.given)
            | given_in(sheet, lay.end[slot], lay.size)
        )
        rebuilt = self._rebuilt(replace(after, given=given))
        return rebuilt._moved(rebuilt.sheet, rebuilt.sheet.layout.slot_of[place])

    def _whole(self) -> Branch:
        lay = self.sheet.layout
        return Branch(given_in(self.sheet, 0, lay.size), lay.counts, self.decided, self.shelf)

    def _rebuilt(self, branch: Branch) -> Filling:
        """With other instances. The cursor is left to the caller."""
        sheet = sheet_of(self.sheet.layout.plan, branch)
        return replace(self, sheet=sheet, cursor=_FINISHED, decided=branch.decided, shelf=branch.shelf)


def begin(form: Form, response: ReadResponse | None = None) -> Filling:
    """A form to be filled in from the start, or from a response.

    Initial values stand as answers, and count in conditions; a person is asked them all the same. With a response only
    hidden and read-only items get them; in one that is complete, what is blank counts as left blank.
    """
    planned = plan(form)
    if response is None:
        start = Filling(form, sheet_of(planned, Branch()), _FINISHED)
        return replace(start, cursor=start._next(start.sheet, -1))
    open_still = response.status == "in-progress"
    counts = counts_of(planned, response.answers)
    lay = layout(planned, counts)
    given = {}
    for slot, item in enumerate(lay.items):
        if item is None or not item.question:
            continue
        values = response.answers.get(lay.places[slot], ())
        if values:
            # An initial value that nobody confirmed was written like an answer: it is asked again.
            given[lay.places[slot]] = (values, not (open_still and values == initial_values(item)))
        elif item.asked:
            # A blank may be one that the person left: an initial value is for a new response.
            given[lay.places[slot]] = ((), False)
    sheet = sheet_of(planned, Branch(given, counts), lay)
    decided: frozenset[Place] = frozenset()
    if not open_still:
        working = Working(lay, sheet)
        for slot in range(lay.size):
            if sheet.status[slot] == OPEN:
                working.put(slot, sheet.values[slot], done=True)
        sheet = working.sheet()
        decided = frozenset(_first(lay.places[last]) for last in lay.another.values())
    start = Filling(form, sheet, _FINISHED, decided, {}, response)
    return replace(start, cursor=start._next(sheet, -1))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _first(place: Place) -> Place:
    """The place of the first instance of a repeating group."""
    return (*place[:-1], (place[-1][0], 0))
