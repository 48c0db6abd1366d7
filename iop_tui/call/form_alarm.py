"""The alarm that the answers to forms hold up: one for all forms of a call.

A form is no part of the screening, so no rule of it knows these answers; what to do about thoughts of suicide is the
same, whoever asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from iop_tui.call.record import Call, FilledForm, FormLine
from iop_tui.screening.danger_pages import suicide_page
from iop_tui.screening.model.condition import AnyOf
from iop_tui.screening.model.definition import Alarm, Screening
from iop_tui.screening.model.field_types import SourceLocation

FORM_ALARM = "form:suicide"
"""Its id, which no alarm of a screening can have."""
_NEVER = AnyOf(())
BECAUSE = "An answer to a form speaks of thoughts of death or of self-harm."


class FormQuestionOpen(Struct, frozen=True):
    """A form's question about thoughts of suicide that was left open, in its words, and the id of the page for it."""

    ask: str
    page: str


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
    page = suicide_page(screening)
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


def raised_times(call: Call) -> int:
    """How often the alarm was raised in the call."""
    return sum(event.alarm == FORM_ALARM for event in call.alarm_events)


def speaks_of_more(before: tuple[FilledForm, ...], after: tuple[FilledForm, ...]) -> bool:
    """Whether the answers that hold the alarm up say more than before: one to another question, or a heavier one.

    Without weights nobody knows which answer says more, so that another one counts as more.
    """
    known = dict(_numbered(before))
    return any(key not in known or _says_more(known[key], line) for key, line in _numbered(after))


def _numbered(forms: tuple[FilledForm, ...]) -> Iterator[tuple[tuple[str, str, int], FormLine]]:
    """Each such answer by its form, its question, and its number among those to the same words."""
    seen: Counter[tuple[str, str]] = Counter()
    for filled in forms:
        for line in filled.suicide:
            seen[filled.id, line.ask] += 1
            yield (filled.id, line.ask, seen[filled.id, line.ask]), line


def _says_more(before: FormLine, after: FormLine) -> bool:
    if before.weight is None or after.weight is None:
        return before.said != after.said
    return after.weight > before.weight
