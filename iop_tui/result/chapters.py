"""The chapters behind the card: why, the kinds of care compared, what to do, the first call, making it fit, who to
call.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from iop_tui.result.blocks import Block, CallLine, CallLines, Entries, Entry, Row, Section, Table, Talk, Turn, Words
from iop_tui.result.card import call_line
from iop_tui.result.model import ComparedLevel, LevelReason, Result, Verdict
from iop_tui.result.priorities import (
    ADVICE,
    ALWAYS,
    CALL,
    HINGE,
    IF_ROOM,
    LOCAL,
    ON_SCREEN,
    OPEN,
    REASON,
    STEP,
    TABLE,
    TIP,
)
from iop_tui.result.sentences import (
    danger_open,
    hinge,
    least_care,
    open_question,
    quoted,
    said,
    step_title,
    whom_to_call,
)
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import STANDARD, Site
from iop_tui.site.site_texts import staff_call

TIPS = 5
"""So many tips are told: nobody follows nineteen."""
PAYING = 2
"""So many items of advice on paying and the like are told in a file."""
OPEN_TOLD = 5
"""So many open questions are told in a file."""


def why(result: Result, *, told_later: bool) -> Section:
    """Why this level, with the answers behind each reason, and what could not be told. Of reasons that are `told_later`
    the card's are enough.
    """
    return Section("why", _title(result), tuple(_why(result, told_later=told_later)), REASON)


def compare(result: Result) -> Section:
    """The kinds of care as a table."""
    lit = next((at for at, level in enumerate(result.levels) if level.verdict is Verdict.FIRST), None)
    what = (Entry(f"{level.care.name}: {level.care.what}", level.care.id, priority=IF_ROOM) for level in result.levels)
    verdicts = [_verdict(result, level) for level in result.levels]
    table = comparison(result.screening, lit if result.settled else None, verdicts)
    table = replace(table, rows=tuple(sorted(table.rows, key=lambda row: row.priority)))
    return Section("compare", _("The kinds of care"), (table, Entries("", tuple(what))), TABLE)


def comparison(screening: Screening, lit: int | None, verdicts: Sequence[str] = ()) -> Table:
    """All rows of the comparison; over them, where there are any, the `verdicts` on each kind of care. `lit` is the
    column of the care to ask about first, from 0.
    """
    care, short = screening.care, any(row.main for row in screening.care.compare)
    rows = [Row("verdict", _("For you"), tuple(verdicts), ON_SCREEN)] if verdicts else []
    for row in care.compare:
        cells = tuple(level.compare[row.id] for level in care.levels)
        rows.append(Row(row.id, row.text, cells, ON_SCREEN if row.main or not short else IF_ROOM))
    return Table(tuple(level.short for level in care.levels), tuple(rows), lit)


def todo(result: Result, site: Site) -> Section:
    """Everything to do, in order, with its texts."""
    entries: list[Entry] = []
    for number, page in enumerate(result.pages):
        staff = (staff_call(site, result.screening),) if number == 0 and site != STANDARD else ()
        own = (site.crisis[page.id],) if page.id in site.crisis else ()
        details = (*staff, *own, *page.do)
        entries.append(Entry(page.title, page.id, details, "danger", ALWAYS if number == 0 else STEP - 1))
    # What a page of danger above says already is not told twice.
    for step in (step for step in result.steps if step.id not in result.covered_steps):
        always = step.sure and (step.covers or not entries)
        entries.append(Entry(step_title(result, step), step.id, (step.text,), priority=ALWAYS if always else STEP))
    advice = (given for given in result.advice if given.chapter == "todo")
    entries += [
        Entry(given.title, given.id, given.items, priority=ON_SCREEN if given.aside else ADVICE) for given in advice
    ]
    return Section("todo", _("What to do, in order"), (Entries("", tuple(entries), numbered=True),), STEP)


def call(result: Result, site: Site, *, told_later: bool) -> Section:
    """The first call, rehearsed. What two turns of one side say stands together. On paper it begins with what one says
    oneself: that they answer the phone is known.
    """
    turns: list[Turn] = []
    for side in result.call:
        if told_later and not turns and not side.you:
            continue
        if turns and turns[-1].you is side.you:
            turns[-1] = Turn(side.you, f"{turns[-1].text} {side.text}")
        else:
            turns.append(Turn(side.you, side.text))
    whom = whom_to_call(result, site)
    reached = result.say_to or (f"{whom.name}: {whom.reach}" if whom else "")
    blocks: list[Block] = [Words(reached, "strong", ON_SCREEN)] if reached else []
    blocks.append(Talk(_("They"), _("You"), tuple(turns)))
    return Section("call", _("Your first call"), tuple(blocks), CALL)


def fit(result: Result, *, told_later: bool) -> Section:
    """A few tips, then paying and what may stand in the way. Why stands behind each tip, unless `told_later`."""
    tips = tuple(
        Entry(tip.text, tip.id, () if told_later else (tip.because,), priority=TIP + at)
        for at, tip in enumerate(result.tips[:TIPS])
    )
    blocks: list[Block] = [Entries(_("What to ask for"), tips)] if tips else []
    for given in (given for given in result.advice if given.chapter == "fit"):
        items = (
            Entry(text, given.id, priority=TIP + TIPS if at < PAYING else ON_SCREEN)
            for at, text in enumerate(given.items)
        )
        blocks.append(Entries(given.title, tuple(items)))
    return Section("fit", _("Making it fit"), tuple(blocks), TIP)


def who(result: Result, site: Site) -> Section:
    """Whom to call: in danger the lines of its pages, near before far, then those that the answers make relevant."""
    # Those of a page that stands in place of the card are told there.
    named = result.page_lines if result.level is not None else ()
    told = {line.id: call_line(result, line) for line in named}
    for line, own in zip(site.lines, site.phones, strict=True):
        told[line.id] = CallLine(line.id, own.name, own.reach, own.about or "", LOCAL)
    there = result.page_lines if result.level is None else ()
    for line in result.lines:
        if line not in there:
            told.setdefault(line.id, call_line(result, line))
    if result.level is not None:
        # What each line of the screening is for, the page with all of them says.
        near = {line.id for line in site.lines}
        told = {name: line if name in near else replace(line, about="") for name, line in told.items()}
    return Section("who", _("Who to call"), (CallLines(tuple(told.values())),))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _title(result: Result) -> str:
    if result.settled and result.level is not None:
        return _("Why we say {level}").format(level=result.screening.levels[result.level].short)
    return _("Why we can't tell yet")


def _why(result: Result, *, told_later: bool) -> Iterator[Block]:
    if not told_later:
        yield from _reasons(result)
    if (turning := hinge(result)) and (not told_later or result.notices):
        yield Words(turning, priority=HINGE)
    order = ("now", "today", None, "talk")
    asked = sorted(result.open, key=lambda question: order.index(question.danger))
    entries = (
        Entry(
            quoted(question.ask),
            question.question,
            () if told_later else (open_question(result, question),),
            priority=OPEN if at < OPEN_TOLD else ON_SCREEN,
        )
        for at, question in enumerate(asked)
    )
    if asked:
        yield Entries(_("What we could not tell"), tuple(entries))


def _reasons(result: Result) -> Iterator[Block]:
    def entry(reason: LevelReason, priority: int) -> Entry:
        return Entry(reason.text, reason.id, tuple(map(said, reason.answers)), priority=priority)

    reasons = [reason for reason in result.reasons if reason.level == result.level]
    lesser = [reason for reason in result.reasons if reason.level not in (result.level, None)]
    if reasons:
        yield Entries("", tuple(entry(reason, REASON + at) for at, reason in enumerate(reasons)))
    else:
        yield Words(_("Nothing you told us asks for more than this."), priority=REASON)
    if maybe := least_care(result):
        yield Words(maybe, "strong", REASON)
    if lesser:
        yield Entries(_("This counts, too"), tuple(entry(reason, ON_SCREEN) for reason in lesser))
    if left_open := danger_open(result):
        yield Words(left_open, "danger", OPEN)


def _verdict(result: Result, level: ComparedLevel) -> str:
    if level.verdict is Verdict.FIRST:
        return _("Ask about this first") if result.settled else _("The least that it could be")
    if level.verdict is Verdict.POSSIBLE:
        return _("Ask about this too")
    if level.verdict is Verdict.NOT_ENOUGH:
        return _("Probably not enough")
    return _("Probably more than needed")
