"""Questions, options and sections by a few letters of them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from iop_tui.screening.model import Question, Screening

MOST = 40
"""Finds that are shown: who needs more of them types another letter."""
_WORD = re.compile(r"\w+")
_WHOLE, _BEGINS, _INSIDE, _NOWHERE = 0, 1, 2, 9


class Find(Struct, frozen=True):
    """A question that was found, the options of it that the words were found in, or a section by its first question."""

    question: str
    """The id of the question to go to."""
    text: str
    options: tuple[int, ...] = ()
    """The indexes of options that match."""
    section: bool = False


class _Entry(Struct, frozen=True):
    find: Find
    texts: tuple[str, ...]
    """Folded: the question's own words."""
    options: tuple[str, ...]
    """Folded, option by option."""


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
            entries.append(_Entry(Find(first, section.title, section=True), (folded(section.title),), ()))
        entries += [_entry(question) for question in section.questions]
    return tuple(entries)


def _entry(question: Question) -> _Entry:
    texts = (folded(f"{question.ask} {question.say or ''} {question.id.replace('_', ' ')}"),)
    return _Entry(Find(question.id, question.ask), texts, tuple(folded(option.text) for option in question.options))


def find(screening: Screening, words: str) -> tuple[Find, ...]:
    """What has all the words, the best match first: whole words before beginnings, these before what stands inside of
    one; in the order of the screening where they are equal. Nothing typed finds every question.
    """
    wanted = folded(words).split()
    scored: list[tuple[int, int, Find]] = []
    for place, entry in enumerate(_entries(screening)):
        score, options = _score(entry, wanted)
        if score is not None:
            found = entry.find
            scored.append((score, place, Find(found.question, found.text, options, found.section)))
    scored.sort(key=lambda item: item[:2])
    return tuple(found for _score_, _place, found in scored[:MOST])


def _score(entry: _Entry, wanted: Sequence[str]) -> tuple[int | None, tuple[int, ...]]:
    """How well an entry has the words (least is best; None where it has not all), and the options that show it."""
    if not wanted:
        return 0, ()
    total, options = 0, dict.fromkeys(range(len(entry.options)), 0)
    needed: list[str] = []
    for word in wanted:
        own = min(_has(text, word) for text in entry.texts)
        best = min((_has(option, word) for option in entry.options), default=_NOWHERE)
        if min(own, best) == _NOWHERE:
            return None, ()
        # Where it stands in both alike, the question's own words are meant.
        total += 2 * min(own, best) + (best < own)
        if best < own:
            needed.append(word)
    # Those that have what the question itself has not, or not as well.
    shown = [index for index in options if needed and all(_has(entry.options[index], w) < _NOWHERE for w in needed)]
    if needed and not shown:
        shown = [index for index in options if any(_has(entry.options[index], w) < _NOWHERE for w in needed)]
    ranked = sorted(shown, key=lambda index: sum(_has(entry.options[index], word) for word in needed))
    return total, tuple(ranked)


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
