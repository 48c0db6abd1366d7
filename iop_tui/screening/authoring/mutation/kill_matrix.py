"""Which example people kill which mutants.

A person kills a mutant if their expected result differs under it, compared as `check` compares it. Most pairs need no
new assessment: if a rule is decided for a person's answers, and decided the same way after the change, nothing that is
compared can differ.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from iop_tui.screening.assessment.cases import Case, run_case
from iop_tui.screening.authoring.mutation.mutants import Mutant, mutated
from iop_tui.screening.engine.evaluate import Facts, truth
from iop_tui.screening.model.content import CannotTell
from iop_tui.screening.model.definition import Alarm, Fit, Screening


class Person(Struct, frozen=True):
    """An example person, with the facts their answers make."""

    case: Case
    facts: Facts


def people(screening: Screening, cases: Iterable[Case]) -> tuple[Person, ...]:
    """The example people who get their expected result: the others prove nothing."""
    return tuple(Person(case, Facts(screening, case.answers)) for case in cases if not run_case(case, screening))


def unnoticed(screening: Screening, mutant: Mutant, everybody: Iterable[Person]) -> bool:
    """Whether the mutant survives."""
    watch = Watch(screening, mutant)
    return not any(map(watch.notices, everybody))


class Watch:
    """The check for one mutant."""

    def __init__(self, screening: Screening, mutant: Mutant) -> None:
        self._screening = screening
        self._mutant = mutant
        self._mutated: Screening | None = None

    def notices(self, person: Person) -> bool:
        """Whether the person's result differs from the expected one."""
        rule, changed = self._mutant.rule, self._mutant.changed
        if isinstance(rule, CannotTell) or isinstance(changed, CannotTell):
            # A weaker rule is true less often: only people whose result depends on it can notice.
            return person.case.expect.cannot_tell and self._differs(person)
        before = truth(rule.when, person.facts)
        same_condition = changed is not None and changed.when is rule.when
        after = before if same_condition else False if changed is None else truth(changed.when, person.facts)
        if before is False and after is False:
            return False
        if before is after and before is not None and not same_condition:
            return False
        fires = (before is True) != (after is True)
        if isinstance(rule, Alarm) and not same_condition:
            return fires
        if isinstance(rule, Fit):
            return fires and person.case.expect.fits is not None
        if fires and not isinstance(rule, Alarm) and person.case.expect.reasons is not None:
            return True
        return self._differs(person)

    def _differs(self, person: Person) -> bool:
        if self._mutated is None:
            self._mutated = mutated(self._screening, self._mutant)
        return bool(run_case(person.case, self._mutated))
