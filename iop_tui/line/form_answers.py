"""What was typed for a form's question -> the draft of its answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from iop_tui.forms.asking.entry import Entry
from iop_tui.forms.asking.item_words import option_text
from iop_tui.forms.asking.option_filter import folded, matching
from iop_tui.forms.filling.steps import NotAllowed
from iop_tui.forms.model.form import Option
from iop_tui.screening.i18n.language import _

_BETWEEN = re.compile(r"\s*[,;]\s*")
_FEW = 5
"""Options that are named where several fit what was typed."""


def read(entry: Entry, typed: str, language: str) -> Entry:
    """The draft with what was typed: by what stands before an option, in its words, or in own words. Raises NotAllowed
    with a sentence.
    """
    if not entry.options:
        return entry.with_typed(typed)
    if entry.way == "pick":
        option = _option(entry, typed, language)
        return replace(entry, values=(option.value,)) if option is not None else _own(entry, typed, language)
    whole = _option(entry, typed, language)
    # Typed anew, it is the whole answer.
    found: Entry = replace(entry, values=())
    for part in [typed] if whole is not None else _parts(typed, entry.keys):
        option = _option(entry, part, language)
        if option is None:
            found = _own(found, part, language)
        elif not found.is_chosen(option):
            found = found.toggled(option)
    return found


def _parts(typed: str, keys: Sequence[str]) -> list[str]:
    parts = [part for part in _BETWEEN.split(typed) if part]
    words = typed.split()
    # "1 3" and "1 and 3" mean two of them.
    joining = {"and", "&", "+", *(folded(word) for word in _("and").split(","))}
    bare = [word.strip(",;") for word in words if folded(word) not in joining]
    return bare if all(folded(word) in keys for word in bare) else parts


def _option(entry: Entry, typed: str, language: str) -> Option | None:
    said = folded(typed).strip(" .)")
    pairs = list(zip(entry.keys, entry.options, strict=True))
    by_key = next((option for key, option in pairs if key == said), None)
    if by_key is not None:
        return by_key
    return next((option for option in entry.options if folded(option_text(option, language)) == folded(typed)), None)


def _own(entry: Entry, typed: str, language: str) -> Entry:
    """Own words; where none are taken, the one option that has these letters, or a sentence that names those."""
    if entry.takes_own_words:
        return entry.with_typed(typed)
    found = matching(entry.options, typed, language)
    if len(found) == 1 and len(folded(typed)) > 2:
        option = entry.options[found[0]]
        return replace(entry, values=(option.value,)) if entry.way == "pick" else entry.toggled(option)
    if found and len(folded(typed)) > 2:
        named = "; ".join(f"{entry.keys[each]}: {option_text(entry.options[each], language)}" for each in found[:_FEW])
        said = _("Several answers have this: {answers}. {which}")
        raise NotAllowed(said.format(answers=named, which=which_key(entry)))
    raise NotAllowed(_("“{typed}” is none of the answers. {which}").format(typed=typed.strip(), which=which_key(entry)))


def which_key(entry: Entry) -> str:
    """What is typed for one of the options."""
    first, last = entry.keys[0], entry.keys[-1]
    if all(key.isdecimal() for key in entry.keys):
        return _("Type a number from {first} to {last}.").format(first=first, last=last)
    return _("Type what stands before your answer, such as {some}.").format(some=first)
