"""Update a catalogue: unchanged texts keep their translation, reworded ones become fuzzy, removed ones obsolete."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.screening.i18n import po_catalogue
from iop_tui.screening.i18n.po_catalogue import Entry, PoFile
from iop_tui.screening.i18n.po_model import ObsoleteEntry
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Report
from iop_tui.translation.extract import Message
from iop_tui.translation.po_writer import as_obsolete, head, of_message, rule

_ALIKE = 0.75
"""The least similarity, from 0.0 to 1.0, at which one sentence of the program is taken for a rewording of another."""


class Renewed(Struct, frozen=True):
    """A message with its entry in the catalogue."""

    message: Message
    entry: Entry


class Renewal(Struct, frozen=True):
    """An updated catalogue. `gone` are entries whose text no longer exists, `aside` those that were obsolete before."""

    entries: tuple[Renewed, ...]
    gone: tuple[Entry, ...] = ()
    obsolete: tuple[ObsoleteEntry, ...] = ()

    @property
    def fuzzy(self) -> int:
        """The number of fuzzy translations."""
        return sum(made.entry.fuzzy for made in self.entries)

    @property
    def untranslated(self) -> int:
        """The number of untranslated texts."""
        return sum(not made.entry.translated for made in self.entries)


def renewed(messages: Iterable[Message], old: PoFile) -> Renewal:
    """The messages with the translations of a catalogue, including obsolete ones that apply again."""
    left = {(entry.context, entry.text): entry for entry in old.entries}
    obsolete = {
        (part.entry.context, part.entry.text): part for part in old.obsolete if part.entry and has_words(part.entry)
    }
    forms = rule(old).forms
    found: dict[Message, Entry] = {}
    wanted = list(messages)
    for message in wanted:
        key = message.context, message.text
        same = left.pop(key, None)
        if key in obsolete and not (same and has_words(same)):
            same = _restored(obsolete.pop(key), same)
        if same is not None:
            found[message] = _fit(same, message, forms)
    # Texts that moved in their list keep their translation; match them before others that took their old place.
    for find in (_moved, _worded_anew, _alike):
        for message in [message for message in wanted if message not in found]:
            near = find(message, left.values())
            if near is not None and has_words(near):
                del left[near.context, near.text]
                found[message] = _fit(near if find is _moved else _of_old_wording(near), message, forms)
    return Renewal(
        tuple(Renewed(message, found.get(message) or _fit(_NOTHING, message, forms)) for message in wanted),
        tuple(entry for entry in left.values() if has_words(entry) or entry.comments),
        tuple(
            part
            for part in old.obsolete
            if part.entry is None or not has_words(part.entry) or part in obsolete.values()
        ),
    )


def renew(path: Path, code: str, name: str, messages: Iterable[Message]) -> Renewal:
    """Update a catalogue on the disk, or create it. `name` is the language's own name. Raises Unusable for one with
    errors, since the faulty entries would be lost; OSError if it cannot be written.
    """
    report = Report()
    old = po_catalogue.whole_file(path, report) if path.exists() else PoFile()
    report.close()
    wanted = list(messages)
    old = head(old, code, name, counted=any(message.plural for message in wanted))
    renewal = renewed(wanted, old)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".po.new")
    fresh.write_text(written(renewal, old.head_written), encoding="utf-8")
    fresh.replace(path)
    return renewal


def written(renewal: Renewal, head_written: str) -> str:
    """An updated catalogue as a PO file."""
    made = [of_message(part.message, part.entry) for part in renewal.entries]
    obsolete = [*map(as_obsolete, renewal.gone), *(part.written for part in renewal.obsolete)]
    return "\n\n".join((head_written, *made, *obsolete)) + "\n"


def is_writable(path: Path) -> bool:
    """Whether a catalogue can be written in its place."""
    place = path if path.exists() else path.parent
    while not place.exists():
        place = place.parent
    return os.access(place, os.W_OK)


# ---- inside ----------------------------------------------------------------------------------------------------------

_NOTHING = Entry(SourceLocation("", 1), "", "", "")


def has_words(entry: Entry) -> bool:
    """Whether it has anything that a translator wrote."""
    return any(said.strip() for said in entry.said)


def _restored(part: ObsoleteEntry, empty: Entry | None) -> Entry:
    """An obsolete translation for a text that exists again. Comments of the empty entry are kept."""
    entry = part.entry or _NOTHING
    return replace(entry, comments=(*empty.comments, *entry.comments)) if empty else entry


def _of_old_wording(entry: Entry) -> Entry:
    return replace(entry, fuzzy=True, previous=entry.text, previous_plural=entry.plural)


def _fit(entry: Entry, message: Message, forms: int) -> Entry:
    """The entry adapted to a message, with as many forms as the language has. It becomes fuzzy if it gained or lost a
    plural.
    """
    said, fuzzy = entry.said, entry.fuzzy
    if has_words(entry) and message.plural != entry.plural:
        fuzzy = True
    if message.plural:
        said = said + ("",) * (forms - len(said))
        fit = replace(entry, plural=message.plural, translation="", forms=said, fuzzy=fuzzy)
    else:
        fit = replace(entry, plural="", translation=said[-1] if said else "", forms=(), fuzzy=fuzzy)
    return replace(fit, context=message.context, text=message.text)


def _moved(message: Message, left: Iterable[Entry]) -> Entry | None:
    """The same text in the same list, at another position."""
    parent = _parent(message.context)
    return next((e for e in left if parent and e.text == message.text and _parent(e.context) == parent), None)


def _worded_anew(message: Message, left: Iterable[Entry]) -> Entry | None:
    """Another text at the same position."""
    return next((entry for entry in left if message.context and entry.context == message.context), None)


def _alike(message: Message, left: Iterable[Entry]) -> Entry | None:
    """A similar sentence of the program."""
    if message.context:
        return None
    by_text = {entry.text: entry for entry in left if not entry.context}
    near = difflib.get_close_matches(message.text, by_text, n=1, cutoff=_ALIKE)
    return by_text[near[0]] if near else None


def _parent(context: str) -> str:
    return context.rpartition(".")[0]
