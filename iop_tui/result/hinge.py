"""The one answer that a level hangs on, if there is one: an exact search over single answers that would be milder."""

from __future__ import annotations

from collections.abc import Mapping

from iop_tui.result.model import Hinge
from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types import type_of
from iop_tui.screening.search.counterfactuals import nearest_lower

_BETWEEN = "; "


def hinge_of(assessment: Assessment, answers: Mapping[str, Answer]) -> Hinge | None:
    """The first question, in the order in which they are asked, one other answer to which would lead to a lower level;
    None where no single one does. An answer that has to do with an alarm is never one of them.
    """
    found = nearest_lower(assessment.screening, answers)
    if found is None:
        return None
    change, level = found
    question, now, then = change.question, change.now, change.then
    if now is None:
        return None
    if isinstance(now, Unknown):
        said, other = answer_text(question, now), _words(question, then)
    elif isinstance(now, tuple) and isinstance(then, tuple):
        # Options are only taken away. "None of these" means nothing away from its list, and reads like an answer to
        # go back and give.
        said, other = _words(question, tuple(name for name in now if name not in then)), ""
    else:
        said, other = _words(question, now), _words(question, then)
    return Hinge(question.id, question.ask, question.label or "", said, other, level, then)


def _words(question: Question, answer: Known) -> str:
    # Options have commas of their own.
    return type_of(question).words(question, answer, _BETWEEN)
