"""The summary as plain text: 72 columns, no box characters, for any screen, printer or paste."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from iop_tui.screening.care import PhoneLine
from iop_tui.screening.language import _
from iop_tui.screening.summary import Because, Summary

WIDTH = 72


def as_text(summary: Summary) -> str:
    """The summary as lines of at most 72 characters, a line end at the end."""
    return "\n".join(_lines(summary)).rstrip() + "\n"


def _lines(summary: Summary) -> Iterator[str]:
    yield from _wrap(summary.screening.manifest.title)
    yield "=" * min(WIDTH, len(summary.screening.manifest.title))
    # Danger first, even before the sentence that opens every other summary.
    if not summary.levels:
        yield from _crisis(summary)
    yield ""
    yield from _wrap(summary.opening)
    for notice in summary.notices:
        yield from ("", *_wrap(notice))
    if summary.levels:
        yield from _crisis(summary)
    for step in summary.first_steps:
        yield from _heading(step.title)
        for item in step.items:
            yield from _wrap(item)
    if summary.levels:
        yield from _compared(summary)
    if summary.unknown:
        yield from _heading(_("What we could not tell"))
        yield from _bullets(summary.unknown)
    if summary.fits:
        yield from _heading(_("What would make it work for you"))
        for suggests, because in summary.fits:
            yield from _bullets([f"{suggests} ({because.text})"])
    for passage in summary.advice:
        yield from _heading(passage.title)
        yield from _bullets(passage.items)
    yield from _heading(_("Who to call"))
    yield from _phones(summary.lines)
    yield from ("", *_wrap(summary.closing), "")
    manifest = summary.screening.manifest
    yield _("Made with {screening} {version}").format(screening=manifest.id, version=manifest.version)


def _crisis(summary: Summary) -> Iterator[str]:
    yield from _heading(summary.headline)
    for sentence in summary.lead:
        yield from _wrap(sentence)
    for page, because in summary.crisis:
        yield from _heading(page.title)
        yield from _bullets(page.do)
        yield from _phones(summary.screening.phone_lines[line] for line in page.lines)
        yield from _why(because)


def _compared(summary: Summary) -> Iterator[str]:
    yield from _heading(_("The four kinds of care"))
    for level in summary.levels:
        yield from ("", *_wrap(f"{level.care.name}: {level.title}"))
        yield from _wrap(level.why, "  ")
        for because in level.reasons:
            yield from _why(because, "  ")
    for row in summary.rows:
        yield from ("", *_wrap(row.text))
        for level in summary.levels:
            yield from _wrap(f"{level.care.short}: {level.care.compare[row.id]}", "  ", "    ")


def _why(because: Because, indent: str = "") -> Iterator[str]:
    yield from _wrap(f"- {because.text}", indent, indent + "  ")
    for ask, answer in because.answers:
        yield from _wrap(_("(You answered “{answer}” to “{ask}”)").format(ask=ask, answer=answer), indent + "  ")
    yield from _wrap(_("(Rule: {rule})").format(rule=because.rule), indent + "  ")


def _phones(lines: Iterable[PhoneLine]) -> Iterator[str]:
    for line in lines:
        yield from _bullets([f"{line.name}: {line.reach}. {line.about}"])


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield from _wrap(text)
    yield "-" * min(WIDTH, len(text))


def _bullets(items: Iterable[str]) -> Iterator[str]:
    for item in items:
        yield from _wrap(f"- {item}", "", "  ")


def _wrap(text: str, indent: str = "", later: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent if later is None else later, break_on_hyphens=False
    )
