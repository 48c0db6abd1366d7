"""The keys that give an answer, in the wizard and at the desk, and the mildest answer to a question."""

from __future__ import annotations

from datetime import date

from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.definition import Question

OPTION_KEYS = "1234567890"
"""The keys of the options, in their order."""


def keys_for(question: Question, answer: Answer) -> str:
    """The keys that give an answer, one letter each."""
    if isinstance(answer, Unknown):
        return "n" if answer is Unknown.NOT_SURE else "s"
    if isinstance(answer, (int, date)):
        return f"{answer}c"
    keys = dict(zip((option.id for option in question.options), OPTION_KEYS, strict=False))
    return keys[answer] if isinstance(answer, str) else "".join(keys[option] for option in answer) + "c"


def mildest(question: Question) -> Known:
    """The answer that asks for the least care: the lowest number; the option that stands alone, or else the first."""
    if question.kind == "number":
        return question.lowest or 0
    option = next((option for option in question.options if option.alone), question.options[0])
    return option.id if question.kind == "one" else (option.id,)
