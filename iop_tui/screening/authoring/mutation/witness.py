"""Find answers that kill a mutant, as close to those of an example person as possible."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.authoring.mutation.mutants import Mutant
from iop_tui.screening.engine.evaluate import Facts, depends_on, truth
from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.condition import All, Condition, Not
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.search.completions import Completions
from iop_tui.screening.search.representatives import trials

_PAIRS = 1_500
"""So many sets of two changed answers are tried beside one person; past that the slower search is used."""
_BESIDE = 4
"""Beside so many people are two answers changed."""
_EACH = 30
"""So many are looked at for each number of changed answers."""
_SILENT = 12
"""Of so many people each answer is left open, one at a time."""
_READINGS = 2_000
"""So often may conditions be read to see whether answers can still lead there; past that it is taken that they can."""


class Witness(Struct, frozen=True):
    """Answers that distinguish a mutant from the rule. `like` is the nearest person, `changed` the differences."""

    like: Case
    answers: Mapping[str, Answer]
    changed: tuple[str, ...]


def silent_ones(screening: Screening, cases: Sequence[Case]) -> Iterator[Witness]:
    """A few people who are not sure of one answer, then one who is not sure of any."""
    for case in cases[:_SILENT]:
        facts = Facts(screening, case.answers)
        for question in screening.questions:
            if facts.shown(question.id) is True:
                yield Witness(case, {**case.answers, question.id: Unknown.NOT_SURE}, (question.id,))
    for case in cases[:1]:
        names = tuple(question.id for question in screening.questions)
        yield Witness(case, dict.fromkeys(names, Unknown.NOT_SURE), names)


class Witnesses:
    """Find answers that distinguish one mutant from its rule."""

    def __init__(self, screening: Screening, mutant: Mutant, cases: Sequence[Case]) -> None:
        self._screening = screening
        self._cases = cases
        self._differs = mutant.differs
        ours = depends_on(screening, mutant.differs)
        self._unless = [condition for condition in mutant.unless if ours & depends_on(screening, condition)]
        self._full = All((mutant.differs, *(Not(condition) for condition in mutant.unless)))
        questions = [screening.questions[index] for index in sorted(ours)]
        conditions = _conditions(self._full, screening)
        self._domains = {question.id: trials(question, conditions) for question in questions}

    def can_be(self) -> bool:
        """Whether such answers can exist, as far as each pair of conditions shows."""
        if not Completions(self._screening).holds(self._differs, {}):
            return False
        return all(
            Completions(self._screening, _READINGS).holds(All((self._differs, Not(other))), {})
            for other in self._unless
        )

    def near(self) -> Iterator[Witness]:
        """Every case as it is, then with one answer changed, then the first few with two."""
        for size, some in ((0, self._cases), (1, self._cases), (2, self._cases[:_BESIDE])):
            yield from itertools.islice(self._beside(some, size), _EACH)

    def far(self) -> Iterator[Witness]:
        """Answers built one by one, as similar as possible to a person of each of the first files."""
        target = (self._differs, *(Not(condition) for condition in self._unless))
        for case in itertools.islice({id(case.usual): case for case in self._cases}.values(), 3):
            built = _built(self._screening, target, case)
            if built is not None:
                yield built

    def _beside(self, cases: Sequence[Case], size: int) -> Iterator[Witness]:
        for case in cases:
            for changes in itertools.islice(_changes(self._domains, size), _PAIRS):
                answers = {**case.answers, **changes}
                facts = Facts(self._screening, answers)
                if truth(self._full, facts) is True and all(facts.shown(name) for name in changes):
                    yield Witness(case, answers, tuple(changes))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _changes(domains: Mapping[str, Sequence[Known]], size: int) -> Iterator[dict[str, Known]]:
    for names in itertools.combinations(domains, size):
        for answers in itertools.product(*(domains[name] for name in names)):
            yield dict(zip(names, answers, strict=True))


def _built(screening: Screening, target: Sequence[Condition], case: Case) -> Witness | None:
    """Answers that make the whole target true, each as the person gave it if that is still possible."""
    readings = itertools.count()
    conditions = [condition for part in target for condition in _conditions(part, screening)]
    order = {part: sorted(depends_on(screening, part)) for part in target}

    def search(parts: Sequence[Condition], given: Mapping[str, Answer]) -> Mapping[str, Answer] | None:
        if next(readings) > _READINGS:
            return None
        facts = Facts(screening, given)
        read = [(part, truth(part, facts)) for part in parts]
        undecided = [part for part, holds in read if holds is None]
        if any(holds is False for _, holds in read):
            return None
        if not undecided:
            return given
        open_questions = (screening.questions[index] for index in order[undecided[0]])
        question = next((q for q in open_questions if q.id not in given and facts.shown(q.id) is not False), None)
        if question is None:
            return None
        theirs = case.answers.get(question.id)
        first = () if theirs is None or isinstance(theirs, Unknown) else (theirs,)
        for answer in dict.fromkeys((*first, *trials(question, conditions))):
            found = search(undecided, {**given, question.id: answer})
            if found is not None:
                return found
        return None

    given = search(target, {})
    if given is None:
        return None
    return Witness(
        case,
        {**case.answers, **given},
        tuple(name for name, answer in given.items() if case.answers.get(name) != answer),
    )


def _conditions(target: Condition, screening: Screening) -> list[Condition]:
    """The target, and the gates behind it."""
    gates = (screening.questions[index].show_if for index in depends_on(screening, target))
    return [condition for condition in (target, *gates) if condition is not None]
