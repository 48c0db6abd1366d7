"""Rules that a form suggests and a person must confirm: alarms for its questions about danger, and its totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from iop_tui.forms.danger_items import DangerItem, danger_answers, danger_item
from iop_tui.forms.importing.imported import Imported, Taken
from iop_tui.screening.danger_pages import SUICIDE
from iop_tui.screening.model.condition import Is
from iop_tui.screening.model.definition import Alarm


class ProposedAlarm(Struct, frozen=True):
    """An alarm for one question. `alarm` is None where nothing in the form says which of its answers are harmless."""

    taken: Taken
    item: DangerItem
    alarm: Alarm | None


def alarms(imported: Imported) -> Iterator[ProposedAlarm]:
    """One for each question that the list of danger items names."""
    for taken in imported.questions:
        item = danger_item(taken.item)
        if item is None:
            continue
        yield ProposedAlarm(taken, item, _alarm(taken, item))


def weighed_questions(imported: Imported) -> Sequence[str]:
    """The ids of the questions whose options have weights."""
    return [q.id for section in imported.sections for q in section.questions if any(o.weight for o in q.options)]


# ---- inside ----------------------------------------------------------------------------------------------------------


def _alarm(taken: Taken, item: DangerItem) -> Alarm | None:
    answers, question = danger_answers(taken.item), taken.question
    wanted = tuple(taken.options[value] for value in answers if value in taken.options)
    if not wanted:
        return None
    return Alarm(
        f"{question.id}_alarm",
        item.urgency,
        Is(question.id, wanted, question.where),
        SUICIDE,
        item.because,
        f"{item.form}, LOINC {item.code} ({item.source}, {item.checked}); which answers count is our reading",
        question.where,
        own_reading=True,
    )
