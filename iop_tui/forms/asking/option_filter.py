"""Finding an option by some letters of it, for questions with many."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from iop_tui.forms.asking.item_words import option_text
from iop_tui.forms.model.form import Option


def folded(text: str) -> str:
    """A text without letter case and accents, and with single spaces."""
    letters = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).casefold().split())


def matching(options: Sequence[Option], letters: str, language: str) -> tuple[int, ...]:
    """The numbers of the options, from 0, that have all of these words: first those that begin with them."""
    wanted = folded(letters)
    if not wanted:
        return tuple(range(len(options)))
    texts = [folded(f"{option.prefix} {option_text(option, language)}") for option in options]
    words = wanted.split()
    found = [number for number, text in enumerate(texts) if all(word in text for word in words)]
    return tuple(sorted(found, key=lambda number: (not _begins(texts[number], wanted), number)))


def _begins(text: str, wanted: str) -> bool:
    return text.startswith(wanted) or f" {wanted}" in text
