"""What became of every item of a form, as data and as plain lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from msgspec import Struct

from iop_tui.forms.model.findings import Finding
from iop_tui.forms.model.form import Fate, Form, ItemType
from iop_tui.forms.reading.visible import visible

_FATES: tuple[Fate, ...] = ("asked", "hidden", "refused")


class ItemReport(Struct, frozen=True):
    """One item with what is to be said of it. `depth` is 0 at the top."""

    link_id: str
    line: int
    depth: int
    type: ItemType
    text: str
    fate: Fate
    findings: tuple[Finding, ...] = ()

    @property
    def is_suspicious(self) -> bool:
        """Whether it is probably not what its author meant."""
        return any(finding.severity == "suspicious" for finding in self.findings)


class FormReport(Struct, frozen=True):
    """The report of a form. `of_form` are the findings that are of no single item."""

    file: str
    title: str
    items: tuple[ItemReport, ...]
    of_form: tuple[Finding, ...]

    def count(self, fate: Fate) -> int:
        """How many items have a fate; the three of them together are all items."""
        return sum(item.fate == fate for item in self.items)

    @property
    def suspicious(self) -> int:
        """How many items are suspicious, among those of each fate."""
        return sum(item.is_suspicious for item in self.items)

    @property
    def rules(self) -> Counter[str]:
        """How often each rule has a finding."""
        everything = [*self.of_form, *(finding for item in self.items for finding in item.findings)]
        return Counter(finding.rule for finding in everything)


def report(form: Form) -> FormReport:
    """The report of a form, its items in the order of the file."""
    by_item: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in form.findings:
        by_item[finding.link_id].append(finding)
    depths: dict[str, int] = {item.link_id: 0 for item in form.items}
    items = []
    for item in form.all_items:
        depth = depths[item.link_id]
        depths.update((held.link_id, depth + 1) for held in item.items)
        findings = tuple(by_item.pop(item.link_id, ()))
        items.append(ItemReport(item.link_id, item.line, depth, item.type, item.text, item.fate, findings))
    of_form = tuple(finding for findings in by_item.values() for finding in findings)
    return FormReport(form.source, form.title, tuple(items), of_form)


def as_text(form_report: FormReport, *, only_findings: bool = False) -> list[str]:
    """The report in plain lines: counts, what is said of the form, then every item, or those with findings only."""
    lines = [visible(form_report.title), counts(form_report)]
    for finding in form_report.of_form:
        lines += _of_finding(finding)
    for item in form_report.items:
        if item.findings or not only_findings:
            lines.append("")
            lines.append(f"{item.fate}: {visible(item.link_id)}, {item.type}, line {item.line}: {_words(item)}")
            for finding in item.findings:
                lines += _of_finding(finding)
    return lines


def counts(form_report: FormReport) -> str:
    """The counts in a sentence: items in = asked + hidden + refused."""
    fates = [f"{form_report.count(fate)} {fate}" for fate in _FATES]
    return f"{len(form_report.items)} items = {' + '.join(fates)}; {form_report.suspicious} suspicious"


def _words(item: ItemReport) -> str:
    return f"“{visible(item.text)}”" if item.text else "(no text)"


def _of_finding(finding: Finding) -> Iterator[str]:
    yield f"  {finding.severity}, {finding.rule}, line {finding.line}: {finding.message}."
    if finding.remedy:
        yield f"    {finding.remedy}."
