"""What all proofs share: a screening's formulas, a solver with a limit of time, and sheets read from its models."""

from __future__ import annotations

import time
from collections.abc import Mapping

from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.proof import adapter
from iop_tui.screening.proof.encoder import Choice, Encoder, World
from iop_tui.screening.proof.formula import FALSE, TRUE, Formula, Formulas, Variable
from iop_tui.screening.proof.solver import Outcome, Solver

Sheet = dict[str, Answer]
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
        """Sheets on which everything is answered; with the same variables as `partial`, a completion of that sheet."""
        self.partial = World(self.encoder, complete=False)
        """Sheets on which any question may be open."""

    def begin(self) -> None:
        """Begin a proof: its time runs from now on."""
        self._end = time.monotonic() + self.seconds

    def possible(self, formula: Formula) -> bool | None:
        """Whether the formula holds on some sheet; None where the time was not enough to say."""
        left = self._end - time.monotonic()
        if left <= 0:
            return None
        said = self.solver.check(formula, left)
        return None if said is Outcome.OUT_OF_TIME else said is Outcome.POSSIBLE

    def sheet(self, world: World) -> Sheet:
        """The sheet of a world that was found by the last check. What is open in it is left out."""
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
        """The answer that a choice stands for on the sheet that was found by the last check."""
        model = self.solver.model() if model is None else model
        chosen = [value for value, here in choice.items() if _holds(model, self.formulas, here)]
        return adapter.answer(question, chosen) if chosen else None

    def exactly(self, question: Question, *chosen: str | int) -> Choice:
        """That just these values are chosen."""
        return {value: TRUE if value in chosen else FALSE for value in self.encoder.values[question.id]}


def known(sheet: Mapping[str, Answer]) -> dict[str, Known]:
    """The answers that are no unknown ones."""
    return {name: answer for name, answer in sheet.items() if not isinstance(answer, Unknown)}


def _holds(model: Mapping[Variable, bool], formulas: Formulas, literal: Formula) -> bool:
    """Whether a literal holds in a model. A variable that was never sent to the solver may be anything."""
    if abs(literal) == TRUE:
        return literal == TRUE
    return model.get(formulas.name(abs(literal)), False) is (literal > 0)
