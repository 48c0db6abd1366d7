"""Jump: a few letters of a question, an answer or a section, and Enter goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from iop_tui.call.operations import moved_to, question_state
from iop_tui.counselor.pages.call_overlay import CallOverlay
from iop_tui.counselor.search import SearchHit, find
from iop_tui.tui.base_screen import KeyHint
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.fields import Line

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState

_KEYS = "1234567890"
_BULLET = "· "
_SHOWN = 4
"""Options shown under a question at the most."""


class JumpPage(CallOverlay):
    """The search field and the matches. The field keeps the focus; the arrows move among the matches."""

    HINTS = (
        KeyHint("Esc", "Back", "back"),
        KeyHint("↑ ↓", "Choose", "nothing"),
        KeyHint("Enter", "Go there", "take"),
    )
    AUTO_FOCUS = "#letters"

    def __init__(self, work: CallState) -> None:
        super().__init__(work)
        self._finds: Sequence[SearchHit] = ()
        self._shown: str | None = None
        """The letters for which the list shows matches."""

    def body(self) -> ComposeResult:
        """What is typed, and what was found."""
        with Vertical(classes="body", id="finder"):
            yield Line(placeholder="a few letters: of a question, an answer, a section", id="letters")
            choices = Choices()
            choices.can_focus = False
            yield choices
            yield Prose(id="none")

    def on_mount(self) -> None:
        """Everything, until a letter is typed; the cursor is at the question on the desk."""
        self.show_title("Jump")
        self._show("")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def _show(self, letters: str) -> None:
        """The matches. Those hidden by the present answers come last, and cannot be chosen."""
        if letters == self._shown:
            return
        self._shown = letters
        screening = self.work.interview.wording
        found = find(screening, letters)
        asked = [f for f in found if f.section or question_state(self.work, f.question) != "hidden"]
        hidden = [f for f in found if f not in asked]
        self._finds = (*asked, *hidden)
        choices = [choice for number, f in enumerate(self._finds) for choice in self._lines(number, f, f in hidden)]
        first = next((choice.id for choice in choices if not choice.heading), None)
        self.query_one(Choices).offer(choices, at=first)
        self.query_one("#none", Prose).show([] if choices else [Paragraph("Nothing has these letters.", "bold")])

    def _lines(self, number: int, found: SearchHit, hidden: bool) -> Sequence[Choice]:
        """The line of a question or section, and those of its options under it."""
        if found.section:
            return [Choice(f"{number}", f"Section: {found.text}", mark=_BULLET)]
        if hidden:
            text = f"{found.text} (not asked with these answers)"
            return [Choice(f"{number}", text, mark=_BULLET, quiet=True)]
        question = self.work.interview.wording.question(found.question)
        text = found.text
        if found.also:
            text = "{ask} ({words})".format(ask=found.text, words=", ".join(found.also))
        lines = [Choice(f"{number}", text, mark=_BULLET)]
        for index in found.options[:_SHOWN]:
            # The digit that will choose it on the desk; here digits belong to the search.
            key = _KEYS[index] if index < len(_KEYS) else "-"
            lines.append(Choice(f"{number}:{index}", question.options[index].text, key, quiet=True))
        return lines

    def pressed(self, character: str) -> bool:
        """Every character belongs to what is typed."""
        return False

    def field_key(self, key: str) -> bool:
        """The arrows move among the matches; Enter goes there. Without a match, Enter and Escape empty the field."""
        choices = self.query_one(Choices)
        actions = {
            "up": choices.action_cursor_up,
            "down": choices.action_cursor_down,
            "pageup": choices.action_page_up,
            "pagedown": choices.action_page_down,
            "enter": self.action_take,
            "escape": self.action_back,
        }
        if key in actions:
            # A letter may still be on its way to the list.
            self._show(self.query_one(Line).value)
            actions[key]()
        return key in actions

    def _forget(self) -> None:
        """Empty the field: nothing matches it."""
        line = self.query_one(Line)
        said = f"Nothing has “{line.value}”. The field is empty again."
        line.value = ""
        self._show("")
        self.query_one("#none", Prose).show([Paragraph(said, "bold $key")])

    def action_take(self) -> None:
        """Go to what is under the cursor."""
        if not self._finds:
            self._forget()
            return
        under = self.query_one(Choices).highlighted_option
        if under is not None and under.id is not None:
            self.choose(under.id)

    def action_back(self) -> None:
        """Back to the desk; without a match, first to an empty field."""
        if self._finds:
            self.close()
        else:
            self._forget()

    def choose(self, choice: str) -> None:
        """Go to the question; for a section to its first shown one."""
        found = self._finds[int(choice.partition(":")[0])]
        target = self._first_asked(found) if found.section else found.question
        if target is None or question_state(self.work, target) == "hidden":
            said = "This is not asked with the answers so far."
            self.query_one("#none", Prose).show([Paragraph(said, "bold $key")])
            return
        now = self.host.now()
        self.do(lambda work: moved_to(work, target, now))
        self.close()

    def _first_asked(self, found: SearchHit) -> str | None:
        screening = self.work.interview.screening
        section = screening.sections[screening.section_of[found.question]]
        asked = (question.id for question in section.questions if question_state(self.work, question.id) != "hidden")
        return next(asked, None)
