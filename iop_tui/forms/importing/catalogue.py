"""The translations of a form, and how they are put into a catalogue of the screening."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from iop_tui.forms.importing import proposals
from iop_tui.forms.importing.condition_mapping import Target
from iop_tui.forms.importing.imported import Imported
from iop_tui.forms.importing.question_texts import clean
from iop_tui.forms.importing.questions import WHY
from iop_tui.forms.model.form import Item
from iop_tui.screening.i18n.language import translation_in

_ENTRY = re.compile(r'msgctxt "([^"]*)"\n((?:msgid .*\n(?:".*"\n)*))msgstr ""(?=\n\n|\n?\Z)')


def translations_of(item: Item, target: Target, stems: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
    """The texts in other languages; the question's own only where it stands alone, without the text of a group."""
    found: dict[str, dict[str, str]] = {}
    if target.question.ask == clean(item.text) and not stems:
        for code, text in item.translations.items():
            found.setdefault(code, {})["ask"] = clean(text)
    by_value = dict(target.options)
    for option in item.options:
        for code, text in option.translations.items():
            if option.value in by_value:
                found.setdefault(code, {})[f"options.{by_value[option.value]}.text"] = clean(text)
    return found


def translated(catalogue: str, imported: Imported, code: str) -> str:
    """A PO file in which the texts of the form that have no translation get that of the form in the language `code`."""
    words = _by_context(imported, code)

    def filled(found: re.Match[str]) -> str:
        said = words.get(found[1], "")
        return f'msgctxt "{found[1]}"\n{found[2]}msgstr "{_escaped(said)}"' if said else found[0]

    return _ENTRY.sub(filled, catalogue)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _by_context(imported: Imported, code: str) -> Mapping[str, str]:
    section_of = {question.id: section.id for section in imported.sections for question in section.questions}
    words = dict(_of_the_program(imported, code, section_of))
    for taken in imported.questions:
        for place, text in taken.translations.get(code, {}).items():
            words[f"{section_of[taken.question.id]}.questions.{taken.question.id}.{place}"] = text
    return words


def _of_the_program(imported: Imported, code: str, section_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The texts that the import writes by itself, where the program has them in the language."""
    for context, text in _own_texts(imported, section_of):
        said = translation_in(code, text)
        if said is not None:
            yield context, said


def _own_texts(imported: Imported, section_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Their contexts and the English."""
    for taken in imported.questions:
        question = taken.question
        place = f"{section_of[question.id]}.questions.{question.id}"
        if question.why == WHY:
            yield f"{place}.why", WHY
        if taken.item.type == "boolean":
            yield from ((f"{place}.options.{option.id}.text", option.text) for option in question.options)
    for proposed in proposals.alarms(imported):
        if (alarm := proposed.alarm) is not None:
            yield f"{section_of[proposed.taken.question.id]}.alarms.{alarm.id}.because", alarm.because


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
