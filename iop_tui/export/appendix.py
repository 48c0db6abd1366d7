"""The appendix of a note: every answer in full, the numbered sources, the versions."""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.call.record import Ref
from iop_tui.export.note_blocks import Block, Field, Heading, Item, part
from iop_tui.export.note_wording import clock, moment, sources
from iop_tui.export.report import Report
from iop_tui.export.report_model import Asked, Line
from iop_tui.screening.assessment.call_sentences import ended


def appendix(report: Report) -> Iterator[Block]:
    """The blocks of the appendix."""
    yield from _answers(report)
    numbered = (Item(f"[{number}] {source}") for number, source in enumerate(sources(report), 1))
    yield from part("Appendix: sources", numbered)
    yield from part("Appendix: about this note", _about(report))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _answers(report: Report) -> Iterator[Block]:
    if report.sections:
        yield Heading("Appendix: answers (a time holds until the next)")
    for section in report.sections:
        yield Heading(section.title, 2)
        above = ""
        for line in section.lines:
            at = clock(report, line.at)
            yield from _line(line, "" if at == above else at)
            above = at
    yield from part(
        "Put down ahead, not counted: what leads to these questions was not answered",
        (block for line in report.ahead for block in _line(line, clock(report, line.at))),
    )
    # Those that matter are in the note already.
    told = {each.question for each in report.unknown}
    still_open = [asked for asked in report.open if asked.question not in told or asked.note.strip() or asked.marked]
    yield from part(
        "Not answered either" if told else "Not answered",
        (block for asked in still_open for block in _open(asked)),
    )
    yield from part(
        "Notes on questions that are not asked", (block for asked in report.elsewhere for block in _open(asked))
    )
    yield from part(
        "Answers that do not fit the questions any more",
        (
            block
            for gone in report.gone
            for block in (*_line(gone.line, clock(report, gone.line.at)), Item(gone.why, 1))
        ),
    )


def _line(line: Line, at: str) -> Iterator[Block]:
    aside = ", ".join(each for each in (at, "marked to come back to" if line.marked else "") if each)
    yield Item(f"{ended(line.ask)} {line.said}" + (f" ({aside})" if aside else ""))
    if line.ask_now:
        yield Item(f"The question has other words now: {line.ask_now}", 1)
    if line.note.strip():
        yield Item(f"Note: {line.note}", 1)


def _open(asked: Asked) -> Iterator[Block]:
    ask = asked.ask or asked.question
    yield Item(f"{ask} (marked to come back to)" if asked.marked else ask)
    if asked.note.strip():
        yield Item(f"Note: {asked.note}", 1)


def _about(report: Report) -> Iterator[Block]:
    yield Field("Screening", _version(report.used))
    if report.changed:
        yield Field("Rules of the result", _version(report.present))
    yield Field("Program", f"iop-tui {report.program}, call {report.id}")
    for segment in report.segments:
        yield Field(
            "On the line",
            f"{moment(report, segment.began)} to {clock(report, segment.ended)}, {segment.by}",
        )
    yield Field("Counselor", f"{report.by} (as typed; not a signature)")


def _version(ref: Ref) -> str:
    return f"{ref.id} {ref.version}, SHA-256 {ref.sha256}"
