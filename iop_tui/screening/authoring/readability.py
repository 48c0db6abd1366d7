"""How hard a text is to read: the grade of Flesch and Kincaid, and sentences that are too long.

    grade = 0.39 words/sentences + 11.8 syllables/words - 15.59      (Kincaid and others, 1975)

A grade of 6 can be read by somebody with six years of school. What is counted:

- A sentence ends with `.`, `!` or `?`. An option or a heading without one is no sentence: its words count for how hard
  the words are, not for how long the sentences are. Else a screen of ten short options would hide one long sentence.
- A word is a run of letters; parts joined by a hyphen or a slash are words of their own. A number, a phone number or a
  web address is one word of one syllable: it is dialled or copied, not sounded out.
- Syllables are counted by the groups of vowels, less those that are not sounded, with a list for what no rule gets
  right. Letters said one by one (IOP) are one syllable each.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+")
_SHORT = re.compile(r"\b(?:Dr|Mr|Ms|Mrs|vs|St|U\.S|[ap]\.m)\.$")
"""Words with a full stop of their own."""
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")
_PLAIN = r"[\d$%][\d,.:$%-]*|[^\W\d_]+(?:['’][^\W\d_]+)*"
_TOKEN = re.compile(_PLAIN)
_TOKEN_OR_ADDRESS = re.compile(rf"(?:https?://|www\.)\S+|\w+(?:\.\w+)*\.(?:gov|org|com|net)\b[^\s,;)]*|{_PLAIN}")
_MAY_HOLD_ADDRESS = re.compile(r"[./][^\s.]")
"""Looking for an address at each letter costs more than all else here, and few texts have one."""
_VOWELS = re.compile(r"[aeiouy]+")
_ADDRESS = re.compile(r"\d|\$|%|://|www\.|\.(?:gov|org|com|net)")


class Measure(Struct, frozen=True):
    """How much there is of a text."""

    sentences: int = 0
    in_sentences: int = 0
    """Words in sentences."""
    words: int = 0
    syllables: int = 0
    pieces: int = 0
    """Sentences, and what has no full stop."""

    @property
    def length(self) -> float:
        """Words in a sentence; without any full stop each piece is one. 0.0 for no words."""
        if not self.words:
            return 0.0
        return self.in_sentences / self.sentences if self.sentences else self.words / self.pieces

    @property
    def grade(self) -> float:
        """The grade of Flesch and Kincaid; 0.0 for no words."""
        return 0.39 * self.length + 11.8 * self.syllables / self.words - 15.59 if self.words else 0.0


def measure(texts: Iterable[str], count: Callable[[str], int] | None = None) -> Measure:
    """Texts measured together. `count` says how many syllables a word has in another language than English."""
    return total(of_piece(piece, count) for text in texts for piece in sentences(text))


def total(measures: Iterable[Measure]) -> Measure:
    """Measures added up."""
    every = tuple(measures)
    return Measure(
        sum(one.sentences for one in every),
        sum(one.in_sentences for one in every),
        sum(one.words for one in every),
        sum(one.syllables for one in every),
        sum(one.pieces for one in every),
    )


@functools.lru_cache(maxsize=8_192)
def of_piece(piece: str, count: Callable[[str], int] | None = None) -> Measure:
    """One sentence, or what has no full stop, measured; `count` as in `measure`."""
    parts = words(piece)
    ends = bool(_ENDS.search(piece))
    return Measure(ends, len(parts) * ends, len(parts), sum(map(count or syllables, parts)), 1)


@functools.lru_cache(maxsize=8_192)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text that have a word in them, as they are written; last what has no full stop."""
    return tuple(said for said in _pieces(text) if _TOKEN.search(said))


def words(text: str) -> list[str]:
    """The words of a text."""
    return (_TOKEN_OR_ADDRESS if _MAY_HOLD_ADDRESS.search(text) else _TOKEN).findall(text)


def hardest(texts: Iterable[str]) -> str:
    """The sentence that most raises the grade of the texts together; an empty text where there is none."""
    # Not the one of the highest grade: two hard words alone ("Family therapy") grade high and weigh little.
    pieces = (piece for text in texts for piece in sentences(text))
    return max(pieces, key=lambda piece: len(words(piece)) * _alone(piece), default="")


@functools.lru_cache(maxsize=8_192)
def syllables(word: str) -> int:
    """How many syllables a word has, at least 1."""
    if _ADDRESS.search(word):
        return 1
    plain = word.replace("’", "'")
    if plain.isupper() and 2 <= len(plain) <= _SPELLED:
        return sum(3 if letter == "W" else 1 for letter in plain)
    plain = plain.lower()
    if plain.endswith("'s"):
        plain = plain[:-2] + ("es" if plain[:-2].endswith(_HISSING) else "s")
    # "isn't" and "didn't" have one more than "is" and "did"; "can't" and "you're" have none.
    more = plain.endswith(("sn't", "dn't"))
    plain = plain.removesuffix("n't") if more else plain.replace("'", "")
    return max(1, _EXACTLY[plain] if plain in _EXACTLY else _by_rule(plain)) + more


# ---- inside ----------------------------------------------------------------------------------------------------------

_SPELLED = 5
"""Words in capitals up to this long are spelled out."""
_HISSING = ("s", "x", "z", "ch", "sh", "ce", "ge", "se", "ze")


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for end in _END.finditer(text):
        if end[0] == "." and _shortens(text[at : end.end()], text[end.end() :]):
            continue
        yield text[at : end.end()].strip()
        at = end.end()
    yield text[at:].strip()


def _shortens(said: str, rest: str) -> bool:
    """Whether the full stop after what was said belongs to its last word."""
    found = _SHORT.search(said)
    # After "5 p.m." a sentence may begin, with a capital.
    return found is not None and not (found[0].endswith(".m.") and rest.lstrip()[:1].isupper())


def _alone(piece: str) -> float:
    """The grade of a piece by itself, none below 0."""
    return max(0.0, of_piece(piece).grade)


def _by_rule(word: str) -> int:
    count = len(_VOWELS.findall(word))
    count -= bool(_SILENT_END.search(word)) + bool(_SILENT_INSIDE.search(word))
    return count + len(_APART.findall(word)) + word.endswith(("sm", "sms", "thm"))


_SILENT_END = re.compile(
    # A last e, but in "little" and "she"; that of -es, but after a hiss; that of -ed, but after t or d.
    r"""(?<=[aeiouy])(?: [^aeiouy]*(?<![^aeiouylr]l)(?<![aeiouy])e
                       | [^aeiouy]*(?<!s)(?<!x)(?<!z)(?<!ch)(?<!sh)(?<!c)(?<!g)(?<![^aeiouylr]l)(?<![aeiouy])es
                       | [^aeiouy]*(?<![td])(?<![^aeiouylr]l)(?<![aeiouy])ed )$""",
    re.VERBOSE,
)
_SILENT_INSIDE = re.compile(
    r"[aeiouy][^aeiouy]+e(?:ly|ments?|less|ness|ful|fully|thing|times?|where|one|body|t(?:y|ies)|lines?|guards?)$"
)
"""The e in the middle of "safely", "something", "hopeless", "lifeline"."""
_APART = re.compile(
    # Two vowels beside one another, each sounded: di-al, seri-ous, di-et, cli-ent, situ-ation, re-act, ide-a, do-ing,
    # po-em, cru-el, influ-ence, pray-er, happi-er.
    r"""(?<![tscgx])ia(?!r?ge) | (?<![tscgx])io(?!n) | (?<![tscgxn])ion | i(?:et|um|us) | ienc | lient
      | (?<!q)u(?:al|at|ous) | eo(?!pl|r$) | eum | [aeouy]ing | (?<=cr)eat(?:[ei]) | react | (?<=[dr])eas?$ | oe[mt]
      | iy | (?<![gq])ue[ln] | enuin | [aou]yer | [ao]yal | eyon | rrhea
      | (?:(?<=[bdfglnprstvz])|(?<=th))i(?:ers?|est)$""",
    re.VERBOSE,
)
_EXACTLY = {
    word: count
    for count, said in enumerate(
        (
            """aches friend friends something's tongue league pier piers tier tiers""",
            """maybe fluid fluids ruin ruins being science giant giants hundred hundreds headaches backaches
            toothaches bellyaches soldier soldiers frontier premier nauseous million lion lions client
            clients quiet busy business chocolate""",
            """anyone everyone heroin employee suicide area areas idea ideas reaction reactions insurance overdose
            cereal cereals nausea stomachaches overdoses overdosed naloxone everything""",
            """buprenorphine experience experiences experienced everybody anybody""",
        ),
        1,
    )
    for word in said.split()
}
"""What the rule gets wrong, of the words that such texts are made of."""
