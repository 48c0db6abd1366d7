"""The mutants of a rule: weaker versions, each by one small change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.screening.authoring.condition_text import as_yaml, listed, short
from iop_tui.screening.engine.evaluate import atoms
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score
from iop_tui.screening.model.content import CannotTell
from iop_tui.screening.model.definition import Alarm, Fit, Need, Screening, Section
from iop_tui.screening.model.field_types import SourceLocation

Rule = Alarm | Need | Fit | CannotTell
T = TypeVar("T")
_ANY = All(())


class Mutant(Struct, frozen=True, eq=False):
    """A weakened rule. A case can kill it by answers for which `differs` is true and none of `unless` is.

    A rule of `cannot_tell` depends on what is not answered: no condition describes who could kill its mutants.
    """

    rule: Rule
    changed: Rule | None
    """The changed rule; None if it was dropped."""
    change: str
    """The change, as the end of "nobody notices when …"."""
    where: SourceLocation
    differs: Condition
    unless: tuple[Condition, ...] = ()


def mutants(screening: Screening) -> Iterator[Mutant]:
    """All mutants of all rules, in the order of the files; those of `cannot_tell` come last."""
    for section in screening.sections:
        for rule in rules_of(section):
            yield Mutant(rule, None, "it is dropped", rule.where, rule.when)
            for condition, change, where in _weaker(rule.when):
                differs = AnyOf((All((rule.when, Not(condition))), All((condition, Not(rule.when)))))
                yield Mutant(rule, replace(rule, when=condition), change, where, differs)
            if isinstance(rule, Need):
                yield from _of_need(rule, screening)
            elif isinstance(rule, Alarm) and rule.urgency == "now":
                change = "it shows its page but lets the questions go on (urgency: today)"
                stops = tuple(o.when for o in screening.alarms if o is not rule and o.urgency == "now")
                yield Mutant(rule, replace(rule, urgency="today"), change, rule.where, rule.when, stops)
    for unsettled in screening.care.cannot_tell:
        yield from _of_cannot_tell(unsettled, screening)


def rules_of(section: Section) -> tuple[Alarm | Need | Fit, ...]:
    """The rules of a section."""
    return (*section.alarms, *section.needs, *section.fits)


def mutated(screening: Screening, mutant: Mutant) -> Screening:
    """The screening with one rule changed."""

    def swapped(rules: tuple[T, ...]) -> tuple[T, ...]:
        if not any(rule is mutant.rule for rule in rules):
            return rules
        changed = () if mutant.changed is None else (mutant.changed,)
        return tuple(new for rule in rules for new in (changed if rule is mutant.rule else (rule,)))  # type: ignore[misc]  # a rule is put in the place of one of its own kind

    sections = tuple(
        replace(section, alarms=swapped(section.alarms), needs=swapped(section.needs), fits=swapped(section.fits))
        if any(rule is mutant.rule for rule in rules_of(section))
        else section
        for section in screening.sections
    )
    care = replace(screening.care, cannot_tell=swapped(screening.care.cannot_tell))
    return replace(screening, sections=sections, care=care)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _of_need(need: Need, screening: Screening) -> Iterator[Mutant]:
    others = [other for other in screening.needs if other is not need]
    rank = screening.rank(need.at_least)
    if need.at_least is not None and rank > 0:
        lower = screening.care.levels[rank - 1].id
        as_high = [other.when for other in others if screening.rank(other.at_least) >= rank]
        stops = [alarm.when for alarm in screening.alarms if alarm.urgency == "now"]
        change = f"it asks for {lower} only, not {need.at_least}"
        yield Mutant(need, replace(need, at_least=lower), change, need.where, need.when, (*as_high, *stops))
    for step in need.first:
        left = tuple(other for other in need.first if other != step)
        also = tuple(other.when for other in others if step in other.first)
        change = f"the first step {step!r} is taken from it"
        yield Mutant(need, replace(need, first=left), change, need.where, need.when, also)


def _of_cannot_tell(rule: CannotTell, screening: Screening) -> Iterator[Mutant]:
    names = tuple(screening.levels)
    yield Mutant(rule, None, "it is dropped", rule.where, _ANY)
    for more in names[screening.rank(rule.could_be) + 1 :][:1]:
        change = f"it waits until {more} is possible, not {rule.could_be}"
        yield Mutant(rule, replace(rule, could_be=more), change, rule.where, _ANY)
    for less in names[: screening.rank(rule.level)][-1:]:
        change = f"it holds at {less} only, not at {rule.level}"
        yield Mutant(rule, replace(rule, level=less), change, rule.where, _ANY)


def _weaker(condition: Condition) -> Iterator[tuple[Condition, str, SourceLocation]]:
    """Each condition that differs by one small change, with a description of the change and its place."""
    if isinstance(condition, Is):
        for option in condition.options if len(condition.options) > 1 else ():
            left = tuple(other for other in condition.options if other != option)
            yield replace(condition, options=left), f"{option!r} is taken out of {as_yaml(condition)}", condition.where
    elif isinstance(condition, InRange):
        yield from _narrower(condition)
    elif isinstance(condition, Score):
        change = f"the score needs {condition.at_least + 1} instead of {condition.at_least}"
        yield replace(condition, at_least=condition.at_least + 1), change, condition.where
        for name in condition.questions if len(condition.questions) > 1 else ():
            left = tuple(other for other in condition.questions if other != name)
            change = f"{name!r} is taken out of the score over {listed(condition.questions)}"
            yield replace(condition, questions=left), change, condition.where
    elif isinstance(condition, Not):
        for inner, change, where in _weaker(condition.of):
            yield Not(inner), change, where
    else:
        yield from _of_several(condition)


def _narrower(condition: InRange) -> Iterator[tuple[Condition, str, SourceLocation]]:
    if condition.at_least is not None:
        change = f"'at_least' of {as_yaml(condition)} is one more"
        yield replace(condition, at_least=condition.at_least + 1), change, condition.where
    if condition.at_most is not None:
        change = f"'at_most' of {as_yaml(condition)} is one less"
        yield replace(condition, at_most=condition.at_most - 1), change, condition.where


def _of_several(condition: All | AnyOf | AtLeast) -> Iterator[tuple[Condition, str, SourceLocation]]:
    parts = condition.of
    word = "all" if isinstance(condition, All) else "any" if isinstance(condition, AnyOf) else "at_least"
    for index, part in enumerate(parts):
        where = next(atoms(part)).where
        if len(parts) > 1:
            change = f"the part {short(part)} of its '{word}' is dropped"
            yield _without(condition, index), change, where
        for inner, change, place in _weaker(part):
            yield replace(condition, of=(*parts[:index], inner, *parts[index + 1 :])), change, place
    if isinstance(condition, AtLeast) and condition.count < len(parts):
        change = f"{condition.count + 1} of {len(parts)} parts must hold instead of {condition.count}"
        yield replace(condition, count=condition.count + 1), change, next(atoms(condition)).where


def _without(condition: All | AnyOf | AtLeast, index: int) -> Condition:
    left = (*condition.of[:index], *condition.of[index + 1 :])
    if isinstance(condition, AtLeast):
        # Of n parts that must all hold the others still must.
        return AtLeast(min(condition.count, len(left)), left)
    return replace(condition, of=left)
