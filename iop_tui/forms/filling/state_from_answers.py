"""The state of a form made from answers, without the steps that led to them."""

from __future__ import annotations

from collections.abc import Mapping

from iop_tui.forms.filling.answer_state import Sheet, Working
from iop_tui.forms.filling.branches import Branch
from iop_tui.forms.filling.calculated import fitting
from iop_tui.forms.filling.enable_rows import Values
from iop_tui.forms.filling.place_slots import Layout, layout
from iop_tui.forms.filling.plan import Plan, Planned
from iop_tui.forms.model.places import Place


def sheet_of(plan: Plan, branch: Branch, ready: Layout | None = None) -> Sheet:
    """The state of a form with the answers and instances of a branch, and initial values elsewhere.

    `ready` is its layout, where it is known.
    """
    lay = ready or layout(plan, branch.counts)
    working = Working(lay)
    for slot, planned in enumerate(lay.items):
        if planned is not None and planned.question:
            given, done = branch.given.get(lay.places[slot]) or (initial_values(planned), False)
            working.values[slot] = given
            working.done[slot] = done
    working.settle_all()
    return working.sheet()


def given_in(sheet: Sheet, start: int, end: int) -> dict[Place, tuple[Values, bool]]:
    """The answers in a range of slots by their places, each with whether the person is done with it."""
    lay = sheet.layout
    found = {}
    for slot in range(start, end):
        planned = lay.items[slot]
        if planned is not None and planned.question:
            found[lay.places[slot]] = (sheet.values[slot], bool(sheet.done[slot]))
    return found


def initial_values(planned: Planned) -> Values:
    """The initial values that an answer can have."""
    if not planned.item.initial:
        return ()
    values = tuple(value for each in planned.item.initial if (value := fitting(planned, each)) is not None)
    return values if len(values) == 1 or planned.item.repeats else ()


def counts_of(plan: Plan, answers: Mapping[Place, Values]) -> dict[Place, int]:
    """How many instances and answers a response has."""
    counts: dict[Place, int] = {}
    for place, values in answers.items():
        for length in range(1, len(place) + 1):
            link_id, number = place[length - 1]
            planned = plan.items[plan.by_link[link_id]]
            if planned.splits and planned.group:
                first = (*place[: length - 1], (link_id, 0))
                counts[first] = max(counts.get(first, 1), number + 1)
        last = plan.items[plan.by_link[place[-1][0]]]
        if last.splits and last.question and len(values) > 1:
            counts[place] = len(values)
    return counts
