"""A catalogue brought up to date: what is the same stays, what was worded anew is fuzzy, what is gone is set aside."""

from __future__ import annotations

import difflib
import io
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from iop_tui.screening import catalogue
from iop_tui.screening.catalogue import Entry
from iop_tui.screening.problems import Report
from iop_tui.translation.messages import Message

_ALIKE = 0.75
"""How alike two sentences of the program must be, from 0.0 to 1.0, for one to be taken for the other worded anew."""
_WIDTH = 110
_HEAD = re.compile(r'(?m)^msgid ""\nmsgstr ""\n(?:"[^\n]*"\n?)+')
"""The entry that translates nothing and holds what is known of the file; remarks may stand over it."""


class Renewed(Struct, frozen=True):
    """A message with what its catalogue has for it. `previous` is the wording that the translation was made for."""

    message: Message
    translation: str = ""
    fuzzy: bool = False
    previous: str = ""
    comments: tuple[str, ...] = ()
    """The translators' own."""


class Renewal(Struct, frozen=True):
    """A whole catalogue, renewed. `gone` are entries for which there is no text any more."""

    entries: tuple[Renewed, ...]
    gone: tuple[Entry, ...]

    @property
    def fuzzy(self) -> int:
        """How many translations were made for another wording."""
        return sum(entry.fuzzy for entry in self.entries)

    @property
    def untranslated(self) -> int:
        """How many texts have no translation."""
        return sum(not entry.translation for entry in self.entries)


def renewed(messages: Iterable[Message], old: Sequence[Entry]) -> Renewal:
    """The messages with the translations of a catalogue."""
    left = {(entry.context, entry.text): entry for entry in old}
    made: dict[Message, Renewed] = {}
    wanted = list(messages)
    for message in wanted:
        same = left.pop((message.context, message.text), None)
        if same is not None:
            made[message] = Renewed(message, same.translation, same.fuzzy, same.previous, same.comments)
    # What only moved in its list keeps its translation, before anything takes the place that it had.
    for find in (_moved, _worded_anew, _alike):
        for message in [message for message in wanted if message not in made]:
            found = find(message, left.values())
            if found is not None and found.translation:
                del left[found.context, found.text]
                anew = find is not _moved
                was = found.text if anew else found.previous
                made[message] = Renewed(message, found.translation, found.fuzzy or anew, was, found.comments)
    entries = tuple(made.get(message, Renewed(message)) for message in wanted)
    return Renewal(entries, tuple(entry for entry in left.values() if entry.translation))


def renew(path: Path, code: str, name: str, messages: Iterable[Message]) -> Renewal:
    """Renew a catalogue on the disk, or make it. `name` is what the language calls itself. Raises Unusable for one that
    cannot be read, OSError where it cannot be written.
    """
    report = Report()
    old = catalogue.read(path, report) if path.exists() else ()
    report.close()
    text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    renewal = renewed(messages, old)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".po.new")
    fresh.write_text(written(renewal, _head(text, code, name), _set_aside(text)), encoding="utf-8")
    fresh.replace(path)
    return renewal


def written(renewal: Renewal, head: str, set_aside: str = "") -> str:
    """A renewed catalogue as a PO file."""
    from babel.messages.catalog import Catalog
    from babel.messages.catalog import Message as Entered
    from babel.messages.pofile import write_po

    made = Catalog(fuzzy=False)
    for entry in renewal.entries:
        message = entry.message
        was = entry.previous
        entered = made.add(
            message.text,
            entry.translation,
            locations=[(message.file, 0)],
            flags=["fuzzy"] if entry.fuzzy else [],
            auto_comments=[message.note] if message.note else [],
            user_comments=entry.comments,
            previous_id=[was] if was and was != message.text else [],
            context=message.context or None,
        )
        if message.context:
            # Two ways to say it are no placeholders, and a translator's tool must not ask for them.
            entered.flags.discard("python-brace-format")
    for gone in renewal.gone:
        flags = ["fuzzy"] if gone.fuzzy else []
        entered = Entered(gone.text, gone.translation, flags=flags, context=gone.context or None)
        made.obsolete[f"{gone.context}\0{gone.text}"] = entered
    out = io.BytesIO()
    write_po(out, made, width=_WIDTH, omit_header=True, include_previous=True, include_lineno=False)
    body = out.getvalue().decode("utf-8").strip("\n")
    return "\n\n".join(part for part in (head, body, set_aside) if part) + "\n"


# ---- inside ----------------------------------------------------------------------------------------------------------


def _moved(message: Message, left: Iterable[Entry]) -> Entry | None:
    """The same words in the same list, at another place."""
    parent = _parent(message.context)
    return next((e for e in left if parent and e.text == message.text and _parent(e.context) == parent), None)


def _worded_anew(message: Message, left: Iterable[Entry]) -> Entry | None:
    """Other words at the same place."""
    return next((entry for entry in left if message.context and entry.context == message.context), None)


def _alike(message: Message, left: Iterable[Entry]) -> Entry | None:
    """A sentence of the program that is much like this one."""
    if message.context:
        return None
    by_text = {entry.text: entry for entry in left if not entry.context}
    near = difflib.get_close_matches(message.text, by_text, n=1, cutoff=_ALIKE)
    return by_text[near[0]] if near else None


def _parent(context: str) -> str:
    return context.rpartition(".")[0]


def _head(text: str, code: str, name: str) -> str:
    """What stands over the entries: as it was, or a new one."""
    found = _HEAD.search(text)
    if found is not None:
        return text[: found.end()].strip("\n")
    lines = (
        f"Language: {code}",
        f"X-Language-Name: {name}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
    )
    return "\n".join(('msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in lines)))


def _set_aside(text: str) -> str:
    """What was set aside before: translations of texts that are gone, each with the remarks right above it."""
    kept: list[str] = []
    above: list[str] = []
    for line in text.split("\n"):
        if line.startswith("#~"):
            kept += [*(["", *above] if above or (kept and not kept[-1].startswith("#~")) else above), line]
            above = []
        elif line.startswith("#"):
            above.append(line)
        else:
            above = []
            if not line.strip() and kept and kept[-1]:
                kept.append("")
    return "\n".join(kept).strip("\n")


def is_writable(path: Path) -> bool:
    """Whether a catalogue can be written where it stands."""
    place = path if path.exists() else path.parent
    while not place.exists():
        place = place.parent
    return os.access(place, os.W_OK)
