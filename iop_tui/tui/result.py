"""The summary page: which care to ask about first, why, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from iop_tui.screening.assessment.summary import Because, LevelSummary, Passage, Summary, Verdict
from iop_tui.screening.i18n.language import N_, _
from iop_tui.screening.model.field_types import Level
from iop_tui.tui import comparison_blocks
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, READ_ON, KeyHint, PageHeader
from iop_tui.tui.blocks import GAP, Block, Paragraph, Rule
from iop_tui.tui.messages import StartedOver, WentBack
from iop_tui.tui.phone_blocks import phone_lines
from iop_tui.tui.text_screen import TextPage

IN_SHORT = 3
"""How many rows of the comparison the summary shows."""


class ResultPage(TextPage):
    """One summary, top to bottom: the answer first, then why, then what to do."""

    HINTS = (
        BACK,
        READ_ON,
        KeyHint("S", N_("Save"), "save"),
        KeyHint("C", N_("Compare"), "compare"),
        KeyHint("N", N_("Start over"), "over"),
        HELP,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,S", "save", show=False),
        Binding("c,C", "compare", show=False),
        Binding("n,N", "over", show=False),
    ]

    def __init__(self, summary: Summary) -> None:
        super().__init__()
        self._summary = summary

    def on_mount(self) -> None:
        """What this page is, at the head."""
        self.query_one(PageHeader).show(_("Your summary"), "", 1.0)
        self.set_text()

    @property
    def _first(self) -> Level | None:
        return next((level.care.id for level in self._summary.levels if level.verdict is Verdict.FIRST), None)

    def blocks(self, width: int) -> Sequence[Block]:
        """The whole summary."""
        summary = self._summary
        blocks: list[Block] = [Paragraph(summary.opening, "$muted"), GAP]
        blocks += [Paragraph(summary.headline, "bold $key"), GAP]
        blocks += [Paragraph(sentence.text) for sentence in summary.lead]
        blocks.append(GAP)
        for notice in summary.notices:
            blocks += [Paragraph(notice, "$key"), GAP]
        for page, because in summary.crisis:
            blocks += _heading(page.title)
            blocks += [Paragraph(because.text, "$muted"), *_bullets(page.do), GAP]
            blocks += phone_lines((summary.screening.phone_lines[name] for name in page.lines), about=False)
        for level in summary.levels:
            if level.verdict is Verdict.FIRST and (summary.settled or level.reasons):
                blocks += [*_heading(_("Why {level}").format(level=level.care.short)), *_why(level)]
        if summary.levels:
            blocks += self._compared(width)
        blocks += _passage(Passage(_("What we could not tell"), summary.unknown))
        if summary.steps:
            blocks += _heading(_("What to do, in this order"))
        for number, step in enumerate(summary.steps, 1):
            blocks += [Paragraph(step.title, "bold", mark=f"{number}. ")]
            blocks += [*(Paragraph(text, mark="· ", indent=3) for text in step.items), GAP]
        if summary.fits:
            blocks += _heading(_("What would make it work"))
            for suggests, because in summary.fits:
                blocks += [Paragraph(suggests, mark="· "), Paragraph(because.text, "$muted", indent=2)]
            blocks.append(GAP)
        blocks += [*_heading(_("Who to call")), *phone_lines(summary.lines, about=False), GAP]
        return [*blocks, Rule(), Paragraph(summary.closing, "bold"), GAP]

    def _compared(self, width: int) -> list[Block]:
        """All of them in short; the comparison page has all of it."""
        summary = self._summary
        blocks = _heading(_("The kinds of care"))
        verdicts = {level.care.id: level.title for level in summary.levels}
        blocks += comparison_blocks.heads(summary.screening, width, verdicts, self._first)
        blocks += comparison_blocks.rows(summary.screening, width, self._first, IN_SHORT)
        blocks += [
            Paragraph(_("C shows more: what happens there, work, cost, and what is good or hard about it.")),
            GAP,
        ]
        for level in summary.in_order:
            if level.verdict is not Verdict.FIRST or not summary.settled:
                blocks += _why_not(level)
        return blocks

    # ---- what a person does ----

    def action_save(self) -> None:
        """Ask where to save it, and how."""
        self.open(lambda: self.host.save_page(self._summary))

    def action_compare(self) -> None:
        """The whole comparison, over the summary."""
        self.open(self.host.comparison_page)

    def action_over(self) -> None:
        """Erase everything and begin again, after asking."""
        self.open(lambda: self.host.start_over_page(lambda: self.post_message(StartedOver(self))))

    def action_back(self) -> None:
        """To the answers."""
        self.post_message(WentBack(self))


def _why(level: LevelSummary) -> list[Block]:
    blocks: list[Block] = [Paragraph(level.why)]
    for because in level.reasons:
        blocks += _reason(because)
    return [*blocks, GAP]


def _why_not(level: LevelSummary) -> list[Block]:
    """Another level: its reasons in short, for they stand in full above."""
    lead = [Paragraph(level.title, "bold", mark=f"{level.care.name}: "), Paragraph(level.why, "$muted", indent=2)]
    return [*lead, *(Paragraph(because.text, "$muted", mark="· ", indent=2) for because in level.reasons), GAP]


def _reason(because: Because) -> list[Block]:
    blocks: list[Block] = [Paragraph(because.text, mark="· ", indent=2)]
    for ask, answer in because.answers:
        said = _("You answered “{answer}” to “{ask}”").format(ask=ask, answer=answer)
        blocks.append(Paragraph(said, "$muted", indent=4))
    blocks.append(Paragraph(_("Rule: {rule}").format(rule=because.rule), "$muted", indent=4))
    return blocks


def _heading(text: str) -> list[Block]:
    return [Rule(), Paragraph(text, "bold $key"), GAP]


def _passage(passage: Passage) -> list[Block]:
    if not passage.items:
        return []
    return [*_heading(passage.title), *_bullets(passage.items), GAP]


def _bullets(items: Sequence[str]) -> list[Block]:
    return [Paragraph(text, mark="· ") for text in items]
