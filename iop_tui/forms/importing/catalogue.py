"""The translations of a form, and how they are put into a catalogue of the screening."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iop_tui.forms.importing.condition_mapping import Target
from iop_tui.forms.importing.imported import Imported
from iop_tui.forms.importing.question_texts import clean
from iop_tui.forms.model.form import Item

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
    return {
        f"{section_of[taken.question.id]}.questions.{taken.question.id}.{place}": text
        for taken in imported.questions
        for place, text in taken.translations.get(code, {}).items()
    }


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
