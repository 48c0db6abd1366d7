"""The offer to go on after the result: so many questions more make it fit."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from iop_tui.result.blocks import Document
from iop_tui.screening.engine.interview import Interview
from iop_tui.screening.engine.progress import Left
from iop_tui.screening.engine.third_person import is_proxy
from iop_tui.screening.i18n.language import _, ngettext


class Offer(Struct, frozen=True):
    """The questions that can follow the result, for the person who answers or `for_other`."""

    more: Left
    for_other: bool

    def text(self, *, short: bool = False) -> str:
        """What one can do after the result: answer more, or stop. `short` says the first alone."""
        if short:
            mine, theirs = _("{more}, so that it fits your life"), _("{more}, so that it fits their life")
        else:
            mine = _("If you like: {more}, so that it fits your life.")
            theirs = _("If you like: {more}, so that it fits their life.")
        return (theirs if self.for_other else mine).format(more=more_questions(self.more))


def offer_of(interview: Interview) -> Offer | None:
    """The offer after the result of an interview; None if no question is left."""
    more = interview.more
    return Offer(more, is_proxy(interview.screening, interview.answers)) if more.most else None


def more_questions(more: Left) -> str:
    """How many questions more, in words."""
    if more.least == more.most:
        return ngettext("{count} more question", "{count} more questions", more.most).format(count=more.most)
    said = _("{least} to {most} more questions") if more.least else _("up to {most} more questions")
    return said.format(least=more.least, most=more.most)


def changed_sections(before: Document, now: Document) -> tuple[int, ...]:
    """The sections that are not as they were before, by their numbers from 0; the one with tips first."""
    changed = [at for at, section in enumerate(now.sections) if section not in before.sections]
    return tuple(sorted(changed, key=lambda at: now.sections[at].id != "fit"))


def same_result(*, changed: bool) -> str:
    """What is said once these questions were answered, over a section that they `changed`."""
    same = _("Thank you. Your result is the same.")
    return " ".join((same, _("This page now fits your answers."))) if changed else same


def other_pages(numbers: Sequence[int]) -> str:
    """Which other sections fit the answers now, by their numbers from 1; nothing where none does."""
    pages = ", ".join(map(str, numbers))
    return (
        ngettext("So does page {pages}.", "So do pages {pages}.", len(numbers)).format(pages=pages) if numbers else ""
    )
