"""A condition as text: as an author would write it in YAML, in one line; or in plain words, as a tree for reviewers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score
from iop_tui.screening.model.definition import Option, Question, Screening
from iop_tui.screening.question_types import type_of

# ---- as YAML ---------------------------------------------------------------------------------------------------------


def as_yaml(condition: Condition) -> str:
    """The condition as YAML in one line, such as `{any: [{drinks: {at_least: 8}}, {signs: seizure}]}`."""
    if isinstance(condition, Is):
        only = condition.options[0] if len(condition.options) == 1 else ""
        return f"{{{condition.question}: {only or listed(condition.options)}}}"
    if isinstance(condition, InRange):
        sides = (("at_least", condition.at_least), ("at_most", condition.at_most))
        return f"{{{condition.question}: {{{', '.join(f'{key}: {n}' for key, n in sides if n is not None)}}}}}"
    if isinstance(condition, Score):
        return f"{{score: {listed(condition.questions)}, at_least: {condition.at_least}}}"
    if isinstance(condition, Not):
        return f"{{not: {as_yaml(condition.of)}}}"
    parts = f"[{', '.join(map(as_yaml, condition.of))}]"
    if isinstance(condition, AtLeast):
        return f"{{at_least: {condition.count}, of: {parts}}}"
    return f"{{{'all' if isinstance(condition, All) else 'any'}: {parts}}}"


def listed(words: tuple[str, ...]) -> str:
    """Words as a list in YAML."""
    return f"[{', '.join(words)}]"


def short(condition: Condition, most: int = 90) -> str:
    """The condition as YAML, cut off where it is long: enough to find the place again."""
    whole = as_yaml(condition)
    return whole if len(whole) <= most else f"{whole[: most - 1]}…"


# ---- in plain words --------------------------------------------------------------------------------------------------


class PlainAtom(Struct, frozen=True):
    """One test of answers in plain words: the ids of the questions that it is about, what they ask, and the answers
    wanted. With `negated` it holds for every other answer.
    """

    questions: tuple[str, ...]
    asked: str
    wanted: str
    negated: bool = False

    @property
    def lead(self) -> str:
        """What is asked, as it stands before the answers."""
        return f"{self.asked} " if self.asked.endswith("?") else f"{self.asked}: "


Joint = Literal["all", "any", "at_least", "none", "not_all"]
"""How many of the parts have to hold: all, one or more, `count` or more, none, or not all of them."""


class PlainGroup(Struct, frozen=True):
    """Several tests, and how many of them have to hold."""

    joint: Joint
    parts: tuple[PlainCondition, ...]
    count: int = 0


PlainCondition = PlainAtom | PlainGroup


def in_plain_words(condition: Condition, screening: Screening) -> PlainCondition:
    """The condition in the words of the questions and options, without the ids of any. Groups of one part, and groups
    inside others of the same joint, are resolved.
    """
    if isinstance(condition, Is):
        question = screening.question(condition.question)
        return PlainAtom((question.id,), asked(question), _options(condition.options, question))
    if isinstance(condition, InRange):
        question = screening.question(condition.question)
        return PlainAtom((question.id,), asked(question), _range(condition, question))
    if isinstance(condition, Score):
        return _score(condition, screening)
    if isinstance(condition, Not):
        return _negated(in_plain_words(condition.of, screening))
    joint: Joint = "at_least" if isinstance(condition, AtLeast) else "any" if isinstance(condition, AnyOf) else "all"
    parts = [in_plain_words(part, screening) for part in condition.of]
    if isinstance(condition, AtLeast):
        return PlainGroup(joint, tuple(parts), condition.count)
    return _group(joint, parts)


def as_sentence(condition: Condition, screening: Screening) -> str:
    """The condition in plain words as one sentence, with brackets around the groups inside it."""
    return _sentence(in_plain_words(condition, screening), inside=False)


HEADS: Mapping[Joint, str] = {
    "all": "all of:",
    "any": "any of:",
    "at_least": "at least {count} of:",
    "none": "none of:",
    "not_all": "not all of:",
}
"""What is said before the parts of a group."""
BETWEEN: Mapping[Joint, str] = {"all": " and ", "any": " or ", "at_least": " · ", "none": " or ", "not_all": " and "}
"""What is said between them."""


def head_of(group: PlainGroup) -> str:
    """What is said before the parts of a group; of two it is said that they are two."""
    if len(group.parts) == 2 and group.joint in _OF_TWO:
        return _OF_TWO[group.joint]
    return HEADS[group.joint].format(count=group.count)


def asked(question: Question) -> str:
    """What a question asks: its label; without one its text, without the hints that follow, such as "Choose all that
    fit.".
    """
    if question.label is not None:
        return str(question.label)
    sentences = _SENTENCE_END.split(str(question.ask))
    last = next((at for at, sentence in enumerate(sentences) if sentence.endswith("?")), len(sentences) - 1)
    return " ".join(sentences[: last + 1])


# ---- inside ----------------------------------------------------------------------------------------------------------

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_EXPLAINED = re.compile(r": | \(")
_OF_TWO: Mapping[Joint, str] = {"all": "both of:", "any": "either of:", "none": "neither of:"}
_MANY = 3
"""From so many options on, it is shorter to say which are not wanted, or where they begin."""


def _group(joint: Joint, parts: list[PlainCondition]) -> PlainCondition:
    flat: list[PlainCondition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, PlainGroup) and part.joint == joint else [part])
    return flat[0] if len(flat) == 1 else PlainGroup(joint, tuple(flat))


def _sentence(plain: PlainCondition, *, inside: bool) -> str:
    if isinstance(plain, PlainAtom):
        return (
            f"{plain.asked}{' ' if plain.asked.endswith('?') else ': '}{'not ' if plain.negated else ''}{plain.wanted}"
        )
    parts = BETWEEN[plain.joint].join(_sentence(part, inside=True) for part in plain.parts)
    if inside:
        return f"({head_of(plain)} {parts})"
    return parts if plain.joint in ("all", "any") else f"{head_of(plain)} {parts}"


def _negated(said: PlainCondition) -> PlainCondition:
    if isinstance(said, PlainAtom):
        return PlainAtom(said.questions, said.asked, said.wanted, not said.negated)
    opposite: dict[Joint, Joint] = {"all": "not_all", "any": "none", "none": "any", "not_all": "all"}
    if said.joint in opposite:
        return PlainGroup(opposite[said.joint], said.parts)
    return PlainGroup("none", (said,))


def _options(wanted: tuple[str, ...], question: Question) -> str:
    """The texts of the options wanted. Of many, the one that is not wanted, or the first of those up to the end."""
    every = [option.id for option in question.options]
    rest = [option for option in question.options if option.id not in wanted]
    if not rest:
        return "any answer"
    one_answer = not type_of(question).multiple
    if len(wanted) >= _MANY and len(rest) == 1 and (one_answer or rest[0].alone):
        return f"any answer but {_quoted(rest[0], question)}"
    chosen = [option for option in question.options if option.id in wanted]
    if len(wanted) >= _MANY and one_answer and question.ordered and set(every[-len(wanted) :]) == set(wanted):
        return f"{_quoted(chosen[0], question)}, or an answer below it"
    return _either([_quoted(option, question) for option in chosen])


def _range(condition: InRange, question: Question) -> str:
    said = type_of(question).in_range(condition)
    bound = condition.at_most if condition.at_most is not None else condition.at_least
    unit = question.unit_for(bound) if bound is not None else ""
    return f"{said} {unit}".rstrip()


def _score(condition: Score, screening: Screening) -> PlainAtom:
    questions = [screening.question(name) for name in condition.questions]
    most = sum(type_of(question).weights(question)[1] for question in questions)
    about = "; ".join(asked(question) for question in questions)
    return PlainAtom(condition.questions, f"Points added up: {about}", f"{condition.at_least} or more of {most}")


def _quoted(option: Option, question: Question) -> str:
    """The words of an option. What explains them, after a colon or in brackets, is left out where they are its own."""
    words = _words(option)
    alike = [each for each in question.options if _words(each) == words]
    return f"“{option.text}”" if len(alike) > 1 or words == option.text else f"“{words} …”"


def _words(option: Option) -> str:
    return _EXPLAINED.split(str(option.text))[0]


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
