"""Checks formulas with Z3: is there a sheet on which one is true? The only module that imports it, and only when it is
used.

Each formula is sent once, as a literal with its definition, and checked under that one assumption, so that what was
learned in one step helps the next. They are sent as SMT-LIB text (version 2.6), many at a time: creating each as an
object of z3's Python takes ten times as long as solving it.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any

import z3

from iop_tui.screening.proof.formula import FALSE, TRUE, Formula, Formulas, Variable


class Outcome(enum.Enum):
    """The solver's verdict on a formula."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    OUT_OF_TIME = "out of time"


class Solver:
    """Checks formulas under permanent constraints."""

    def __init__(self, formulas: Formulas, always: Formula) -> None:
        self._formulas = formulas
        self._context = z3.Context()
        self._added: list[Any] = []
        """All that was sent, in order."""
        self._solver = self._fresh()
        self._parser = z3.ParserContext(self._context)  # it knows what an earlier text declared
        self._declared: set[Formula] = set()
        self._literals: dict[Formula, z3.BoolRef] = {}
        self._sent: set[Formula] = {TRUE}
        self._send(always)
        self.checks = 0

    def check(self, formula: Formula, seconds: float) -> Outcome:
        """Whether the formula is satisfiable, if decided within so many seconds."""
        if formula == FALSE:
            return Outcome.IMPOSSIBLE
        self.checks += 1
        self._define(formula)
        self._solver.set("timeout", max(1, int(seconds * 1000)))
        said = self._solver.check(*(() if formula == TRUE else (self._literal(formula),)))
        if said == z3.sat:
            return Outcome.POSSIBLE
        if said == z3.unsat:
            return Outcome.IMPOSSIBLE
        # Z3 5.4.1 remembers which way it was going: the easiest next check then takes from 0.1 to 17 s.
        self._solver = self._fresh()
        return Outcome.OUT_OF_TIME

    def model(self) -> Mapping[Variable, bool]:
        """The variables on the sheet that the last check found. One that is left out may be anything."""
        model = self._solver.model()
        # Few constants in a model are variables; looking these up is faster than going through all.
        sent = ((name, formula) for name, formula in self._formulas.variables() if formula in self._sent)
        return {name: z3.is_true(model.eval(self._literal(formula), model_completion=True)) for name, formula in sent}

    def _fresh(self) -> z3.Solver:
        """A solver that knows all that was sent, and nothing else."""
        # That for finite domains keeps sums of weights unexpanded, and takes new formulas between checks.
        solver = z3.SolverFor("QF_FD", ctx=self._context)
        for sent in self._added:
            solver.add(sent)
        return solver

    def _add(self, sent: Any) -> None:
        self._added.append(sent)
        self._solver.add(sent)

    def _literal(self, formula: Formula) -> z3.BoolRef:
        literal = self._literals.get(abs(formula))
        if literal is None:
            literal = self._literals[abs(formula)] = z3.Bool(f"f{abs(formula)}", self._context)
        return literal if formula > 0 else z3.Not(literal)

    def _send(self, always: Formula) -> None:
        self._define(always)
        if always != TRUE:
            self._add(self._literal(always))

    def _define(self, formula: Formula) -> None:
        """Send the definition of a formula, its parts first: it may be deeper than Python's stack."""
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
            self._add(self._parser.from_string("\n".join((*declared, *asserted))))
