"""The desk: one screen that shows a whole call. The outline, the question with its answers, and the result so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal

from iop_tui.call.operations import (
    CallState,
    answered,
    deciding_questions,
    marked,
    moved_to,
    noted,
    question_state,
    taken_back,
)
from iop_tui.call.operations import moved_to_next as onward
from iop_tui.call.question_states import left_in, safety_open_in, states_in
from iop_tui.counselor import autosave
from iop_tui.counselor.desk_keys import ACTIONS, HINTS
from iop_tui.counselor.host import CounselorPage
from iop_tui.counselor.messages import LeftDesk
from iop_tui.counselor.widgets.call_timer import CallTimer
from iop_tui.counselor.widgets.key_bar import KeyBar
from iop_tui.counselor.widgets.outline import Outline, rows_of
from iop_tui.counselor.widgets.question_pane import QuestionPane
from iop_tui.counselor.widgets.result_pane import ResultPane
from iop_tui.counselor.widgets.save_indicator import SaveIndicator, trouble_of
from iop_tui.screening.assessment.assess import Assessment, RelevantQuestion
from iop_tui.screening.engine.interview import NotAnswered
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question
from iop_tui.tui.base_screen import COLUMNS, PageHeader, TooSmall

if TYPE_CHECKING:
    from iop_tui.tui.host import AnyPage

_THREE = 116
"""Columns from which the three panes are side by side."""


class Desk(CounselorPage):
    """A whole call on one screen. It handles its keys itself, in order and synchronously: a slow line sends several
    together, and each answer must go to the question that the one before it led to.
    """

    AUTO_FOCUS = "Choices"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (COLUMNS, "-usual"), (_THREE, "-wide")]  # noqa: RUF012  # Textual types it so

    def __init__(self, work: CallState) -> None:
        super().__init__()
        self._work = work
        self._head, self._save_indicator = PageHeader(), SaveIndicator()
        self._outline, self._question_pane, self._result = Outline(), QuestionPane(), ResultPane()
        self._trouble = ""
        """The save error in the header."""
        self._held = False
        """Whether another page is about to open: keys typed until then were not meant for this one."""

    def compose(self) -> ComposeResult:
        """The header with the save state and the time; three panes; the keys."""
        with Horizontal(id="top"):
            yield self._head
            yield self._save_indicator
            yield CallTimer(self.host.now)
        yield from self.body()
        yield KeyBar([hint for hint in HINTS if hint.action != "forms" or self.has_forms])
        yield TooSmall(self.host.too_small_text)

    def body(self) -> ComposeResult:
        """Three panes side by side; in a narrow window the result is below the outline."""
        with Container(id="desk"):
            yield self._outline
            yield self._question_pane
            yield self._result

    def on_mount(self) -> None:
        """Show the call."""
        self.show_work(self._work)
        self.show_saved(self.host.save_state)

    # ---- what is shown ----

    @property
    def is_laid_out(self) -> bool:
        """Whether the desk is mounted and can show a call."""
        return bool(self.children)

    def show_work(self, work: CallState) -> None:
        """Show the current question of the call. The rest follows with the result once this is painted: one update of
        distant regions would take longer than two.
        """
        self._work = work
        if not self.is_laid_out:
            return
        self._question_pane.show(work)

    def show_result(self, work: CallState, assessment: Assessment, matters: Sequence[RelevantQuestion]) -> None:
        """Show the progress of the call, its result, and the relevant open questions."""
        if not self.is_laid_out:
            return
        self._show_head()
        self.query_one(CallTimer).show(work.call)
        self._outline.show(rows_of(work), self.question.id)
        self._result.show(assessment, matters, work.call, safety_open_in(work.interview), left_in(work.interview))

    def show_saved(self, state: autosave.SaveState) -> None:
        """Show the save state."""
        if self.is_laid_out:
            self._save_indicator.show(state)
            if trouble_of(state) != self._trouble:
                self._show_head()

    def _show_head(self) -> None:
        state, call = self.host.save_state, self._work.call
        words, of_all = self._work.interview.wording, states_in(self._work.interview)
        # What comes after the result is counted by itself.
        is_after = words.position[self.question.id] >= words.result_at
        part = words.questions[words.result_at :] if is_after else words.questions[: words.result_at]
        states = [of_all[question.id] for question in part]
        asked = sum(state not in ("hidden", "waiting") for state in states)
        done = sum(state in ("answered", "unknown") for state in states)
        title = words.sections[words.section_of[self.question.id]].title
        self._trouble = trouble_of(state)
        left = self._trouble or (f"{call.reference} · {title}" if call.reference else title)
        where = f"{done} of {asked} answered"
        self._head.show(left, where, done / max(1, asked))

    @property
    def question(self) -> Question:
        """The question on the screen."""
        shown = self._question_pane.question
        return shown if shown is not None else self._work.interview.wording.questions[0]

    # ---- keys and clicks ----

    def on_screen_resume(self) -> None:
        """This page is visible again: keys are meant for it."""
        self._held = False

    def hold(self) -> None:
        """Another page is about to open: take no key as an answer until then."""
        self._held = True

    def open(self, make: Callable[[], AnyPage]) -> None:
        """Lay another page over this one."""
        self.hold()
        super().open(make)

    def on_key(self, event: events.Key) -> None:
        """Every key of the desk, at once and in order."""
        if self.too_small:
            return
        if self._held or self._typed(event):
            event.stop()
            event.prevent_default()

    def _typed(self, event: events.Key) -> bool:
        character = (event.character or "").lower()
        if character and event.is_printable and self.pressed(character):
            return True
        action = ACTIONS.get(character if len(character) == 1 and character.isalnum() else event.key)
        if action is not None:
            getattr(self, f"action_{action}")()
        return action is not None

    def pressed(self, character: str) -> bool:
        """A digit of a number, or the key of an answer."""
        return self._question_pane.typed(character) or super().pressed(character)

    def choose(self, choice: str) -> None:
        """Answer with a line of the answers, or mark it."""
        answer = self._question_pane.choose(choice)
        if answer is not None:
            self._answer(answer)

    @on(Outline.Clicked)
    def _outlined(self, event: Outline.Clicked) -> None:
        event.stop()
        self._go(event.question)

    @on(ResultPane.Clicked)
    def _resulted(self, event: ResultPane.Clicked) -> None:
        event.stop()
        self.action_explain()

    # ---- answering and moving ----

    def _answer(self, answer: Answer) -> None:
        question, now = self.question, self.host.now()
        self.host.change_call(lambda work: onward(answered(work, question.id, answer, now), now))
        if question.if_unsaid is not None and isinstance(answer, Unknown):
            self.host.show_protocol(NotAnswered(question, question.if_unsaid))

    def settle(self) -> None:
        """Commit what was marked or typed: leaving a question loses nothing."""
        begun = self._question_pane.begun
        if begun is not None:
            name, now = self.question.id, self.host.now()
            self.host.change_call(lambda work: answered(work, name, begun, now))

    def _go(self, question_id: str) -> None:
        self.settle()
        now = self.host.now()
        self.host.change_call(lambda work: moved_to(work, question_id, now))

    def _step(self, by: int) -> None:
        self.settle()
        questions = self._work.interview.wording.questions
        place = self._work.interview.wording.position[self.question.id] + by
        while 0 <= place < len(questions):
            if question_state(self._work, questions[place].id) != "hidden":
                self._go(questions[place].id)
                return
            place += by

    def action_up(self) -> None:
        """The answer above."""
        self._question_pane.move(-1)

    def action_down(self) -> None:
        """The answer below."""
        self._question_pane.move(1)

    def action_pick(self) -> None:
        """Choose the line under the cursor."""
        chosen = self._question_pane.chosen_now
        if chosen is not None:
            self.choose(chosen)

    def action_before(self) -> None:
        """The question before."""
        self._step(-1)

    def action_after(self) -> None:
        """The question after."""
        self._step(1)

    def action_next_open(self) -> None:
        """The next open question."""
        self.settle()
        now = self.host.now()
        self.host.change_call(lambda work: onward(work, now))

    def action_gate(self) -> None:
        """Go to the question that decides whether this one counts."""
        first = next(iter(deciding_questions(self._work, self.question.id)), None)
        if first is not None:
            self._go(first.id)

    def action_take_back(self) -> None:
        """Remove the last digit, or what was marked, or the answer."""
        if self._question_pane.erase():
            return
        name, now = self.question.id, self.host.now()
        if name in self._work.interview.answers:
            self.host.change_call(lambda work: taken_back(work, name, now))

    def action_mark(self) -> None:
        """Mark this question to come back to it, or unmark it."""
        name, now = self.question.id, self.host.now()
        self.host.change_call(lambda work: marked(work, name, now))

    def action_why(self) -> None:
        """Show or hide why this is asked."""
        self._question_pane.turn_why()

    # ---- other pages ----

    def action_note(self) -> None:
        """A note on this question."""
        from iop_tui.counselor.pages.notes import NotePage

        question = self.question

        def then(text: str) -> Callable[[CallState], CallState]:
            now = self.host.now()
            return lambda work: noted(work, question.id, text, now)

        self.open(lambda: NotePage(question.ask, self._work.call.notes.get(question.id, ""), then))

    def action_call_note(self) -> None:
        """A note on the call, and the caller reference."""
        from iop_tui.counselor.pages.notes import CallNotePage

        self.open(lambda: CallNotePage(self._work))

    def action_jump(self) -> None:
        """Go to any question by a few letters of it."""
        from iop_tui.counselor.pages.jump import JumpPage

        self.settle()
        self.open(lambda: JumpPage(self._work))

    def action_explain(self) -> None:
        """The result with every rule and its source."""
        from iop_tui.counselor.pages.explanation import ExplanationPage

        self.settle()
        self.open(lambda: ExplanationPage(self._work, self.host.assessment))

    def action_what_if(self) -> None:
        """What would change the result."""
        from iop_tui.counselor.pages.what_if import WhatIfPage

        self.settle()
        self.open(lambda: WhatIfPage(self._work, self.host.assessment))

    def action_judge(self) -> None:
        """The counselor's own judgment."""
        from iop_tui.counselor.pages.judgment import JudgmentPage

        self.settle()
        self.open(lambda: JudgmentPage(self._work, self.host.assessment))

    def action_finish(self) -> None:
        """Finish the call, put it down to call back, or export it."""
        from iop_tui.counselor.pages.finish import FinishPage

        self.settle()
        self.open(lambda: FinishPage(self._work))

    def action_protocol(self) -> None:
        """The steps for the most urgent alarm."""
        self.host.action_protocol()

    @property
    def has_forms(self) -> bool:
        """Whether there are forms to ask, or answers to some."""
        return bool(self._work.call.forms) or not self.host.form_shelf.is_empty

    def action_forms(self) -> None:
        """The forms of others, to be asked within this call."""
        if self.has_forms:
            from iop_tui.counselor.pages.forms import FormsPage

            self.settle()
            self.open(lambda: FormsPage(self._work))

    def action_orphaned(self) -> None:
        """Answers that no longer fit the questions."""
        from iop_tui.counselor.pages.orphaned_answers import OrphanedAnswersPage

        if self._work.call.orphaned:
            self.open(lambda: OrphanedAnswersPage(self._work))

    def action_compare(self) -> None:
        """The levels of care."""
        self.open(self.host.comparison_page)

    def action_to_list(self) -> None:
        """Back to the list of calls."""
        self.settle()
        self.hold()
        self.post_message(LeftDesk(self))

    def action_leave(self) -> None:
        """Ask whether to leave."""
        self.settle()
        super().action_leave()

    def action_words(self, term: str | None = None) -> None:
        """What words of this question mean."""
        if self.host.has_words:
            super().action_words(term)
