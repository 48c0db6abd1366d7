"""The note for the record, as blocks: what matters most first, in as few lines as say it, and the rest as an appendix.

A supervisor looks for danger and what was done about it; a receiving program for the level, the judgment and why; an
auditor for who, when, and by which version of the rules. What the first two need stands before the appendix.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from iop_tui.export.appendix import appendix
from iop_tui.export.blocks import Block, Field, Heading, Item, Para, part
from iop_tui.export.parts import Change, Danger, Opinion, Rule, Turning
from iop_tui.export.report import Report
from iop_tui.export.wording import clock, ended, lasted, moment, named, quoted, referred
from iop_tui.screening.language import _

_WAYS = 3
"""Ways to another level that a note tells; the data has them all."""


def note(report: Report) -> Iterator[Block]:
    """The blocks of the note."""
    yield Heading(_("Screening note: {title}").format(title=report.screening.manifest.title), 0)
    if report.notice:
        yield Para(report.notice)
    yield Para(report.opening)
    yield from _glance(report)
    yield from part(_("Alarms, and what was done"), _dangers(report))
    yield from part(_("Note on the call"), [Para(report.note)] if report.note.strip() else [])
    yield from part(_("Why: the rules that fired"), _reasons(report))
    yield from part(_("Before any program"), _steps(report))
    unknown = (Item(f"{each.ask} {each.could}") for each in report.unknown)
    yield from part(_("What is not known, and matters"), unknown)
    yield from part(_("What would change this"), (Item(_turning(report, each)) for each in report.turnings))
    yield from part(_("Practical matters"), (_fit(report, rule) for rule in report.fits))
    yield from appendix(report)
    yield Para(report.closing)
    if report.notice:
        yield Para(report.notice)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _glance(report: Report) -> Iterator[Block]:
    yield Field(_("Reference"), report.reference or _("none"))
    yield Field(_("Counselor"), report.by)
    call = _("{began}, {lasted} on the line, {state}").format(
        began=moment(report, report.began), lasted=lasted(report.seconds), state=_states()[report.state]
    )
    yield Field(_("Call"), call)
    yield Field(_("Alarms"), _counted(report.dangers) or _("none"))
    yield Field(_("Program's result"), report.result.says)
    if not report.opinions:
        yield Field(_("Counselor's judgment"), _("not recorded"))
    for number, opinion in enumerate(report.opinions):
        yield Field(_("Judgment before that") if number else _("Counselor's judgment"), _opinion(report, opinion))
    if report.changed:
        yield Para(_changed(report))


def _counted(dangers: Iterable[Danger]) -> str:
    counts = Counter(_kind(danger) for danger in dangers)
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def _kind(danger: Danger) -> str:
    if danger.stands:
        return _urgency(danger)
    return _("possible") if danger.possible else _("no longer standing")


def _opinion(report: Report, opinion: Opinion) -> str:
    who = _("({by}, {at})").format(by=opinion.by, at=clock(report, opinion.at))
    reason = _("Reason: {reason}").format(reason=opinion.reason) if opinion.reason else ""
    return " ".join(each for each in (opinion.says, reason, who) if each)


def _changed(report: Report) -> str:
    used, present = report.used, report.present
    if used.version != present.version or used.id != present.id:
        others = _("The call was made with {then}. The rules are now those of {now}.").format(
            then=f"{used.id} {used.version}", now=f"{present.id} {present.version}"
        )
    else:
        others = _("The questions or rules were changed since the call, under the same version {version}.").format(
            version=f"{used.id} {used.version}"
        )
    rest = _(
        "The answers below are in the words of the call; the program's result, its reasons and alarms are under the "
        "present rules."
    )
    return f"{others} {rest}"


def _states() -> dict[str, str]:
    return {"open": _("not finished"), "call_back": _("to call back"), "finished": _("finished")}


def _urgency(danger: Danger) -> str:
    return danger.urgency.upper() if danger.urgency else _("ALARM")


# ---- alarms ----------------------------------------------------------------------------------------------------------


def _dangers(report: Report) -> Iterator[Block]:
    before: dict[tuple[str, ...], str] = {}
    for danger in report.dangers:
        known = referred(report, _("alarm {id}").format(id=danger.id), danger.source)
        yield Item(_("{urgency}: {says} {known}").format(urgency=_urgency(danger), says=danger.says, known=known))
        yield Item(" ".join(_history(report, danger)), 1)
        for tick in danger.ticks:
            when = clock(report, tick.at)
            yield Item(_("Done {at}, {by}: {step}").format(at=when, by=tick.by, step=tick.step), 1)
        if danger.stands and danger.undone:
            yield from _undone(danger, before)


def _history(report: Report, danger: Danger) -> Iterator[str]:
    if danger.possible:
        yield _("It may stand: what leads to this question was not answered.")
    for raising in danger.raisings:
        at = clock(report, raising.at)
        if raising.fell is None:
            yield _("Raised {at}.").format(at=at)
        else:
            fell = clock(report, raising.fell)
            yield _("Raised {at}, fell {fell}: an answer was changed or taken back.").format(at=at, fell=fell)
    if danger.stands and not any(raising.fell is None for raising in danger.raisings):
        yield _("It stands under the present rules. No time was kept for it.")
    elif not danger.stands and not danger.possible:
        yield _("It does not stand now.")
    if danger.answers:
        yield _("Answers: {answers}.").format(answers=quoted(danger.answers))


def _undone(danger: Danger, before: dict[tuple[str, ...], str]) -> Iterator[Block]:
    """The steps that nobody ticked off; by reference where an alarm above has the same ones."""
    open_, every = len(danger.undone), len(danger.undone) + len({tick.step for tick in danger.ticks})
    if danger.undone in before:
        said = _("Not ticked off, {open} of {every} steps: the same as for {alarm}.")
        yield Item(said.format(open=open_, every=every, alarm=before[danger.undone]), 1)
        return
    before[danger.undone] = danger.id
    yield Item(_("Not ticked off, {open} of {every} steps:").format(open=open_, every=every), 1)
    for step in danger.undone:
        yield Item(step, 2)


# ---- the result ------------------------------------------------------------------------------------------------------


def _reasons(report: Report) -> Iterator[Block]:
    """The needs by the level that they ask for. Their answers can be understood without the appendix."""
    for level, rules in groupby(report.reasons, lambda rule: rule.at_least):
        yield Heading(_("At least {level}").format(level=level) if level else _("Steps before any program"), 2)
        for rule in rules:
            answers = [_("Answers: {answers}.").format(answers=quoted(rule.answers))] if rule.answers else []
            yield Item(" ".join([rule.says, *answers, referred(report, rule.id, rule.source)]))


def _fit(report: Report, rule: Rule) -> Block:
    """A practical matter. Its sentence says what was answered; the questions stand by their names alone."""
    behind = ", ".join(named(question) for question, _said in rule.answers)
    known = _("{id}: {questions}").format(id=rule.id, questions=behind) if behind else rule.id
    return Item(f"{ended(rule.suggests)} {rule.says} {referred(report, known, rule.source)}")


def _steps(report: Report) -> Iterator[Block]:
    for step in report.steps:
        title = _("Perhaps: {title}").format(title=step.title) if step.perhaps else step.title
        asked_for = ", ".join(rule.id for rule in report.reasons if step.title in rule.first)
        yield Item(f"{ended(title)} {step.text}" + (f" ({asked_for})" if asked_for else ""))


def _turning(report: Report, turning: Turning) -> str:
    """The ways in one text. Ways that differ in nothing but the answer to one question are told together."""
    told = {line.question for line in report.lines} | {asked.question for asked in report.open}
    ways: list[str] = []
    for alike, group in groupby(turning.ways[:_WAYS], lambda way: [(change.question, change.now) for change in way]):
        found = list(group)
        if len(alike) == 1:
            thens = _(", or ").join(f'"{change.then}"' for (change,) in found)
            ways.append(_change(found[0][0], thens, told))
        else:
            ways.extend(_(" and ").join(_change(each, f'"{each.then}"', told) for each in way) for way in found)
    said = f"{turning.says} {_('; or ').join(ways)}" if ways else turning.says
    more = turning.more + len(turning.ways[_WAYS:])
    if more:
        said += _("; or {count} more ways with as few answers").format(count=more)
    return ended(said)


def _change(change: Change, then: str, told: set[str]) -> str:
    # The appendix has the words of the questions that are asked now, and of no others.
    question = named(change.question) if change.question in told else change.ask
    return _("{question} {then} (now: {now})").format(question=question, then=then, now=change.now)
