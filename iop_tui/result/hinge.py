"""The one answer that a level hangs on, if there is one: an exact search over single answers that would be milder."""

from __future__ import annotations

from collections.abc import Mapping

from iop_tui.result.model import Hinge
from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.search.counterfactuals import nearest_lower


def hinge_of(assessment: Assessment, answers: Mapping[str, Answer]) -> Hinge | None:
    """The first question, in the order in which they are asked, one other answer to which would lead to a lower level;
    None where no single one does. An answer that has to do with an alarm is never one of them.
    """
    found = nearest_lower(assessment.screening, answers)
    if found is None or found[0].now is None:
        return None
    change, level = found
    question = change.question
    now, then = answer_text(question, change.now), answer_text(question, change.then)  # type: ignore[arg-type]
    return Hinge(question.id, question.ask, now, then, level)
