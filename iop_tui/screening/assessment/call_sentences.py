"""Sentences that say whom to call, by the role of a phone line: no number is written in the program.

help.yaml says which line has which role, and how it is reached in the language of the person.
"""

from __future__ import annotations

from iop_tui.screening.i18n.language import N_, gettext_in
from iop_tui.screening.model.content import PhoneLine, Role
from iop_tui.screening.model.definition import Screening

_IN_DANGER = N_("In danger right now? {reach} Or tell someone near you.")
_NO_NUMBER = N_("In danger right now? Tell someone near you.")


def line_of(screening: Screening, role: Role) -> PhoneLine | None:
    """The first line with a role; None where no line has it."""
    return next((line for line in screening.help.lines if line.role == role), None)


def reach(screening: Screening, *roles: Role) -> str:
    """How the first line of each role is reached, a sentence each; empty where no line has one of them."""
    lines = (line_of(screening, role) for role in roles)
    return " ".join(ended(line.reach) for line in lines if line is not None)


def in_danger(screening: Screening | None) -> str:
    """What to do in danger, in the screening's language. None stands for a screening that cannot be read."""
    call = reach(screening, "emergency") if screening is not None else ""
    if screening is None or not call:
        return gettext_in(screening.language, _NO_NUMBER) if screening is not None else _NO_NUMBER
    return gettext_in(screening.language, _IN_DANGER).format(reach=call)


def ended(text: str) -> str:
    """A text as a sentence, with a point where it has no end."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
