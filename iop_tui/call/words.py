"""An answer as it is stored in a call, and in words."""

from __future__ import annotations

from iop_tui.call.model import Plain
from iop_tui.screening.answers import Answer, Unknown
from iop_tui.screening.conditions import options_of
from iop_tui.screening.model import Question

_UNKNOWN = {unknown.value: unknown for unknown in Unknown}


def plain_of(answer: Answer) -> Plain:
    """An answer as plain data. No option can have the word for an unknown answer as its id."""
    return answer.value if isinstance(answer, Unknown) else answer


def answer_of(question: Question, plain: Plain) -> Answer:
    """The answer that plain data stands for. Several options come in the order that the question has them in now; what
    the question does not have stays as it is, to be refused.
    """
    if isinstance(plain, str):
        return _UNKNOWN.get(plain, plain)
    if isinstance(plain, int):
        return plain
    order = [option.id for option in question.options]
    return tuple(sorted(plain, key=lambda option: order.index(option) if option in order else len(order)))


def said(question: Question, answer: Answer) -> str:
    """An answer as a record tells it: the options in the words they were chosen by, a number with its unit."""
    if answer is Unknown.NOT_SURE:
        return "not sure"
    if isinstance(answer, Unknown):
        return "would rather not say"
    if isinstance(answer, int):
        return question.counted(answer)
    return "; ".join(option.text for option in options_of(question, answer))
