"""The assessment of a call as text for a record: in the third person, each rule with its id and source."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from iop_tui.call.form_alarm import BECAUSE, FORM_ALARM, known_alarms, speaks_of_suicide, told_by_forms
from iop_tui.call.record import Call, FilledForm, Judgment
from iop_tui.call.stored_answers import said
from iop_tui.export.report_model import Open, Opinion, ReportedAlarm, ReportedOrphan, Result, Rule, Safety, Step
from iop_tui.screening.assessment.assess import Assessment, RelevantQuestion
from iop_tui.screening.engine.evaluate import Facts, named, undecided
from iop_tui.screening.model.answers import Answer, Known
from iop_tui.screening.model.definition import Alarm, Screening
from iop_tui.screening.model.field_types import Level


def level_name(screening: Screening, level: Level) -> str:
    """The screening's name of a level."""
    return screening.levels[level].name if level in screening.levels else level


def result(assessment: Assessment, *, answered: bool) -> Result:
    """The program's result, stated as a result of rules, never as advice. `answered`: whether any answer counts."""
    screening, level, could_be = assessment.screening, assessment.level, assessment.could_be
    if level is None:
        says = "none while an active alarm stops the questions."
        return Result(says, level, could_be)
    low, high = level_name(screening, level), level_name(screening, could_be[-1])
    parts = []
    if not answered:
        parts.append("No rule fired: nothing was answered")
    else:
        if not any(reason.need.at_least for reason in assessment.reasons):
            parts.append("No rule fired that asks for a level")
        parts.append(f"at least {low}")
    if level != could_be[-1]:
        parts.append(f"with what is unknown it could be up to {high}")
    return Result("; ".join(parts) + ".", level, could_be)


def dangers(
    call: Call,
    told: Screening,
    assessment: Assessment,
    protocol: Mapping[str, Sequence[str]],
    possible: Sequence[Alarm],
) -> tuple[ReportedAlarm, ...]:
    """The active alarms, the possible ones, and the cleared ones, in this order."""
    active = {raised.alarm.id: raised for raised in assessment.alarms}
    perhaps = [alarm.id for alarm in possible if alarm.id not in active]
    before = [*(event.alarm for event in call.alarm_events), *(tick.alarm for tick in call.ticks)]
    alarms = {alarm.id: alarm for alarm in known_alarms(told)}
    pages = {alarm.id: alarm.page for alarm in known_alarms(told)}
    # One checklist for each page: a step that was done for one alarm is done.
    done = {(pages.get(tick.alarm, tick.alarm), tick.step) for tick in call.ticks}
    found = []
    for name in dict.fromkeys((*([FORM_ALARM] if speaks_of_suicide(call) else []), *active, *perhaps, *before)):
        alarm, raised = alarms.get(name), active.get(name)
        reported = ReportedAlarm(
            id=name,
            urgency=alarm.urgency if alarm else None,
            page=alarm.page if alarm else "",
            says=alarm.because if alarm else "The screening does not have this alarm any more.",
            active=raised is not None,
            alarm_events=tuple(event for event in call.alarm_events if event.alarm == name),
            answers=_behind(assessment.screening, raised.answers) if raised else (),
            source=alarm.source if alarm else "",
            ticks=tuple(tick for tick in call.ticks if tick.alarm == name),
            undone=tuple(step for step in protocol.get(name, ()) if (pages.get(name, name), step) not in done),
            possible=name in perhaps,
        )
        found.append(_of_forms(reported, call) if name == FORM_ALARM else reported)
    return tuple(found)


def opinions(call: Call, assessment: Assessment) -> tuple[Opinion, ...]:
    """The counselor's judgments, the current one first."""
    return tuple(
        Opinion(_judged(each, assessment), each.reason, each.at, each.by, each.agrees, each.level)
        for each in reversed(call.judgments)
    )


def reasons(told: Screening, assessment: Assessment) -> tuple[Rule, ...]:
    """The needs that are true."""
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
    """The practical matters that are true."""
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


def safety(
    call: Call, told: Screening, facts: Facts, answers: Mapping[str, Answer], gone: Sequence[ReportedOrphan]
) -> tuple[Safety, ...]:
    """The questions that alarms with urgency `now` depend on, with their answers: a denial must be visible, and so must
    a gap. A question that other answers rule out is left out.
    """
    alarms = (alarm for alarm in told.alarms if alarm.urgency == "now")
    names = dict.fromkeys(name for alarm in alarms for name in named(alarm.when))
    orphaned = {each.line.question: each.line.said for each in gone}
    before = {name for event in call.alarm_events for name in event.questions}
    return tuple(
        Safety(name, _safety(call, facts, name, answers, orphaned, before))
        for name in names
        if facts.shown(name) is not False
    )


def steps(told: Screening, assessment: Assessment, facts: Facts, answers: Mapping[str, Answer]) -> tuple[Step, ...]:
    """The steps before any program: the certain ones, then the possible ones."""
    asked = {step for need in told.needs if undecided(need.when, facts) & answers.keys() for step in need.first}
    every = [(name, False) for name in assessment.first_steps] + [(name, True) for name in assessment.possible_steps]
    return tuple(
        Step(name, told.first_steps[name].title, told.first_steps[name].text, perhaps, asked=name in asked)
        for name, perhaps in every
    )


def unknown(assessment: Assessment, answers: Mapping[str, Answer]) -> tuple[Open, ...]:
    """The relevant questions that stayed open."""
    return tuple(
        Open(matter.question.id, matter.question.ask, " ".join(_could(assessment.screening, matter, answers)))
        for matter in assessment.unknown
    )


# ---- inside ----------------------------------------------------------------------------------------------------------


def _of_forms(reported: ReportedAlarm, call: Call) -> ReportedAlarm:
    """The alarm of forms, also where the screening has no page for it; with its answers, where they are not those that
    raised it.
    """
    known = {event.raised_by for event in reported.alarm_events}
    new = () if told_by_forms(call.forms) in known else (line for filled in call.forms for line in _danger(filled))
    return replace(reported, urgency="now", says=BECAUSE, active=speaks_of_suicide(call), answers=tuple(new))


def _danger(filled: FilledForm) -> Iterator[tuple[str, str]]:
    return ((f"{filled.title}: {line.ask}", line.said) for line in filled.suicide)


def _behind(screening: Screening, answers: Mapping[str, Known]) -> tuple[tuple[str, str], ...]:
    return tuple((name, said(screening.question(name), answer)) for name, answer in answers.items())


def _safety(
    call: Call,
    facts: Facts,
    name: str,
    answers: Mapping[str, Answer],
    orphaned: Mapping[str, str],
    before: Collection[str],
) -> str:
    if name in answers:
        said = call.answers[name].answer_text
        return said if facts.shown(name) else f"{said} (put down ahead, not counted)"
    if name in orphaned:
        return f"NO ANSWER NOW. Before the questions were changed: {orphaned[name]}"
    # It was asked, and raised an alarm.
    return "NO ANSWER NOW: it was taken back" if name in before else "NOT ASKED"


def _judged(judgment: Judgment, assessment: Assessment) -> str:
    screening, level = assessment.screening, judgment.level
    name = level_name(screening, level) if level else "no level"
    if not judgment.agrees and level is None:
        return "None of the levels."
    if not judgment.agrees:
        return f"Differs from the program: {name}."
    if level == assessment.level:
        return "Agrees with the program."
    # The record must not state agreement with a result that the counselor never saw.
    return f"Agreed when the program's result was: {name}. The result is another one now."


def _could(screening: Screening, matter: RelevantQuestion, answers: Mapping[str, Answer]) -> Iterator[str]:
    """What an open question could lead to, and whether it was skipped or answered "not sure"."""
    if matter.question.id in answers:
        yield f"Answered: {said(matter.question, answers[matter.question.id])}."
    else:
        yield "Not answered."
    if matter.could_change:
        levels = ", ".join(_short(screening, level) for level in matter.could_change)
        yield f"Could lead to: {levels}."
    if matter.could_alarm:
        alarms = ", ".join(f"{alarm.id} ({alarm.urgency})" for alarm in matter.could_alarm)
        yield f"Could raise an alarm: {alarms}."


def _short(screening: Screening, level: Level) -> str:
    return screening.levels[level].short if level in screening.levels else level
