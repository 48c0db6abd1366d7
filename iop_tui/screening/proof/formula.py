"""Boolean formulas, hash-consed: what folds to true or false needs no solver, and what two steps share is sent once.

A formula is an integer, `-f` is its negation, and 1 is true. So a formula is an and-inverter graph with one more kind
of node: weights that add up to a bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Formula = int
"""A formula of one `Formulas`; a negative number is a negation."""
TRUE: Formula = 1
FALSE: Formula = -1

Variable = tuple[str, ...]
"""The name of a variable."""
Node = tuple[str, tuple[Formula, ...], tuple[int, ...], int]
"""Kind ("and", "sum"), parts, and for a sum the weight of each part and the bound."""


class Formulas:
    """Creates formulas; equal ones are the same number."""

    def __init__(self) -> None:
        self._variables: dict[Variable, Formula] = {}
        self._names: dict[Formula, Variable] = {}
        self._nodes: dict[Formula, Node] = {}
        self._made: dict[Node, Formula] = {}
        self._next = 2

    def variable(self, name: Variable) -> Formula:
        """The variable with this name."""
        found = self._variables.get(name)
        if found is None:
            found = self._variables[name] = self._number()
            self._names[found] = name
        return found

    def variables(self) -> Iterable[tuple[Variable, Formula]]:
        """All variables with their names."""
        return self._variables.items()

    def node(self, formula: Formula) -> Node | None:
        """The node of a positive formula; None for a variable, and for true."""
        return self._nodes.get(formula)

    def name(self, formula: Formula) -> Variable:
        """The name of a variable. Raises KeyError if it is not one."""
        return self._names[formula]

    def all(self, parts: Iterable[Formula]) -> Formula:
        """Conjunction of all parts."""
        found: dict[Formula, None] = {}
        for part in parts:
            if part == FALSE or -part in found:
                return FALSE
            if part != TRUE:
                found[part] = None
        if len(found) < 2:
            return next(iter(found), TRUE)
        return self._keep(("and", tuple(sorted(found)), (), 0))

    def any(self, parts: Iterable[Formula]) -> Formula:
        """Disjunction of all parts."""
        return -self.all([-part for part in parts])

    def both(self, *parts: Formula) -> Formula:
        """Conjunction of two formulas."""
        return self.all(parts)

    def either(self, *parts: Formula) -> Formula:
        """Disjunction of two formulas."""
        return -self.all([-part for part in parts])

    def differ(self, one: Formula, other: Formula) -> Formula:
        """Exclusive or of two formulas."""
        return self.either(self.both(one, -other), self.both(-one, other))

    def reaches(self, terms: Sequence[tuple[int, Formula]], bound: int) -> Formula:
        """The weights, none negative, of the true parts add up to the bound or more."""
        weights: dict[Formula, int] = {}
        for weight, part in terms:
            if part == TRUE:
                bound -= weight
            elif part != FALSE and weight:
                weights[part] = weights.get(part, 0) + weight
        total = sum(weights.values())
        if bound <= 0:
            return TRUE
        if total < bound:
            return FALSE
        if min(weights.values()) >= bound:
            return self.any(weights)
        if total - min(weights.values()) < bound:
            return self.all(weights)
        parts = tuple(sorted(weights))
        return self._keep(("sum", parts, tuple(weights[part] for part in parts), bound))

    def _keep(self, node: Node) -> Formula:
        found = self._made.get(node)
        if found is None:
            found = self._made[node] = self._number()
            self._nodes[found] = node
        return found

    def _number(self) -> Formula:
        self._next += 1
        return self._next - 1
