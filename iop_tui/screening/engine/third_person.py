"""Rewrite second-person text in the third person for proxy respondents.

In English *they* takes the same verb forms as *you* ("do you", "do they"; "you were", "they were"), and nearly the same
as *I*. So a closed list of word rules rewrites the text, and no screening is written twice. What no rule can decide is
never guessed: whether "you" becomes *they* or *them* where the neighboring words do not show it, and whether other
words should differ. There the author writes both forms, as in `Keep it near {you|them}`; `ambiguities` names each such
place. Text in double quotes is direct speech, and is not rewritten.

Other languages have other rules: a translation has the third-person form that its translator wrote, in braces.
"""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from iop_tui.screening.engine.evaluate import Facts, named, truth
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.model.field_types import ENGLISH, SECOND_PERSON, TWO_FORMS, SourceLocation, TwoForms

S = TypeVar("S")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_SPEECH = re.compile(r'"[^"]*"|“[^”]*”|‘[^’]*’')
_ALWAYS = {
    "your": "their",
    "yours": "theirs",
    "yourself": "themselves",
    "you're": "they're",
    "you've": "they've",
    "you'd": "they'd",
    "you'll": "they'll",
    "i": "they",
    "me": "them",
    "my": "their",
    "mine": "theirs",
    "myself": "themselves",
    "i'm": "they're",
    "i've": "they've",
    "i'd": "they'd",
    "i'll": "they'll",
}
_BESIDE_I = {"am": "are", "was": "were", "wasn't": "weren't"}
_THEM_AFTER = frozenset(
    """about against around at behind beside between by for from near of on onto over to toward under with without
    ask asks asked bother bothers bothered call calls called cost costs fit fits gave get gets give gives given guide
    guides harm harms heard hear hears hold holds hurt hurts hurting join joins keep keeps kept kill kills knows know
    let lets lead leads love loves made make makes meet meets move need needs pay pays point points reach reaches
    remind reminds save scare scares scared see sees seen send sends show shows shown support supports take takes tell
    tells told treat treats trouble troubles trust trusts understand understands visit visits walk want wants warn
    watch watches wear wears worry worries threaten threatens stop stops""".split()  # noqa: SIM905  # words, not a list
)
_THEY_AFTER = frozenset(
    """are aren't as because been before but can can't cannot could couldn't did didn't do don't does if had have
    haven't how however may might must once or should shouldn't since so than that though unless until were weren't
    what when whenever where which while who whom whose why will won't would wouldn't and
    after""".split()  # noqa: SIM905  # words, not a list
)
_THEY_BEFORE = frozenset(
    """are aren't can can't cannot care could couldn't did didn't do don't drink drank feel felt get go had have
    haven't join left like live lose lost may might must need never no often pay read said should stopped take think
    told took trust use used want went were weren't will won't would already
    also""".split()  # noqa: SIM905  # words, not a list
)
_MAY_END = frozenset({"after", "and", "as", "before", "but", "or", "since", "than"})
_ALWAYS_THEY_BEFORE = frozenset({"can", "cannot", "could", "may", "might", "must", "should", "will", "would"})
_KNOWN_TO = frozenset({"know", "love", "need", "trust", "want"})
"""Verbs of which "you" may be the subject: "people you trust", "all you need"."""
_NUMBERED = frozenset({"bipolar", "grade", "group", "level", "part", "phase", "schedule", "stage", "step", "type"})
"""Words after which "I" is a number."""
# Another verb may follow these ("help you need", "help you join"): the next word decides nothing.
_EITHER = frozenset({"help", "helps", "helped", "helping"})


def third_person(text: str) -> str:
    """A second-person text, rewritten for a proxy respondent."""
    said = ""
    for part, settled in _parts(_written(text)):
        said += part if settled else _rephrase(part, said)[0]
    return said


def written_third_person(text: str) -> str:
    """A translated text for a proxy respondent: the second form that the translator wrote, if there is one."""
    return TWO_FORMS.sub(r"\2", _written(text))


def ambiguities(text: str) -> tuple[str, ...]:
    """The places, as a few words each, that the rules cannot rewrite without guessing."""
    found: list[str] = []
    said = ""
    for part, settled in _parts(_written(text)):
        told, unsure = (part, ()) if settled else _rephrase(part, said)
        found.extend(unsure)
        said += told
    return tuple(found)


def wording_for(screening: Screening, answers: Mapping[str, Answer]) -> Screening:
    """The screening in the wording for the respondent who gives these answers."""
    return proxy_wording(screening) if is_proxy(screening, answers) else screening


def is_proxy(screening: Screening, answers: Mapping[str, Answer]) -> bool:
    """True if the respondent is a proxy: somebody who answers for another person."""
    condition = screening.manifest.for_other
    return condition is not None and truth(condition, Facts(screening, answers)) is True


@functools.lru_cache(maxsize=4)
def proxy_wording(screening: Screening) -> Screening:
    """The screening with all second-person text in the third person. Nothing but words differs.

    The questions that `for_other` names ask who answers, so they keep addressing the respondent.
    """
    condition = screening.manifest.for_other
    asks_who = frozenset(named(condition)) if condition is not None else frozenset()
    return _rephrased(screening, asks_who, third_person if screening.language == ENGLISH else written_third_person)


def second_person_texts(thing: Any) -> Iterator[tuple[SourceLocation, str]]:
    """All second-person texts of a screening or of a part of it, each with the source location of its owner."""
    if isinstance(thing, tuple):
        for part in thing:
            yield from second_person_texts(part)
    elif isinstance(thing, msgspec.Struct):
        told, here = _second_person_fields(type(thing)), getattr(thing, "where", None)
        for name in thing.__struct_fields__:
            value = getattr(thing, name)
            if name not in told:
                yield from second_person_texts(value)
                continue
            texts = (value,) if isinstance(value, str) else value.values() if isinstance(value, Mapping) else value
            yield from ((here, text) for text in texts or () if here is not None)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _rephrased(thing: S, asks_who: frozenset[str], tell: Callable[[str], str]) -> S:
    if isinstance(thing, tuple):
        return tuple(_rephrased(part, asks_who, tell) for part in thing)  # type: ignore[return-value]  # stays a tuple
    if not isinstance(thing, msgspec.Struct) or (isinstance(thing, Question) and thing.id in asks_who):
        return thing
    told = _second_person_fields(type(thing))
    changed: dict[str, Any] = {}
    for name in thing.__struct_fields__:
        value = getattr(thing, name)
        if name in told:
            changed[name] = _each(value, tell)
        elif isinstance(value, (tuple, msgspec.Struct)):
            changed[name] = _rephrased(value, asks_who, tell)
    return msgspec.structs.replace(thing, **changed)


def _each(value: Any, tell: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return tell(value)
    if isinstance(value, tuple):
        return tuple(_each(part, tell) for part in value)
    if isinstance(value, Mapping):
        return {key: _each(part, tell) for key, part in value.items()}
    return value


@functools.cache
def _second_person_fields(cls: type) -> frozenset[str]:
    """The fields of a model class that hold second-person text: one, several, or by key."""
    hints = typing.get_type_hints(cls, include_extras=True)
    return frozenset(name for name, annotation in hints.items() if _is_second_person(annotation))


def _is_second_person(annotation: Any) -> bool:
    metas = getattr(annotation, "__metadata__", ())
    if any(isinstance(meta, msgspec.Meta) and meta.extra == SECOND_PERSON for meta in metas):
        return True
    return any(_is_second_person(part) for part in typing.get_args(annotation))


def _written(text: str) -> str:
    return text.written if isinstance(text, TwoForms) else text


def _parts(written: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is final: a form that the author wrote, or direct speech."""
    at = 0
    for found in re.finditer(f"{TWO_FORMS.pattern}|{_SPEECH.pattern}", written):
        yield written[at : found.start()], False
        yield (found[2] if found[2] is not None else found[0]), True
        at = found.end()
    yield written[at:], False


@functools.lru_cache(maxsize=256)
def _rephrase(text: str, lead: str) -> tuple[str, tuple[str, ...]]:
    # Cached: a check asks for the ambiguities of a text right after its rewritten form.
    words = list(_WORD.finditer(text))
    said: list[str] = []
    unsure: list[str] = []
    at = 0
    for number, word in enumerate(words):
        plain = _plain(word)
        before = words[number - 1] if number and _joined(text, words[number - 1], word) else None
        after = words[number + 1] if number + 1 < len(words) and _joined(text, word, words[number + 1]) else None
        new, doubt = _ALWAYS.get(plain), False
        if plain.split("'")[0] == "i" and (word[0][0] != "I" or _plain(before) in _NUMBERED):
            new = None
        elif plain == "i":
            doubt = after is None
        elif plain in _BESIDE_I and "i" in {_plain(before), _plain(after)}:
            new = _BESIDE_I[plain]
        elif plain in _BESIDE_I:
            # "I am old and was ill": the neighboring words do not show whether the second verb belongs to "I".
            doubt = _plain(before) in {"and", "but", "or"} and any(_plain(w) == "i" for w in words[:number])
        elif plain == "you":
            which = _they_or_them(_plain(before), _plain(after), follows="," in text[word.end() : word.end() + 1])
            new, doubt = which or "they", which is None
        if doubt:
            unsure.append(text[before.start() if before else word.start() : after.end() if after else word.end()])
        if new is not None:
            said.append(text[at : word.start()] + _cased(new, word[0], (lead + text[: word.start()])))
            at = word.end()
    return "".join(said) + text[at:], tuple(unsure)


def _cased(new: str, old: str, ahead: str) -> str:
    """The new word, capitalized where the old one was, or where "I" began a sentence."""
    if len(old) > 1 and old.isupper():
        return new.upper()
    lead = ahead.rstrip(' \t\n"”’(·-')
    starts = not lead or lead[-1] in ".!?"
    large = starts if old.lower().replace("’", "'").split("'")[0] == "i" else old[0].isupper()
    return new[0].upper() + new[1:] if large else new


def _they_or_them(before: str, after: str, *, follows: bool) -> str | None:
    """*they* or *them*, from the neighboring words; None if they do not show it."""
    if not before or before in _THEY_AFTER:
        # "before you." and "than you," have no verb: "they" would have nothing to do.
        return "them" if before in _MAY_END and not after else "they"
    if after in _ALWAYS_THEY_BEFORE:
        # "Someone who loves you can help", but "people you trust will": only the meaning shows which.
        return None if before in _THEM_AFTER - _KNOWN_TO else "they"
    if before in _EITHER:
        return None if after in _THEY_BEFORE else "them"
    if before in _THEM_AFTER:
        return "them"
    if after in _THEY_BEFORE and not follows:
        return "they"
    return "them" if not after else None


def _joined(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether two words are in one phrase: only a space is between them."""
    return not text[first.end() : second.start()].strip()


def _plain(word: re.Match[str] | None) -> str:
    return word[0].lower().replace("’", "'") if word else ""
