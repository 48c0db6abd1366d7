"""Search for questions, options and sections by a few letters of them, or by words that a caller may use instead."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.screening.model.definition import Question, Screening

MAX_HITS = 40
"""Matches that are shown at most: another letter narrows them down."""
_WORD = re.compile(r"\w+")
_WHOLE, _BEGINS, _INSIDE, _NOWHERE = 0, 1, 1000, 9999
"""Scores; less is better. A beginning is far better than an inside, however many words are typed."""


class SearchHit(Struct, frozen=True):
    """A question that matches, the options in which the words were found, or a section by its first question."""

    question: str
    """The id of the question to go to."""
    text: str
    options: tuple[int, ...] = ()
    """The indexes of options that match."""
    section: bool = False
    also: tuple[str, ...] = ()
    """The caller's words for it that match better than its own."""


class _Entry(Struct, frozen=True):
    find: SearchHit
    texts: tuple[str, ...]
    """Folded: the question's own words."""
    options: tuple[str, ...]
    """Folded, option by option."""
    also: tuple[str, ...] = ()
    """Folded: what a caller may say."""


def folded(text: str) -> str:
    """A text without capitals and accents, one space between words."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(plain.casefold().replace("'", "").replace("’", "")))


@functools.lru_cache(maxsize=4)
def _entries(screening: Screening) -> Sequence[_Entry]:
    entries = []
    for section in screening.sections:
        if section.questions:
            first = section.questions[0].id
            entries.append(_Entry(SearchHit(first, section.title, section=True), (folded(section.title),), ()))
        entries += [_entry(question) for question in section.questions]
    return tuple(entries)


def _entry(question: Question) -> _Entry:
    texts = (folded(f"{question.ask} {question.say or ''} {question.id.replace('_', ' ')}"),)
    options = tuple(folded(option.text) for option in question.options)
    also = tuple(folded(word) for word in question.also)
    return _Entry(SearchHit(question.id, question.ask, also=question.also), texts, options, also)


def find(screening: Screening, words: str) -> tuple[SearchHit, ...]:
    """All entries with every word, the best match first: whole words, then beginnings of words, then parts of them;
    equal matches in the order of the screening. Nothing typed finds every question.
    """
    wanted = folded(words).split()
    scored: list[tuple[int, int, SearchHit]] = []
    for place, entry in enumerate(_entries(screening)):
        match = _score(entry, wanted)
        if match is not None:
            score, options, said = match
            also = tuple(entry.find.also[index] for index in said)
            scored.append((score, place, replace(entry.find, options=options, also=also)))
    scored.sort(key=lambda item: item[:2])
    return tuple(found for _score_, _place, found in scored[:MAX_HITS])


def _score(entry: _Entry, wanted: Sequence[str]) -> tuple[int, tuple[int, ...], tuple[int, ...]] | None:
    """The score of an entry for the words (less is better), the matching options and the matching caller's words; None
    unless every word matches.
    """
    total = 0
    in_options: list[str] = []
    said: list[int] = []
    for word in wanted:
        own = min(_has(text, word) for text in entry.texts)
        option = min((_has(text, word) for text in entry.options), default=_NOWHERE)
        also = min((_has(text, word) for text in entry.also), default=_NOWHERE)
        best = min(own, option, also)
        if best == _NOWHERE:
            return None
        # Equal matches: the question's own words win, then those of an option.
        total += 2 * best + (own > best)
        if own > best and option == best:
            in_options.append(word)
        elif own > best:
            said += [index for index, text in enumerate(entry.also) if _has(text, word) == best]
    return total, _options(entry, in_options), tuple(dict.fromkeys(said))


def _options(entry: _Entry, words: Sequence[str]) -> tuple[int, ...]:
    """The options that match what the question itself does not, or not as well: those that match all of it, else some;
    best first.
    """
    if not words:
        return ()
    having = [[_has(text, word) for word in words] for text in entry.options]
    shown = [index for index, scores in enumerate(having) if max(scores) < _NOWHERE]
    shown = shown or [index for index, scores in enumerate(having) if min(scores) < _NOWHERE]
    return tuple(sorted(shown, key=lambda index: sum(having[index])))


def _has(text: str, word: str) -> int:
    at = text.find(word)
    if at < 0:
        return _NOWHERE
    best = _INSIDE
    while at >= 0:
        if at == 0 or text[at - 1] == " ":
            end = at + len(word)
            if end == len(text) or text[end] == " ":
                return _WHOLE
            best = _BEGINS
        at = text.find(word, at + 1)
    return best
