"""What a rule of the reader says, and the findings of one file as they are collected."""

from __future__ import annotations

from msgspec import Struct

from iop_tui.forms.model.findings import Finding, FormRefused, Severity


class Rule(Struct, frozen=True):
    """A rule with its sentences; facts are filled into their braces. It stands next to the check that needs it."""

    name: str
    message: str
    remedy: str = ""
    severity: Severity = "refused"

    def finding(self, line: int, link_id: str, facts: dict[str, object]) -> Finding:
        """The finding of this rule at a place."""
        message = self.message.format_map(facts)
        return Finding(line, link_id, self.severity, self.name, message, self.remedy.format_map(facts))


class Collector:
    """The findings of a file. An item with a finding of severity `refused` is refused."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.refused: set[str] = set()

    def add(self, rule: Rule, line: int, link_id: str = "", **facts: object) -> None:
        """One more finding; `link_id` is empty for the form as a whole."""
        self.findings.append(rule.finding(line, link_id, facts))
        if rule.severity == "refused":
            self.refused.add(link_id)

    def at(self, line: int, link_id: str) -> ItemFindings:
        """What collects the findings of one item."""
        return ItemFindings(self, line, link_id)


class ItemFindings:
    """Collects the findings of one item."""

    __slots__ = ("_all", "line", "link_id")

    def __init__(self, collector: Collector, line: int, link_id: str) -> None:
        self._all = collector
        self.line = line
        self.link_id = link_id

    def add(self, rule: Rule, line: int = 0, **facts: object) -> None:
        """One more finding of the item; without a line of its own it stands where the item begins."""
        self._all.add(rule, line or self.line, self.link_id, **facts)


def refusing(name: str, rule: Rule, line: int, **facts: object) -> FormRefused:
    """The exception that refuses a whole file by one rule."""
    return FormRefused(name, (rule.finding(line, "", facts),))
