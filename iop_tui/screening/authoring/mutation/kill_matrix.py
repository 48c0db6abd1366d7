"""Which mutants the example people notice.

A person notices a mutant if the result that they must get differs under it, compared as `check` compares it. Most need
no new result for that: where a rule is decided for a person's answers, and decided the same after the change, nothing
that is compared can differ.
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
    """The example people who get the result that they must: nobody else can prove anything."""
    return tuple(Person(case, Facts(screening, case.answers)) for case in cases if not run_case(case, screening))


def unnoticed(screening: Screening, mutant: Mutant, everybody: Iterable[Person]) -> bool:
    """Whether nobody notices the mutant."""
    watch = Watch(screening, mutant)
    return not any(map(watch.notices, everybody))


class Watch:
    """One mutant, watched for."""

    def __init__(self, screening: Screening, mutant: Mutant) -> None:
        self._screening = screening
        self._mutant = mutant
        self._mutated: Screening | None = None

    def notices(self, person: Person) -> bool:
        """Whether the person's result is not what it must be."""
        rule, changed = self._mutant.rule, self._mutant.changed
        if isinstance(rule, CannotTell) or isinstance(changed, CannotTell):
            # Weaker, it says less: only whose result hangs on it can notice.
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
