"""Answers as plain data, as a call stores them, and as text."""

from __future__ import annotations

from iop_tui.call.record import Plain
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.answers import plain as plain_of
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types import type_of

__all__ = ["answer_of", "plain_of", "said"]
_UNKNOWN = {unknown.value: unknown for unknown in Unknown}


def answer_of(question: Question, plain: Plain) -> Answer:
    """The answer that plain data represents. Several options are put in the question's present order; options that the
    question does not have are kept, and refused later.
    """
    if isinstance(plain, str) and plain in _UNKNOWN:
        return _UNKNOWN[plain]
    return type_of(question).stored(question, plain)


def said(question: Question, answer: Answer) -> str:
    """An answer as text for a record: the texts of the chosen options, a number with its unit."""
    if answer is Unknown.NOT_SURE:
        return "not sure"
    if isinstance(answer, Unknown):
        return "would rather not say"
    return type_of(question).words(question, answer, "; ")
