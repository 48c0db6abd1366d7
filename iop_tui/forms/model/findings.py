"""What is to be said of a form and its items: each finding names the item, the rule, and what to do."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["refused", "suspicious", "note"]
"""`refused`: the item is not asked. `suspicious`: it is asked, and probably not what its author meant. `note`: what a
person should know, such as a missing status."""


class Finding(Struct, frozen=True, order=True):
    """One finding. `line` counts from 1; `link_id` is empty for the form as a whole.

    `rule` is a short stable name in lower case with hyphens, by which docs/forms.md lists it; `message` a sentence that
    says what is wrong; `remedy` one that says what to do.
    """

    line: int
    link_id: str
    severity: Severity
    rule: str
    message: str
    remedy: str = ""

    @property
    def sentences(self) -> str:
        """The message, and the remedy if there is one, each as a sentence."""
        return " ".join(f"{sentence}." for sentence in (self.message, self.remedy) if sentence)


def on_one_line(file: str) -> str:
    """The name of a file within a line of output: a line end in it must not begin a line of its own."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in file)


class FormRefused(Exception):
    """A file that is not a form which can be opened. `findings` is not empty; each has the severity `refused`."""

    def __init__(self, file: str, findings: tuple[Finding, ...]) -> None:
        self.file = file
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(f"{on_one_line(file)}:{each.line}: {each.sentences}" for each in self.findings))
