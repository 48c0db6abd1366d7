"""What the result tells besides the level: first steps, the levels compared, advice, suggestions, and other texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    said,
    strong,
)
from iop_tui.packet.packet_source import PacketSource
from iop_tui.packet.rule_lines import condition_lines, condition_runs, source_line, told_line
from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.content import Advice, CallTurn, Item, Term

_TWO = (0.5, 0.5)
_NAMED = (0.075, 0.565, 0.36)


def care_blocks(source: PacketSource) -> Iterator[Block]:
    """First steps, the levels compared, advice, practical suggestions."""
    yield Heading("5. What the result tells besides the level")
    if source.screening.care.first_steps:
        yield Heading("First steps, before any program", 2)
        yield _steps(source)
        yield Remarks(1)
    yield Heading("The levels of care, compared", 2)
    yield from _levels(source)
    yield Remarks(1)
    if source.screening.care.advice:
        yield Heading("Advice and tips", 2)
        yield _advice(source)
        yield Remarks(1)
    if source.screening.fits:
        yield Heading("Practical suggestions: they shape which program, never how much care", 2)
        yield _fits(source)
        yield Remarks(1)
    if source.screening.care.first_call:
        yield Heading("The first call, rehearsed", 2)
        yield from _call(source.screening.care.first_call, source.told.care.first_call if source.told else (), source)
    for number, other in enumerate(source.screening.care.other_calls):
        told = source.told.care.other_calls[number] if source.told else None
        yield Heading(f"Another first call, in its place: {other.whom}", 2)
        yield from told_line(other.whom, told.whom if told else None, source)
        yield Line((strong("Told when: "), *condition_runs(other.when, source)))
        yield from _call(other.turns, told.turns if told else (), source)


def line_blocks(source: PacketSource) -> Iterator[Block]:
    """The phone lines, each with its source and the day on which that was read."""
    screening = source.screening
    told = source.told.phone_lines if source.told else {}
    yield Heading("6. Phone lines")
    yield said(
        "Please dial or open each of them once. A number counts as old a year after the day on which it was checked."
    )
    entries = []
    for each in screening.help.lines:
        other = told.get(each.id)
        words = [line(strong(f"{each.name}: "), each.reach), said(each.about)]
        words += told_line(f"{each.name}: {each.reach}", f"{other.name}: {other.reach}" if other else None, source)
        words += told_line(each.about, other.about if other else None, source)
        for number, sentence in enumerate(each.expect):
            words += [bullet(sentence), *told_line(sentence, other.expect[number] if other else None, source)]
        facts = [line(strong("Checked: "), each.checked), *source_line(each.source, source, each.id)]
        if each.id in screening.help.always:
            facts.append(said("On every “who to call” page."))
        if each.when is not None:
            facts.append(Line((strong("A summary names it when: "), *condition_runs(each.when, source))))
        name = (said(source.number("line", each.id), "strong"),)
        entries.append(Entry(f"line.{each.id}", (name, tuple(words), tuple(facts)), votes=True))
    yield Entries(("Line", "As a person reads it", "Checked, source, and when"), (0.075, 0.525, 0.4), tuple(entries))
    yield Remarks(1)


def text_blocks(source: PacketSource) -> Iterator[Block]:
    """The first page, the sentences around every summary, notices, and the glossary."""
    manifest = source.screening.manifest
    told = source.told.manifest if source.told else None
    yield Heading("7. Other texts")
    yield Heading("First page and disclaimer", 2)
    welcome, other = manifest.welcome, told.welcome if told else None
    yield from _paired(welcome.lead, other.lead if other else None, source)
    for number, point in enumerate(welcome.points):
        yield from _paired(point, other.points[number] if other else None, source, mark="•")
    if welcome.about is not None:
        about = other.about if other else None
        yield from _paired(welcome.about.line, about.line if about else None, source)
        for number, point in enumerate(welcome.about.points):
            yield from _paired(point, about.points[number] if about else None, source, mark="•")
    for name, text, words in (
        ("Before a summary: ", manifest.disclaimer.opening, told.disclaimer.opening if told else None),
        ("After a summary: ", manifest.disclaimer.closing, told.disclaimer.closing if told else None),
    ):
        yield line(strong(name), text)
        yield from told_line(text, words, source)
    if manifest.notices:
        yield Heading("Notices", 2)
        yield _notices(source)
    if source.screening.glossary.terms:
        yield Heading("Glossary", 2)
        yield said("The sources of these words are on the page that iop-tui basis prints.", "small")
        yield _glossary(source)
    yield Remarks(1)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _paired(text: str, told: str | None, source: PacketSource, mark: str = "") -> Iterator[Line]:
    yield said(text, mark=mark)
    yield from told_line(text, told, source)


def _steps(source: PacketSource) -> Entries:
    told = source.told.first_steps if source.told else {}
    entries = []
    for step in source.screening.care.first_steps:
        other = told.get(step.id)
        words = [line(strong(step.title)), *told_line(step.title, other.title if other else None, source)]
        words += _paired(step.text, other.text if other else None, source)
        if step.brief:
            words += [line(strong("On the card: "), step.brief)]
            words += told_line(step.brief, other.brief if other else None, source)
        facts = [*source_line(step.source, source, step.id)]
        asking = [source.number("need", need.id) for need in source.screening.needs if step.id in need.first]
        if asking:
            facts.append(said(f"Asked for by {', '.join(asking)}.", "small"))
        if step.covers:
            facts.append(
                said(f"Stands for {', '.join(source.number('step', name) for name in step.covers)}, too.", "small")
            )
        name = (said(source.number("step", step.id), "strong"),)
        entries.append(Entry(f"step.{step.id}", (name, tuple(words), tuple(facts)), votes=True))
    return Entries(("No.", "As a person reads it", "Source"), _NAMED, tuple(entries))


def _levels(source: PacketSource) -> Iterator[Block]:
    screening = source.screening
    told = source.told.levels if source.told else {}
    rows = []
    for level in screening.care.levels:
        other = told.get(level.id)
        words = (line(strong(level.name)), *told_line(level.name, other.name if other else None, source))
        what = (*_paired(level.what, other.what if other else None, source), *source_line(level.source, source))
        rows.append(Entry(f"text.level.{level.id}", (words, what)))
    yield Entries(("Level", "What it is"), (0.25, 0.75), tuple(rows))
    first, share = 0.16, 0.84 / len(screening.care.levels)
    heads = ("", *(level.short for level in screening.care.levels))
    entries = []
    rows_told = {row.id: row.text for row in source.told.care.compare} if source.told else {}
    for row in screening.care.compare:
        cells = [(line(strong(row.text)), *told_line(row.text, rows_told.get(row.id), source))]
        for level in screening.care.levels:
            text, other = level.compare[row.id], told.get(level.id)
            cells.append((said(text), *told_line(text, other.compare[row.id] if other else None, source)))
        entries.append(Entry(f"row.{row.id}", tuple(cells)))
    if entries:
        yield Entries(heads, (first, *(share for _level in screening.care.levels)), tuple(entries))
    sourced = [row for row in screening.care.compare if row.source is not None]
    if sourced:
        told_rows = "; ".join(f"{row.text}: {source.cited(row.source or '').rstrip('.')}" for row in sourced)
        yield said(f"Sources of the rows: {told_rows}.", "small")


def _advice(source: PacketSource) -> Entries:
    told = {each.id: each for each in source.told.care.advice} if source.told else {}
    entries = tuple(_given(each, told.get(each.id), source) for each in source.screening.care.advice)
    return Entries(("No.", "As a person reads it", "For whom, and the source"), _NAMED, entries)


def _given(advice: Advice, told: Advice | None, source: PacketSource) -> Entry:
    words = [line(strong(advice.title)), *told_line(advice.title, told.title if told else None, source)]
    for number, item in enumerate(advice.items):
        words.append(Line((Run(item.text), *_only(item, source)), 0, "•"))
        words += told_line(item.text, told.items[number].text if told else None, source)
    facts = [*_whom(advice.when, advice.levels, source), *source_line(advice.source, source, advice.id)]
    name = (said(source.number("advice", advice.id), "strong"),)
    return Entry(f"advice.{advice.id}", (name, tuple(words), tuple(facts)))


def _only(item: Item, source: PacketSource) -> Iterator[Run]:
    if item.levels:
        yield Run(f" ({_levels_named(item.levels, source)})", "small")
    if item.when is not None:
        yield Run(" (", "small")
        yield from (Run(run.text, "small") for run in condition_runs(item.when, source))
        yield Run(")", "small")


def _whom(when: Condition | None, levels: Sequence[str], source: PacketSource) -> Iterator[Line]:
    if levels:
        yield said(f"Only for: {_levels_named(levels, source)}", "small")
    if when is not None:
        yield Line((strong("Only when: "), *condition_runs(when, source)))


def _levels_named(levels: Sequence[str], source: PacketSource) -> str:
    return ", ".join(source.screening.levels[level].short for level in levels)


def _fits(source: PacketSource) -> Entries:
    told = {fit.id: fit for fit in source.told.fits} if source.told else {}
    entries = []
    for fit in source.screening.fits:
        other = told.get(fit.id)
        words = [line(strong(fit.suggests)), *told_line(fit.suggests, other.suggests if other else None, source)]
        words += _paired(fit.because, other.because if other else None, source)
        name = (said(source.number("fit", fit.id), "strong"),)
        facts = (*_whom(None, fit.levels, source), *source_line(fit.source, source, fit.id))
        entries.append(Entry(f"fit.{fit.id}", (name, condition_lines(fit.when, source), tuple(words)), facts))
    return Entries(("No.", "Holds when", "Suggests, and because"), (0.05, 0.5, 0.45), tuple(entries))


def _call(turns: Sequence[CallTurn], told: Sequence[CallTurn], source: PacketSource) -> Iterator[Block]:
    for number, turn in enumerate(turns):
        other = told[number] if told else None
        for who, text, words in (
            ("They: ", turn.they, other.they if other else None),
            ("You: ", turn.you, other.you if other else None),
        ):
            if text is not None:
                whom = [Run(f" ({_levels_named(turn.levels, source)})", "small")] if turn.levels else []
                if turn.when is not None:
                    whom += [Run(" (", "small")]
                    whom += [Run(run.text, "small") for run in condition_runs(turn.when, source)]
                    whom += [Run(")", "small")]
                yield line(strong(who), text, *whom)
                yield from told_line(text, words, source)


def _notices(source: PacketSource) -> Entries:
    told = {each.id: each for each in source.told.manifest.notices} if source.told else {}
    entries = []
    for notice in source.screening.manifest.notices:
        other = told.get(notice.id)
        name = (said(source.number("notice", notice.id), "strong"),)
        words = (*_paired(notice.text, other.text if other else None, source),)
        entries.append(Entry(f"notice.{notice.id}", (name, condition_lines(notice.when, source), words)))
    return Entries(("No.", "Shown when", "As a person reads it"), (0.05, 0.475, 0.475), tuple(entries))


def _glossary(source: PacketSource) -> Entries:
    """The terms, two side by side."""
    told = {each.id: each for each in source.told.glossary.terms} if source.told else {}
    terms = [_term(term, told.get(term.id), source) for term in source.screening.glossary.terms]
    pairs = (terms[at : at + 2] for at in range(0, len(terms), 2))
    rows = tuple(Entry("terms", (pair[0], pair[1] if len(pair) > 1 else ())) for pair in pairs)
    return Entries((), _TWO, rows)


def _term(term: Term, told: Term | None, source: PacketSource) -> tuple[Line, ...]:
    words = [line(strong(f"{term.name}: "), term.text)]
    words += told_line(f"{term.name}: {term.text}", f"{told.name}: {told.text}" if told else None, source)
    return tuple(words)
