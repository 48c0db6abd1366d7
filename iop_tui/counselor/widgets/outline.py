"""The outline: one line for each section and question, with its state and a short form of its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from rich.style import Style as RichStyle
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from iop_tui.call.operations import CallState, question_states
from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.model.answers import Unknown
from iop_tui.screening.model.definition import Question

SIGNS: Mapping[str, str] = {"answered": "+", "unknown": "?", "open": ".", "waiting": "~", "hidden": "-"}
"""One letter for each state, which every terminal has: colour never carries meaning alone."""
MARKED, NOTED = "*", "n"
_MEANINGS: Mapping[str, str] = {
    "+": "answered",
    "?": "not known",
    ".": "open",
    "~": "may be asked",
    "-": "not asked",
    MARKED: "marked to come back to",
    NOTED: "has a note",
}
AFTER_RESULT = "── after the result"
"""Stands over the sections that change no result."""
_APART = 2
_BAR = 1
"""Columns of the bar on the right."""


class Row(Struct, frozen=True):
    """A line of the outline: a section's title, or a question. `question` is where a click on it goes, if anywhere."""

    question: str
    label: str
    sign: str = ""
    said: str = ""
    marked: bool = False
    noted: bool = False
    quiet: bool = False


def label_of(question: Question) -> str:
    """A question in a few words: its label, or its name in the questions directory. If the question were cut short,
    most would begin alike.
    """
    return question.label or question.id.replace("_", " ").replace("-", " ")


def rows_of(work: CallState) -> tuple[Row, ...]:
    """All lines, in the order of the questions. Hidden questions keep their lines, so that nothing else moves."""
    return tuple(_rows(work))


def _rows(work: CallState) -> Iterator[Row]:
    call, answers, states = work.call, work.interview.answers, question_states(work)
    words = work.interview.wording
    for section in words.sections:
        if words.position[section.questions[0].id] == words.result_at:
            yield Row("", AFTER_RESULT, quiet=True)
        yield Row(section.questions[0].id, section.title)
        for question in section.questions:
            state = states[question.id]
            answer = answers.get(question.id) if state != "hidden" else None
            yield Row(
                question.id,
                label_of(question),
                SIGNS[state],
                "" if answer is None or isinstance(answer, Unknown) else answer_text(question, answer),
                question.id in call.marked,
                bool(call.notes.get(question.id)),
                state in ("hidden", "waiting"),
            )
    yield Row("", "What the signs say")
    for sign, meaning in _MEANINGS.items():
        yield Row("", meaning, sign, quiet=True)


class Outline(ScrollView, can_focus=False):
    """The rows; only changed ones are drawn again."""

    class Clicked(Message):
        """A line was clicked: the question to go to."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self) -> None:
        super().__init__(id="outline")
        self._rows: tuple[Row, ...] = ()
        self._at = ""

    def show(self, rows: tuple[Row, ...], at: str) -> None:
        """Show these lines, with the question `at` under the cursor and in sight."""
        before, was = self._rows, self._at
        self._rows, self._at = rows, at
        if len(before) != len(rows):
            self.virtual_size = Size(self.size.width, len(rows))
            self.refresh()
        else:
            for number, (old, new) in enumerate(zip(before, rows, strict=True)):
                if (old is not new and old != new) or (new.sign and new.question in (at, was) and at != was):
                    self._draw_again(number)
        self._bring_in_sight()

    def point(self, at: str) -> None:
        """Move the cursor alone."""
        if at != self._at:
            self.show(self._rows, at)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight."""
        self.virtual_size = Size(event.size.width, len(self._rows))
        self._bring_in_sight()

    def _draw_again(self, number: int) -> None:
        line = number - self.scroll_offset.y
        if 0 <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    @property
    def _line_at(self) -> int | None:
        return next((n for n, row in enumerate(self._rows) if row.sign and row.question == self._at), None)

    def _bring_in_sight(self) -> None:
        """Scroll only where the line is near an edge, and then far: scrolling draws everything again."""
        line, height, top = self._line_at, self.size.height, self.scroll_offset.y
        if line is None or not height:
            return
        if line < top + 1 or line > top + height - 2:
            self.scroll_to(y=max(0, line - height // 3), animate=False, force=True, immediate=True)

    def render_line(self, y: int) -> Strip:
        """One line, cut at the width."""
        number, width = y + self.scroll_offset.y, self.size.width - _BAR
        if number >= len(self._rows):
            return Strip.blank(width + _BAR, self.rich_style)
        row = self._rows[number]
        strip = Visual.to_strips(self, self._content(row, width), width, 1, self.visual_style)[0]
        if self._is_at(row) and self.app.native_ansi_color:
            strip = strip.apply_style(RichStyle(reverse=True))
        return Strip.join([strip, self._bar(y)])

    def _bar(self, y: int) -> Strip:
        """The position of the visible part in the whole outline. Textual's own scroll bar (8.2.8) is drawn again, in
        full, whenever anything on the page changes its size, which is with every other question.
        """
        height, lines, top = self.size.height, len(self._rows), self.scroll_offset.y
        if lines <= height or not top * height // lines <= y <= (top + height - 1) * height // lines:
            return Strip.blank(_BAR, self.rich_style)
        return Visual.to_strips(self, Content.styled("│", "$muted"), _BAR, 1, self.visual_style)[0]

    def _is_at(self, row: Row) -> bool:
        return bool(row.sign) and bool(self._at) and row.question == self._at

    def _content(self, row: Row, width: int) -> Content:
        if not row.sign:
            style = "$muted" if row.quiet else "bold"
            return Content.styled(row.label, style).truncate(width, ellipsis=True, pad=True)
        at = self._is_at(row)
        lead = f"{'› ' if at else '  '}{row.sign}{MARKED if row.marked else ' '}"
        label = Content.styled(row.label, "bold" if at else "$muted" if row.quiet else "")
        note = Content.styled(f" {NOTED}", "bold $key") if row.noted else Content("")
        room = width - len(lead) - note.cell_length
        label = label.truncate(room, ellipsis=True)
        left = room - label.cell_length - _APART
        said = (
            Content.styled(row.said, "$muted").truncate(left, ellipsis=True) if left >= 6 and row.said else Content("")
        )
        gap = " " * max(0, room - label.cell_length - said.cell_length)
        line = Content.styled(lead, "bold $key" if row.marked or at else "$muted") + label + gap + said + note
        return line.stylize("$cursor-text on $cursor") if at and not self.app.native_ansi_color else line

    def on_click(self, event: events.Click) -> None:
        """Go to the question of the line; on the bar, to that part of the outline."""
        if event.x >= self.size.width - _BAR:
            event.stop()
            middle = event.y * len(self._rows) // max(1, self.size.height)
            self.scroll_to(y=middle - self.size.height // 2, animate=False, immediate=True)
            return
        number = event.y + self.scroll_offset.y
        if 0 <= number < len(self._rows) and self._rows[number].question:
            event.stop()
            self.post_message(self.Clicked(self._rows[number].question))
