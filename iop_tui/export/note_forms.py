"""The forms of a call in its note: one part for each, and a line for all of them at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.call.record import FilledForm, asked
from iop_tui.export.note_blocks import Block, Field, Heading, Item, Para, part
from iop_tui.export.note_wording import moment
from iop_tui.export.report import Report
from iop_tui.screening.assessment.call_sentences import ended
from iop_tui.screening.english import counted

NO_PART = "This form is not part of the screening. Nothing in it changes the level by the rules."


def forms_at_a_glance(report: Report) -> str:
    """The forms, each with whether it is complete, and its totals."""
    return "; ".join(f"{filled.title} ({', '.join((_state(filled), *filled.totals))})" for filled in report.forms)


def form_parts(report: Report) -> Iterator[Block]:
    """A part for each form."""
    for filled in report.forms:
        yield Heading(f"Form: {filled.title}")
        yield Para(NO_PART)
        yield Field("State", ended(_state(filled)))
        yield Field("Last answer", f"{moment(report, filled.changed)}, {filled.by}")
        yield from (Field("Total", total) for total in filled.totals)
        yield from (Field("Needs an answer", name) for name in filled.missing)
        yield from _answers(filled)
        yield from part("Not asked here", (Item(each) for each in filled.not_asked), 2)
        unfit = (Item(f"{asked(each.ask)} {each.said or 'no answer'}") for each in filled.unfit)
        yield from part("Answers that do not fit the form any more, not counted", unfit, 2)
        yield from part("Source of this form", (Item(each) for each in _source(filled)), 2)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _state(filled: FilledForm) -> str:
    if filled.complete:
        return "complete"
    left = [f"{counted(filled.left, 'question')} not asked yet"] if filled.left else []
    missing = [f"{len(filled.missing)} required without an answer"] if filled.missing else []
    return ": ".join(["not complete", *([", ".join((*left, *missing))] if left or missing else [])])


def _answers(filled: FilledForm) -> Iterator[Block]:
    titled = any(line.title for line in filled.lines)
    if filled.lines and not (titled and filled.lines[0].title):
        yield Heading("Answers", 2)
    for line in filled.lines:
        yield Heading(line.ask, 2) if line.title else Item(line.in_one)


def _source(filled: FilledForm) -> Iterator[str]:
    yield from filled.rights
    yield f"{filled.canonical}, file {filled.source}, SHA-256 {filled.sha256}"
