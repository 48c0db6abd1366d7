"""Check a screening's translations: missing, empty, fuzzy, or different in what no translation may change."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from iop_tui.screening.authoring.lint import spanish
from iop_tui.screening.compiled import compiled_index
from iop_tui.screening.english import counted
from iop_tui.screening.i18n import po_catalogue
from iop_tui.screening.i18n.language import CATALOGUES, offered
from iop_tui.screening.i18n.localize import TranslatableText, directory, translatable_texts, with_translations
from iop_tui.screening.i18n.po_catalogue import Entry, PoFile
from iop_tui.screening.model import plural_forms
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import CONTROL, ENGLISH, TWO_FORMS, SourceLocation
from iop_tui.screening.model.locales import catalogues, misnamed, nearest
from iop_tui.screening.problems import Report

_NUMBER = re.compile(r"\d(?:-?\d){2,}")
"""A number that may be a phone number."""
_SHOWN = 60
_A_FEW = 5
"""So many texts of a file without a translation are named one by one."""


def translations(root: Path, screening: Screening, report: Report) -> None:
    """Report problems of each catalogue of a screening and, for the shipped one, of the program's catalogues. Sentences
    of the program without an entry are known only from its code (`iop-tui translate`).
    """
    every = tuple(translatable_texts(screening))
    where = directory(screening.manifest)
    _files(where, report)
    usable: dict[str, dict[str, Entry]] = {}
    # A wider language comes before its variants: es before es_MX.
    for code, path in catalogues(where).items():
        wider = {context: entry for near in reversed(nearest(code)) for context, entry in usable.get(near, {}).items()}
        mine = of_screening(every, po_catalogue.read(path, report), report, str(path), frozenset(wider))
        usable[code] = {entry.context: entry for entry in mine}
        if spanish.CODE in nearest(code):
            words = {(entry.context, entry.text): entry.translation for entry in {**wider, **usable[code]}.values()}
            spanish.reading(with_translations(screening, words, code), mine, report)
            spanish.one_way(every, mine, report)
    if root.resolve() == Path(compiled_index.questions()).resolve():
        for path in catalogues(CATALOGUES).values():
            of_program(po_catalogue.whole_file(path, report), report, str(path))


def of_screening(
    every: Iterable[TranslatableText],
    entries: Iterable[Entry],
    report: Report,
    file: str,
    covered: Collection[str] = (),
) -> list[Entry]:
    """Report problems of a screening's catalogue; returns the entries that can be shown. The contexts in `covered` are
    translated by a wider language.
    """
    found: dict[str, Entry] = {}
    for entry in entries:
        before = found.setdefault(entry.context, entry)
        # Duplicate entries were reported when the file was read.
        if before is not entry and before.text != entry.text:
            report.add(entry.where, f"{_of(entry)}: it is repeated here", "translation")
    usable = []
    open_entries: list[Entry] = []
    for place in every:
        mine = found.pop(place.context, None)
        if place.context in covered and (mine is None or not mine.translated):
            continue
        if mine is None:
            said = f"{file} has no entry for {place.context} ({_short(place.text)}); run 'iop-tui translate'"
            report.warn(place.where, said, "translation-missing")
        elif mine.text != place.text or mine.fuzzy:
            _changed(mine, place, report)
        elif mine.plural:
            report.add(mine.where, f"{_of(mine)}: it has no plural; write one msgstr", "translation-plural")
        elif mine.whole and not mine.translated:
            open_entries.append(mine)
        elif mine.whole and _is_right(mine, place, report):
            usable.append(mine)
    _untranslated(open_entries, report)
    for entry in found.values():
        said = f"{_of(entry)}: the screening has no such text; run 'iop-tui translate'"
        report.warn(entry.where, said, "translation-gone")
    return usable


def of_program(found: PoFile, report: Report, file: str) -> None:
    """Report problems of a catalogue of the program's own sentences."""
    uses = _uses(found, report, file)
    for entry in found.entries:
        if entry.fuzzy:
            said = f"{_of(entry)}: it was made for another wording: look at it, and take 'fuzzy' away"
            report.warn(entry.where, said, "translation-fuzzy")
        elif entry.whole and _is_there(entry, report):
            _same_controls(entry, report)
            if entry.plural:
                _counted(entry, uses, report)
            else:
                _same_names(entry, entry.translation, po_catalogue.named(entry.text), report)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _files(where: Path, report: Report) -> None:
    """Report catalogues that are never offered."""
    for path, said in misnamed(where):
        report.warn(SourceLocation(str(path), 1), said, "translation-name")
    spoken = offered(where)
    for code, path in catalogues(where).items():
        if code not in spoken and code != ENGLISH:
            said = (
                f"nobody is offered {code}: the program has no catalogue of it. It would be "
                f"{CATALOGUES / f'{code}.po'}; 'iop-tui translate {code}' makes it"
            )
            report.warn(SourceLocation(str(path), 1), said, "translation-name")


def _uses(found: PoFile, report: Report, file: str) -> Mapping[int, int]:
    """How many counts use each of the language's forms; empty if the header is wrong."""
    if not any(entry.plural for entry in found.entries):
        return {}
    written = found.field("Plural-Forms")
    try:
        if not written:
            raise ValueError("it is missing; 'iop-tui translate' writes it")
        return plural_forms.read(written).uses()
    except ValueError as failure:
        report.add(SourceLocation(file, found.head_line), f"the head: Plural-Forms: {failure}", "translation-plural")
        return {}


def _counted(entry: Entry, uses: Mapping[int, int], report: Report) -> None:
    """Report problems of the plural forms of a sentence."""
    if uses and len(entry.forms) != len(uses):
        forms = counted(len(entry.forms), "form")
        said = f"{_of(entry)}: it has {forms}, and the language has {len(uses)} (Plural-Forms)"
        report.add(entry.where, said, "translation-plural")
    english = (po_catalogue.named(entry.text) or frozenset()) | (po_catalogue.named(entry.plural) or frozenset())
    for number, form in enumerate(entry.forms):
        names = po_catalogue.named(form)
        # A form for a single count can say it in words: "a call".
        if names is None or not names <= english or (names != english and uses.get(number, 2) > 1):
            _same_names(entry, form, english, report)


def _same_names(entry: Entry, said: str, english: frozenset[str] | None, report: Report) -> None:
    if po_catalogue.named(said) != english:
        wanted = ", ".join(sorted(english or ())) or "none"
        told = f"{_of(entry)}: the names in braces must be those of the English ({wanted})"
        report.add(entry.where, told, "translation-placeholder")


def _changed(entry: Entry, place: TranslatableText, report: Report) -> None:
    if entry.text != place.text:
        said = f"{_of(entry)}: the English says now {_short(place.text)} ({place.where}); run 'iop-tui translate'"
    else:
        said = f"{_of(entry)}: it was made for another wording: look at it, and take 'fuzzy' away"
    report.warn(entry.where, said, "translation-fuzzy")


def _untranslated(entries: Iterable[Entry], report: Report) -> None:
    """Report texts without a translation; many of one file in one line, so that they do not bury what else is found."""
    by_file: dict[str, list[Entry]] = {}
    for entry in entries:
        by_file.setdefault(entry.context.partition(".")[0], []).append(entry)
    for name, found in by_file.items():
        if len(found) <= _A_FEW:
            for entry in found:
                _not_translated(entry, report)
        else:
            said = f"{len(found)} texts of {name!r} are not translated, the first of them {found[0].context}"
            report.warn(found[0].where, said, "translation-untranslated")


def _is_there(entry: Entry, report: Report) -> bool:
    if not entry.translated:
        _not_translated(entry, report)
    return entry.translated


def _not_translated(entry: Entry, report: Report) -> None:
    report.warn(entry.where, f"{_of(entry)}: it is not translated", "translation-untranslated")


def _is_right(entry: Entry, place: TranslatableText, report: Report) -> bool:
    before = len(report.problems)
    _same_controls(entry, report)
    rest = TWO_FORMS.sub("", entry.translation)
    if "{" in rest or "}" in rest:
        said = "braces hold two ways to say it: {of yourself|of another person}"
        report.add(entry.where, f"{_of(entry)}: {said}", "translation-placeholder")
    elif rest != entry.translation and not place.second_person:
        said = "it speaks of everybody, so it cannot have two ways to say it"
        report.add(entry.where, f"{_of(entry)}: {said}", "translation-placeholder")
    for way in {TWO_FORMS.sub(r"\1", entry.translation), TWO_FORMS.sub(r"\2", entry.translation)}:
        if not way.strip():
            report.add(entry.where, f"{_of(entry)}: one way to say it is empty", "translation-placeholder")
        if place.longest and len(way) > place.longest:
            said = f"{_of(entry)}: it is {len(way)} letters long; {place.longest} is the most"
            report.add(entry.where, said, "translation-too-long")
    for number in sorted(set(_NUMBER.findall(entry.text)) - set(_NUMBER.findall(entry.translation))):
        report.add(entry.where, f"{_of(entry)}: the number {number} is missing", "translation-number")
    return len(report.problems) == before


def _same_controls(entry: Entry, report: Report) -> None:
    found = CONTROL.search("".join(entry.said))
    if found:
        said = f"{_of(entry)}: a control character (U+{ord(found[0]):04X}) is not allowed here; delete it"
        report.add(entry.where, said, "translation")


def _of(entry: Entry) -> str:
    return f"the translation of {entry.context or _short(entry.text)}"


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
