"""The glossary, over every page, by a key or a click on a word."""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.screening.assessment.glossary_terms import in_order
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.content import Term
from iop_tui.screening.model.definition import Screening
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, READ_ON, Overlay
from iop_tui.tui.blocks import GAP, Block, Paragraph
from iop_tui.tui.text_screen import TextPage


class GlossaryPage(TextPage, Overlay):
    """The words of the page under it first, before them the clicked one; then the others from A to Z."""

    HINTS = (BACK, READ_ON, HELP, LEAVE)
    GLOSSARY_IN_FOOTER = False

    def __init__(self, screening: Screening, first: Sequence[str]) -> None:
        """`first` are the ids of the words on the page under it."""
        super().__init__()
        self._first = first
        self._here, self._rest = in_order(screening, first)

    def again(self) -> Overlay:
        """The same words in the present language and version."""
        return GlossaryPage(self.host.interview.wording, self._first)

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(_("What words mean"))

    def blocks(self, width: int) -> Sequence[Block]:
        """Each word and its meaning."""
        blocks = _words(_("On the page you came from"), self._here)
        return blocks + _words(_("All other words") if self._here else "", self._rest)

    def marked(self, *parts: Sequence[Block]) -> Sequence[Sequence[Block]]:
        """Does nothing: every word is here."""
        return parts

    def action_words(self, term: str | None = None) -> None:
        """The key that opened it closes it."""
        self.action_back()


def _words(title: str, terms: Sequence[Term]) -> list[Block]:
    if not terms:
        return []
    blocks: list[Block] = [Paragraph(title, "$muted"), GAP] if title else []
    for term in terms:
        blocks += [Paragraph(term.name, "bold $key"), Paragraph(term.text, indent=2), GAP]
    return blocks
