"""A language that nobody speaks, a third longer than English: what it cuts off, a real one will."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from iop_tui.screening.format.loader import load
from iop_tui.screening.i18n.po_catalogue import Entry, PoFile
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.shipped import shipped
from iop_tui.translation import extract
from iop_tui.translation.extract import Message
from iop_tui.translation.po_writer import head
from iop_tui.translation.update import Renewal, Renewed, written

CODE, NAME = "eo", "Ëëoish"
_ACCENTS = str.maketrans("aeiouncAEIOU", "äéïöüñçÅÊÎÔÛ")
_KEPT = re.compile(r"(\{\w*\}|\S*\d\S*|\S+\.(?:gov|org)\S*|https?://\S+)")
"""What no translation may change: names in braces, numbers, addresses."""
_BOTH = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_SYLLABLES = (
    "lorem",
    "ipsum",
    "dolor",
    "sit",
    "amet",
    "kon",
    "sek",
    "tetur",
    "adi",
    "pis",
    "king",
    "elit",
    "sed",
    "do",
)


def longer(text: str, longest: int = 0) -> str:
    """The text with other letters, a third longer where it may be, both ways of saying it alike."""
    if _BOTH.search(text):
        ways = (_BOTH.sub(way, text) for way in (r"\1", r"\2"))
        return "{" + "|".join(longer(way, longest).replace("|", "/") for way in ways) + "}"
    said = "".join(part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(_KEPT.split(text)))
    end = re.search(r"[.!?:]*$", said)
    body, sign = (said[: end.start()], end[0]) if end else (said, "")
    wanted = min(-(-len(text) * 4 // 3), longest or 10_000)
    number = 0
    while len(body) + len(sign) + 2 < wanted:
        room = wanted - len(body) - len(sign) - 1
        body += " " + _SYLLABLES[number % len(_SYLLABLES)][:room]
        number += 1
    return body + sign


def catalogue_of(wanted: Iterable[Message]) -> str:
    """A whole catalogue of that language, as a PO file."""
    entries = []
    for message in wanted:
        longest = re.search(r"At most (\d+) letters", message.note)
        if message.context.endswith(".also") or (not message.context and _is_list(message.text)):
            # A list of words: each is one.
            said = ", ".join(word.translate(_ACCENTS) for word in message.text.split(", "))
        else:
            said = longer(message.text, int(longest[1]) if longest else 0)
        forms = tuple(longer(text) for text in (message.text, message.plural)) if message.plural else ()
        entry = Entry(SourceLocation("", 1), message.context, message.text, said, plural=message.plural, forms=forms)
        entries.append(Renewed(message, entry))
    return written(Renewal(tuple(entries)), head(PoFile(), CODE, NAME, counted=True).head_written)


def _is_list(text: str) -> bool:
    """Whether a sentence of the program is a list of words that a person may type."""
    return ", " in text and not text.endswith(".") and "{" not in text


def make(directory: Path) -> tuple[Path, Path]:
    """A copy of the shipped questions with this language beside Spanish, and the program's catalogues for both."""
    questions, program = directory / "questions", directory / "locale"
    shutil.copytree(shipped(), questions, ignore=shutil.ignore_patterns("cases"))
    program.mkdir()
    for name in ("es.po",):
        shutil.copy(Path(extract.PACKAGE) / "locale" / name, program / name)
    (program / f"{CODE}.po").write_text(catalogue_of(extract.of_program()), encoding="utf-8")
    screening = load(questions)
    (questions / "locale" / f"{CODE}.po").write_text(catalogue_of(extract.of_screening(screening)), encoding="utf-8")
    return questions, program
