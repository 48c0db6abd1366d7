"""The summary in parts, each short enough to listen to: the answer first, then why, then what to do."""

from __future__ import annotations

from collections.abc import Iterable

from iop_tui.line.commands import Command, shown
from iop_tui.line.pages import Lines, choices, parted, phones, row
from iop_tui.line.wrapping import plain, sentence
from iop_tui.screening.assessment.summary import Because, LevelSummary, Summary, Verdict
from iop_tui.screening.i18n.language import _

IN_SHORT = 3
"""How many rows of the comparison the summary says."""


def parts(summary: Summary) -> list[Lines]:
    """All of the summary, in order. The first part is what matters most."""
    all_parts = [_headline(summary)]
    for level in summary.levels:
        if level.verdict is Verdict.FIRST and (summary.settled or level.reasons):
            all_parts.append([_heading(_("Why {level}").format(level=level.care.short)), *_why(level)])
    if summary.levels:
        all_parts.append(_compared(summary))
    if summary.unknown:
        all_parts.append([_heading(_("What we could not tell")), *map(sentence, summary.unknown)])
    if summary.steps:
        all_parts.append(_steps(summary))
    if summary.fits:
        lines = [_heading(_("What would make it work"))]
        for suggests, because in summary.fits:
            lines += [sentence(suggests), sentence(because.text)]
        all_parts.append(lines)
    last = parted([_heading(_("Who to call")), *phones(summary.lines, about=False)], [sentence(summary.closing)])
    return [*all_parts, last]


def expected(*, more: bool) -> str:
    """What can be typed at the summary, in one sentence."""
    ways = (Command.SAVE, Command.COMPARE, Command.BACK, Command.OVER, Command.HELP, Command.COMMANDS, Command.QUIT)
    named = ", ".join(map(shown, ways))
    if not more:
        return _("Type one of these: {commands}.").format(commands=named)
    said = _("There is more: type {more} for the next part, {all} for the rest, or: {commands}.")
    return said.format(more=shown(Command.MORE), all=shown(Command.ALL), commands=named)


def _headline(summary: Summary) -> Lines:
    pages = []
    for page, because in summary.crisis:
        lines = phones((summary.screening.phone_lines[name] for name in page.lines), about=False)
        pages += [[_heading(page.title), sentence(because.text), *map(sentence, page.do)], lines]
    return parted(
        [_heading(_("Your summary")), sentence(summary.opening)],
        [sentence(summary.headline), *(sentence(said.text) for said in summary.lead)],
        [sentence(notice) for notice in summary.notices],
        *pages,
    )


def _compared(summary: Summary) -> Lines:
    levels: list[Lines] = []
    for level in summary.in_order:
        lines = [row(plain(level.care.name), level.title)]
        lines += (row(plain(line.text), level.care.compare[line.id]) for line in summary.rows[:IN_SHORT])
        if level.verdict is not Verdict.FIRST or not summary.settled:
            lines += [sentence(level.why), *(sentence(because.text) for because in level.reasons)]
        levels.append(lines)
    return parted([_heading(_("The kinds of care"))], *levels)


def _steps(summary: Summary) -> Lines:
    titles = choices(sentence(step.title) for step in summary.steps)
    steps = ([title, *map(sentence, step.items)] for title, step in zip(titles, summary.steps, strict=True))
    return parted([_heading(_("What to do, in this order"))], *steps)


def _why(level: LevelSummary) -> Iterable[str]:
    yield sentence(level.why)
    for because in level.reasons:
        yield from _reason(because)


def _reason(because: Because) -> Iterable[str]:
    yield sentence(because.text)
    for ask, answer in because.answers:
        yield sentence(_("You answered “{answer}” to “{ask}”").format(ask=plain(ask), answer=plain(answer)))
    # A voice reads "past underscore severe": the name is said in words, and stands as it is in a file that is saved.
    yield sentence(_("Rule: {rule}").format(rule=because.rule.replace("_", " ")))


def _heading(text: str) -> str:
    return sentence(text)
