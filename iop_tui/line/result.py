"""A result in parts, each short enough to listen to: the card first, then a part a chapter."""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.line.commands import Command, shown
from iop_tui.line.pages import Lines, phones, row
from iop_tui.line.wrapping import plain, sentence
from iop_tui.result.blocks import Block, CareName, Document, Entries, Scale, Section, Table, Talk, Words
from iop_tui.result.offer import changed_sections, more_questions, offer_of, same_result
from iop_tui.screening.engine.interview import Interview
from iop_tui.screening.i18n.language import _


def parts(document: Document) -> list[Lines]:
    """All of a document, in order. The first part is what matters most."""
    return [_part(section) for section in document.sections]


def changed_parts(before: Document, now: Document) -> list[Lines]:
    """What the questions after the result changed; only that the result is the same, where that is nothing."""
    changed = [_part(now.sections[at]) for at in changed_sections(before, now)]
    return [[same_result(changed=bool(changed)), *next(iter(changed), ())], *changed[1:]]


def offered(interview: Interview) -> str:
    """That there are questions after the result, and how to stop or to answer them; nothing where none is left."""
    offer = offer_of(interview)
    if offer is None:
        return ""
    mine = _("You can stop here. Or type {fit} to answer {more}, so that it fits your life.")
    theirs = _("You can stop here. Or type {fit} to answer {more}, so that it fits their life.")
    return (theirs if offer.for_other else mine).format(fit=shown(Command.FIT), more=more_questions(offer.more))


def on_the_way() -> str:
    """How to go back to the result from the questions after it."""
    return _("To go back to your result at any time, type {summary}.").format(summary=shown(Command.SUMMARY))


def expected(*, more: bool) -> str:
    """What can be typed at the summary, in one sentence."""
    ways = (Command.SAVE, Command.COMPARE, Command.BACK, Command.OVER, Command.HELP, Command.COMMANDS, Command.QUIT)
    named = ", ".join(map(shown, ways))
    if not more:
        return _("Type one of these: {commands}.").format(commands=named)
    said = _("There is more: type {more} for the next part, {all} for the rest, or: {commands}.")
    return said.format(more=shown(Command.MORE), all=shown(Command.ALL), commands=named)


def _part(section: Section) -> Lines:
    lines = [sentence(section.title)]
    for block in section.blocks:
        lines += _block(block)
    return lines


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Words):
        yield sentence(block.text)
    elif isinstance(block, CareName):
        yield row(plain(block.lead), block.name)
        yield sentence(block.what)
    elif isinstance(block, Scale):
        for level in block.levels:
            # The headings are repeated for each kind of care: a listener has no column heading in view.
            cells = [row(name, said) for name, said in ((block.hours, level.hours), (block.sleep, level.sleep)) if said]
            if cells:
                yield row(plain(level.short), " ".join(cells))
    elif isinstance(block, Entries):
        yield from _entries(block)
    elif isinstance(block, Table):
        for at, head in enumerate(block.heads):
            yield sentence(head)
            yield from (row(plain(line.label), line.cells[at]) for line in block.rows)
    elif isinstance(block, Talk):
        yield from (row(plain(who), said) for who, said in block.spoken())
    else:
        yield from phones(block.lines)


def _entries(block: Entries) -> Iterator[str]:
    if block.title:
        yield sentence(block.title)
    for mark, entry in block.marked(bullet=""):
        yield mark + sentence(entry.text)
        yield from map(sentence, entry.details)
