"""Levels on incomplete sheets, searched directly: is there a sheet on which a worse answer gives a lower level?

A level is the least over all completions, so the question alternates "there is" and "for all", and no quantifier-free
solver answers it at once. It is asked in rounds (counterexample-guided abstraction refinement: Clarke et al., 2000). A
round finds a sheet, and a completion after the step with a low level; the program checks whether the level before was
higher. If not, there is a completion before with a level as low, and from then on no sheet is accepted that has this
completion.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.engine.evaluate import Facts, truth
from iop_tui.screening.model.answers import Answer, Known
from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.proof import adapter
from iop_tui.screening.proof.answer_sheet import Sheet, known
from iop_tui.screening.proof.counterexample import fewest
from iop_tui.screening.proof.encoder import World
from iop_tui.screening.proof.formula import Formula, Formulas
from iop_tui.screening.search.completions import Completions

if TYPE_CHECKING:
    # It needs the solver, and a comparison works without.
    from iop_tui.screening.proof.prover import Prover


def falls(prover: Prover, before: World, after: World, name: str, here: Formula) -> tuple[Sheet, Sheet] | None:
    """A sheet before and after another answer to one question lowers its level. Two empty ones if there is none; None
    if the time ran out.
    """
    make = prover.formulas
    filled, link = _completed(prover, after, name)
    for rank in adapter.ranks(prover.screening)[1:]:
        asking = [need.when for need in prover.screening.needs if adapter.rank(prover.screening, need) >= rank]
        goal = make.both(here, link, -before.stopped(), -after.stopped(), -filled.needs(rank))
        while True:
            possible = prover.possible(goal)
            if possible is None:
                return None
            if not possible:
                break
            milder, worse = prover.sheet(before), prover.sheet(after)
            if _rank(prover.screening, worse) < _rank(prover.screening, milder):
                return milder, worse
            way = avoiding(prover.screening, asking, milder)
            if way is None:
                return None
            goal = make.both(goal, -agrees(make, before, way))
    return {}, {}


def level_of(screening: Screening, sheet: Mapping[str, Answer]) -> str:
    """The level of a sheet, or "none" while an alarm stops the questions."""
    return adapter.got_name(assess(screening, sheet, in_full=False))


def avoiding(screening: Screening, asking: list[Condition], sheet: Sheet) -> Mapping[str, Known] | None:
    """Answers that make some conditions false whatever else is answered, and that fit a sheet. As few as possible, with
    unchanged values, so that the sheet is excluded. None if the program's own search gave up.
    """
    found = Completions(screening).avoiding(asking, known(Facts(screening, sheet).live()))
    if found is None:
        return None

    def still(answers: Mapping[str, Answer]) -> bool:
        facts = Facts(screening, answers)
        return all(truth(condition, facts) is False for condition in asking)

    return known(fewest(dict(found), still)) if still(found) else None


def agrees(make: Formulas, world: World, way: Mapping[str, Known]) -> Formula:
    """No counting answer on the sheet of a world differs from a completion."""
    parts = []
    for name, answer in way.items():
        chosen = answer if isinstance(answer, tuple) else (answer,)
        same = make.all(here if value in chosen else -here for value, here in world.chosen(name).items())
        parts.append(make.either(-world.known(name), same))
    return make.all(parts)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _completed(prover: Prover, after: World, name: str) -> tuple[World, Formula]:
    """A completion of the sheet after the step, with its own answers where the step makes one not count."""
    make, encoder = prover.formulas, prover.encoder
    own = {question.id: encoder.fresh(question, "after") for question in encoder.gated_on[name]}
    linked = []
    for question in encoder.gated_on[name]:
        mine, theirs = own[question.id], after.chosen(question.id)
        same = make.all(-make.differ(mine[value], theirs[value]) for value in mine)
        linked += [encoder.allowed(question, mine), make.either(-after.known(question.id), same)]
    return prover.complete.changed({**own, name: after.chosen(name)}), make.all(linked)


def _rank(screening: Screening, sheet: Mapping[str, Answer]) -> int:
    rank = adapter.got_rank(assess(screening, sheet, in_full=False))
    return len(adapter.ranks(screening)) if rank is None else rank
