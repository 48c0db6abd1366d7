"""The result so far: the level, what it could still be, the rules that hold, and what is open and would matter."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from iop_tui.call.model import Call
from iop_tui.counselor.outline import label_of
from iop_tui.screening.assess import Assessment, Matter
from iop_tui.screening.kinds import Level
from iop_tui.screening.language import _
from iop_tui.screening.model import Screening
from iop_tui.tui.blocks import GAP, Block, Paragraph, lay_out

_ROOMY = 16
"""Lines from which on the rules are listed rather than counted."""
_NOTE_LINES = 6


def blocks_of(assessment: Assessment, matters: Sequence[Matter], call: Call, lines: int) -> Sequence[Block]:
    """The result in words, for a pane of so many lines. `matters` are open questions that matter."""
    level = [*_level(assessment), *_judgment(assessment.screening, call)]
    return (
        [*level, *_in_full(assessment, matters), *_note(call)]
        if lines >= _ROOMY
        else [*level, *_in_short(assessment, matters)]
    )


def _level(assessment: Assessment) -> list[Block]:
    short, level = assessment.screening.levels, assessment.level
    if level is None:
        return [Paragraph(_("No level while danger stands"), "bold")]
    words: list[Block] = [Paragraph(_("So far: {level}").format(level=short[level].short), "bold")]
    if len(assessment.could_be) > 1:
        could = ", ".join(short[other].short for other in assessment.could_be[1:])
        words.append(Paragraph(_("Could be: {levels}").format(levels=could)))
    else:
        words.append(Paragraph(_("What is open does not change it."), "$muted"))
    return words


def _judgment(screening: Screening, call: Call) -> list[Block]:
    judgment = call.judgment
    if judgment is None:
        return []
    if judgment.agrees:
        return [Paragraph(_("Judgment: agrees"), "$key")]
    return [Paragraph(_("Judgment: {level}").format(level=_short(screening, judgment.level)), "$key")]


def _note(call: Call) -> list[Block]:
    """The note on the call, as far as it has lines that are shown; all of it is a key away."""
    lines = [line for line in call.note.split("\n") if line.strip()][:_NOTE_LINES]
    return (
        [GAP, Paragraph(_("Note on the call"), "bold"), *(Paragraph(line, "$key") for line in lines)] if lines else []
    )


def _in_short(assessment: Assessment, matters: Sequence[Matter]) -> list[Block]:
    counted = _("Rules: {rules} · Open and matter: {matters}")
    counted = counted.format(rules=len(assessment.reasons), matters=len(matters))
    steps = [assessment.screening.first_steps[step].title for step in assessment.first_steps]
    return [Paragraph(counted, "$muted"), *(Paragraph(step, "$muted", mark="! ") for step in steps)]


def _in_full(assessment: Assessment, matters: Sequence[Matter]) -> list[Block]:
    screening = assessment.screening
    parts: list[Block] = []
    if assessment.alarms:
        parts += [GAP, Paragraph(_("Alarms"), "bold")]
        parts += [Paragraph(raised.alarm.because, mark="! ") for raised in assessment.alarms]
    if assessment.first_steps:
        parts += [GAP, Paragraph(_("First"), "bold")]
        parts += [Paragraph(screening.first_steps[step].title, mark="! ") for step in assessment.first_steps]
    parts += [GAP, Paragraph(_("Rules that hold"), "bold")]
    for reason in assessment.reasons:
        at_least = _short(screening, reason.need.at_least)
        parts.append(Paragraph(f"{at_least}: {reason.need.because}" if at_least else reason.need.because, mark="· "))
    if not assessment.reasons:
        parts.append(Paragraph(_("None yet."), "$muted"))
    if matters:
        parts += [GAP, Paragraph(_("Open, and it matters"), "bold")]
        for matter in matters:
            said = f"{label_of(matter.question)}: {_could_be(screening, matter)}"
            parts.append(Paragraph(said, "$muted", mark="? "))
    return parts


def _could_be(screening: Screening, matter: Matter) -> str:
    """What an open question could lead to."""
    levels = ", ".join(_short(screening, level) for level in matter.could_change)
    if len(matter.could_change) == len(Level):
        levels = _("any level")
    return ", ".join(part for part in (_("danger") if matter.could_alarm else "", levels) if part)


def _short(screening: Screening, level: Level | None) -> str:
    return screening.levels[level].short if level is not None and level in screening.levels else ""


class ResultPane(Widget):
    """The result, and a click away all rules with their sources. It never scrolls: nobody has a hand free for that."""

    class Clicked(Message):
        """The result was clicked."""

    def __init__(self) -> None:
        super().__init__(id="result-pane")
        self._now: tuple[Assessment, Sequence[Matter], Call] | None = None
        self._shown: tuple[Sequence[Block], Size] | None = None

    def show(self, assessment: Assessment, matters: Sequence[Matter], call: Call) -> None:
        """Show this result."""
        self._now = (assessment, matters, call)
        shown = (blocks_of(assessment, matters, call, self.content_size.height), self.content_size)
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """As much as there is room for."""
        if self._now is not None:
            self.show(*self._now)

    def render(self) -> RenderResult:
        """The lines there is room for, and how to see the others."""
        blocks, size = self._shown or ((), self.content_size)
        lines = lay_out(blocks, size.width).split("\n") if blocks and size.width else []
        if len(lines) > size.height:
            lines = [*lines[: size.height - 1], Content.styled(_("… R shows all"), "bold $key")]
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """All rules."""
        event.stop()
        self.post_message(self.Clicked())
