"""Answers -> Assessment: the result of the rules, with the reasons.

The level is the highest `at_least` of the true needs: never a sum, never an average, and never lowered by a fit. While
an alarm `now` is active there is no level.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.screening.engine.evaluate import Facts, evidence, named, undecided
from iop_tui.screening.engine.third_person import wording_for
from iop_tui.screening.model.answers import Answer, Known, plain
from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.content import CannotTell
from iop_tui.screening.model.definition import Alarm, Fit, Need, Question, Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.screening.search.completions import Completions
from iop_tui.screening.search.level_range import LevelRange
from iop_tui.screening.search.representatives import probes


class ActiveAlarm(Struct, frozen=True):
    """An active alarm, and the answers that raised it."""

    alarm: Alarm
    answers: Mapping[str, Known]


class Reason(Struct, frozen=True):
    """A true need, and the answers that made it true."""

    need: Need
    answers: Mapping[str, Known]


class Fitting(Struct, frozen=True):
    """A true fit, and the answers that made it true."""

    fit: Fit
    answers: Mapping[str, Known]


class RelevantQuestion(Struct, frozen=True):
    """A relevant open question: the levels it could lead to, the alarms it could raise, and those of them that it would
    raise without any other answer. `spread` is how many further levels stay possible after an answer, on average over
    the answers worth trying.
    """

    question: Question
    could_change: tuple[Level, ...]
    could_alarm: tuple[Alarm, ...] = ()
    would_alarm: tuple[Alarm, ...] = ()
    spread: float = 0.0


class Assessment(Struct, frozen=True):
    """The result of the rules for one person's answers."""

    screening: Screening
    level: Level | None
    """The least care that could meet every true need; None while an alarm `now` is active."""
    could_be: tuple[Level, ...]
    """From the level with open questions at their mildest to the level with them at their worst; empty without
    a level.
    """
    cannot_tell: tuple[CannotTell, ...]
    """The true rules of `cannot_tell`: too much is open to name a level to ask about first; none without a level."""
    alarms: tuple[ActiveAlarm, ...]
    reasons: tuple[Reason, ...]
    """The true needs, the most intensive first."""
    first_steps: tuple[str, ...]
    """Ids of steps that come before any program, each once."""
    possible_steps: tuple[str, ...]
    """Ids of further steps that an open question may call for: nobody should go without one because an answer is
    missing.
    """
    fits: tuple[Fitting, ...]
    unknown: tuple[RelevantQuestion, ...]


def assess(
    screening: Screening,
    answers: Mapping[str, Answer],
    *,
    in_full: bool = True,
    stop: Callable[[], bool] | None = None,
) -> Assessment:
    """The result of the rules, in the respondent's wording. Hidden answers are not used. Raises KeyError for an unknown
    question.

    Not `in_full`, the assessment has no `unknown` and none of the answers behind rules: these cost the most. With many
    open questions, finding what is unknown takes some milliseconds, in a large screening more: `stop` cancels it, and
    `completions.Stopped` is raised.
    """
    screening = wording_for(screening, answers)
    facts = Facts(screening, answers)
    possible = Completions(screening, stop=stop)
    sheet = possible.counting(answers)
    known = sheet.answers
    read = possible.rules(sheet)
    needs_hold, alarms_hold, fits_hold = (
        list(zip(screening.needs, read[0], strict=True)),
        list(zip(screening.alarms, read[1], strict=True)),
        zip(screening.fits, read[2], strict=True),
    )
    behind = evidence if in_full else _nothing
    alarms = tuple(ActiveAlarm(alarm, behind(alarm.when, facts)) for alarm, holds in alarms_hold if holds)
    reasons = sorted(
        (Reason(need, behind(need.when, facts)) for need, holds in needs_hold if holds),
        key=lambda reason: -screening.rank(reason.need.at_least),
    )
    fits = tuple(Fitting(fit, behind(fit.when, facts)) for fit, holds in fits_hold if holds)
    stopped = any(raised.alarm.urgency == "now" for raised in alarms)
    open_needs = [need for need, holds in needs_hold if holds is None]
    open_alarms = [alarm for alarm, holds in alarms_hold if holds is None]
    levels = LevelRange(possible, open_needs)
    least, rank = screening.least, screening.ranks.__getitem__
    sure = max((need.at_least for need, holds in needs_hold if holds and need.at_least), key=rank, default=least)
    most = max((need.at_least for need in open_needs if need.at_least), key=rank, default=least)
    # While an alarm stops everything, other possibilities are shown to nobody.
    settled = stopped or rank(most) <= rank(sure)
    low, high = (sure, sure) if settled else levels.between(sheet, (sure, most))
    cannot_tell = () if stopped else tuple(r for r in screening.care.cannot_tell if _holds(r, screening, low, high))
    first_steps = dict.fromkeys(step for reason in reasons for step in reason.need.first)
    open_steps = [
        step
        for need in (() if stopped else open_needs)
        if any(step not in first_steps for step in need.first) and possible.holds(need.when, known)
        for step in need.first
        if step not in first_steps
    ]
    return Assessment(
        screening=screening,
        level=None if stopped else low,
        could_be=() if stopped else screening.levels_between(low, high),
        cannot_tell=cannot_tell,
        alarms=alarms,
        reasons=tuple(reasons),
        first_steps=tuple(first_steps),
        possible_steps=tuple(dict.fromkeys(open_steps)),
        fits=fits,
        unknown=() if stopped or not in_full else _matters(levels, open_needs, open_alarms, known, facts, (low, high)),
    )


def _holds(rule: CannotTell, screening: Screening, low: Level, high: Level) -> bool:
    rank = screening.ranks
    return rank[low] <= rank[rule.level] and rank[high] >= rank[rule.could_be]


def _nothing(_condition: Condition, _facts: Facts) -> Mapping[str, Known]:
    return {}


def _matters(
    levels: LevelRange,
    unsettled: Sequence[Need],
    open_alarms: Sequence[Alarm],
    known: Mapping[str, Answer],
    facts: Facts,
    within: tuple[Level, Level],
) -> tuple[RelevantQuestion, ...]:
    """Each open question by itself: would some answer narrow the range of levels, or raise an alarm?"""
    possible, (low, high) = levels.possible, within
    screening = possible.screening
    open_needs = [need.when for need in unsettled if screening.rank(need.at_least) > screening.rank(low)]
    here = possible.sheet(known)
    hinges = [
        (alarm, undecided(alarm.when, facts))
        for alarm in open_alarms
        if possible.reached(possible.goal((alarm.when,)), here) is not None
    ]
    asked = {
        question.id: question
        for question in possible.open_questions([*open_needs, *(alarm.when for alarm in open_alarms)], known)
        if facts.shown(question.id) is True
    }
    gates = [question.show_if for question in screening.questions if question.show_if is not None]
    matters = []
    for question in asked.values():
        answers = probes(question, (*open_needs, *(alarm.when for alarm in open_alarms), *gates))
        sheets = [possible.sheet({**known, question.id: answer}) for answer in answers]
        ranges = [levels.between(sheet, within) for sheet in sheets] if low != high else []
        # Whether the possible levels depend on which answer is given.
        could_change = screening.levels_between(low, high) if len(set(ranges)) > 1 else ()
        spread = sum(screening.rank(most) - screening.rank(least) for least, most in ranges) / (len(ranges) or 1)
        # A possible alarm is so with some answer to each question that it depends on. If another open question could
        # raise it, too, both are named: naming a danger twice is better than not at all.
        could_alarm = tuple(alarm for alarm, names in hinges if question.id in names)
        if could_change or could_alarm:
            ahead = possible.limited_to(_with_opened(question, screening, facts))
            would_alarm = tuple(alarm for alarm in could_alarm if ahead.holds(alarm.when, known))
            matters.append(RelevantQuestion(question, could_change, could_alarm, would_alarm, spread))
    if low != high and not any(matter.could_change for matter in matters):
        # No single answer narrows the range, but several together would: each of them is named.
        before = {matter.question.id: matter for matter in matters}
        together = [q for q in possible.open_questions(open_needs, known) if facts.shown(q.id) is True]
        named = {question.id: question for question in (*together, *(matter.question for matter in matters))}
        change = {question.id: screening.levels_between(low, high) for question in together}
        matters = [
            replace(before.get(q.id, RelevantQuestion(q, ())), could_change=change.get(q.id, ()))
            for q in named.values()
        ]
    return tuple(matters)


def _with_opened(question: Question, screening: Screening, facts: Facts) -> frozenset[str]:
    """The question and those that an answer to it can open: a broad question hides no danger behind itself."""
    gated = ((each.id, each.show_if) for each in screening.questions if each.show_if is not None)
    opened = (name for name, gate in gated if question.id in named(gate) and facts.shown(name) is not True)
    return frozenset({question.id, *opened})


def as_document(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain data, for JSON: only the answers that made each rule true."""
    screening = assessment.screening

    def document(answers: Mapping[str, Known]) -> dict[str, Any]:
        told = {name: plain(answer) for name, answer in answers.items()}
        return {name: list(answer) if isinstance(answer, tuple) else answer for name, answer in told.items()}

    return {
        "screening": {
            "id": screening.manifest.id,
            "version": screening.manifest.version,
            "sha256": screening.sha256,
        },
        "notice": {
            "opening": screening.manifest.disclaimer.opening,
            "closing": screening.manifest.disclaimer.closing,
        },
        "level": assessment.level,
        "could_be": list(assessment.could_be),
        "alarms": [
            {
                "id": raised.alarm.id,
                "urgency": raised.alarm.urgency,
                "page": raised.alarm.page,
                "because": raised.alarm.because,
                "answers": document(raised.answers),
            }
            for raised in assessment.alarms
        ],
        "first_steps": list(assessment.first_steps),
        "possible_steps": list(assessment.possible_steps),
        "reasons": [
            {
                "need": reason.need.id,
                "at_least": reason.need.at_least,
                "because": reason.need.because,
                "answers": document(reason.answers),
            }
            for reason in assessment.reasons
        ],
        "fits": [
            {
                "id": fitting.fit.id,
                "because": fitting.fit.because,
                "suggests": fitting.fit.suggests,
                "answers": document(fitting.answers),
            }
            for fitting in assessment.fits
        ],
        "unknown": [
            {
                "question": matter.question.id,
                "could_change": list(matter.could_change),
                "could_alarm": [alarm.id for alarm in matter.could_alarm],
            }
            for matter in assessment.unknown
        ],
    }
