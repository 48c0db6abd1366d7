"""What is wrong with a screening: rules that can never fire, questions never asked, example people who get another
result.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from iop_tui.screening.cases import load_cases, run_case
from iop_tui.screening.kinds import Where
from iop_tui.screening.load import load
from iop_tui.screening.logic import Condition, Not
from iop_tui.screening.model import Screening
from iop_tui.screening.possible import Possible
from iop_tui.screening.problems import Problem, Report, Unusable


class Checked(Struct, frozen=True):
    """What a check found. `screening` is None where it could not be loaded; then no case ran."""

    screening: Screening | None
    problems: tuple[Problem, ...]
    cases: int = 0


def load_sound(directory: Path) -> Screening:
    """The screening in a directory, every rule of which can fire. Raises Unusable with every problem found."""
    screening = load(directory)
    report = Report()
    _never(screening, report)
    report.close()
    return screening


def check(directory: Path) -> Checked:
    """Load a screening, look for every problem, run its example people."""
    try:
        screening = load(directory)
    except Unusable as unusable:
        return Checked(None, unusable.problems)
    report = Report()
    _never(screening, report)
    cases = load_cases(directory, screening, report)
    found = [*report.problems, *(problem for case in cases for problem in run_case(case, screening))]
    return Checked(screening, tuple(sorted(set(found))), len(cases))


def _never(screening: Screening, report: Report) -> None:
    """Note the rules that no answers can make fire, those that every answer makes fire, and the same of gates."""
    for about, condition, where, never, always in _conditions(screening):
        # Each search has a bound of its own, and past it errs to "possible": then nothing is noted.
        if not Possible(screening).holds(condition, {}):
            report.add(where, f"{about}: {never}")
        elif always and not Possible(screening).holds(Not(condition), {}):
            report.add(where, f"{about}: {always}")


def _conditions(screening: Screening) -> Iterator[tuple[str, Condition, Where, str, str]]:
    """What it belongs to, the condition, its place, the sentence if it never holds, the one if it always does."""
    never_fires = "no answers can make this rule fire; look at what its conditions ask for together"
    always_fires = "every answer makes this rule fire; look at what its conditions leave out"
    for question in screening.questions:
        if question.show_if is not None:
            never, always = "no answers can make show_if hold", "every answer makes show_if hold; leave it out"
            yield f"question {question.id!r}", question.show_if, question.where, never, always
    for noun, rules in (("alarm", screening.alarms), ("need", screening.needs), ("fit", screening.fits)):
        for rule in rules:
            yield f"{noun} {rule.id!r}", rule.when, rule.where, never_fires, always_fires
    for notice in screening.manifest.notices:
        yield f"notice {notice.id!r}", notice.when, notice.where, "no answers can make this notice show", ""
    for advice in screening.care.advice:
        if advice.when is not None:
            yield f"advice {advice.id!r}", advice.when, advice.where, "no answers can make this advice show", ""
