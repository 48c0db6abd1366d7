"""A gettext catalogue: the translations of one language, from its PO file.

The PO file itself is read, not a compiled MO file: a PO file that is put in place works at once, and each entry keeps
its line for the checks. `po_file.py` has the grammar, `plural_forms.py` chooses the form for a count.
"""

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from iop_tui.screening.compiled import packed_screening
from iop_tui.screening.i18n import po_file
from iop_tui.screening.i18n.po_model import Entry, PoFile
from iop_tui.screening.model import plural_forms as rules
from iop_tui.screening.model.field_types import CONTROL, SourceLocation
from iop_tui.screening.model.plural_forms import Counted, Rule
from iop_tui.screening.problems import Report

__all__ = ["Counted", "Entry", "PoFile", "named", "plurals", "read", "sentences", "translations", "whole_file"]

MAX_BYTES = 4_000_000
_NAMED = re.compile(r"\{\w*\}")
_CHARSET = re.compile(r"charset=([\w.:-]+)", re.IGNORECASE)
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "charset"})
"""The charsets that the header may name. CHARSET is the placeholder before a translator has filled it in."""


def read(path: Path, report: Report) -> tuple[Entry, ...]:
    """The entries of a PO file, without its header and obsolete entries; problems are reported."""
    return whole_file(path, report).entries


def whole_file(path: Path, report: Report) -> PoFile:
    """The whole content of a PO file; problems are reported, and faulty entries are kept where they could be read."""
    here = SourceLocation(str(path), 1)
    try:
        if not path.is_file():
            raise OSError("it is not a file")
        raw = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as failure:
        report.add(here, f"the catalogue cannot be read: {failure.strerror or failure}", "translation")
        return PoFile()
    if raw is None:
        report.add(here, f"the catalogue is larger than {MAX_BYTES // 1_000_000} MB", "translation")
        return PoFile()
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as failure:
        line = raw.count(b"\n", 0, failure.start) + 1
        report.add(
            SourceLocation(str(path), line), "this line is not UTF-8 text; save the catalogue as UTF-8", "translation"
        )
        return PoFile()
    found = po_file.parse(text, str(path), lambda where, said: report.add(where, said, "translation"))
    charset = _CHARSET.search(found.field("Content-Type"))
    if charset and charset[1].lower() not in _UTF8:
        said = f"the head says charset={charset[1]}, and the catalogue is UTF-8 text; write charset=UTF-8"
        report.add(SourceLocation(str(path), found.head_line), said, "translation")
    return found


def sentences(path: Path) -> Mapping[str, str]:
    """The program's sentences -> their translations, without missing and fuzzy ones, and without those with other
    placeholders than the English, which could not be filled in. Empty without a file.
    """
    seen = _seen(path)
    return _sentences(path, *seen) if seen else {}


def named(text: str) -> frozenset[str] | None:
    """The placeholders in a sentence of the program; None if a brace is unpaired."""
    rest = _NAMED.sub("", text)
    return None if "{" in rest or "}" in rest else frozenset(_NAMED.findall(text))


def translations(path: Path) -> Mapping[tuple[str, str], str]:
    """Context and text -> translation, without missing, fuzzy and plural ones. Empty without a file.

    Damaged entries and those with control characters are left out: a person sees English there, and a check reports
    why.
    """
    return _shown(path).one


def plurals(path: Path) -> Counted:
    """The same for sentences with a count. Those with placeholders that the English lacks are left out, too."""
    seen = _seen(path)
    return _plurals(path, *seen) if seen else Counted()


# ---- inside ----------------------------------------------------------------------------------------------------------


class _Shown(Struct, frozen=True):
    """The entries of a catalogue that may be shown."""

    one: Mapping[tuple[str, str], str] = {}
    counted: Counted = Counted()


def _shown(path: Path) -> _Shown:
    seen = _seen(path)
    return _read(path, *seen) if seen else _Shown()


@functools.lru_cache(maxsize=8)
def _sentences(path: Path, changed: int, size: int) -> Mapping[str, str]:
    compiled = packed_screening.sentences_of(path)
    if compiled is not None:
        return compiled.one
    said = {text: said for (context, text), said in _read(path, changed, size).one.items() if not context}
    return {text: words for text, words in said.items() if "{" not in words + text or named(words) == named(text)}


@functools.lru_cache(maxsize=8)
def _plurals(path: Path, changed: int, size: int) -> Counted:
    compiled = packed_screening.sentences_of(path)
    return _read(path, changed, size).counted if compiled is None else compiled.counted()


def _seen(path: Path) -> tuple[int, int] | None:
    """When a file was changed last, in nanoseconds, and its size in bytes; None where there is none."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size


@functools.lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _size: int) -> _Shown:
    if not path.is_file():
        return _Shown()
    found = whole_file(path, Report())
    fit = {(entry.context, entry.text): entry for entry in found.entries if _fit(entry)}
    return _Shown(
        {key: entry.translation for key, entry in fit.items() if not entry.plural},
        Counted(_rule(found), {key: entry.forms for key, entry in fit.items() if entry.plural and _filled(entry)}),
    )


def _rule(found: PoFile) -> Rule:
    try:
        return rules.read(found.field("Plural-Forms"))
    except ValueError:
        # No form of the sentence may be shown.
        return Rule(0)


def _fit(entry: Entry) -> bool:
    sound = entry.whole and not entry.fuzzy and entry.translated
    return sound and not any(CONTROL.search(said) for said in entry.said)


def _filled(entry: Entry) -> bool:
    """Whether all placeholders of a form can be filled in."""
    there = (named(entry.text) or frozenset()) | (named(entry.plural) or frozenset())
    return all((names := named(form)) is not None and names <= there for form in entry.forms)
