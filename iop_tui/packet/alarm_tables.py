"""The alarms by urgency, and each crisis page as a person sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iop_tui.packet.level_tables import RULE_SHARES, rule_cell
from iop_tui.packet.packet_model import (
    Block,
    Entries,
    Entry,
    Heading,
    Line,
    Remarks,
    Run,
    bullet,
    line,
    ref,
    said,
    strong,
)
from iop_tui.packet.packet_source import PacketSource
from iop_tui.packet.rule_lines import condition_lines, source_line, told_line
from iop_tui.screening.english import counted
from iop_tui.screening.model.content import CrisisPage
from iop_tui.screening.model.definition import Alarm

_URGENCIES = (
    (
        "now",
        "Now",
        "The questions stop. The page says what to do and whom to call; a person can only correct a mistake.",
    ),
    ("today", "Today", "The page is shown once, and the person may go on. Their result says it again."),
)


def alarm_blocks(source: PacketSource) -> Iterator[Block]:
    """The alarms, the most urgent first; then the pages that they show."""
    yield Heading("3. Alarms and crisis pages")
    for urgency, title, what in _URGENCIES:
        alarms = [alarm for alarm in source.screening.alarms if alarm.urgency == urgency]
        if alarms:
            yield Heading(f"{title}: {counted(len(alarms), 'alarm')}", 2)
            yield said(what)
            yield _table(alarms, source)
            yield Remarks(1)
    if source.screening.help.pages:
        yield Heading("Crisis pages, as a person sees them", 2)
        yield said(
            "Title first, then the opening sentence, what to do, and whom to call. Where a page has no opening "
            "sentence of its own, or the person may go on, the reason of the alarm stands there. Whoever answers for "
            "someone else reads the page with the sentences at its end in place of those that speak to “you”."
        )
        yield _pages(source)
        yield Remarks(3)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _table(alarms: Sequence[Alarm], source: PacketSource) -> Entries:
    told = {alarm.id: alarm for alarm in source.told.alarms} if source.told else {}
    entries = tuple(_alarm(alarm, told.get(alarm.id), source) for alarm in alarms)
    return Entries(("Alarm", "Active when", "What the person reads"), RULE_SHARES, entries)


def _alarm(alarm: Alarm, told: Alarm | None, source: PacketSource) -> Entry:
    page = source.screening.pages[alarm.page]
    sentence = [
        said(alarm.because),
        *told_line(alarm.because, told.because if told else None, source),
        said(f"Page {source.number('page', page.id)}: {page.title}"),
    ]
    notes = [*source_line(alarm.source, source, alarm.id)]
    if alarm.no_case:
        notes.append(said(f"Not shown in every part by an example person: {alarm.no_case}", "small"))
    cells = (
        rule_cell(source.number("alarm", alarm.id), own=alarm.own_reading),
        condition_lines(alarm.when, source),
        tuple(sentence),
    )
    return Entry(f"alarm.{alarm.id}", cells, tuple(notes), votes=True)


def _pages(source: PacketSource) -> Entries:
    told = source.told.pages if source.told else {}
    entries = tuple(_page(page, told.get(page.id), source) for page in source.screening.help.pages)
    return Entries(("Page", "What it says", "Whom to call"), (0.06, 0.56, 0.38), entries)


def _page(page: CrisisPage, told: CrisisPage | None, source: PacketSource) -> Entry:
    screening = source.screening
    words = [line(strong(page.title)), *told_line(page.title, told.title if told else None, source)]
    if page.lead is not None:
        words += [said(page.lead), *told_line(page.lead, told.lead if told else None, source)]
    for number, text in enumerate(page.do):
        words += [bullet(text), *told_line(text, told.do[number] if told else None, source)]
    proxy = source.proxy.pages[page.id]
    other = [text for text, own in zip((proxy.title, *proxy.do), (page.title, *page.do), strict=True) if text != own]
    if other:
        words.append(said(f"Told of someone else: {' '.join(_ended(text) for text in other)}", "small"))
    lines = (screening.phone_lines[name] for name in page.lines)
    call: list[Line] = [line(strong(f"{called.name}: "), called.reach) for called in lines]
    if page.brief:
        call += [
            said(f"On the card of a person who may go on: {page.brief}"),
            *told_line(page.brief, told.brief if told else None, source),
        ]
    shown = line(Run(_shown_by(page, source), "small"), ref(f"  [{page.id}]"))
    return Entry(
        f"page.{page.id}", (rule_cell(source.number("page", page.id), own=False), tuple(words), tuple(call)), (shown,)
    )


def _ended(text: str) -> str:
    """A title or sentence with its end, to stand before another."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _shown_by(page: CrisisPage, source: PacketSource) -> str:
    screening = source.screening
    alarms = [source.number("alarm", alarm.id) for alarm in screening.alarms if alarm.page == page.id]
    unsaid = [source.number("question", each.id) for each in screening.questions if each.if_unsaid == page.id]
    parts = [f"Shown by {', '.join(alarms)}." if alarms else "", ""]
    if unsaid:
        parts[1] = f"Shown once if one of these is left open: {', '.join(unsaid)}."
    return " ".join(part for part in parts if part) or "Nothing shows it."
