"""The parts of a form that become sections: its groups, where at the top there is nothing else to ask; or all of it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.forms.importing.question_texts import clean, longest, unique
from iop_tui.forms.model.form import Form, Item
from iop_tui.screening.model.field_types import Title

Members = tuple[tuple[Item | None, tuple[Item, ...]], ...]
"""Items, each time with the group around them; None: they stand at the top of the form."""


class Part(Struct, frozen=True):
    """A section to be."""

    id: str
    title: str
    members: Members


def parts_of(form: Form, section: str, *, own: bool) -> tuple[Part, ...]:
    """The parts, in the order of the form; at least one. `section` is the id of the whole; the ids of several parts
    begin with it. Of a form that this program exported (`own`), each group is the section that it was.
    """
    most = longest(Title)
    title = clean(form.title) or clean(form.name) or form.source
    short = title if len(title) <= most else f"{title[: most - 1]}…"
    whole = Part(section, short, ((None, form.items),))
    groups = [item for item in form.items if item.type == "group"]
    numbers = {group.link_id: number for number, group in enumerate(groups, 1) if group.fate == "asked"}
    alone = all(item.type in ("group", "display") for item in form.items)
    if not numbers or (not own and not (alone and len(numbers) > 1)):
        return (whole,)
    parts: list[Part] = []
    leading: tuple[Item, ...] = ()
    for item in form.items:
        if item.link_id not in numbers:
            leading = (*leading, item)
            continue
        text = clean(item.text)
        # The number is that of the group in the form, so that the id stays the same if another group is refused.
        wanted = item.link_id.rpartition(".")[2] if own else f"{section}_{numbers[item.link_id]}"
        name = unique(wanted, [part.id for part in parts])
        before: Members = ((None, leading),) if leading else ()
        parts.append(Part(name, text if 0 < len(text) <= most else short, (*before, (item, item.items))))
        leading = ()
    if leading:
        parts[-1] = replace(parts[-1], members=(*parts[-1].members, (None, leading)))
    return tuple(parts)
