"""What all proofs share: a screening's formulas, a solver with a time limit, and sheets read from its models."""

from __future__ import annotations

import time
from collections.abc import Mapping

from iop_tui.screening.model.answers import Known
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.proof import adapter
from iop_tui.screening.proof.answer_sheet import Sheet
from iop_tui.screening.proof.encoder import Choice, Encoder, World
from iop_tui.screening.proof.formula import FALSE, TRUE, Formula, Formulas, Variable
from iop_tui.screening.proof.solver import Outcome, Solver

NO_TIME = "the time was not enough"
DISAGREES = "the solver and the program do not agree about a sheet; this is a fault of the prover: report it"


class Prover:
    """Asks a solver about one screening. `seconds` is the limit of each proof."""

    def __init__(self, screening: Screening, seconds: float) -> None:
        self.screening = screening
        self.seconds = seconds
        self.encoder = Encoder(screening)
        self.formulas: Formulas = self.encoder.formulas
        self.solver = Solver(self.formulas, self.encoder.sheet())
        self._end = 0.0
        self.begin()
        self.complete = World(self.encoder, complete=True)
        """Complete sheets. The variables are those of `partial`, so this is a completion of that sheet."""
        self.partial = World(self.encoder, complete=False)
        """Sheets on which any question may be open."""

    def begin(self) -> None:
        """Begin a proof: its time limit starts now."""
        self._end = time.monotonic() + self.seconds

    def possible(self, formula: Formula) -> bool | None:
        """Whether the formula is true on some sheet; None if the time ran out."""
        left = self._end - time.monotonic()
        if left <= 0:
            return None
        said = self.solver.check(formula, left)
        return None if said is Outcome.OUT_OF_TIME else said is Outcome.POSSIBLE

    def sheet(self, world: World) -> Sheet:
        """The sheet that the last check found for a world, without its open questions."""
        model = self.solver.model()
        found: Sheet = {}
        for question in self.screening.questions:
            name = question.id
            if not _holds(model, self.formulas, world.open_(name)):
                answer = self.answer(question, world.chosen(name), model)
                if answer is not None:
                    found[name] = answer
        return found

    def answer(self, question: Question, choice: Choice, model: Mapping[Variable, bool] | None = None) -> Known | None:
        """The answer on the sheet that the last check found, for these choices."""
        model = self.solver.model() if model is None else model
        chosen = [value for value, here in choice.items() if _holds(model, self.formulas, here)]
        return adapter.answer(question, chosen) if chosen else None

    def exactly(self, question: Question, *chosen: str | int) -> Choice:
        """Exactly these values are chosen."""
        return {value: TRUE if value in chosen else FALSE for value in self.encoder.values[question.id]}


def _holds(model: Mapping[Variable, bool], formulas: Formulas, literal: Formula) -> bool:
    """Whether a literal is true in a model. A variable that was never sent to the solver may be anything."""
    if abs(literal) == TRUE:
        return literal == TRUE
    return model.get(formulas.name(abs(literal)), False) is (literal > 0)
