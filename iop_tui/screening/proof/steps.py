"""Single steps from an answer to a worse one. What is true of every step is true of any two answers, one worse than the
other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from msgspec import Struct

from iop_tui.screening.model.definition import Question
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.proof import adapter
from iop_tui.screening.proof.encoder import Choice
from iop_tui.screening.proof.formula import FALSE, TRUE, Formula
from iop_tui.screening.proof.prover import Prover


class Step(Struct, frozen=True):
    """From one answer to the next worse one. The step exists only if `given` is true."""

    question: Question
    milder: Choice
    worse: Choice
    told: str
    where: SourceLocation
    given: Formula = TRUE


def steps(prover: Prover, question: Question) -> Iterator[Step]:
    """The steps of a question with ordered answers."""
    values = prover.encoder.values[question.id]
    if adapter.is_several(question):
        yield from _one_more(prover, question)
        return
    for milder, worse in itertools.pairwise(values):
        where = question.where if isinstance(worse, int) else _place(question, worse)
        told = f"{milder} -> {worse}"
        yield Step(question, prover.exactly(question, milder), prover.exactly(question, worse), told, where)


def _one_more(prover: Prover, question: Question) -> Iterator[Step]:
    """One more option; and from an exclusive option to any that is not, or to a later exclusive one."""
    alone, chosen, make = adapter.alone(question), prover.encoder.chosen[question.id], prover.formulas
    names = [str(value) for value in chosen]
    free = [name for name in names if name not in alone]
    for name in free:
        others = {other: chosen[other] if other in free else FALSE for other in names if other != name}
        told, place = f"'{name}' as well", _place(question, name)
        fewer, more = {**others, name: FALSE}, {**others, name: TRUE}
        yield Step(question, _in_order(names, fewer), _in_order(names, more), told, place, make.any(others.values()))
    # "None of these" is last on the page but the mildest answer: a set has no order but "one more".
    for index, name in enumerate(names):
        for before in names:
            if before in alone and before != name and (name in free or names.index(before) < index):
                single, worse = prover.exactly(question, before), prover.exactly(question, name)
                yield Step(question, single, worse, f"{before} -> {name}", _place(question, name))


def _in_order(names: list[str], choice: dict[str, Formula]) -> Choice:
    return {name: choice[name] for name in names}


def _place(question: Question, option_id: object) -> SourceLocation:
    option = question.option(str(option_id))
    return question.where if option is None else option.where
