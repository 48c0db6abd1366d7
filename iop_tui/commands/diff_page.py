"""A report about two versions of a screening, as text for a terminal and as Markdown for a pull request."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from iop_tui.platform.markdown_escape import escaped
from iop_tui.screening.comparison.diff_report import Entry, Report

_WIDTH = 100


def text_page(report: Report) -> Iterator[str]:
    """The lines of the report as text, no wider than a hundred letters where words can be broken."""
    for number, sentence in enumerate(report.first):
        yield from _wrapped(sentence, "")
        if number == 0 and len(report.first) > 1:
            continue
    for section in report.sections:
        yield ""
        yield section.title
        for entry in section.entries:
            yield from _wrapped(entry.head, "  ", "    ")
            for line in entry.lines:
                yield from _wrapped(line, "      ")
            for name, old, new in entry.code:
                yield f"      {name}:"
                yield from _wrapped(old, "      - ", "        ") if old is not None else ()
                yield from _wrapped(new, "      + ", "        ") if new is not None else ()


def markdown_page(report: Report) -> Iterator[str]:
    """The lines of the report as Markdown."""
    for number, sentence in enumerate(report.first):
        yield from ("",) if number else ()
        yield f"**{escaped(sentence)}**" if number == 0 else escaped(sentence)
    for section in report.sections:
        yield from ("", f"### {escaped(section.title)}", "")
        for entry in section.entries:
            yield from _markdown(entry)


def _markdown(entry: Entry) -> Iterator[str]:
    yield f"- {escaped(entry.head)}"
    yield from (f"  - {escaped(line)}" for line in entry.lines)
    if entry.code:
        yield ""
        fence = "`" * max(3, 1 + max(_ticks(text) for _, *texts in entry.code for text in texts))
        yield f"  {fence}diff"
        for name, old, new in entry.code:
            yield f"  # {name}"
            yield from (f"  - {line}" for line in (old or "").splitlines())
            yield from (f"  + {line}" for line in (new or "").splitlines())
        yield from (f"  {fence}", "")


def _ticks(text: str | None) -> int:
    """The longest run of backticks in a text."""
    most = here = 0
    for letter in text or "":
        here = here + 1 if letter == "`" else 0
        most = max(most, here)
    return most


def _wrapped(text: str, first: str, later: str | None = None) -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=first if later is None else later,
        break_long_words=False,
        break_on_hyphens=False,
    )
