"""Sentences about whom to call, by the role of a phone line: the program contains no number.

help.yaml says which line has which role, and how to reach it in the person's language.
"""

from __future__ import annotations

from iop_tui.screening.i18n.language import N_, gettext_in
from iop_tui.screening.model.content import PhoneLine, Role
from iop_tui.screening.model.definition import Screening

_IN_DANGER = N_("In danger right now? {reach} Or tell someone near you.")
_NO_NUMBER = N_("In danger right now? Tell someone near you.")


def line_of(screening: Screening, role: Role) -> PhoneLine | None:
    """The first line with a role; None if there is none."""
    return next((line for line in screening.help.lines if line.role == role), None)


def reach(screening: Screening, *roles: Role) -> str:
    """How to reach the first line of each role, a sentence each; empty if one of the roles has no line."""
    lines = (line_of(screening, role) for role in roles)
    return " ".join(ended(line.reach) for line in lines if line is not None)


def in_danger(screening: Screening | None) -> str:
    """What to do in danger, in the screening's language; with None for a screening that cannot be read."""
    call = reach(screening, "emergency") if screening is not None else ""
    if screening is None or not call:
        return gettext_in(screening.language, _NO_NUMBER) if screening is not None else _NO_NUMBER
    return gettext_in(screening.language, _IN_DANGER).format(reach=call)


def ended(text: str) -> str:
    """A text as a sentence, with a full stop if it has no end."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
