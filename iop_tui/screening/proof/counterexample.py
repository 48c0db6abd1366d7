"""Smallest counterexamples to a promise. They are checked by running the program: the solver only proposes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from iop_tui.screening.assessment.assess import Assessment, assess
from iop_tui.screening.engine.evaluate import Facts, named, truth
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.proof.answer_sheet import Sheet

Shows = Callable[[Assessment, Assessment], bool]
"""Whether the assessments of two people break a promise."""


def smallest_pair(
    screening: Screening,
    shared: Mapping[str, Answer],
    one: Sheet,
    other: Sheet,
    shows: Shows,
    *,
    in_full: bool = False,
) -> tuple[Sheet, Sheet] | None:
    """Two people who share as few answers as possible and differ in those given; None if running the program does not
    confirm it. `in_full` if `shows` looks at unknown results.
    """

    def still(answers: Mapping[str, Answer]) -> bool:
        first, second = {**answers, **one}, {**answers, **other}
        return shows(_run(screening, first, in_full=in_full), _run(screening, second, in_full=in_full))

    common = {name: answer for name, answer in shared.items() if name not in one.keys() | other.keys()}
    if not still(common):
        return None
    behind = _behind(screening, {**common, **one}) | _behind(screening, {**common, **other})
    least = smallest(common, still, behind)
    return _asked(screening, {**least, **one}), _asked(screening, {**least, **other})


def smallest_person(
    screening: Screening, sheet: Sheet, shows: Callable[[Assessment], bool], when: Condition | None = None
) -> Sheet | None:
    """One person for whom a condition is true, with as few answers as possible; None if running the program does not
    confirm it.
    """

    def still(answers: Mapping[str, Answer]) -> bool:
        holds = when is None or truth(when, Facts(screening, answers)) is True
        return holds and shows(_run(screening, answers))

    if not still(sheet):
        return None
    return _asked(screening, smallest(sheet, still, _behind(screening, sheet)))


def smallest(sheet: Sheet, still: Callable[[Sheet], bool], behind: Iterable[str]) -> Sheet:
    """A minimal set of answers for which it is still so, with as few options of several as possible. Answers on which
    the result depends are tried alone first.
    """
    left = fewest(sheet, still, behind)
    for name, answer in list(left.items()):
        for simpler in _simpler(answer):
            if still({**left, name: simpler}):
                left[name] = simpler
                break
    return left


def fewest(sheet: Sheet, still: Callable[[Sheet], bool], behind: Iterable[str] = ()) -> Sheet:
    """A minimal set of whole answers for which it is still so."""
    wanted = set(behind)
    few = {name: answer for name, answer in sheet.items() if name in wanted}
    left = few if still(few) else dict(sheet)
    for name in reversed(list(left)):
        less = {other: answer for other, answer in left.items() if other != name}
        if still(less):
            left = less
    return left


# ---- inside ----------------------------------------------------------------------------------------------------------


def _simpler(answer: Answer) -> Iterator[Answer]:
    """Each option of several by itself, then the answer with one option less."""
    if isinstance(answer, tuple) and len(answer) > 1:
        yield from ((option,) for option in answer)
        yield from (tuple(other for other in answer if other != option) for option in answer)


def _behind(screening: Screening, sheet: Mapping[str, Answer]) -> set[str]:
    """The answers that make rules true, and those because of which their questions are shown."""
    got = assess(screening, sheet)
    todo = [name for raised in got.alarms for name in raised.answers]
    todo += [name for reason in got.reasons for name in reason.answers]
    found: set[str] = set()
    while todo:
        name = todo.pop()
        gate = screening.question(name).show_if
        if name not in found and gate is not None:
            todo.extend(named(gate))
        found.add(name)
    return found


def _run(screening: Screening, sheet: Mapping[str, Answer], *, in_full: bool = False) -> Assessment:
    return assess(screening, sheet, in_full=in_full)


def _asked(screening: Screening, sheet: Mapping[str, Answer]) -> Sheet:
    """The answers to shown questions, in order: no others change a result."""
    return Facts(screening, sheet).live()
