"""What there is to translate: the texts of a screening, and the sentences in the program's code."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from iop_tui.screening.i18n.localize import translatable_texts
from iop_tui.screening.model.definition import Screening

PACKAGE = Path(__file__).parent.parent
SPOKEN = (
    "cli_support",
    "platform",
    "screening",
    "firstpaint",
    "forms",
    "review",
    "site",
    "result",
    "takeaway",
    "line",
    "tui",
    "kiosk",
)
"""The parts of the program whose sentences a patient may see."""
_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


class Message(Struct, frozen=True):
    """A text to translate: its context, empty for the program's own; its file; a note for the translator. A sentence
    with a count has a `plural`, too.
    """

    context: str
    text: str
    file: str
    note: str = ""
    plural: str = ""


def of_screening(screening: Screening) -> Iterator[Message]:
    """The texts of a screening, in the order of its files."""
    for place in translatable_texts(screening):
        ways = " May have two ways: {of yourself|of the other person}." if place.second_person else ""
        longest = f"At most {place.longest} letters." if place.longest else ""
        yield Message(place.context, place.text, Path(place.where.file).name, (longest + ways).strip())


def of_program() -> Iterator[Message]:
    """The sentences that the program's code looks up, each once, in the order of the files."""
    from babel.messages.extract import extract_from_file

    seen = set()
    parts = [sorted((PACKAGE / folder).rglob("*.py")) for folder in SPOKEN]
    for path in itertools.chain(*parts):
        name = path.relative_to(PACKAGE).as_posix()
        for _line, said, comments, _context in extract_from_file("python", path, _KEYWORDS, ["Translators:"]):
            text, plural = (said, "") if isinstance(said, str) else said
            if text not in seen:
                seen.add(text)
                yield Message("", text, f"iop_tui/{name}", " ".join(comments), plural)
