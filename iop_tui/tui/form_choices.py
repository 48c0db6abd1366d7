"""The lines under a form's question: its options, own words, units, going on, leaving it open."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from iop_tui.forms.asking.entry import Entry
from iop_tui.forms.asking.item_words import option_text, value_text
from iop_tui.screening.i18n.language import _
from iop_tui.tui.choices import Choice

CONTINUE, OPEN, OWN, NUMBER = "continue", "open", "own", "option "
"""The ids of lines; an option's is followed by its number, from 0."""


def answer_choices(
    entry: Entry,
    language: str,
    *,
    own: bool = False,
    unit: int = 0,
    typing: bool = False,
    found: Sequence[int] | None = None,
) -> list[Choice]:
    """The lines for a draft. With `own`, a person types own words; `unit` is the number of the chosen unit; `found` are
    the numbers of the options to show, where letters find them; `typing` says whether letters go to the field.
    """
    choices = [
        *([] if own else _options(entry, language, found)),
        *_given(entry, language),
        *([] if own else _own(entry)),
        *_units(entry, unit),
        *_ends(entry, own=own),
    ]
    return [replace(choice, key="") for choice in choices] if typing else choices


def _options(entry: Entry, language: str, found: Sequence[int] | None) -> list[Choice]:
    numbers = range(len(entry.options)) if found is None else found
    theirs = all(option.prefix for option in entry.options)
    lines = []
    for number in numbers:
        option = entry.options[number]
        key = entry.keys[number] if found is None and not entry.has_many else ""
        # Where letters find an option no key is shown: the author's own prefix may be, as a part of the text.
        before = f"{option.prefix.strip()} " if found is not None and theirs else ""
        mark = ("[x] " if entry.is_chosen(option) else "[ ] ") if entry.way == "tick" else ""
        lines.append(Choice(f"{NUMBER}{number}", f"{before}{option_text(option, language)}", key, mark))
    return lines


def _given(entry: Entry, language: str) -> list[Choice]:
    """The answers so far that are none of the options: choosing one takes it away."""
    if not entry.item.repeats:
        return []
    own = {id(value) for value in entry.own}
    texts = [
        (number, " ".join(value_text(entry.item, value, language).split()))
        for number, value in enumerate(entry.values)
        if id(value) in own
    ]
    if entry.options:
        return [Choice(f"value {number}", text, mark="[x] ") for number, text in texts]
    return [Choice(f"value {number}", _("Take away: {answer}").format(answer=text)) for number, text in texts]


def _own(entry: Entry) -> list[Choice]:
    return [Choice(OWN, _("Something else, in my own words"), "o")] if entry.takes_own_words else []


def _units(entry: Entry, chosen: int) -> list[Choice]:
    units = entry.item.units if entry.item.type == "quantity" else ()
    if len(units) < 2:
        return []
    return [
        Choice(f"unit {number}", unit.unit or unit.code or "", mark="(x) " if number == chosen else "( ) ")
        for number, unit in enumerate(units)
    ]


def _ends(entry: Entry, *, own: bool) -> list[Choice]:
    if own and entry.options:
        return [Choice(CONTINUE, _("Continue"), "c"), Choice(OWN, _("Back to the answers"), "o", quiet=True)]
    goes_on = [Choice(CONTINUE, _("Continue"), "c", apart=entry.way == "tick")] if entry.way != "pick" else []
    return [*goes_on, Choice(OPEN, _("Leave it open"), "s", apart=not goes_on, quiet=True)]
