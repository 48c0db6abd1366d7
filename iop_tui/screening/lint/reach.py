"""Parts of a screening that cannot change a result: options nobody asks for, needs overruled, levels out of reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iop_tui.screening.assess import Assessment
from iop_tui.screening.conditions import atoms, hangs_on
from iop_tui.screening.kinds import Level
from iop_tui.screening.lint.stated import conditions_of
from iop_tui.screening.logic import All, Condition, Is, Not, Score
from iop_tui.screening.model import Need, Screening
from iop_tui.screening.possible import Possible
from iop_tui.screening.problems import Report


def options(screening: Screening, report: Report) -> None:
    """Note options that no condition names, beside the first one of a question: whoever chooses them gets what the
    first one gets.
    """
    named: dict[str, set[str]] = {}
    scored: set[str] = set()
    for stated in conditions_of(screening):
        for atom in atoms(stated.condition):
            if isinstance(atom, Is):
                named.setdefault(atom.question, set()).update(atom.options)
            elif isinstance(atom, Score):
                scored.update(atom.questions)
    for question in screening.questions:
        for option in question.options[1:]:
            counts = option.weight > 0 and question.id in scored
            if option.kept_for or option.alone or counts or option.id in named.get(question.id, ()):
                continue
            report.warn(
                option.where,
                f"question {question.id!r}: no rule or condition asks for the option {option.id!r}, so choosing it "
                "changes nothing; use it, leave it out, or say with 'kept_for' why it can be chosen",
                "unused-option",
            )


def overruled(screening: Screening, seen: Iterable[Assessment], report: Report) -> None:
    """Note needs that change nothing: whenever one holds, another asks for more care, and it adds no first step.

    `seen` are results that answers do lead to: what they show need not be searched for.
    """
    shown = {
        reason.need.id
        for result in seen
        for reason in result.reasons
        if reason.need.at_least and result.reasons[0].need.at_least is reason.need.at_least
    }
    for need in screening.needs:
        if need.at_least is None or need.first or need.id in shown:
            continue
        higher = [other.when for other in screening.needs if _rank(other) > need.at_least.rank]
        ours = hangs_on(screening, need.when)
        # A need about other questions can be avoided by the answers to these.
        beside = [condition for condition in higher if ours & hangs_on(screening, condition)]
        if beside and not Possible(screening).holds(_only(need.when, beside), {}):
            report.warn(
                need.where,
                f"need {need.id!r}: whenever it holds, another need asks for more care, and it adds no first step; "
                "leave it out, or look at what its conditions leave out",
                "overruled",
            )


def levels(screening: Screening, seen: Iterable[Assessment], report: Report) -> None:
    """Note levels of care that no answers lead to. `seen` are results that answers do lead to."""
    reached = {result.level for result in seen}
    stops = [alarm.when for alarm in screening.alarms if alarm.urgency == "now"]
    for level in Level:
        if level in reached or level not in screening.levels:
            continue
        above = [need.when for need in screening.needs if _rank(need) > level.rank]
        here = [need.when for need in screening.needs if need.at_least is level]
        if level is Level.OUTPATIENT:
            can = Possible(screening).avoids([*above, *stops], {})
        else:
            can = any(Possible(screening).holds(_only(when, [*above, *stops]), {}) for when in here)
        if not can:
            why = "no need asks for it" if not here and level is not Level.OUTPATIENT else "no answers lead there"
            report.add(screening.levels[level].where, f"level {level.value!r}: {why}", "unreachable-level")


# ---- inside ----------------------------------------------------------------------------------------------------------


def _only(condition: Condition, others: Sequence[Condition]) -> Condition:
    return All((condition, *(Not(other) for other in others)))


def _rank(need: Need) -> int:
    return need.at_least.rank if need.at_least else -1
