"""Conditions that no answers can make true, and those that every answer makes true."""

from __future__ import annotations

from collections.abc import Iterable

from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.authoring.lint.all_conditions import OwnedCondition, conditions_of
from iop_tui.screening.engine.evaluate import Facts, truth
from iop_tui.screening.model.condition import Not
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Report
from iop_tui.screening.search.completions import Completions


def fires(screening: Screening, report: Report, seen: Iterable[Assessment] = (), some: Iterable[Facts] = ()) -> None:
    """Report rules that no answers can make true, those that every answer makes true, and the same of gates.

    `seen` are results that answers lead to, `some` the facts of a few answers: what these show need not be searched
    for.
    """
    fired, few = _fired(seen), tuple(some)
    for stated in conditions_of(screening):
        never, always = _SAID.get(stated.noun, ("no answers can make it hold", ""))
        # Each search has its own budget, and past it answers "possible": then nothing is reported.
        shown = (truth(stated.condition, facts) for facts in few)
        can = (stated.noun, stated.name) in fired or any(holds is True for holds in shown)
        if not can and not Completions(screening).holds(stated.condition, {}):
            report.add(stated.where, f"{stated.about}: {never}", _kind(stated))
        elif not always or any(truth(stated.condition, facts) is False for facts in few):
            continue
        elif not Completions(screening).holds(Not(stated.condition), {}):
            report.add(stated.where, f"{stated.about}: {always}", "always-fires")


# ---- inside ----------------------------------------------------------------------------------------------------------

_RULE = (
    "no answers can make this rule fire; look at what its conditions ask for together",
    "every answer makes this rule fire; look at what its conditions leave out",
)
_SAID = {
    "question": ("no answers can make show_if hold", "every answer makes show_if hold; leave it out"),
    "alarm": _RULE,
    "need": _RULE,
    "fit": _RULE,
    "promise": ("no answers can be what it speaks of", ""),
    "notice": ("no answers can make this notice show", ""),
    "advice": ("no answers can make this advice show", ""),
    "an item of the advice": ("no answers can make this item show", ""),
    "a turn of the first call": ("no answers can make anyone say it", ""),
    "line": ("no answers can make a summary name this line", ""),
}
"""Noun -> the sentence if it is never true, and the one if it is always true; empty if that is no mistake."""


def _kind(stated: OwnedCondition) -> str:
    return "never-asked" if stated.noun == "question" else "never-fires"


def _fired(seen: Iterable[Assessment]) -> set[tuple[str, str]]:
    fired: set[tuple[str, str]] = set()
    for result in seen:
        fired.update(("alarm", raised.alarm.id) for raised in result.alarms)
        fired.update(("need", reason.need.id) for reason in result.reasons)
        fired.update(("fit", fitting.fit.id) for fitting in result.fits)
    return fired
