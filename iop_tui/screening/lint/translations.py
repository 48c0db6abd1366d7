"""A screening's translations: what is missing, empty, made for another wording, or wrong in what no translation may
change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from iop_tui.screening import catalogue
from iop_tui.screening.catalogue import Entry
from iop_tui.screening.kinds import BOTH
from iop_tui.screening.language import CATALOGUES
from iop_tui.screening.lint import spanish
from iop_tui.screening.load import shipped
from iop_tui.screening.model import Screening
from iop_tui.screening.problems import Report
from iop_tui.screening.translate import Place, directory, places, with_words
from iop_tui.screening.yamlfile import CONTROL

_NUMBER = re.compile(r"\d(?:-?\d){2,}")
"""A number that may be dialled."""
_SHOWN = 60


def translations(root: Path, screening: Screening, report: Report) -> None:
    """Note what is wrong with each catalogue of a screening; with those of the program, too, where it is the one that
    ships. Which of the program's sentences have no entry at all, only its code can tell (`iop-tui translate`).
    """
    every = tuple(places(screening))
    for path in sorted(directory(screening.manifest).glob("*.po")):
        entries = catalogue.read(path, report)
        usable = of_screening(every, entries, report, str(path))
        if path.stem == spanish.CODE:
            words = {(entry.context, entry.text): entry.translation for entry in usable}
            spanish.reading(with_words(screening, words, path.stem), usable, report)
            spanish.one_way(every, usable, report)
    if root.resolve() == shipped().resolve():
        for path in sorted(CATALOGUES.glob("*.po")):
            of_program(catalogue.read(path, report), report)


def of_screening(every: Iterable[Place], entries: Iterable[Entry], report: Report, file: str) -> list[Entry]:
    """Note what is wrong with a screening's catalogue; the entries that can be shown."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.context in found:
            report.add(entry.where, f"{_of(entry)}: it stands here again", "translation")
        found[entry.context] = entry
    usable = []
    for place in every:
        mine = found.pop(place.context, None)
        if mine is None:
            said = f"{file} has no entry for {place.context} ({_short(place.text)}); run 'iop-tui translate'"
            report.warn(place.where, said, "translation-missing")
        elif mine.text != place.text or mine.fuzzy:
            _changed(mine, place, report)
        elif _is_there(mine, report) and _is_right(mine, place, report):
            usable.append(mine)
    for entry in found.values():
        said = f"{_of(entry)}: the screening has no such text; run 'iop-tui translate'"
        report.warn(entry.where, said, "translation-gone")
    return usable


def of_program(entries: Iterable[Entry], report: Report) -> None:
    """Note what is wrong with a catalogue of the program's own sentences."""
    for entry in entries:
        if entry.fuzzy:
            said = f"{_of(entry)}: it was made for another wording: look at it, and take 'fuzzy' away"
            report.warn(entry.where, said, "translation-fuzzy")
        elif _is_there(entry, report):
            _same_controls(entry, report)
            names = catalogue.named(entry.text)
            if names != catalogue.named(entry.translation):
                wanted = ", ".join(sorted(names or ())) or "none"
                said = f"{_of(entry)}: the names in braces must be those of the English ({wanted})"
                report.add(entry.where, said, "translation-placeholder")


# ---- inside ----------------------------------------------------------------------------------------------------------


def _changed(entry: Entry, place: Place, report: Report) -> None:
    if entry.text != place.text:
        said = f"{_of(entry)}: the English says now {_short(place.text)} ({place.where}); run 'iop-tui translate'"
    else:
        said = f"{_of(entry)}: it was made for another wording: look at it, and take 'fuzzy' away"
    report.warn(entry.where, said, "translation-fuzzy")


def _is_there(entry: Entry, report: Report) -> bool:
    if entry.translation.strip():
        return True
    report.warn(entry.where, f"{_of(entry)}: it is not translated", "translation-untranslated")
    return False


def _is_right(entry: Entry, place: Place, report: Report) -> bool:
    before = len(report.problems)
    _same_controls(entry, report)
    rest = BOTH.sub("", entry.translation)
    if "{" in rest or "}" in rest:
        said = "braces hold two ways to say it: {of yourself|of another person}"
        report.add(entry.where, f"{_of(entry)}: {said}", "translation-placeholder")
    elif rest != entry.translation and not place.told:
        said = "it speaks of everybody, so it cannot have two ways to say it"
        report.add(entry.where, f"{_of(entry)}: {said}", "translation-placeholder")
    for way in {BOTH.sub(r"\1", entry.translation), BOTH.sub(r"\2", entry.translation)}:
        if not way.strip():
            report.add(entry.where, f"{_of(entry)}: one way to say it is empty", "translation-placeholder")
        if place.longest and len(way) > place.longest:
            said = f"{_of(entry)}: it is {len(way)} letters long; {place.longest} is the most"
            report.add(entry.where, said, "translation-too-long")
    for number in sorted(set(_NUMBER.findall(entry.text)) - set(_NUMBER.findall(entry.translation))):
        report.add(entry.where, f"{_of(entry)}: the number {number} is missing", "translation-number")
    return len(report.problems) == before


def _same_controls(entry: Entry, report: Report) -> None:
    found = CONTROL.search(entry.translation)
    if found:
        said = f"{_of(entry)}: a control character (U+{ord(found[0]):04X}) stands here; delete it"
        report.add(entry.where, said, "translation")


def _of(entry: Entry) -> str:
    return f"the translation of {entry.context or _short(entry.text)}"


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
