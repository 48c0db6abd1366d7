"""Formulas put to Z3: is there a sheet on which one holds? The only module that imports it, and only when it is used.

Each formula is sent once, as a literal with its definition; a question is a check under that one assumption, so that
what was learned for one step serves the next. They are sent as SMT-LIB text (version 2.6), many at a time: to make each
as an object of z3's Python takes ten times as long as to solve it.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping

import z3

from iop_tui.screening.proof.formula import FALSE, TRUE, Formula, Formulas, Variable


class Outcome(enum.Enum):
    """What a solver says of a formula."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    OUT_OF_TIME = "out of time"


class Solver:
    """Checks formulas under what always holds."""

    def __init__(self, formulas: Formulas, always: Formula) -> None:
        self._formulas = formulas
        self._context = z3.Context()
        # The solver for finite domains keeps sums of weights as they are, and takes new formulas between checks.
        self._solver = z3.SolverFor("QF_FD", ctx=self._context)
        self._parser = z3.ParserContext(self._context)  # it knows what an earlier text declared
        self._declared: set[Formula] = set()
        self._literals: dict[Formula, z3.BoolRef] = {}
        self._sent: set[Formula] = {TRUE}
        self._send(always)
        self.checks = 0

    def check(self, formula: Formula, seconds: float) -> Outcome:
        """Whether the formula can hold, if that is found out in so many seconds."""
        if formula == FALSE:
            return Outcome.IMPOSSIBLE
        self.checks += 1
        self._define(formula)
        self._solver.set("timeout", max(1, int(seconds * 1000)))
        said = self._solver.check(*(() if formula == TRUE else (self._literal(formula),)))
        if said == z3.sat:
            return Outcome.POSSIBLE
        return Outcome.IMPOSSIBLE if said == z3.unsat else Outcome.OUT_OF_TIME

    def model(self) -> Mapping[Variable, bool]:
        """The variables on the sheet that was found by the last check. One that is left out may be anything."""
        model = self._solver.model()
        # Few of the constants in a model are variables; to ask for each of these is faster than to go through all.
        sent = ((name, formula) for name, formula in self._formulas.variables() if formula in self._sent)
        return {name: z3.is_true(model.eval(self._literal(formula), model_completion=True)) for name, formula in sent}

    def _literal(self, formula: Formula) -> z3.BoolRef:
        literal = self._literals.get(abs(formula))
        if literal is None:
            literal = self._literals[abs(formula)] = z3.Bool(f"f{abs(formula)}", self._context)
        return literal if formula > 0 else z3.Not(literal)

    def _send(self, always: Formula) -> None:
        self._define(always)
        if always != TRUE:
            self._solver.add(self._literal(always))

    def _define(self, formula: Formula) -> None:
        """Send what defines a formula, its parts first: it may be deeper than Python's stack."""
        todo, asserted, named = [abs(formula)], [], set()
        while todo:
            here = todo.pop()
            if here in self._sent:
                continue
            self._sent.add(here)
            named.add(here)
            node = self._formulas.node(here)
            if node is None:
                continue
            kind, parts, weights, bound = node
            inner = [abs(part) for part in parts]
            named.update(inner)
            todo.extend(inner)
            head = "and" if kind == "and" else f"(_ pbge {bound} {' '.join(map(str, weights))})"
            said = " ".join(f"f{part}" if part > 0 else f"(not f{-part})" for part in parts)
            asserted.append(f"(assert (= f{here} ({head} {said})))")
        declared = [f"(declare-const f{name} Bool)" for name in named - self._declared]
        self._declared |= named
        if declared or asserted:
            self._solver.add(self._parser.from_string("\n".join((*declared, *asserted))))
