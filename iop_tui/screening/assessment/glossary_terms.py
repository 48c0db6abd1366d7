"""Finds glossary terms in a text, so that each can be opened there."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from iop_tui.screening.model.content import Term
from iop_tui.screening.model.definition import Screening

_PARENTHESES = re.compile(r"^(.*?)\s*\(([^()]*)\)\s*(.*)$")


class Found(Struct, frozen=True):
    """An occurrence of a term in a text: its id, begin and end, in characters."""

    term: str
    start: int
    end: int


def found(screening: Screening, text: str) -> tuple[Found, ...]:
    """Every occurrence of a term in a text, as a whole word; the longest where several begin."""
    look = _look(screening)
    if look is None:
        return ()
    places = []
    for match in look.pattern.finditer(_lower(text)):
        word = " ".join(match[0].split())
        # MAT is a treatment, and a mat is not.
        if word not in look.initials or text[match.start() : match.end()].isupper():
            places.append(Found(look.terms[word], match.start(), match.end()))
    return tuple(places)


def first_on_page(screening: Screening, texts: Iterable[str]) -> tuple[tuple[Found, ...], ...]:
    """For each text of a page, in reading order: the terms that did not occur above it."""
    read: set[str] = set()
    page = []
    for text in texts:
        fresh = []
        for place in found(screening, text):
            if place.term not in read:
                read.add(place.term)
                fresh.append(place)
        page.append(tuple(fresh))
    return tuple(page)


def read_in(screening: Screening, texts: Iterable[str]) -> tuple[str, ...]:
    """The ids of the terms on a page with these texts, in that order."""
    return tuple(place.term for places in first_on_page(screening, texts) for place in places)


def in_order(screening: Screening, first: Iterable[str]) -> tuple[Sequence[Term], Sequence[Term]]:
    """The glossary: the terms with these ids in their order, each once, without unknown ones; then all the others from
    A to Z.
    """
    terms = {term.id: term for term in screening.glossary.terms}
    here = [terms.pop(term_id) for term_id in dict.fromkeys(first) if term_id in terms]
    return here, sorted(terms.values(), key=lambda term: _by_letters(term.name))


def words_of(term: Term) -> tuple[str, ...]:
    """The words for a term: its name, the name without its parentheses, their content, and `also`."""
    parts = _PARENTHESES.match(term.name)
    names = [term.name, *([f"{parts[1]} {parts[3]}".strip(), parts[2].strip()] if parts else [])]
    return tuple(dict.fromkeys(name for name in (*names, *term.also) if name))


# ---- inside ----------------------------------------------------------------------------------------------------------


class _Look(Struct, frozen=True):
    """The matcher for the terms of a screening. Its words are lower case, with single spaces."""

    pattern: re.Pattern[str]
    terms: Mapping[str, str]
    """Word -> the id of its term."""
    initials: frozenset[str]
    """The words that match in capitals only."""


@functools.lru_cache(maxsize=4)
def _look(screening: Screening) -> _Look | None:
    """None for a screening without a glossary. Cached: making it takes milliseconds, a search hundredths of one."""
    terms: dict[str, str] = {}
    initials: set[str] = set()
    for term in screening.glossary.terms:
        for word in words_of(term):
            plain = " ".join(_lower(word).split())
            terms.setdefault(plain, term.id)
            if word.isalpha() and word.isupper():
                initials.add(plain)
    if not terms:
        return None
    # Longest first: of several that begin at one place, the first in the pattern wins.
    words = sorted(terms, key=lambda word: (-len(word), word))
    either = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    # `\b` would not do: a word may begin or end with a sign.
    return _Look(re.compile(rf"(?<!\w)(?:{either})(?!\w)"), terms, frozenset(initials))


def _by_letters(name: str) -> str:
    """The sort key: without accents, as in a dictionary."""
    return "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))


def _lower(text: str) -> str:
    """Small letters, each in its place: a few letters have a small form of two characters, and stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
