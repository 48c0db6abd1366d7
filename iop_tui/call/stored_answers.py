"""An answer as it is stored in a call, and in words."""

from __future__ import annotations

from iop_tui.call.record import Plain
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.answers import plain as plain_of
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types import type_of

__all__ = ["answer_of", "plain_of", "said"]
_UNKNOWN = {unknown.value: unknown for unknown in Unknown}


def answer_of(question: Question, plain: Plain) -> Answer:
    """The answer that plain data stands for. Several options come in the order that the question has them in now; what
    the question does not have stays as it is, to be refused.
    """
    if isinstance(plain, str) and plain in _UNKNOWN:
        return _UNKNOWN[plain]
    return type_of(question).stored(question, plain)


def said(question: Question, answer: Answer) -> str:
    """An answer as a record tells it: the options in the words they were chosen by, a number with its unit."""
    if answer is Unknown.NOT_SURE:
        return "not sure"
    if isinstance(answer, Unknown):
        return "would rather not say"
    return type_of(question).words(question, answer, "; ")
