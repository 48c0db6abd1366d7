"""What the answer lines of wizard and desk share: ids, keys, and the line under the cursor."""

from __future__ import annotations

from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types import type_of

CONTINUE = "to next question"
"""The id of the line that confirms an answer. No option can have it."""
OPTION_KEYS = "1234567890"


def line_of(given: Answer | None) -> str | None:
    """The line of the present answer; none if there is none, so that Enter alone answers nothing."""
    if isinstance(given, Unknown):
        return given.value
    if isinstance(given, str):
        return given
    return None if given is None else CONTINUE


def right_keys(question: Question) -> str:
    """Which keys answer a question: shown after another key."""
    kind, count = type_of(question), len(question.options)
    if kind.typed:
        return kind.missing(question)
    last = OPTION_KEYS[min(count, len(OPTION_KEYS)) - 1]
    if kind.multiple:
        return _("Press 1 to {last} to tick, then Enter.").format(last=last)
    if count == 2:
        return _("Press 1 or 2.")
    if count == 3:
        return _("Press 1, 2 or 3.")
    return _("Press a number from 1 to {last}.").format(last=last)


def right_keys_in_danger(question: Question) -> str:
    """The same after Enter on a safety question before the cursor was moved: it must not be answered by chance."""
    return _("{keys} Or move with ↑ ↓, then press Enter.").format(keys=right_keys(question))
