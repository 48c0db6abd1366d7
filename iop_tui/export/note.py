"""The note for the record, as blocks: the most important first and in short, the rest as an appendix.

A supervisor looks for danger and what was done about it; a receiving program for the level, the judgment and the
reasons; an auditor for who, when, and the version of the rules. What the first two need comes before the appendix.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from iop_tui.export.appendix import appendix
from iop_tui.export.note_blocks import Block, Field, Heading, Item, Para, part
from iop_tui.export.note_forms import form_parts, forms_at_a_glance
from iop_tui.export.note_wording import clock, lasted, moment, named, quoted, referred
from iop_tui.export.report import Report
from iop_tui.export.report_model import Opinion, ReportedAlarm, Rule
from iop_tui.screening.assessment.call_sentences import ended
from iop_tui.screening.english import counted


def note(report: Report) -> Iterator[Block]:
    """The blocks of the note."""
    yield Heading("Screening note", 0)
    if report.notice:
        yield Para(report.notice)
    yield Para(report.opening)
    yield from _glance(report)
    yield from part("Safety answers", (Field(named(each.question), each.says) for each in report.safety))
    yield from part("Alarms, and what was done", _dangers(report))
    yield from part("Note on the call", [Para(report.note)] if report.note.strip() else [])
    yield from part("Why: the rules that fired", _reasons(report))
    yield from part("Before any program", _steps(report))
    unknown = (Item(f"{each.ask} {each.could}") for each in report.unknown)
    yield from part("What is not known, and matters", unknown)
    yield from part("Practical matters", (_fit(report, rule) for rule in report.fits))
    yield from form_parts(report)
    yield from appendix(report)
    yield Para(report.review)
    yield Para(report.closing)
    if report.notice:
        yield Para(report.notice)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _glance(report: Report) -> Iterator[Block]:
    yield Field("Reference", report.reference or "none")
    call = f"{moment(report, report.began)}, {lasted(report.seconds)} on the line, {_states()[report.state]}"
    yield Field("Call", call)
    if report.screening.manifest.for_other is not None:
        yield Field("Who answered", _who(report))
    yield Field("Alarms", _counted(report.dangers) or "none")
    yield Field("Level by the rules", report.result.says)
    if not report.opinions:
        yield Field("Counselor's judgment", "not recorded")
    for number, opinion in enumerate(report.opinions):
        yield Field("Judgment before that" if number else "Counselor's judgment", _opinion(report, opinion))
    if report.forms:
        yield Field("Forms beside the screening", forms_at_a_glance(report))
    if report.changed:
        yield Para(_changed(report))


def _who(report: Report) -> str:
    if report.for_other is None:
        return "the caller; for themselves or for someone else is not known"
    return "the caller, for someone else" if report.for_other else "the caller, for themselves"


def _counted(dangers: Iterable[ReportedAlarm]) -> str:
    counts = Counter(_kind(danger) for danger in dangers)
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def _kind(danger: ReportedAlarm) -> str:
    if danger.active:
        return _urgency(danger)
    return "possible" if danger.possible else "no longer active"


def _opinion(report: Report, opinion: Opinion) -> str:
    who = f"({opinion.by}, {clock(report, opinion.at)})"
    reason = f"Reason: {opinion.reason}" if opinion.reason else ""
    return " ".join(each for each in (opinion.says, reason, who) if each)


def _changed(report: Report) -> str:
    used, present = report.used, report.present
    if used.version != present.version or used.id != present.id:
        others = "The call was made with {then}. The rules are now those of {now}.".format(
            then=f"{used.id} {used.version}", now=f"{present.id} {present.version}"
        )
    else:
        others = "The questions or rules were changed since the call, under the same version {version}.".format(
            version=f"{used.id} {used.version}"
        )
    rest = (
        "The answers below are in the words of the call; the program's result, its reasons and alarms are under the "
        "present rules."
    )
    return f"{others} {rest}"


def _states() -> dict[str, str]:
    return {"open": "not finished", "call_back": "to call back", "finished": "finished"}


def _urgency(danger: ReportedAlarm) -> str:
    return danger.urgency.upper() if danger.urgency else "ALARM"


# ---- alarms ----------------------------------------------------------------------------------------------------------


def _dangers(report: Report) -> Iterator[Block]:
    first: dict[str, str] = {}
    for danger in report.dangers:
        known = referred(report, f"alarm {danger.id}", danger.source)
        yield Item(f"{_urgency(danger)}: {danger.says} {known}")
        yield Item(" ".join(_history(report, danger)), 1)
        if not (danger.active or danger.alarm_events or danger.ticks):
            continue
        shared = danger.page or danger.id
        if shared in first:
            yield Item(f"Steps: listed under {first[shared]}, in one list.", 1)
        elif steps := list(_checklist(report, [each for each in report.dangers if (each.page or each.id) == shared])):
            first[shared] = danger.id
            yield from steps


def _checklist(report: Report, dangers: Sequence[ReportedAlarm]) -> Iterator[Block]:
    """The checklist of alarms that share a page: each step once, with everyone who ticked it, or as not done."""
    ticks = sorted((tick for danger in dangers for tick in danger.ticks), key=lambda tick: tick.at)
    done: dict[str, list[str]] = {}
    for tick in ticks:
        done.setdefault(tick.step, []).append(f"{clock(report, tick.at)}, {tick.by}")
    for step, by in done.items():
        yield Item("Done {by}: {step}".format(by="; ".join(dict.fromkeys(by)), step=step), 1)
    undone = dict.fromkeys(step for danger in dangers for step in _owed(danger))
    if undone:
        every = len(undone) + len(done)
        yield Item("Not ticked off, {open} of {every}:".format(open=len(undone), every=counted(every, "step")), 1)
        yield from (Item(step, 2) for step in undone)


def _owed(danger: ReportedAlarm) -> tuple[str, ...]:
    """The steps that were due and not ticked: none for an alarm that was never active."""
    return danger.undone if danger.active or danger.alarm_events else ()


def _history(report: Report, danger: ReportedAlarm) -> Iterator[str]:
    if danger.possible:
        yield "It may be active: a question that leads to this one was not answered."
    for event in danger.alarm_events:
        at = clock(report, event.at)
        yield ended(f"Raised {at}: {event.raised_by}" if event.raised_by else f"Raised {at}")
        if event.cleared_at is not None:
            became = f"the answer became: {event.corrected_to}"
            to = became if event.corrected_to else "an answer was changed or taken back"
            yield ended(f"Fell {clock(report, event.cleared_at)}: {to}")
    if danger.active and not any(event.cleared_at is None for event in danger.alarm_events):
        yield "It is active under the present rules. Its time was not recorded."
    elif not danger.active and not danger.possible:
        yield "It is not active now."
    if danger.answers:
        yield f"Answers: {quoted(danger.answers)}."


# ---- the result ------------------------------------------------------------------------------------------------------


def _reasons(report: Report) -> Iterator[Block]:
    """The needs, grouped by level. Their answers can be understood without the appendix."""
    for level, rules in groupby(report.reasons, lambda rule: rule.at_least):
        yield Heading(f"At least {level}" if level else "Steps before any program", 2)
        for rule in rules:
            answers = [f"Answers: {quoted(rule.answers)}."] if rule.answers else []
            yield Item(" ".join([rule.says, *answers, referred(report, rule.id, rule.source)]))


def _fit(report: Report, rule: Rule) -> Block:
    """A practical matter. Its sentence says what was answered; questions are given by their short names."""
    behind = ", ".join(named(question) for question, _said in rule.answers)
    known = f"{rule.id}: {behind}" if behind else rule.id
    return Item(f"{ended(rule.suggests)} {rule.says} {referred(report, known, rule.source)}")


def _steps(report: Report) -> Iterator[Block]:
    never = [step.title for step in report.steps if step.perhaps and not step.asked]
    for step in report.steps:
        if step.perhaps and not step.asked:
            continue
        title = f"Perhaps: {step.title}" if step.perhaps else step.title
        asked_for = ", ".join(rule.id for rule in report.reasons if step.title in rule.first)
        yield Item(f"{ended(title)} {step.text}" + (f" ({asked_for})" if asked_for else ""))
    if never:
        yield Item("Perhaps, depending on questions not asked: {titles}.".format(titles="; ".join(never)))
