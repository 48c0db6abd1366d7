"""The summary as plain text: 80 columns, no box characters, for any screen, printer or paste.

A person with nothing unusual gets one page: `PAGE` lines.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from iop_tui.screening.assessment.summary import Because, Summary
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.content import PhoneLine

WIDTH = 80
PAGE = 80
"""Lines that a letter-size sheet holds at 9 points, with margins of half an inch."""


def as_text(summary: Summary) -> str:
    """The summary as lines of at most 80 characters, a line end at the end."""
    return "\n".join(_lines(summary)).rstrip() + "\n"


def _lines(summary: Summary) -> Iterator[str]:
    yield from _wrap(summary.screening.manifest.title.upper())
    # Danger first, even before the sentence that opens every other summary.
    if not summary.levels:
        yield from _headline(summary)
    yield ""
    yield from _wrap(summary.opening)
    for notice in summary.notices:
        yield from ("", *_wrap(notice))
    if summary.levels:
        yield from _headline(summary)
        yield from _levels(summary)
    if summary.unknown:
        yield from _heading(_("What we could not tell"))
        yield from _bullets(summary.unknown)
    if summary.steps:
        yield from _heading(_("What to do, in this order"))
    for number, step in enumerate(summary.steps, 1):
        yield from _wrap(f"{number}. {step.title}")
        yield from _bullets(step.items, "   ")
    if summary.fits:
        yield from _heading(_("What would make it work"))
        yield from _bullets(f"{suggests} ({because.text})" for suggests, because in summary.fits)
    yield from _heading(_("Who to call"))
    yield from _bullets(f"{line.name}: {line.reach}" for line in summary.lines)
    yield from ("", *_wrap(summary.closing))
    manifest = summary.screening.manifest
    yield _("Made with {screening} {version}").format(screening=manifest.id, version=manifest.version)


def _headline(summary: Summary) -> Iterator[str]:
    """What matters most, and the pages of the alarms that stand."""
    yield from _heading(summary.headline)
    for sentence in summary.lead:
        yield from _wrap(sentence.text)
    for page, because in summary.crisis:
        yield from _heading(page.title)
        yield from _bullets(page.do)
        yield from _phones(summary.screening.phone_lines[line] for line in page.lines)
        yield from _why(because)


def _levels(summary: Summary) -> Iterator[str]:
    """Why the first level; then the others, a few lines each. What is said of two in a row is said once."""
    first, *others = summary.in_order
    if summary.settled:
        yield from _wrap(first.why)
        for because in first.reasons:
            yield from _why(because)
        yield from _heading(_("The other kinds of care"))
    else:
        others = [first, *others]
        yield from _heading(_("The kinds of care"))
    for level, following in zip(others, [*others[1:], None], strict=True):
        yield from _wrap(f"- {level.care.name}: {level.title}", "", "  ")
        shared = following is not None and following.why == level.why and not level.reasons
        yield from _wrap(level.care.what if shared else f"{level.care.what} {level.why}", "  ")
        for because in level.reasons:
            yield from _why(because, "  ")


def _why(because: Because, indent: str = "") -> Iterator[str]:
    yield from _wrap(f"- {because.text} {said(because)}", indent, indent + "  ")


def said(because: Because) -> str:
    """The answers behind a reason, and its rule, in one short aside."""
    answers = ", ".join(_("“{answer}”").format(answer=answer) for _ask, answer in because.answers)
    return _("(You said: {answers}. Rule: {rule}.)").format(answers=answers, rule=because.rule)


def _phones(lines: Iterable[PhoneLine]) -> Iterator[str]:
    for line in lines:
        yield from _bullets([f"{line.name}: {line.reach}. {line.about}"])


def _heading(text: str) -> Iterator[str]:
    yield from ("", *_wrap(text.upper()))


def _bullets(items: Iterable[str], indent: str = "") -> Iterator[str]:
    for item in items:
        yield from _wrap(f"- {item}", indent, indent + "  ")


def _wrap(text: str, indent: str = "", later: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent if later is None else later, break_on_hyphens=False
    )
