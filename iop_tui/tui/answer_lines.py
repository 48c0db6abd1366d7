"""What the lines under a question have in common at wizard and desk: ids, keys, and which is under the cursor."""

from __future__ import annotations

from iop_tui.screening.model.answers import Answer, Unknown

CONTINUE = "to next question"
"""The id of the line that confirms an answer. No option can have it."""
OPTION_KEYS = "1234567890"


def line_of(given: Answer | None) -> str | None:
    """The line of the answer given before; none where nothing is given, so that Enter alone answers nothing."""
    if isinstance(given, Unknown):
        return given.value
    if isinstance(given, str):
        return given
    return None if given is None else CONTINUE
