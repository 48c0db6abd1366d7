"""The questions that answers ask, and each answer in the words it was chosen by."""

from __future__ import annotations

from iop_tui.screening.engine.evaluate import Facts
from iop_tui.screening.engine.progress import Left
from iop_tui.screening.i18n.language import _, ngettext
from iop_tui.screening.model.answers import Answer, Answers, Unknown
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.question_types import type_of


def answer_text(question: Question, answer: Answer) -> str:
    """An answer in the wording that the person chose."""
    if answer is Unknown.NOT_SURE:
        return _("I'm not sure")
    if isinstance(answer, Unknown):
        return _("I'd rather not say")
    return type_of(question).words(question, answer)


def answered(screening: Screening, answers: Answers) -> tuple[tuple[Question, Answer | None], ...]:
    """The shown questions with their answers, in order: what a person checks before the result. Of the questions after
    the result only the answered ones.
    """
    asked = ((question, answers.get(question.id)) for question in Facts(screening, answers).asked())
    place, result_at = screening.position, screening.result_at
    return tuple(pair for pair in asked if pair[1] is not None or place[pair[0].id] < result_at)


def how_many_left(left: Left) -> str:
    """How many questions are left: exactly, if known."""
    if left.least == left.most:
        return ngettext("{count} left", "{count} left", left.most).format(count=left.most)
    return _("about {count} left").format(count=left.likely)
