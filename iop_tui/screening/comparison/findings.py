"""Is there somebody who shows a change? Example people and random sheets are asked first, then the solver.

Everything that is found is confirmed by running the program on both versions, and made as small as it can be: no answer
of an example can be left out.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from iop_tui.screening.comparison.diff_model import Example, Finding, Outcome
from iop_tui.screening.comparison.joint import Joint, Sheet
from iop_tui.screening.comparison.masks import Masks
from iop_tui.screening.comparison.samples import sheet_at
from iop_tui.screening.proof.counterexample import smallest
from iop_tui.screening.proof.formula import FALSE, TRUE, Formula

if TYPE_CHECKING:
    from iop_tui.screening.proof.solver import Solver

NOBODY = Finding("nobody")
_TRIED = 4
"""So many sheets are tried that should show a change, before the solver is asked."""
Shows = Callable[[Sheet], bool]
"""Whether the program shows the change on a joint sheet."""


def solver_is_there() -> bool:
    """Whether the solver is installed."""
    return importlib.util.find_spec("z3") is not None


class Search(Struct, frozen=True):
    """How to find who shows a change that no formula describes exactly. `people` are the example people who do. A sheet
    that should, and does not: `near` it is another one, with some of the answers, that may; `unlike` is true on the
    sheets that still can, None if there is nothing better than "not this one".
    """

    people: tuple[Sheet, ...]
    near: Callable[[Sheet], Sheet]
    unlike: Callable[[Sheet], Formula | None]


class Finder:
    """Finds people who show a change. `seconds` is the limit for each; without `solve` the solver is never asked."""

    def __init__(
        self, joint: Joint, sheets: Masks, people: Masks, sheets_of: Sequence[Sheet], seconds: float, *, solve: bool
    ) -> None:
        self.joint = joint
        self._sheets, self._people, self._sheets_of = sheets, people, sheets_of
        self._seconds, self._solve = seconds, solve
        self._solver: Solver | None = None
        self._found: dict[tuple[Formula, Formula, Formula], Finding] = {}

    def find(
        self,
        shown: Formula,
        answered: Formula,
        shows: Shows,
        behind: Callable[[Sheet], Iterable[str]],
        at_most: Formula | None = None,
        search: Search | None = None,
    ) -> Finding:
        """Whether somebody shows a change. `shown` says so for sheets with open questions, `answered` for sheets on
        which everything is answered: these are counted. `at_most` is true on all sheets that could show it, if
        `shown` alone is not exact: then `search` helps with sheets that do not show it. `behind` are the questions on
        which a sheet's result depends, to make it small.
        """
        at_most = shown if at_most is None else at_most
        key = shown, answered, at_most
        if key not in self._found:
            self._found[key] = self._find(shown, answered, shows, behind, at_most, search)
        return self._found[key]

    def _find(
        self,
        shown: Formula,
        answered: Formula,
        shows: Shows,
        behind: Callable[[Sheet], Iterable[str]],
        most: Formula,
        search: Search | None,
    ) -> Finding:
        if shown == FALSE and most == FALSE:
            return NOBODY
        sheets = self._sheets.of(answered)
        if search is None:
            people = self._people.of(shown)
            candidates = [self._sheets_of[number] for number in _first(people)]
            counts = sheets.bit_count(), people.bit_count()
        else:
            candidates, counts = [*search.people[:_TRIED]], (sheets.bit_count(), len(search.people))
        candidates += [sheet_at(self.joint, self._sheets, number) for number in _first(sheets)]
        for sheet in candidates:
            if shows(sheet):
                return Finding("somebody", self._smallest(sheet, shows, behind), *counts)
        if not self._solve:
            return Finding("not_asked", None, *counts)
        outcome: Outcome = "nobody"
        for formula in dict.fromkeys((shown, most)):
            outcome, sheet = self._solved(formula, shows, search)
            if outcome == "somebody":
                return Finding("somebody", self._smallest(sheet, shows, behind), *counts)
        return Finding(outcome, None, *counts)

    def _smallest(self, sheet: Sheet, shows: Shows, behind: Callable[[Sheet], Iterable[str]]) -> Example:
        least = smallest(sheet, shows, behind(sheet))
        return Example(self.joint.old.read(least), self.joint.new.read(least))

    # ---- the solver ----

    def _solved(self, formula: Formula, shows: Shows, search: Search | None) -> tuple[Outcome, Sheet]:
        """Somebody for whom a formula is true and the program shows it, or that there is nobody."""
        from iop_tui.screening.proof.solver import Outcome as Said
        from iop_tui.screening.proof.solver import Solver

        make, end = self.joint.formulas, time.monotonic() + self._seconds
        if self._solver is None:
            self._solver = Solver(make, self.joint.valid())
        while time.monotonic() < end:
            said = self._solver.check(formula, max(end - time.monotonic(), 0.01))
            if said is Said.IMPOSSIBLE:
                return "nobody", {}
            if said is Said.OUT_OF_TIME:
                break
            sheet, completed, same = self._model(self._solver)
            for candidate in (sheet, *((search.near(completed),) if search is not None else ())):
                if shows(candidate):
                    return "somebody", candidate
            other = search.unlike(sheet) if search is not None else None
            # Never this sheet again, whatever else is left out: the search ends.
            formula = make.both(formula, -same, TRUE if other is None else other)
        return "undecided", {}

    def _model(self, solver: Solver) -> tuple[Sheet, Sheet, Formula]:
        """The sheet that the last check found; the same with its open questions answered; and the formula that is true
        on this sheet alone.
        """
        model, sheet, completed = solver.model(), {}, {}
        literals: list[Formula] = []
        for each in self.joint.questions:
            chosen = [value for value in each.values if model.get(("chosen", each.key, str(value)), False)]
            answer = self.joint.answer(each, chosen)
            if answer is not None:
                completed[each.key] = answer
            if model.get(("open", each.key), False):
                literals.append(each.open)
            elif answer is not None:
                sheet[each.key] = answer
                literals += [each.chosen[value] if value in chosen else -each.chosen[value] for value in each.values]
        return sheet, completed, self.joint.formulas.all(literals)


def _first(mask: int) -> Iterator[int]:
    """The first few bits that are set."""
    for _ in range(_TRIED):
        if not mask:
            return
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
