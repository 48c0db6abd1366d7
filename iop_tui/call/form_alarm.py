"""The alarm that the answers to forms hold up: one for all forms of a call.

A form is no part of the screening, so no rule of it knows these answers; what to do about thoughts of suicide is the
same, whoever asked.
"""

from __future__ import annotations

from iop_tui.call.record import Call, FilledForm
from iop_tui.screening.model.condition import AnyOf
from iop_tui.screening.model.definition import Alarm, Screening
from iop_tui.screening.model.field_types import SourceLocation

FORM_ALARM = "form:suicide"
"""Its id, which no alarm of a screening can have."""
_PAGE = "suicide"
"""The id of its page in the shipped screening, and in those that were made from it."""
_NEVER = AnyOf(())
BECAUSE = "An answer to a form speaks of thoughts of death or of self-harm."


def page_of_forms(screening: Screening) -> str | None:
    """The page of danger for such an answer; None where the screening has none."""
    return _PAGE if _PAGE in screening.pages else None


def speaks_of_suicide(call: Call) -> bool:
    """Whether an answer to a form does."""
    return any(filled.suicide for filled in call.forms)


def form_alarm(call: Call, screening: Screening) -> Alarm | None:
    """The alarm, while an answer to a form holds it up."""
    return known_form_alarm(screening) if speaks_of_suicide(call) else None


def known_form_alarm(screening: Screening) -> Alarm | None:
    """The alarm, whether it is active or not; None where the screening has no page for it.

    Its condition is never true: no answer to the screening raises it.
    """
    page = page_of_forms(screening)
    if page is None:
        return None
    return Alarm(FORM_ALARM, "now", _NEVER, page, BECAUSE, "", SourceLocation("", 1))


def known_alarms(screening: Screening) -> tuple[Alarm, ...]:
    """The alarms of the screening, and the one of forms."""
    of_forms = known_form_alarm(screening)
    return screening.alarms if of_forms is None else (*screening.alarms, of_forms)


def told_by_forms(forms: tuple[FilledForm, ...]) -> str:
    """The answers that hold the alarm up, each after its form and question."""
    return "; ".join(f"{filled.title}: {line.in_one}" for filled in forms for line in filled.suicide)
