"""What was typed for a question -> an answer, or a sentence that says what would be right."""

from __future__ import annotations

import re

from iop_tui.line.commands import Command, folded, shown
from iop_tui.line.wrapping import plain
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types import Wrong, type_of

_BETWEEN = re.compile(r"[\s,;+&/]+")
_WAYS = (Command.NOT_SURE, Command.SKIP, Command.WHY, Command.BACK, Command.HELP, Command.COMMANDS)


def read(question: Question, typed: str) -> Answer | Wrong:
    """The answer that was typed: as numbers, or in the words of one answer. Words like "skip" are commands, and not
    looked for here.
    """
    kind, said = type_of(question), folded(typed)
    by_words = next((option for option in question.options if folded(plain(option.text)) == said), None)
    if by_words is not None:
        return kind.of_option(by_words.id)
    joining = {"and", *(folded(word) for word in _("and").split(","))}
    parts = [word for word in _BETWEEN.split(said) if word and word not in joining]
    return kind.parse(question, said, parts, _commands())


def expected(question: Question) -> str:
    """What can be typed for a question, in one sentence."""
    return type_of(question).expected(question, _commands())


def _commands() -> str:
    return ", ".join(map(shown, _WAYS))
