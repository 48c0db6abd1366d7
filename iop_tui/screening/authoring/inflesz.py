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

from iop_tui.screening.authoring.readability import Measure, measure

_STRONG = frozenset("aeoáéóíú")
"""Vowels that each make a syllable of their own: the open ones, and i and u with an accent."""
_SPELLED = 5
"""Words in capitals up to this long are spelled out."""
_VOWELS = re.compile("[aeiouáéíóúü]+")
_SILENT = re.compile("(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])")
_END_Y = re.compile(r"y\b")


def ease(texts: Iterable[str]) -> Measure:
    """Spanish texts measured together."""
    return measure(texts, syllables)


def perspicuity(measure: Measure) -> float:
    """Szigriszt-Pazos' figure, higher is easier; 100.0 for no words. An option without a full stop counts for how hard
    the words are, not for how long the sentences are.
    """
    return 206.835 - 62.3 * measure.syllables / measure.words - measure.length if measure.words else 100.0


@functools.lru_cache(maxsize=8_192)
def syllables(word: str) -> int:
    """The syllables of a Spanish word, at least 1.

    Two strong vowels beside each other are two syllables; a weak vowel joins its neighbour. The u of que, qui, gue and
    gui is silent. A number, an address, and spelled-out letters (IOP) are one syllable.
    """
    if not word.isalpha() or (word.isupper() and len(word) <= _SPELLED):
        return 1
    plain = _END_Y.sub("i", _SILENT.sub("", word.lower())).replace("h", "")
    return max(1, sum(_in_group(group[0]) for group in _VOWELS.finditer(plain)))


def _in_group(vowels: str) -> int:
    strong = sum(vowel in _STRONG for vowel in vowels)
    if strong:
        return strong
    # Only weak ones: "ciudad", "muy" have one syllable there.
    return (len(vowels) + 1) // 2
