"""What the rules say of a call, in words for a record: the third person, every rule with its id and source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from iop_tui.call.model import Call, Judgment
from iop_tui.call.words import said
from iop_tui.export.parts import Change, Danger, Open, Opinion, Result, Rule, Step, Turning
from iop_tui.screening.answers import Answer, Known
from iop_tui.screening.assess import Assessment, Matter
from iop_tui.screening.kinds import Level
from iop_tui.screening.language import _
from iop_tui.screening.model import Alarm, Screening
from iop_tui.screening.nearest import Lever, Nearest, Turn


def level_name(screening: Screening, level: Level) -> str:
    """A level in the words of the screening."""
    return screening.levels[level].name if level in screening.levels else level.value


def result(assessment: Assessment) -> Result:
    """The program's result as a sentence."""
    screening, level, could_be = assessment.screening, assessment.level, assessment.could_be
    if level is None:
        says = _("No level of care while an alarm stands that stops the questions.")
    elif len(could_be) > 1:
        says = _("At least {low}. It could be up to {high}: some answers are not known.").format(
            low=level_name(screening, level), high=level_name(screening, could_be[-1])
        )
    else:
        says = _("Ask about {level} first.").format(level=level_name(screening, level))
    return Result(says, level, could_be)


def dangers(
    call: Call,
    told: Screening,
    assessment: Assessment,
    protocol: Mapping[str, Sequence[str]],
    possible: Sequence[Alarm],
) -> tuple[Danger, ...]:
    """The alarms that stand, those that may, and those that stood, in this order."""
    standing = {raised.alarm.id: raised for raised in assessment.alarms}
    perhaps = [alarm.id for alarm in possible if alarm.id not in standing]
    before = [*(raising.alarm for raising in call.raisings), *(tick.alarm for tick in call.ticks)]
    alarms = {alarm.id: alarm for alarm in told.alarms}
    found = []
    for name in dict.fromkeys((*standing, *perhaps, *before)):
        alarm, raised = alarms.get(name), standing.get(name)
        ticks = tuple(tick for tick in call.ticks if tick.alarm == name)
        done = {tick.step for tick in ticks}
        found.append(
            Danger(
                id=name,
                urgency=alarm.urgency if alarm else None,
                says=alarm.because if alarm else _("The screening does not have this alarm any more."),
                stands=raised is not None,
                raisings=tuple(raising for raising in call.raisings if raising.alarm == name),
                answers=_behind(assessment.screening, raised.answers) if raised else (),
                source=alarm.source if alarm else "",
                ticks=ticks,
                undone=tuple(step for step in protocol.get(name, ()) if step not in done),
                possible=name in perhaps,
            )
        )
    return tuple(found)


def opinions(call: Call, assessment: Assessment) -> tuple[Opinion, ...]:
    """The counselor's judgments, the one that counts first."""
    return tuple(
        Opinion(_judged(each, assessment), each.reason, each.at, each.by, each.agrees, each.level)
        for each in reversed(call.judgments)
    )


def reasons(told: Screening, assessment: Assessment) -> tuple[Rule, ...]:
    """The needs that hold."""
    needs = {need.id: need for need in told.needs}
    return tuple(
        Rule(
            id=reason.need.id,
            says=needs[reason.need.id].because,
            source=reason.need.source,
            answers=_behind(assessment.screening, reason.answers),
            at_least=level_name(told, reason.need.at_least) if reason.need.at_least else "",
            first=tuple(told.first_steps[step].title for step in reason.need.first),
        )
        for reason in assessment.reasons
    )


def fits(told: Screening, assessment: Assessment) -> tuple[Rule, ...]:
    """The practical matters that hold."""
    every = {fit.id: fit for fit in told.fits}
    return tuple(
        Rule(
            id=fitting.fit.id,
            says=every[fitting.fit.id].because,
            source=fitting.fit.source or "",
            answers=_behind(assessment.screening, fitting.answers),
            suggests=every[fitting.fit.id].suggests,
        )
        for fitting in assessment.fits
    )


def steps(told: Screening, assessment: Assessment) -> tuple[Step, ...]:
    """What comes before any program: surely, then perhaps."""
    named = [(name, False) for name in assessment.first_steps] + [(name, True) for name in assessment.possible_steps]
    return tuple(
        Step(name, told.first_steps[name].title, told.first_steps[name].text, perhaps) for name, perhaps in named
    )


def unknown(assessment: Assessment, answers: Mapping[str, Answer]) -> tuple[Open, ...]:
    """What stayed unknown and matters."""
    return tuple(
        Open(matter.question.id, matter.question.ask, " ".join(_could(assessment.screening, matter, answers)))
        for matter in assessment.unknown
    )


def turnings(screening: Screening, nearest: Nearest | None) -> tuple[Turning, ...]:
    """What would lead to a higher level and to a lower one."""
    if nearest is None:
        return ()
    both = ((nearest.up, nearest.why_up, _("Higher")), (nearest.down, nearest.why_down, _("Lower")))
    found: list[Turning] = []
    for first, why, way in both:
        turns = (first, *first.beyond) if first is not None else ()
        found.extend(_turning(screening, turn, way) for turn in turns)
        if not turns and why:
            found.append(Turning(f"{way}: {why}"))
    return tuple(found)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _behind(screening: Screening, answers: Mapping[str, Known]) -> tuple[tuple[str, str], ...]:
    return tuple((name, said(screening.question(name), answer)) for name, answer in answers.items())


def _judged(judgment: Judgment, assessment: Assessment) -> str:
    screening, level = assessment.screening, judgment.level
    name = level_name(screening, level) if level else _("no level")
    if not judgment.agrees:
        return _("Differs from the program: {level}.").format(level=name)
    if level is assessment.level:
        return _("Agrees with the program.")
    # The record must not say that somebody agreed to what they never saw.
    return _("Agreed when the program's result was: {level}. The result is another one now.").format(level=name)


def _could(screening: Screening, matter: Matter, answers: Mapping[str, Answer]) -> Iterator[str]:
    """What an open question could lead to, and how it was left open."""
    if matter.question.id in answers:
        yield _("Answered: {answer}.").format(answer=said(matter.question, answers[matter.question.id]))
    else:
        yield _("Not answered.")
    if matter.could_change:
        levels = ", ".join(_short(screening, level) for level in matter.could_change)
        yield _("Could lead to: {levels}.").format(levels=levels)
    if matter.could_alarm:
        alarms = ", ".join(f"{alarm.id} ({alarm.urgency})" for alarm in matter.could_alarm)
        yield _("Could raise an alarm: {alarms}.").format(alarms=alarms)


def _short(screening: Screening, level: Level) -> str:
    return screening.levels[level].short if level in screening.levels else level.value


def _turning(screening: Screening, turn: Turn, way: str) -> Turning:
    says = _("{way}, to {level}, if:").format(way=way, level=level_name(screening, turn.level))
    if not turn.whole:
        says = _("{way}, to {level}, if (there may be other ways):").format(
            way=way, level=level_name(screening, turn.level)
        )
    return Turning(
        says, turn.level, tuple(tuple(_change(screening, lever) for lever in levers) for levers in turn.ways), turn.more
    )


def _change(screening: Screening, lever: Lever) -> Change:
    question = screening.question(lever.question.id)
    now = _("not answered") if lever.now is None else said(question, lever.now)
    return Change(question.id, question.ask, now, said(question, lever.then))
