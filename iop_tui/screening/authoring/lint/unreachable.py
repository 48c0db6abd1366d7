"""Parts of a screening that cannot change a result: options that no rule uses, overruled needs, unreachable levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iop_tui.screening.assessment.assess import Assessment, assess
from iop_tui.screening.authoring.lint.all_conditions import conditions_of
from iop_tui.screening.engine.evaluate import atoms, depends_on
from iop_tui.screening.model.condition import All, Condition, Is, Not, Score
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Report
from iop_tui.screening.search.completions import Completions


def options(screening: Screening, report: Report) -> None:
    """Report options that no condition names, beside the first one of a question: they have the same result as that
    one. A question of an imported form keeps the options that its author gave it.
    """
    named: dict[str, set[str]] = {}
    scored: set[str] = set()
    for stated in conditions_of(screening):
        if stated.noun == "promise":
            continue  # it changes nothing for whoever chooses the option
        for atom in atoms(stated.condition):
            if isinstance(atom, Is):
                named.setdefault(atom.question, set()).update(atom.options)
            elif isinstance(atom, Score):
                scored.update(atom.questions)
    for question in screening.questions:
        if question.link_id is not None:
            continue
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
    """Report needs that change nothing: whenever one is true, another asks for more care, and it adds no first step.

    `seen` are results that answers lead to: what they show need not be searched for.
    """
    shown = {
        reason.need.id
        for result in seen
        for reason in result.reasons
        if reason.need.at_least and result.reasons[0].need.at_least == reason.need.at_least
    }
    for need in screening.needs:
        if need.at_least is None or need.first or need.id in shown:
            continue
        higher = [
            other.when for other in screening.needs if screening.rank(other.at_least) > screening.rank(need.at_least)
        ]
        ours = depends_on(screening, need.when)
        # A need about other questions can be avoided by the answers to these.
        beside = [condition for condition in higher if ours & depends_on(screening, condition)]
        if beside and not Completions(screening).holds(_only(need.when, beside), {}):
            report.warn(
                need.where,
                f"need {need.id!r}: whenever it holds, another need asks for more care, and it adds no first step; "
                "leave it out, or look at what its conditions leave out",
                "overruled",
            )


def levels(screening: Screening, seen: Iterable[Assessment], report: Report) -> None:
    """Report levels of care that no answers lead to. `seen` are results that answers lead to."""
    reached = {result.level for result in seen}
    stops = [alarm.when for alarm in screening.alarms if alarm.urgency == "now"]
    for level in screening.levels:
        if level in reached:
            continue
        above = [need.when for need in screening.needs if screening.rank(need.at_least) > screening.rank(level)]
        here = [need.when for need in screening.needs if need.at_least == level]
        if level == screening.least:
            can = Completions(screening).avoids([*above, *stops], {})
        else:
            can = any(Completions(screening).holds(_only(when, [*above, *stops]), {}) for when in here)
        if not can:
            why = "no need asks for it" if not here and level != screening.least else "no answers lead there"
            report.add(screening.levels[level].where, f"level {level!r}: {why}", "unreachable-level")


def cannot_tell(screening: Screening, report: Report) -> None:
    """Report rules of `cannot_tell` that are never true, and those that another one implies."""
    rules, ranks = screening.care.cannot_tell, screening.ranks
    # With nothing answered, all levels are possible that any answers lead to.
    holding = {rule.id for rule in assess(screening, {}, in_full=False).cannot_tell}
    for rule in rules:
        about = f"cannot_tell rule {rule.id!r}"
        if rule.id not in holding:
            why = f"it never holds: no answers leave everything from {rule.level!r} to {rule.could_be!r} possible"
            report.add(rule.where, f"{about}: {why}", "never-fires")
        for other in rules:
            wider = ranks[other.level] >= ranks[rule.level] and ranks[other.could_be] <= ranks[rule.could_be]
            if other is not rule and wider:
                report.warn(rule.where, f"{about}: {other.id!r} holds whenever it does; leave it out", "overruled")
                break


# ---- inside ----------------------------------------------------------------------------------------------------------


def _only(condition: Condition, others: Sequence[Condition]) -> Condition:
    return All((condition, *(Not(other) for other in others)))
