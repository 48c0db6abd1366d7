"""Every question with its answers, when it is asked, and which rules use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iop_tui.packet.packet_model import Block, Entries, Entry, Heading, Line, Remarks, Run, line, ref, said, strong
from iop_tui.packet.packet_source import PacketSource
from iop_tui.packet.rule_lines import condition_lines, told_line, told_runs
from iop_tui.screening.english import counted
from iop_tui.screening.model.condition import named
from iop_tui.screening.model.definition import Option, Question, Section
from iop_tui.screening.question_types import type_of

_ONE_LINE = 58
"""So many letters of options share a line."""
_SHARES = (0.045, 0.5, 0.455)


def question_blocks(source: PacketSource) -> Iterator[Block]:
    """The questions by section, in the order in which they are asked."""
    screening = source.screening
    yield Heading("4. Questions")
    yield said(
        f"{counted(len(screening.questions), 'question')}, in order. Every one may be skipped, or answered with “I'm "
        "not sure”. ○ marks questions with one answer, □ those with several. Answers stand least need first, unless it "
        "says that they have no order."
    )
    after = screening.questions[screening.result_at].id if screening.result_at < len(screening.questions) else ""
    for section in screening.sections:
        if not section.questions:
            continue
        yield Heading(section.title, 2)
        if section.intro:
            yield said(section.intro)
        if section.questions[0].id == after:
            yield said(
                "From here on everything is practical: the result was shown before, and no care changes.", "strong"
            )
        yield Entries(("No.", "As a person reads it", "When, why and what for"), _SHARES, _rows(section, source))
    yield Remarks(4)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _rows(section: Section, source: PacketSource) -> tuple[Entry, ...]:
    told = {each.id: each for each in source.told.questions} if source.told else {}
    return tuple(_row(question, told.get(question.id), source) for question in section.questions)


def _row(question: Question, told: Question | None, source: PacketSource) -> Entry:
    name = (said(source.number("question", question.id), "strong"),)
    return Entry(
        f"question.{question.id}",
        (name, tuple(_asked(question, told, source)), tuple(_use(question, told, source))),
        tuple(_notes(question, source)),
    )


def _asked(question: Question, told: Question | None, source: PacketSource) -> Iterator[Line]:
    label = [Run(f"  In short: {question.label}", "small")] if question.label else []
    yield line(strong(question.ask), *label)
    yield from told_line(question.ask, told.ask if told else None, source)
    described = type_of(question).described(question)
    if described:
        yield said(described)
    if question.if_more:
        yield said(f"If it is more: {question.if_more}")
        yield from told_line(question.if_more, told.if_more if told else None, source)
    mark = "□" if type_of(question).multiple else "○"
    if told is None:
        yield from _short_ones_together([((Run(option.text), *_remarks(option))) for option in question.options], mark)
        return
    for option in question.options:
        other = told.option(option.id)
        beside = told_runs(option.text, other.text if other else None, source)
        yield Line((Run(option.text), *_remarks(option), *beside), 0, mark)


def _short_ones_together(options: Sequence[tuple[Run, ...]], mark: str) -> Iterator[Line]:
    """The options, a line each; short ones share a line as long as there is room."""
    runs: tuple[Run, ...] = ()
    for option in options:
        length = sum(len(run.text) for run in (*runs, *option))
        if runs and length > _ONE_LINE:
            yield Line(runs, 0, mark)
            runs = ()
        runs = (*runs, Run(f"   {mark} "), *option) if runs else option
    if runs:
        yield Line(runs, 0, mark)


def _remarks(option: Option) -> Iterator[Run]:
    if option.weight:
        yield Run(f" ({counted(option.weight, 'point')})", "small")
    if option.alone:
        yield Run(" (excludes the others)", "small")
    if option.kept_for:
        yield Run(f" (no rule asks for it; kept: {option.kept_for})", "small")


def _use(question: Question, told: Question | None, source: PacketSource) -> Iterator[Line]:
    if question.show_if is None:
        yield said("Asked of everybody who gets here.")
    else:
        yield said("Asked when:", "strong")
        yield from condition_lines(question.show_if, source)
    yield line(strong("Why, as they read it: "), question.why)
    yield from told_line(question.why, told.why if told else None, source)


def _notes(question: Question, source: PacketSource) -> Iterator[Line]:
    used = source.uses.get(question.id, ())
    gates = tuple(source.number("question", name) for name in _gated(question, source))
    notes = [f"Used by {', '.join((*used, *gates))}." if used or gates else "No rule uses it."]
    if not question.ordered:
        notes.append("Its answers have no order.")
    if source.screening.is_practical(question):
        notes.append("Practical: no answer changes care or alarms.")
    if question.if_unsaid:
        notes.append(f"Left open, it shows page {source.number('page', question.if_unsaid)} once.")
    yield line(Run(" ".join(notes), "small"), ref(f"  [{question.id}]"))


def _gated(question: Question, source: PacketSource) -> Iterator[str]:
    """The questions that are asked only for some answers to this one."""
    for each in source.screening.questions:
        if each.show_if is not None and question.id in named(each.show_if):
            yield each.id
