"""What decides each level of care, as tables; and, first of all, which rules are the authors' own reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iop_tui.packet.packet_model import (
    Block,
    Entries,
    Entry,
    Heading,
    Line,
    PageBreak,
    Remarks,
    Run,
    line,
    said,
    strong,
)
from iop_tui.packet.packet_source import PacketSource, by_level
from iop_tui.packet.rule_lines import condition_lines, source_line, told_line
from iop_tui.screening.english import counted
from iop_tui.screening.model.definition import Alarm, Need

RULE_SHARES = (0.075, 0.635, 0.29)
OWN_READING = "own"


def own_reading_blocks(source: PacketSource) -> Iterator[Block]:
    """An index of the rules that need judgment most. The rules themselves stand in their tables."""
    screening = source.screening
    every: list[Alarm | Need] = [*screening.alarms, *screening.needs]
    found = [rule for rule in every if rule.own_reading]
    yield PageBreak()
    yield Heading("1. Begin here: our own readings")
    if not found:
        yield said("No alarm and no rule of care is marked as the authors' own reading.")
        yield Remarks()
        return
    yield said(
        f"Of {len(every)} alarms and rules of care, {len(found)} are marked: they, or a part of them, are our own "
        "reading. No guideline says it in these words. These need your judgment most. Here they are in short. In the "
        f"tables of sections 2 and 3 they are marked “{OWN_READING}”, and come first in their level; the source says "
        "which part it is. Tick them there."
    )
    for title, kind, rules in _own_by_level(source):
        yield Heading(f"{title}: {len(rules)}", 2)
        lines = [line(strong(f"{source.number(kind, rule.id)}  "), _in_short(rule)) for rule in rules]
        middle = (len(lines) + 1) // 2
        yield Entries((), (0.5, 0.5), (Entry(f"own.{kind}", (tuple(lines[:middle]), tuple(lines[middle:]))),))
    yield Remarks(4)


def level_blocks(source: PacketSource) -> Iterator[Block]:
    """How a level comes about, then the rules of each level, the most care first."""
    screening = source.screening
    yield Heading("2. What decides each level of care")
    yield said(
        "A rule holds for a person when its condition is true for their answers. Of all rules that hold, the one that "
        "asks for the most care decides what to ask about first. An alarm that stops the questions comes before all of "
        "them. If no rule holds, the level is "
        f"“{screening.levels[screening.least].name}”. An open answer (skipped, or “I'm not sure”) is neither yes nor "
        "no: the result then says how far the level could still go."
    )
    yield from _overview(source)
    for level in reversed(screening.care.levels):
        needs = [need for need in by_level(screening) if need.at_least == level.id]
        if needs:
            yield Heading(f"{level.name}: {counted(len(needs), 'rule')}", 2)
            yield _table(needs, source)
            yield Remarks(1)
    first = [need for need in by_level(screening) if need.at_least is None]
    if first:
        yield Heading(f"A first step, whatever the level: {counted(len(first), 'rule')}", 2)
        yield _table(first, source)
        yield Remarks(1)
    yield Heading("When no level is named first", 2)
    yield _cannot_tell(source)
    yield Remarks(1)


def rule_cell(number: str, *, own: bool) -> tuple[Line, ...]:
    """The first cell of a rule: its number, and whether it is our own reading."""
    return (line(strong(number), *([Run(f" {OWN_READING}", "small")] if own else ())),)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _own_by_level(source: PacketSource) -> Iterator[tuple[str, str, Sequence[Alarm | Need]]]:
    screening = source.screening
    alarms = [alarm for alarm in screening.alarms if alarm.own_reading]
    needs = [need for need in by_level(screening) if need.own_reading]
    groups: list[tuple[str, str, Sequence[Alarm | Need]]] = [
        ("Alarms that stop the questions", "alarm", [alarm for alarm in alarms if alarm.urgency == "now"]),
        ("Alarms for today", "alarm", [alarm for alarm in alarms if alarm.urgency == "today"]),
    ]
    for level in reversed(screening.care.levels):
        groups.append((level.name, "need", [need for need in needs if need.at_least == level.id]))
    groups.append(("A first step, whatever the level", "need", [need for need in needs if need.at_least is None]))
    return (group for group in groups if group[2])


def _in_short(rule: Alarm | Need) -> str:
    return (rule.brief if isinstance(rule, Need) else None) or rule.because


def _overview(source: PacketSource) -> Iterator[Block]:
    screening = source.screening
    rows = []
    for level in reversed(screening.care.levels):
        numbers = [source.number("need", need.id) for need in by_level(screening) if need.at_least == level.id]
        span = " to ".join(dict.fromkeys((*numbers[:1], *numbers[-1:])))
        told = f"{counted(len(numbers), 'rule')}, {span}" if numbers else "no rule asks for it"
        if level.id == screening.least:
            told += "; and everybody for whom no rule holds"
        rows.append(Entry(f"level.{level.id}", ((said(level.name, "strong"),), (said(told),))))
    yield Entries(("Level, most care first", "Decided by"), (0.4, 0.6), tuple(rows))


def _table(needs: Sequence[Need], source: PacketSource) -> Entries:
    told = {need.id: need for need in source.told.needs} if source.told else {}
    entries = tuple(_need(need, told.get(need.id), source) for need in needs)
    return Entries(("Rule", "Holds when", "What the person reads"), RULE_SHARES, entries)


def _need(need: Need, told: Need | None, source: PacketSource) -> Entry:
    sentence = [said(need.because), *told_line(need.because, told.because if told else None, source)]
    if need.first:
        steps = ", ".join(
            f"{source.screening.first_steps[step].title} ({source.number('step', step)})" for step in need.first
        )
        sentence.append(said(f"Before any program: {steps}"))
    notes = []
    if need.covered_by:
        notes.append(said(f"Never decides alone: {_numbers(need.covered_by, source)} asks for as much.", "small"))
    notes += source_line(need.source, source, need.id)
    if need.no_case:
        notes.append(said(f"Not shown in every part by an example person: {need.no_case}", "small"))
    cells = (
        rule_cell(source.number("need", need.id), own=need.own_reading),
        condition_lines(need.when, source),
        tuple(sentence),
    )
    return Entry(f"need.{need.id}", cells, tuple(notes), votes=True)


def _numbers(names: Sequence[str], source: PacketSource) -> str:
    return ", ".join(source.numbers.get(f"alarm.{name}") or source.numbers[f"need.{name}"] for name in names)


def _cannot_tell(source: PacketSource) -> Entries:
    screening = source.screening
    entries = []
    for rule in screening.care.cannot_tell:
        least, most = (screening.levels[level].name for level in (rule.level, rule.could_be))
        when = said(f"The answers lead to {least} at most, and open answers could lead to {most} or more.")
        reads = said("“We cannot tell yet” stands in place of a level.")
        background = [*source_line(rule.source, source, rule.id)]
        if rule.no_case:
            background.append(said(f"Not shown in every part by an example person: {rule.no_case}", "small"))
        first = rule_cell(source.number("cannot_tell", rule.id), own=rule.own_reading)
        entries.append(Entry(f"cannot_tell.{rule.id}", (first, (when,), (reads,)), tuple(background), votes=True))
    return Entries(("Rule", "Holds when", "What the person reads"), RULE_SHARES, tuple(entries))
