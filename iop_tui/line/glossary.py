"""The glossary: the words of the present page first; one word by itself, however much of it was typed."""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.line.commands import Command, folded, shown
from iop_tui.line.pages import Lines, row
from iop_tui.line.wrapping import plain
from iop_tui.screening.assessment.glossary_terms import in_order, read_in, words_of
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.content import Term
from iop_tui.screening.model.definition import Screening

AT_ONCE = 10
"""Words in one part of the whole list."""


def parts(screening: Screening, texts: Sequence[str]) -> list[Lines]:
    """The words that a page with these texts has, then all the others from A to Z, a few at a time."""
    if not screening.glossary.terms:
        return [[_("No words are explained here.")]]
    here, rest = in_order(screening, read_in(screening, texts))
    other = [_lines(rest[start : start + AT_ONCE]) for start in range(0, len(rest), AT_ONCE)]
    if other:
        other[0].insert(0, _("All other words:") if here else _("All words:"))
    first = [_("Words on this page:"), *_lines(here)] if here else [_("No glossary words on this page.")]
    one = _("To hear one word, type {words} and the word.").format(words=shown(Command.WORDS))
    return [[*first, one], *other]


def one(screening: Screening, typed: str) -> Lines:
    """The typed word, else those that begin with it or contain it; one sentence if there is none."""
    wanted = folded(typed)
    terms = screening.glossary.terms
    named = {term.id: [folded(word) for word in words_of(term)] for term in terms}
    found = [term for term in terms if wanted in named[term.id]]
    found = found or [term for term in terms if any(wanted in name for name in named[term.id])]
    if found and wanted:
        return _lines(found)
    return [_("That word is not in the list. To hear the list, type {words}.").format(words=shown(Command.WORDS))]


def _lines(terms: Sequence[Term]) -> Lines:
    return [row(plain(term.name), term.text) for term in terms]
