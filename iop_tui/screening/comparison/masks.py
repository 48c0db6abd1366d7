"""Formulas read on many sheets at once: an integer holds one bit for each sheet.

A formula is an and-inverter graph with sums of weights (`proof/formula.py`), so a conjunction of a hundred thousand
sheets is one operation on integers. Random sheets and example people are read with the very formulas that the solver
gets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iop_tui.screening.proof.formula import TRUE, Formula, Formulas, Variable


class Masks:
    """Reads formulas on `count` sheets. A variable without a mask is false on all of them."""

    def __init__(self, formulas: Formulas, count: int, variables: Mapping[Variable, int]) -> None:
        self.count = count
        self.all = (1 << count) - 1
        self.variables = variables
        self._formulas = formulas
        self._read: dict[Formula, int] = {TRUE: self.all}

    def of(self, formula: Formula) -> int:
        """The sheets on which a formula is true, one bit each."""
        todo = [abs(formula)]
        while todo:
            here = todo[-1]
            if here in self._read:
                todo.pop()
                continue
            node = self._formulas.node(here)
            if node is None:
                self._read[here] = self.variables.get(self._formulas.name(here), 0)
                continue
            kind, parts, weights, bound = node
            waiting = [abs(part) for part in parts if abs(part) not in self._read]
            if waiting:
                todo += waiting
                continue
            masks = [self._literal(part) for part in parts]
            self._read[here] = self._all(masks) if kind == "and" else self._sum(masks, weights, bound)
        return self._literal(formula)

    def number(self, formula: Formula) -> int:
        """On how many sheets a formula is true."""
        return self.of(formula).bit_count()

    def _literal(self, formula: Formula) -> int:
        read = self._read[abs(formula)]
        return read if formula > 0 else read ^ self.all

    def _all(self, masks: Sequence[int]) -> int:
        found = self.all
        for mask in masks:
            found &= mask
        return found

    def _sum(self, masks: Sequence[int], weights: Sequence[int], bound: int) -> int:
        """The sheets on which the weights reach the bound, by a counter with one integer for each binary digit."""
        digits: list[int] = []
        for mask, weight in zip(masks, weights, strict=True):
            for place in range(weight.bit_length()):
                if weight >> place & 1:
                    _add(digits, mask, place)
        # From the highest digit down: a sheet is above the bound, or equal so far.
        above, equal = 0, self.all
        for place in reversed(range(max(len(digits), bound.bit_length()))):
            digit = digits[place] if place < len(digits) else 0
            if bound >> place & 1:
                equal &= digit
            else:
                above |= equal & digit
                equal &= ~digit
        return above | equal


def _add(digits: list[int], mask: int, place: int) -> None:
    """Add one at a binary place, on the sheets of a mask."""
    while mask:
        while len(digits) <= place:
            digits.append(0)
        digits[place], mask = digits[place] ^ mask, digits[place] & mask
        place += 1
