"""The summary as Markdown (CommonMark, with a GitHub table for the comparison). Its texts are escaped: none is read
as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iop_tui.platform.markdown_escape import escaped
from iop_tui.screening.assessment.summary import Because, Summary
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.content import PhoneLine


def as_markdown(summary: Summary) -> str:
    """The summary as Markdown, a line end at the end."""
    return "\n".join(_lines(summary)).rstrip() + "\n"


def _lines(summary: Summary) -> Iterator[str]:
    yield from (f"# {escaped(summary.screening.manifest.title)}", "")
    # Danger first, even before the sentence that opens every other summary.
    if not summary.levels:
        yield from _headline(summary)
    yield from (escaped(summary.opening), "")
    for notice in summary.notices:
        yield from (escaped(notice), "")
    if summary.levels:
        yield from _headline(summary)
        yield from _compared(summary)
    if summary.unknown:
        yield from (_heading(_("What we could not tell")), "", *_bullets(summary.unknown), "")
    if summary.steps:
        yield from (_heading(_("What to do, in this order")), "")
    for number, step in enumerate(summary.steps, 1):
        yield f"{number}. **{escaped(step.title)}**"
        yield from (f"   - {escaped(item)}" for item in step.items)
    if summary.steps:
        yield ""
    if summary.fits:
        yield from (_heading(_("What would make it work")), "")
        yield from (*_bullets(f"{suggests} ({because.text})" for suggests, because in summary.fits), "")
    yield from (_heading(_("Who to call")), "", *_phones(summary.lines), "", escaped(summary.closing), "")
    manifest = summary.screening.manifest
    yield escaped(_("Made with {screening} {version}").format(screening=manifest.id, version=manifest.version))


def _heading(title: str) -> str:
    return f"## {title}"


def _headline(summary: Summary) -> Iterator[str]:
    """What matters most, and the pages of the alarms that stand."""
    yield from (f"## {escaped(summary.headline)}", "")
    for sentence in summary.lead:
        yield from (escaped(sentence.text), "")
    for page, because in summary.crisis:
        yield from (f"## {escaped(page.title)}", "", *_bullets(page.do))
        yield from (*_phones(summary.screening.phone_lines[line] for line in page.lines), *_why(because), "")


def _compared(summary: Summary) -> Iterator[str]:
    for level in summary.in_order:
        yield from (f"### {escaped(level.care.name)}: {escaped(level.title)}", "", escaped(level.why), "")
        for because in level.reasons:
            yield from _why(because)
        if level.reasons:
            yield ""
    yield from (_heading(_("The kinds of care, side by side")), "")
    yield _row(["", *(level.care.short for level in summary.levels)])
    yield "|" + " --- |" * (len(summary.levels) + 1)
    for row in summary.rows:
        yield _row([row.text, *(level.care.compare[row.id] for level in summary.levels)])
    yield ""


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def _why(because: Because) -> Iterator[str]:
    yield f"- {escaped(because.text)}"
    for ask, answer in because.answers:
        yield "  " + escaped(_("(You answered “{answer}” to “{ask}”)").format(ask=ask, answer=answer))
    yield "  " + escaped(_("(Rule: {rule})").format(rule=because.rule))


def _phones(lines: Iterable[PhoneLine]) -> Iterator[str]:
    for line in lines:
        yield f"- **{escaped(line.name)}**: {escaped(line.reach)}. {escaped(line.about)}"


def _bullets(items: Iterable[str]) -> Iterator[str]:
    return (f"- {escaped(item)}" for item in items)
