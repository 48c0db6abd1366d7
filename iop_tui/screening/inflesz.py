"""How easily a Spanish text reads: the perspicuity of Szigriszt-Pazos, on the INFLESZ scale.

F. Szigriszt Pazos, Sistemas predictivos de legibilidad del mensaje escrito, Universidad Complutense de Madrid, 1992:
206.835 - 62.3 x syllables a word - words a sentence. I. M. Barrio-Cantalejo and others, Validación de la Escala INFLESZ
para evaluar la legibilidad de los textos dirigidos a pacientes, An. Sist. Sanit. Navar. 2008; 31(2):135-152: below 40
very hard, 40 to 55 rather hard, 55 to 65 normal, 65 to 80 rather easy ("bastante fácil"), above 80 very easy.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from msgspec import Struct

from iop_tui.screening.readability import sentences, words

_STRONG = frozenset("aeoáéóíú")
"""Vowels that each make a syllable of their own: the open ones, and i and u with an accent."""
_WEAK = frozenset("iuü")
_SPELLED = 5
"""Words of capitals up to this long are said letter by letter."""
_VOWELS = re.compile("[aeiouáéíóúü]+")
_SILENT = re.compile("(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])")
_END_Y = re.compile(r"y\b")


class Ease(Struct, frozen=True):
    """How much there is of a text: words and their syllables; sentences and the words in them; `pieces` are sentences
    and what has no full stop.
    """

    words: int = 0
    syllables: int = 0
    sentences: int = 0
    in_sentences: int = 0
    pieces: int = 0

    @property
    def perspicuity(self) -> float:
        """Szigriszt-Pazos' figure, higher is easier; 100.0 for no words. Without any full stop each piece is a
        sentence. An option without one counts for how hard the words are, not for how long the sentences are.
        """
        if not self.words:
            return 100.0
        length = self.in_sentences / self.sentences if self.sentences else self.words / self.pieces
        return 206.835 - 62.3 * self.syllables / self.words - length


def ease(texts: Iterable[str]) -> Ease:
    """Texts measured together."""
    return total(_of_piece(piece) for text in texts for piece in sentences(text))


def total(measures: Iterable[Ease]) -> Ease:
    """Measures added up."""
    every = tuple(measures)
    return Ease(
        sum(one.words for one in every),
        sum(one.syllables for one in every),
        sum(one.sentences for one in every),
        sum(one.in_sentences for one in every),
        sum(one.pieces for one in every),
    )


@functools.lru_cache(maxsize=8_192)
def syllables(word: str) -> int:
    """The syllables of a Spanish word, at least 1.

    Two strong vowels beside each other are two syllables; a weak vowel goes with its neighbour. The u of que, qui, gue
    and gui is not heard. A number, an address, and letters said one by one (IOP) are one syllable.
    """
    if not word.isalpha() or (word.isupper() and len(word) <= _SPELLED):
        return 1
    plain = _END_Y.sub("i", _SILENT.sub("", word.lower())).replace("h", "")
    return max(1, sum(_in_group(group[0]) for group in _VOWELS.finditer(plain)))


@functools.lru_cache(maxsize=8_192)
def _of_piece(piece: str) -> Ease:
    parts, ends = words(piece), piece.rstrip("\"'”’») ").endswith((".", "!", "?", "…"))
    return Ease(len(parts), sum(map(syllables, parts)), ends, len(parts) * ends, 1)


def _in_group(vowels: str) -> int:
    strong = sum(vowel in _STRONG for vowel in vowels)
    if strong:
        return strong
    # Only weak ones: "ciudad", "muy" have one syllable there.
    return (len(vowels) + 1) // 2
