"""What is read before a question: the titles and displays between it and the question before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from iop_tui.forms.asking.item_words import answer_text, item_text
from iop_tui.forms.filling.filling import Filling
from iop_tui.forms.model.form import Item
from iop_tui.forms.model.places import Place
from iop_tui.forms.scores import is_total

_TITLE = 40
"""Letters of a title; a longer text of a group is the beginning of its questions."""
Kind = Literal["title", "text", "value"]


class Lead(Struct, frozen=True):
    """One text before a question: a group's title, a display, or an answer that is shown and not asked."""

    kind: Kind
    text: str


def before(filling: Filling, place: Place | None, language: str) -> tuple[Lead, ...]:
    """What stands between the question before and the one at `place`; None for what follows the last question."""
    leads: list[Lead] = []
    for each in filling.places:
        if each == place:
            break
        if is_question(filling.item(each)):
            leads = []
        else:
            leads.extend(_lead(filling, each, language))
    return tuple(leads)


def is_question(item: Item) -> bool:
    """Whether an item is asked where it is shown: it is no title, no text, and nothing that only follows."""
    shown_only = item.type in ("group", "display") or item.read_only or item.calculated is not None
    return not shown_only


def where(filling: Filling, place: Place, language: str) -> tuple[str, ...]:
    """The titles of the groups around a place, outermost first; of one that repeats, with its number from the second
    on.
    """
    titles = []
    for depth in range(1, len(place)):
        title = _title(filling, place[:depth], language)
        if title and filling.form.by_link[place[depth - 1][0]].type == "group":
            titles.append(title)
    return tuple(titles)


def context(filling: Filling, place: Place, language: str) -> tuple[str, ...]:
    """What a question is read under, outermost first: the innermost group's text, those of others that are more than a
    title, and the last display before it in its group.
    """
    *outer, inner = where(filling, place, language) or ("",)
    said = [text for text in outer if len(text) > _TITLE or text.endswith((":", "?", "…", "..."))]
    return tuple(text for text in (*said, inner, _display(filling, place, language)) if text)


def _display(filling: Filling, place: Place, language: str) -> str:
    """The last display before a question in its group; empty where there is none, or no group."""
    last = ""
    if len(place) > 1 and filling.form.by_link[place[-2][0]].type == "group":
        for each in filling.places:
            if each == place:
                break
            item = filling.item(each)
            if each[:-1] == place[:-1] and item.type == "display" and item.control != "help":
                last = item_text(item, language)
    return last


def heading(filling: Filling, place: Place, language: str) -> str:
    """The innermost title over a place, or the form's."""
    return (filling.form.title, *where(filling, place, language))[-1]


def _lead(filling: Filling, place: Place, language: str) -> Iterator[Lead]:
    item = filling.item(place)
    if item.control == "help" or is_total(item):
        return  # a total is told at the end, once
    if item.type == "group":
        text = _title(filling, place, language)
        yield from [Lead("title", text)] if text else []
    elif item.type == "display":
        text = item_text(item, language)
        yield from [Lead("text", text)] if text else []
    elif values := filling.value(place):
        text = item_text(item, language) or item.link_id
        yield Lead("value", f"{text.rstrip(':')}: {answer_text(item, values, language)}")


def _title(filling: Filling, place: Place, language: str) -> str:
    link, number = place[-1]
    item = filling.form.by_link[link]
    text = item_text(item, language)
    return f"{text.rstrip(' :')} {number + 1}" if text and item.type == "group" and item.repeats and number else text
