"""The part for a professional: every rule that holds with its id and the answers behind it, and what is open."""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.result.blocks import Block, Entries, Entry, Section, Words
from iop_tui.result.model import Result, Said
from iop_tui.result.sentences import open_question
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.field_types import Level


def clinician(result: Result) -> Section:
    """What a professional wants to check."""
    return Section("clinician", _("For your clinician"), tuple(_blocks(result)))


def _blocks(result: Result) -> Iterator[Block]:
    if result.level is not None:
        low, high = _name(result, result.could_be[0]), _name(result, result.could_be[-1])
        words = _("Level by these answers: {low}.") if low == high else _("Level by these answers: {low} to {high}.")
        yield Words(words.format(low=low, high=high), "strong")
    yield from _rules(_("Alarms"), [(a.id, a.urgency, a.because, a.answers) for a in result.alarms])
    yield from _rules(_("Rules that hold"), [(r.id, r.level or "-", r.text, r.answers) for r in result.reasons])
    yield from _rules(_("Practical rules that hold"), [(t.id, "", t.text, t.answers) for t in result.tips])
    if result.open:
        yield Entries(
            _("Open questions that matter"),
            tuple(Entry(f"{q.question}: {q.ask}", q.question, (open_question(result, q),)) for q in result.open),
        )
    aside = tuple(Entry(given.title, given.id, given.items) for given in result.advice if given.aside)
    if aside:
        yield Entries(_("To take along to a program"), aside)
    yield Words(result.screening.manifest.disclaimer.closing)


def _rules(title: str, rules: list[tuple[str, str, str, tuple[Said, ...]]]) -> Iterator[Block]:
    """A list of rules: the id of each, in brackets what it asks for, what it says, and the answers behind it."""
    if rules:
        yield Entries(
            title,
            tuple(
                Entry(
                    f"{name} ({asks}): {text}" if asks else f"{name}: {text}",
                    name,
                    tuple(f"{s.question}: {s.answer}" for s in answers),
                )
                for name, asks, text, answers in rules
            ),
        )


def _name(result: Result, level: Level) -> str:
    return result.screening.levels[level].name
