"""The surviving mutants, and the fewest example people who would kill them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.assessment.case_yaml import expected
from iop_tui.screening.assessment.cases import UNWRITTEN, Case, run_case
from iop_tui.screening.authoring.mutation.kill_matrix import Person, Watch, people, unnoticed
from iop_tui.screening.authoring.mutation.mutants import Mutant, mutants
from iop_tui.screening.authoring.mutation.witness import Witness, Witnesses, silent_ones
from iop_tui.screening.engine.evaluate import Facts
from iop_tui.screening.model.content import CannotTell
from iop_tui.screening.model.definition import Fit, Screening


class Suggestion(Struct, frozen=True):
    """A person who would notice: `case` is what to write, `like` the most similar person.

    With nothing `changed` it is enough to add to `expect` in the case of `like`; if `same`, the changed answers go into
    its `same_for`.
    """

    case: Case
    like: Case
    changed: tuple[str, ...]
    same: bool
    notices: tuple[Mutant, ...]


class Survey(Struct, frozen=True):
    """The result of mutation testing. Mutants that are not listed were killed."""

    tried: int
    people: int
    failing: int
    """Example people left out, because they do not get their expected result."""
    suggested: tuple[Suggestion, ...]
    unfounded: tuple[Mutant, ...]
    """Mutants for which no killing answers were found."""
    explained: tuple[Mutant, ...]
    """The same, of rules that explain it with `no_case`."""

    @property
    def survivors(self) -> int:
        """The number of mutants that are neither killed nor explained."""
        return sum(len(suggestion.notices) for suggestion in self.suggested) + len(self.unfounded)


def silent(said: str) -> None:
    """Ignore progress."""


def survey(screening: Screening, cases: Sequence[Case], progress: Callable[[str], None] = silent) -> Survey:
    """Weaken every rule in turn, and find the survivors. `progress` is called repeatedly."""
    # For a proxy respondent only the wording differs, which is not compared.
    plain = replace(screening, manifest=replace(screening.manifest, for_other=None))
    everybody = people(plain, cases)
    tried = tuple(mutants(plain))
    left = []
    for done, mutant in enumerate(tried):
        progress(f"{done} of {len(tried)} changes tried")
        if unnoticed(plain, mutant, everybody):
            left.append(mutant)
    # A person in danger makes a poor example for anything but an alarm.
    models = sorted((case for case in cases if not case.variant), key=lambda case: bool(case.expect.alarms))
    suggested, nobody = _suggested(plain, left, models, progress)
    explained = tuple(mutant for mutant in nobody if mutant.rule.no_case)
    unfounded = tuple(mutant for mutant in nobody if not mutant.rule.no_case)
    return Survey(len(tried), len(everybody), len(cases) - len(everybody), suggested, unfounded, explained)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _suggested(
    screening: Screening, left: Sequence[Mutant], cases: Sequence[Case], progress: Callable[[str], None]
) -> tuple[tuple[Suggestion, ...], tuple[Mutant, ...]]:
    """People who notice what is left: one who notices several is named once."""
    new: list[tuple[Suggestion, Person, list[Mutant]]] = []
    nobody = []
    for done, mutant in enumerate(left):
        progress(f"{done} of {len(left)} survivors looked into")
        watch = Watch(screening, mutant)
        helpful = next((noticed for _, person, noticed in new if watch.notices(person)), None)
        if helpful is not None:
            helpful.append(mutant)
            continue
        found = _best(screening, mutant, watch, cases, len(new) + 1)
        if found is None:
            nobody.append(mutant)
        else:
            new.append((found, Person(found.case, Facts(screening, found.case.answers)), [mutant]))
    return tuple(replace(found, notices=tuple(noticed)) for found, _, noticed in new), tuple(nobody)


def _best(screening: Screening, mutant: Mutant, watch: Watch, cases: Sequence[Case], number: int) -> Suggestion | None:
    """Who would notice with the least to write: in a case that is there, as another entry of one, or a new case."""
    ways: tuple[Iterable[Witness], ...]
    if isinstance(mutant.rule, CannotTell):
        ways = (silent_ones(screening, cases),)
    else:
        search = Witnesses(screening, mutant, cases)
        if not search.can_be():
            return None
        ways = (search.near(), search.far())
    for found in ways:
        first = None
        for near in found:
            for same in (True, False) if near.changed else (False,):
                case = _entry(near) if same else _new(screening, near, mutant, number)
                if run_case(case, screening) or not watch.notices(Person(case, Facts(screening, case.answers))):
                    continue
                suggestion = Suggestion(case, near.like, near.changed, same, (mutant,))
                if same or not near.changed:
                    return suggestion
                first = first or suggestion
        if first is not None:
            return first
    return None


def _entry(near: Witness) -> Case:
    """The person with other answers, who must get the same result."""
    return replace(near.like, answers=near.answers)


def _new(screening: Screening, near: Witness, mutant: Mutant, number: int) -> Case:
    """A case with these answers, which must get the result that it gets now."""
    like, got, facts = near.like, assess(screening, near.answers, in_full=False), Facts(screening, near.answers)
    pins_fits = isinstance(mutant.rule, Fit) or like.expect.fits is not None
    expect = expected(got, mutant.where, fits=pins_fits)
    own = {
        name: answer for name, answer in near.answers.items() if like.usual.get(name) != answer and facts.shown(name)
    }
    return Case(
        id=f"{mutant.rule.id[:50]}_{number}",
        story=UNWRITTEN,
        answers={**like.usual, **own},
        expect=expect,
        where=mutant.where,
        usual=like.usual,
        own=dict.fromkeys(own, mutant.where),
    )
