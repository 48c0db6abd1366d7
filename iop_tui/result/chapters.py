"""The chapters behind the card: why, the kinds of care compared, what to do, the first call, making it fit, who to
call.
"""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.result.blocks import Block, CallLine, CallLines, Entries, Entry, Row, Section, Table, Talk, Turn, Words
from iop_tui.result.card import call_line, page_lines
from iop_tui.result.model import ComparedLevel, Result, Verdict
from iop_tui.result.priorities import (
    ADVICE,
    ALWAYS,
    CALL,
    HINGE,
    LINE,
    LOCAL,
    ON_REQUEST,
    OPEN,
    REASON,
    STEP,
    TABLE,
    TIP,
)
from iop_tui.result.sentences import danger_open, hinge, least_care, open_question, said, tell, whom_to_call
from iop_tui.screening.i18n.language import _
from iop_tui.site.settings import Site

TIPS = 5
"""So many tips are told: nobody follows nineteen."""
PAYING = 4
"""So many items of advice on paying and the like are told in a file."""
URGENT = 2
"""So many of the phone lines are never cut."""
OPEN_TOLD = 5
"""So many open questions are told in a file."""


def why(result: Result, *, told_later: bool) -> Section:
    """Why this level, and what could not be told. The answers stand behind each reason, unless `told_later`."""
    return Section("why", _title(result), tuple(_why(result, told_later=told_later)), REASON)


def compare(result: Result) -> Section:
    """The kinds of care as a table."""
    heads = tuple(level.care.short for level in result.levels)
    verdict = Row("verdict", _("For you"), tuple(_verdict(result, level) for level in result.levels), TABLE)
    rows = [verdict]
    main = {row.id for row in result.screening.care.compare if row.main}
    for row in result.screening.care.compare:
        cells = tuple(level.care.compare[row.id] for level in result.levels)
        rows.append(Row(row.id, row.text, cells, TABLE + 1 if row.id in main or not main else ON_REQUEST))
    lit = next((at for at, level in enumerate(result.levels) if level.verdict is Verdict.FIRST), None)
    what = (
        Entry(f"{level.care.name}: {level.care.what}", level.care.id, priority=ON_REQUEST) for level in result.levels
    )
    blocks: tuple[Block, ...] = (
        Table(heads, tuple(sorted(rows, key=lambda row: row.priority)), lit if result.settled else None),
        Entries("", tuple(what)),
    )
    return Section("compare", _("The kinds of care, side by side"), blocks, TABLE)


def todo(result: Result, site: Site) -> Section:
    """Everything to do, in order, with its texts."""
    entries: list[Entry] = []
    for page in {raised.page.id: raised.page for raised in result.alarms}.values():
        own = (site.crisis[page.id],) if page.id in site.crisis else ()
        entries.append(Entry(page.title, page.id, (*own, *page.do), "danger", STEP))
    for step in result.steps:
        title = step.title
        if not step.sure:
            title = tell(result, _("You may also need this: {step}"), _("They may also need this: {step}"))
            title = title.format(step=step.title)
        always = step.sure and (step.covers or not entries)
        entries.append(Entry(title, step.id, (step.text,), priority=ALWAYS if always else STEP))
    advice = (given for given in result.advice if given.chapter == "todo")
    entries += [Entry(given.title, given.id, given.items, priority=ADVICE + at) for at, given in enumerate(advice)]
    return Section("todo", _("What to do, in this order"), (Entries("", tuple(entries), numbered=True),), STEP)


def call(result: Result, site: Site) -> Section:
    """The first call, rehearsed. What two turns of one side say stands together."""
    turns: list[Turn] = []
    for side in result.call:
        if turns and turns[-1].you is side.you:
            turns[-1] = Turn(side.you, f"{turns[-1].text} {side.text}")
        else:
            turns.append(Turn(side.you, side.text))
    whom = whom_to_call(result, site)
    blocks: list[Block] = [Words(f"{whom.name}: {whom.reach}", "strong", CALL)] if whom else []
    blocks.append(Talk(_("They say"), _("You say"), tuple(turns)))
    return Section("call", _("Your first call"), tuple(blocks), CALL)


def fit(result: Result) -> Section:
    """A few tips, then paying and what may stand in the way."""
    tips = tuple(
        Entry(tip.text, tip.id, (tip.because,), priority=TIP + at) for at, tip in enumerate(result.tips[:TIPS])
    )
    blocks: list[Block] = [Entries(_("What to ask for"), tips)] if tips else []
    for given in (given for given in result.advice if given.chapter == "fit"):
        items = (
            Entry(text, given.id, priority=TIP + TIPS if at < PAYING else ON_REQUEST)
            for at, text in enumerate(given.items)
        )
        blocks.append(Entries(given.title, tuple(items)))
    return Section("fit", _("Making it fit"), tuple(blocks), TIP)


def who(result: Result, site: Site) -> Section:
    """Whom to call: in danger the lines of its pages, near before far, then those that the answers make relevant."""
    urgent = [line.id for line in (*page_lines(result)[:1], *result.lines[:URGENT])]
    told = {line.id: call_line(line, ALWAYS if line.id in urgent else LINE) for line in page_lines(result)}
    for line, own in zip(site.lines, site.phones, strict=True):
        told[line.id] = CallLine(line.id, own.name, own.reach, own.about or "", LOCAL)
    for line in result.lines:
        told.setdefault(line.id, call_line(line, ALWAYS if line.id in urgent else LINE))
    return Section("who", _("Who to call"), (CallLines(tuple(told.values())),))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _title(result: Result) -> str:
    if result.settled and result.level is not None:
        return _("Why we say {level}").format(level=result.screening.levels[result.level].short)
    return _("Why we can't tell yet")


def _why(result: Result, *, told_later: bool) -> Iterator[Block]:
    reasons = [reason for reason in result.reasons if reason.level == result.level and reason.level is not None]
    lesser = [reason for reason in result.reasons if reason.level not in (result.level, None)]
    if reasons:
        yield Entries(
            "",
            tuple(
                Entry(r.text, r.id, () if told_later else tuple(map(said, r.answers)), priority=REASON + at)
                for at, r in enumerate(reasons)
            ),
        )
    else:
        yield Words(_("Nothing you told us asks for more than this."), priority=REASON)
    if maybe := least_care(result):
        yield Words(maybe, "strong", REASON)
    if turning := hinge(result):
        yield Words(turning, priority=HINGE)
    if lesser:
        yield Entries(
            _("This counts, too"),
            tuple(
                Entry(r.text, r.id, () if told_later else tuple(map(said, r.answers)), priority=ON_REQUEST)
                for r in lesser
            ),
        )
    if result.open:
        if left_open := danger_open(result):
            yield Words(left_open, "danger", OPEN)
        order = ("now", "today", None, "talk")
        asked = sorted(result.open, key=lambda question: order.index(question.danger))
        yield Entries(
            _("What we could not tell"),
            tuple(
                Entry(q.ask, q.question, (open_question(result, q),), priority=OPEN if at < OPEN_TOLD else ON_REQUEST)
                for at, q in enumerate(asked)
            ),
        )


def _verdict(result: Result, level: ComparedLevel) -> str:
    if level.verdict is Verdict.FIRST:
        return _("Ask about this first") if result.settled else _("The least that it could be")
    if level.verdict is Verdict.POSSIBLE:
        return _("Ask about this too")
    if level.verdict is Verdict.NOT_ENOUGH:
        return _("Probably not enough right now")
    return _("Probably more than you need")
