"""What an import makes of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from iop_tui.forms.importing.question_texts import clean
from iop_tui.forms.model.findings import Finding
from iop_tui.forms.model.form import Form, Item
from iop_tui.forms.model.values import Value
from iop_tui.screening.model.definition import ImportedForm, Question, Section
from iop_tui.screening.model.field_types import SourceLocation

ImportFate = Literal["taken", "hidden", "refused"]
"""What becomes of an item: it is in the section; its author hid it, or a program gives its value; or it is left out,
and a finding says why.
"""


class Wish(Struct, frozen=True):
    """What a person decides about an import. `section` is the id of the section; empty: from the form's name.

    `numbers` and `days` bound what the form leaves without bounds: an integer, and a day in days from today.
    """

    section: str = ""
    numbers: tuple[int, int] | None = None
    days: tuple[int, int] | None = None
    taken: frozenset[str] = frozenset()
    """Ids of questions and sections that exist already in the screening to import into."""
    pages: frozenset[str] | None = None
    """Its crisis pages; None: it is not known yet."""


class Taken(Struct, frozen=True):
    """A question, and the item it was made of. `options` are the ids of its options, by the values of the item's."""

    item: Item
    question: Question
    options: Mapping[Value, str] = {}
    translations: Mapping[str, Mapping[str, str]] = {}
    """Language code -> key below the question ("ask", "options.ID.text") -> text."""


class DeskNote(Struct, frozen=True):
    """An item that the wizard cannot ask, and that a counselor can note below the question `under`; empty: below none,
    because there is no question before it.
    """

    link_id: str
    text: str
    type: str
    under: str


class Imported(Struct, frozen=True):
    """The sections made of a form, and what became of each of its items. `fates` has every item of the form once."""

    form: Form
    sections: tuple[Section, ...]
    questions: tuple[Taken, ...]
    fates: Mapping[str, ImportFate]
    findings: tuple[Finding, ...]
    """Those of the form as it was read, and those of the import."""
    notes: tuple[DeskNote, ...] = ()
    words: Mapping[str, str] = {}
    """By the linkId of an item that is taken and no question: where its words stand now."""

    def count(self, fate: ImportFate) -> int:
        """How many items this became of."""
        return sum(each == fate for each in self.fates.values())


def origin_of(form: Form) -> ImportedForm:
    """What a section keeps of the form that it comes from."""
    return ImportedForm(
        title=clean(form.title) or clean(form.name) or form.source,
        file=form.source,
        sha256=form.sha256,
        where=SourceLocation(form.source, 1),
        url=clean(form.url) or None,
        version=clean(form.version) or None,
        publisher=clean(form.publisher) or None,
        license=clean(form.copyright) or None,
    )
