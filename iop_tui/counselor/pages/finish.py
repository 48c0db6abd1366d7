"""The end of a call: its state, what is still to do, and the way to the export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.call.operations import open_questions, with_state
from iop_tui.call.question_states import safety_open_in
from iop_tui.call.record import State
from iop_tui.counselor.checklist import Checklist, checklists
from iop_tui.counselor.messages import LeftDesk
from iop_tui.counselor.pages.call_overlay import CallOverlay
from iop_tui.counselor.pages.export import ExportPage
from iop_tui.counselor.pages.judgment import JudgmentPage
from iop_tui.counselor.widgets.outline import label_of
from iop_tui.screening.english import plural
from iop_tui.site.settings import Site
from iop_tui.tui.base_screen import BACK, HELP, KeyHint
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.confirm import ConfirmPage

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState

_EXPORT, _LIST, _JUDGE = "export", "list", "judge"
_STATES: tuple[State, ...] = ("finished", "call_back", "open")
_NAMED = 3
"""Questions that are named; of more only the number is shown."""


def not_done(work: CallState, site: Site) -> tuple[str, ...]:
    """Safety steps that were not done: steps for an alarm `now`, safety questions that were never asked. They come
    first.
    """
    said = [_steps_left(work, each) for each in checklists(work, site) if each.now and each.left]
    names = [label_of(question) for question in safety_open_in(work.interview)]
    if names:
        line = "Safety questions never asked: {names}."
        said.append(line.format(names=", ".join(names)))
    return tuple(said)


def _steps_left(work: CallState, each: Checklist) -> str:
    numbers = ", ".join(map(str, each.left))
    line = "Steps that are not ticked: {numbers} (“{title}”)"
    return line.format(numbers=numbers, title=work.interview.wording.pages[each.page].title)


def still_to_do(work: CallState, site: Site) -> tuple[str, ...]:
    """What a counselor may want to do before finishing, most urgent first. None of it is required."""
    call = work.call
    said = [_steps_left(work, each) for each in checklists(work, site) if not each.now and each.left]
    safety = safety_open_in(work.interview)
    still_open = [question for question in open_questions(work) if question not in safety]
    if still_open:
        words = "Other questions without an answer: {count}." if safety else "Questions without an answer: {count}."
        said.append(words.format(count=len(still_open)))
        said += [f"“{question.ask}”" for question in still_open[:_NAMED]]
    if call.marked:
        said.append(f"Questions marked to come back to: {len(call.marked)}.")
    if call.orphaned:
        said.append(f"Answers that no longer fit the questions: {len(call.orphaned)}.")
    begun = [filled.title for filled in call.forms if not filled.complete]
    if begun:
        said.append(f"Forms that are not complete: {', '.join(f'“{title}”' for title in begun)}.")
    if call.judgment is None:
        said.append("No judgment of yours is recorded.")
    if not call.reference.strip():
        said.append("There is no caller reference to find this call again by.")
    return tuple(said)


class FinishPage(CallOverlay):
    """Finish, call back, keep open; export; or back to the call. Each state can be changed again."""

    HINTS = (BACK, KeyHint("1-5", "Choose", "nothing"), KeyHint("G", "Judgment", "judge"), HELP)

    def body(self) -> ComposeResult:
        """The state of the call, what is still to do, the choices."""
        with Vertical(classes="body", id="finish"):
            yield Prose(id="state", classes="gap")
            with VerticalScroll(id="to-do", can_focus=False):
                yield Prose(id="left")
            yield Choices()

    def on_mount(self) -> None:
        """What this page is, at the head."""
        self.show_title("End of the call")
        self._show()

    def show_work(self, work: CallState) -> None:
        """The state of the call."""
        super().show_work(work)
        if self.query(Choices):
            self._show()

    def _show(self) -> None:
        work = self.work
        self.query_one("#state", Prose).show([Paragraph(_state_said()[work.call.state], "bold $key")])
        missing, todo = not_done(work, self.host.site), still_to_do(work, self.host.site)
        blocks: list[Block] = self._files()
        for heading, sentences in (("Not done:", missing), ("Still open, if there is time for it:", todo)):
            if sentences:
                blocks.append(Paragraph(heading, "bold $key" if sentences is missing else "bold"))
                blocks += [*(Paragraph(sentence, mark="· ") for sentence in sentences), GAP]
        if not missing and not todo:
            blocks += [Paragraph("Nothing is left to do."), GAP]
        self.query_one("#left", Prose).show(blocks)
        choices = self.query_one(Choices)
        under = choices.highlighted_option
        choices.offer(self._choices(), at=under.id if under is not None else None)

    def _files(self) -> list[Block]:
        """Where files of this call went."""
        files = self.host.files_written(self.work.call.id)
        if not files:
            return []
        said = "Written to files that are not encrypted. Put them where they belong, then delete them here:"
        return [Paragraph(said, "bold"), *(Paragraph(str(path), mark="· ") for path in files), GAP]

    def _choices(self) -> Sequence[Choice]:
        words = {
            "finished": "Finish this call",
            "call_back": "Keep it to call back",
            "open": "Leave it open",
        }
        states = [
            Choice(state, words[state], str(number), mark="(*) " if state == self.work.call.state else "( ) ")
            for number, state in enumerate(_STATES, 1)
        ]
        return [
            *states,
            Choice(_EXPORT, "Write the note or the data to a file", "4", apart=True),
            Choice(_LIST, "Back to the list of calls", "5"),
            Choice(_JUDGE, "Your judgment", "g"),
        ]

    def choose(self, choice: str) -> None:
        """Set the state of the call, or go on from here."""
        if choice == _EXPORT:
            self.open(lambda: ExportPage(self.work))
        elif choice == _LIST:
            self.post_message(LeftDesk(self))
        elif choice == _JUDGE:
            self.action_judge()
        else:
            self._put(next(state for state in _STATES if state == choice))

    def _put(self, state: State) -> None:
        """With an urgent alarm active and steps left, finishing asks for confirmation."""
        left = sum(len(each.left) for each in checklists(self.work, self.host.site) if each.now)
        if state != "finished" or self.work.call.state == "finished" or not left:
            self._put_in(state)
            return
        words = plural("Finish with {count} step not done?", "Finish with {count} steps not done?", left)
        title, stay, go = "Danger now", "Stay with the call", "Finish all the same"
        said = words.format(count=left)
        self.open(lambda: ConfirmPage(title, said, stay=stay, go=go, then=lambda: self._put_in(state)))

    def _put_in(self, state: State) -> None:
        now = self.host.now()
        self.do(lambda work: with_state(work, state, now))

    def action_judge(self) -> None:
        """The counselor's own judgment."""
        self.open(lambda: JudgmentPage(self.work, self.host.assessment))

    def on_screen_resume(self) -> None:
        """Back from a page that may have written a file."""
        if self.query(Choices):
            self._show()


def _state_said() -> dict[State, str]:
    return {
        "open": "This call is open.",
        "call_back": "This call is kept to call back.",
        "finished": "This call is finished. It can still be opened, read and changed.",
    }
