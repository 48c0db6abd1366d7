"""The words on the page of a form's question: its header, what it is read under, the question, and what is to be known
of its answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.forms.asking.entry import Entry
from iop_tui.forms.asking.expectation import needs_answer, nothing_fits, what_to_type
from iop_tui.forms.asking.form_interview import FormInterview
from iop_tui.forms.asking.item_words import help_text, question_text
from iop_tui.forms.asking.lead import before, context, heading
from iop_tui.forms.model.places import Place
from iop_tui.screening.i18n.language import _, ngettext
from iop_tui.tui.blocks import GAP, Block
from iop_tui.tui.form_text import arranged, ask_blocks, help_blocks, is_cut, lead_blocks, shortened, under_blocks

_WIDEST, _FRAME = 80, 5
"""Cells of the text at most, and of what is beside it."""


def head(interview: FormInterview, place: Place, width: int, instead: str) -> tuple[str, str, float]:
    """The innermost title over the question, where the header has room for it, or the form's, or else `instead`; how
    much is left, and the part done.
    """
    done, left = interview.filling.progress
    whole = _said_above(interview, place, width) or interview.form.title
    title = instead or whole or heading(interview.filling, place, interview.language)
    return shortened(title, _room(interview, width)), _left(left), done / max(1, done + left)


def _left(left: int) -> str:
    return ngettext("{count} left", "{count} left", left).format(count=left)


def _room(interview: FormInterview, width: int) -> int:
    """Cells for the title in the header."""
    return width - len(_left(interview.filling.progress[1])) - 8


def question_blocks(
    interview: FormInterview, place: Place, entry: Entry, width: int, *, types: bool, why: bool
) -> tuple[list[Block], list[Block]]:
    """What scrolls, and what always stands under it. `types` says whether the answer is typed, `why` whether what is
    left out at first is shown, too; `width` is that of the window, in cells.
    """
    language = interview.language
    title = _said_above(interview, place, width)
    leads = [lead for lead in before(interview.filling, place, language) if lead.text != title]
    under = _under(interview, place, (title, *(lead.text for lead in leads)))
    item = entry.item
    ask = ask_blocks(question_text(item, language), _typing(interview, entry, types=types), needs_answer(item))
    said = help_text(item) if why else ""
    ask += [GAP, *help_blocks(said)] if said else []
    above = [*under_blocks(under, whole=why), *([GAP] if under and leads else []), *lead_blocks(leads)]
    return arranged(above, ask, min(width, _WIDEST) - _FRAME)


def explains(interview: FormInterview, place: Place, width: int) -> bool:
    """Whether there is more to read about a question than is shown at first."""
    if help_text(interview.item(place)):
        return True
    return any(is_cut(text) for text in _under(interview, place, (_said_above(interview, place, width),)))


def _said_above(interview: FormInterview, place: Place, width: int) -> str:
    """The title that the header says whole; empty where it has no room for it."""
    title = heading(interview.filling, place, interview.language)
    return title if shortened(title, _room(interview, width)) == " ".join(title.split()) else ""


def _under(interview: FormInterview, place: Place, said: Sequence[str]) -> Sequence[str]:
    """What the question is read under, without what is said elsewhere on the page."""
    return [text for text in context(interview.filling, place, interview.language) if text not in said]


def _typing(interview: FormInterview, entry: Entry, *, types: bool) -> str:
    """What can be typed, and how to go on from several lines; or that nothing fits."""
    if nothing := nothing_fits(interview.form, entry.item):
        leave = _("Leave it open.")
        return f"{nothing} {leave}"
    if not types:
        return ""
    said, done = what_to_type(entry), _("When you are done, press Tab.")
    return f"{said} {done}" if entry.way == "write" else said
