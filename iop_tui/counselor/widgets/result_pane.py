"""The result pane: the level and its range, the rules that fired, and the open questions that matter."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from iop_tui.call.question_states import OpenCount
from iop_tui.call.record import Call
from iop_tui.counselor.widgets.outline import label_of
from iop_tui.screening.assessment.assess import Assessment, RelevantQuestion
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.tui.blocks import GAP, Block, Paragraph, lay_out

_ROOMY = 16
"""Lines from which the rules are listed rather than counted."""
_NOTE_LINES = 6
_NAMED = 4
"""Questions that are named before the rest is counted."""


def blocks_of(
    assessment: Assessment,
    matters: Sequence[RelevantQuestion],
    call: Call,
    unasked: Sequence[Question],
    left: OpenCount,
    lines: int,
) -> Sequence[Block]:
    """The result in words, for a pane of so many lines. `matters` are the relevant open questions, `unasked` the safety
    questions not asked yet, `left` is the number of open questions.
    """
    level = [*_level(assessment, left), *_judgment(assessment, call), *_unasked(unasked, lines)]
    return (
        [*level, *_in_full(assessment, matters), *_note(call)]
        if lines >= _ROOMY
        else [*level, *_in_short(assessment, matters)]
    )


def _level(assessment: Assessment, left: OpenCount) -> list[Block]:
    """The level, and once the questions up to the result are answered, that it stands."""
    done = [] if left.before_result or assessment.level is None else [_done(left.after_result)]
    return [*_so_far(assessment, is_done=bool(done)), *done]


def _done(more: int) -> Block:
    said = "All questions up to the result are answered."
    return Paragraph(f"{said} {more} more make it fit: O." if more else said, "$key")


def _so_far(assessment: Assessment, *, is_done: bool) -> list[Block]:
    screening, level = assessment.screening, assessment.level
    if level is None:
        return [Paragraph("No level during an active alarm", "bold")]
    low, high = _short(screening, level), _short(screening, assessment.could_be[-1])
    if len(assessment.could_be) == len(screening.levels):
        # The least level of all would be read as a finding.
        return [Paragraph("Too early to say", "bold"), Paragraph(f"{low} to {high}")]
    if len(assessment.could_be) > 1:
        least = Paragraph(f"At least: {low}", "bold")
        return [least, Paragraph(f"Could be up to: {high}")]
    if is_done:
        return [Paragraph(f"Result: {low}", "bold")]
    return [
        Paragraph(f"So far: {low}", "bold"),
        Paragraph("What is open does not change the level.", "$muted"),
    ]


def _unasked(unasked: Sequence[Question], lines: int) -> list[Block]:
    """Safety questions not asked yet: shown whatever the rules say."""
    if not unasked:
        return []
    if lines < _ROOMY:
        return [Paragraph(f"Safety not asked: {len(unasked)}", "$key")]
    named = ", ".join(map(label_of, unasked[:_NAMED]))
    more = f" and {len(unasked) - _NAMED} more" if len(unasked) > _NAMED else ""
    return [GAP, Paragraph(f"Safety not asked yet: {named + more}", "$key")]


def _judgment(assessment: Assessment, call: Call) -> list[Block]:
    judgment = call.judgment
    if judgment is None:
        return []
    if judgment.agrees and judgment.level != assessment.level:
        return [Paragraph("Judgment: of an older result (G)", "$key")]
    if judgment.agrees:
        return [Paragraph("Judgment: agrees", "$key")]
    level = _short(assessment.screening, judgment.level) or judgment.level or "none of the levels"
    return [Paragraph(f"Judgment: {level}", "$key")]


def _note(call: Call) -> list[Block]:
    """The note on the call, as many lines as are shown; a key shows all of it."""
    lines = [line for line in call.note.split("\n") if line.strip()][:_NOTE_LINES]
    return [GAP, Paragraph("Note on the call", "bold"), *(Paragraph(line, "$key") for line in lines)] if lines else []


def _in_short(assessment: Assessment, matters: Sequence[RelevantQuestion]) -> list[Block]:
    counted = "Rules: {rules} · Open and matter: {matters}"
    counted = counted.format(rules=len(assessment.reasons), matters=len(matters))
    steps = [assessment.screening.first_steps[step].title for step in assessment.first_steps]
    return [Paragraph(counted, "$muted"), *(Paragraph(step, "$muted", mark="! ") for step in steps)]


def _in_full(assessment: Assessment, matters: Sequence[RelevantQuestion]) -> list[Block]:
    screening = assessment.screening
    parts: list[Block] = []
    if assessment.alarms:
        parts += [GAP, Paragraph("Alarms", "bold")]
        parts += [Paragraph(raised.alarm.because, mark="! ") for raised in assessment.alarms]
    if assessment.first_steps:
        parts += [GAP, Paragraph("First", "bold")]
        parts += [Paragraph(screening.first_steps[step].title, mark="! ") for step in assessment.first_steps]
    parts += [GAP, Paragraph("Rules that hold", "bold")]
    for reason in assessment.reasons:
        at_least = _short(screening, reason.need.at_least)
        parts.append(Paragraph(f"{at_least}: {reason.need.because}" if at_least else reason.need.because, mark="· "))
    if not assessment.reasons:
        parts.append(Paragraph("None yet.", "$muted"))
    if matters:
        parts += [GAP, Paragraph("Open, and it matters", "bold")]
        for matter in matters:
            said = f"{label_of(matter.question)}: {_could_be(screening, matter)}"
            parts.append(Paragraph(said, "$muted", mark="? "))
    return parts


def _could_be(screening: Screening, matter: RelevantQuestion) -> str:
    """What an open question could lead to."""
    levels = ", ".join(_short(screening, level) for level in matter.could_change)
    if len(matter.could_change) == len(screening.levels):
        levels = "any level"
    return ", ".join(part for part in ("danger" if matter.could_alarm else "", levels) if part)


def _short(screening: Screening, level: Level | None) -> str:
    return screening.levels[level].short if level is not None and level in screening.levels else ""


class ResultPane(Widget):
    """The result; a click shows all rules with their sources. It never scrolls: during a call nobody has a hand free
    for that.
    """

    class Clicked(Message):
        """The result was clicked."""

    def __init__(self) -> None:
        super().__init__(id="result-pane")
        self._now: tuple[Assessment, Sequence[RelevantQuestion], Call, Sequence[Question], OpenCount] | None = None
        self._shown: tuple[Sequence[Block], Size] | None = None

    def show(
        self,
        assessment: Assessment,
        matters: Sequence[RelevantQuestion],
        call: Call,
        unasked: Sequence[Question],
        left: OpenCount,
    ) -> None:
        """Show this result."""
        self._now = (assessment, matters, call, unasked, left)
        shown = (blocks_of(assessment, matters, call, unasked, left, self.content_size.height), self.content_size)
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """As much as there is room for."""
        if self._now is not None:
            self.show(*self._now)

    def render(self) -> RenderResult:
        """The lines that fit, and how to see the others."""
        blocks, size = self._shown or ((), self.content_size)
        lines = lay_out(blocks, size.width).split("\n") if blocks and size.width else []
        if len(lines) > size.height:
            lines = [*lines[: size.height - 1], Content.styled("… R shows all", "bold $key")]
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """All rules."""
        event.stop()
        self.post_message(self.Clicked())
