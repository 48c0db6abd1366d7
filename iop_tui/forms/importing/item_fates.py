"""What becomes of each item of a form while it is mapped, with what a person is told of it."""

from __future__ import annotations

from iop_tui.forms.importing.imported import DeskNote, ImportFate
from iop_tui.forms.importing.question_texts import clean
from iop_tui.forms.importing.questions import NOTED
from iop_tui.forms.model.findings import Finding, Severity
from iop_tui.forms.model.form import Item


class ItemFates:
    """Collects the fates by linkId, the findings, and what a counselor can note."""

    def __init__(self) -> None:
        self.fates: dict[str, ImportFate] = {}
        self.findings: list[Finding] = []
        self.notes: list[DeskNote] = []
        self.words: dict[str, str] = {}
        self.under = ""
        """The id of the last question that was taken."""

    def took(self, item: Item, where: str) -> None:
        """An item that is no question is taken; `where` its words stand now."""
        self.fates[item.link_id] = "taken"
        self.words[item.link_id] = where

    def note(self, item: Item, rule: str) -> None:
        """A counselor can note what the wizard cannot ask."""
        if rule in NOTED and item.type not in ("group", "display"):
            self.notes.append(DeskNote(item.link_id, clean(item.text), item.type, self.under))

    def find(self, item: Item, severity: Severity, rule: str, message: str, remedy: str) -> None:
        """One more finding of the item."""
        self.findings.append(Finding(item.line, item.link_id, severity, rule, message, remedy))

    def refuse(self, item: Item, rule: str, message: str, remedy: str) -> None:
        """The item is refused."""
        self.fates[item.link_id] = "refused"
        self.find(item, "refused", rule, message, remedy)

    def refuse_all(self, item: Item, rule: str, message: str) -> None:
        """The item and all below it."""
        for each in item.walk():
            self.refuse(each, rule, message, "iop-tui fill asks it")
            self.note(each, rule)
