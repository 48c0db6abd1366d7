"""Every answer of a form in order, what is missing, and the totals: the page before a form is saved."""

from __future__ import annotations

from msgspec import Struct

from iop_tui.forms.asking.item_words import answer_text, clean, item_text, question_text
from iop_tui.forms.asking.lead import is_question, where
from iop_tui.forms.filling.filling import Filling
from iop_tui.forms.model.places import Place
from iop_tui.forms.scores import is_total
from iop_tui.screening.i18n.language import _


class Row(Struct, frozen=True):
    """One line: a question with its answer (empty: none), or the title over some of them.

    `changes` says whether a person can change it; `missing` whether the form requires an answer that is not there;
    `reached` whether the person has answered it, or left it open.
    """

    place: Place
    text: str
    answer: str = ""
    title: bool = False
    changes: bool = True
    missing: bool = False
    reached: bool = True


def outline(filling: Filling, language: str) -> tuple[Row, ...]:
    """The rows of all enabled questions, each group's title before its first one; without totals, which stand by
    themselves.
    """
    rows: list[Row] = []
    missing = frozenset(filling.missing)
    said: tuple[str, ...] = ()
    for place in filling.places:
        item = filling.item(place)
        values = filling.value(place)
        asked = is_question(item)
        if item.type in ("group", "display") or is_total(item) or not (asked or values):
            continue
        titles = where(filling, place, language)
        if not titles and said and filling.form.title:
            # Back at the top of the form: what follows does not belong to the group before.
            titles = (clean(filling.form.title),)
        if titles != said and titles:
            rows.append(Row(place, " › ".join(titles), title=True, changes=False))
        said = titles
        text = question_text(item, language) if asked else item_text(item, language) or item.link_id
        answer = answer_text(item, values, language)
        rows.append(Row(place, text, answer, changes=asked, missing=place in missing, reached=filling.done(place)))
    return tuple(rows)


def growing(filling: Filling) -> tuple[Place, ...]:
    """The last instance of each repeating group: where another one can be added."""
    last: dict[Place, Place] = {}
    for place in filling.places:
        item = filling.item(place)
        if item.type == "group" and item.repeats:
            last[(*place[:-1], (place[-1][0], 0))] = place
    return tuple(last.values())


def answer_or_none(row: Row) -> str:
    """The answer, or what is said where there is none."""
    if row.answer:
        return row.answer
    if row.changes and not row.reached:
        return _("not answered yet")
    return _("needs an answer") if row.missing else _("left open")
