"""What was typed for a question -> an answer, or the one sentence that says what would be right."""

from __future__ import annotations

import re

from msgspec import Struct

from iop_tui.line.commands import Command, folded, shown
from iop_tui.line.text import plain
from iop_tui.screening.answers import Answer
from iop_tui.screening.language import _
from iop_tui.screening.model import Question

_BETWEEN = re.compile(r"[\s,;+&/]+")
_MOST_DIGITS = 9
"""More than this is out of every bound, and Python refuses to read numbers of thousands of digits."""
_MARKS = (".", ")", "'", "’")
_WAYS = (Command.NOT_SURE, Command.SKIP, Command.WHY, Command.BACK, Command.HELP, Command.COMMANDS)


class Wrong(Struct, frozen=True):
    """Nothing was answered; `instead` is a sentence that says what would be right."""

    instead: str


def read(question: Question, typed: str) -> Answer | Wrong:
    """The answer that was typed: as numbers, or in the words of one answer. Words like "skip" are commands, and not
    looked for here.
    """
    said = folded(typed)
    by_words = next((option for option in question.options if folded(plain(option.text)) == said), None)
    if by_words is not None:
        return (by_words.id,) if question.kind == "several" else by_words.id
    if question.kind == "number":
        number = whole(said)
        lowest, highest = question.lowest or 0, question.highest or 0
        return number if number is not None and lowest <= number <= highest else Wrong(expected(question))
    if question.kind == "one":
        number = whole(said)
        if number is None or not 1 <= number <= len(question.options):
            return Wrong(expected(question))
        return question.options[number - 1].id
    return _several(question, said)


def whole(said: str) -> int | None:
    """A whole number without a sign; None where this is none.

    One mark after it is passed over: a person types "2." or "2)", and liblouis 3.24 (es-g1) makes "2'" of Spanish
    braille's "2.".
    """
    said = said[:-1] if said[-1:] in _MARKS and said[:-1].isdecimal() else said
    return int(said) if said.isdecimal() and len(said) <= _MOST_DIGITS else None


def expected(question: Question) -> str:
    """What can be typed for a question, in one sentence."""
    ways = ", ".join(map(shown, _WAYS))
    if question.kind == "number":
        said = _("Type a number from {lowest} to {highest}, or: {commands}.")
        return said.format(lowest=question.lowest, highest=question.highest, commands=ways)
    count = len(question.options)
    if question.kind == "several" and count > 1:
        said = _("Type one number or more from 1 to {count}, such as 1 2, or: {commands}.")
    else:
        said = _("Type a number from 1 to {count}, or: {commands}.")
    return said.format(count=count, commands=ways)


def _several(question: Question, said: str) -> Answer | Wrong:
    joining = {"and", *(folded(word) for word in _("and").split(","))}
    words = [word for word in _BETWEEN.split(said) if word and word not in joining]
    numbers = {whole(word) for word in words}
    chosen = tuple(option for number, option in enumerate(question.options, 1) if number in numbers)
    if not numbers or len(chosen) != len(numbers):
        return Wrong(expected(question))
    alone = next((option for option in chosen if option.alone), None)
    if alone is not None and len(chosen) > 1:
        number = question.options.index(alone) + 1
        both = _("{number}, {text}, cannot go with others: type {number} alone, or the others without it.")
        return Wrong(both.format(number=number, text=plain(alone.text).rstrip(".")))
    return tuple(option.id for option in chosen)
