"""What can be typed for a question, whether any answer fits it, and whether the form needs one: in sentences."""

from __future__ import annotations

from iop_tui.forms.asking.entry import Entry
from iop_tui.forms.filling.parse_entry import expected
from iop_tui.forms.model.form import Form, Item
from iop_tui.forms.reading.answer_limits import NO_ANSWER_FITS
from iop_tui.screening.i18n.language import _


def what_to_type(entry: Entry) -> str:
    """What can be typed. Where a number may have one of several units, the first is meant by a number alone."""
    units = [unit.unit or unit.code or "" for unit in entry.item.units]
    said = expected(entry.item)
    if entry.item.type == "quantity" and len(units) > 1:
        alone = _("A number alone means {unit}.").format(unit=units[0])
        return f"{said} {alone}"
    return said


def nothing_fits(form: Form, item: Item) -> str:
    """That the form allows no answer at all to a question; empty where it allows one."""
    if any(each.rule == NO_ANSWER_FITS.name and each.link_id == item.link_id for each in form.findings):
        return _("No answer fits here: the smallest one that the form allows is above the largest.")
    return ""


def needs_answer(item: Item) -> str:
    """That the form needs an answer, and that a person may leave it open; empty where it needs none."""
    if not item.required:
        return ""
    return _("The form needs an answer here to count as complete. You can still leave it open.")
