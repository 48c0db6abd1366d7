"""The question pane: the words to say aloud, the reason, the answers with their keys, and the note."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content

from iop_tui.call.operations import CallState, deciding_questions, open_questions, question_state
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.question_types import Draft, draft_of, type_of
from iop_tui.tui.answer_lines import CONTINUE, OPTION_KEYS, line_of
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose, lay_out
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.glossary_links import marked
from iop_tui.tui.step_button import StepButton

_ALWAYS = ("Not sure", "Would rather not say")
"""Answers that every question has."""
_WORDS, _NUMBER, _MISSING, _NOTE = "pane-words", "pane-number", "pane-missing", "pane-note"
_NOTE_LINES = 2
"""Lines of a note that are shown; a key shows all of it."""
_BESIDE = 12
"""Cells of an answer's line besides its text: the cursor, its key, its mark, the scroll bar."""


def on_screen(work: CallState) -> Question:
    """The question on the screen; before any was chosen, the first open one."""
    words = work.interview.wording
    if work.call.at is not None and work.call.at in words.position:
        return words.question(work.call.at)
    still_open = open_questions(work)
    return still_open[0] if still_open else words.questions[0]


class QuestionPane(Vertical):
    """One question with its draft: marked options and typed digits stay until it is answered or left."""

    def __init__(self) -> None:
        super().__init__(id="question-pane")
        self._proses = {name: Prose(id=name) for name in (_WORDS, _NUMBER, _MISSING, _NOTE)}
        self._answers = Choices()
        self._digits = Horizontal(StepButton(-1), self._proses[_NUMBER], StepButton(1), id="pane-digits")
        self._work: CallState | None = None
        self._question: Question | None = None
        self._given: Answer | None = None
        self._draft: Draft | None = None
        self._why: bool | None = None
        """Whether the reason is shown; None: if there is room."""
        self._why_shown = False

    def compose(self) -> ComposeResult:
        """The words, a number, the answers, the note."""
        with VerticalScroll(id="pane-top", can_focus=False):
            yield self._proses[_WORDS]
        yield self._digits
        yield self._answers
        yield self._proses[_MISSING]
        yield self._proses[_NOTE]

    @property
    def question(self) -> Question | None:
        """The question that is shown."""
        return self._question

    # ---- what is shown ----

    def show(self, work: CallState) -> None:
        """Show the question of a call with its answer. A draft of the same question is kept."""
        question = on_screen(work)
        given = work.interview.answers.get(question.id)
        same = self._question is not None and question.id == self._question.id and given == self._given
        self._work, self._question, self._given = work, question, given
        if not same or self._draft is None:
            self._draft = draft_of(question, given)
            self._why = None
            self._missing("")
        elif self._draft.question is not question:
            self._draft = draft_of(question, given).resumed(self._draft)
        self._show_words()
        self._show_typed(question)
        choices = self._choices(question)
        offered = self._answers
        if not same or tuple(choices) != tuple(offered.offered):
            offered.offer(choices, at=line_of(given))

    def on_resize(self, _event: events.Resize) -> None:
        """Whether there is room depends on the size. All questions are measured now rather than one at each key."""
        work = self._work
        if work is not None:
            for question in work.interview.wording.questions:
                self._has_room(question, *_words_of(question), ())
            self._show_words()

    def _show_words(self) -> None:
        work, question = self._work, self._question
        if work is None or question is None:
            return
        say, reason = _words_of(question)
        gate = self._gate(work, question)
        note = work.call.notes.get(question.id, "").split("\n")
        own: list[Block] = [Paragraph(line, "$key", mark="Note: ") for line in note[:_NOTE_LINES] if line]
        screening: Screening = work.interview.wording
        said, why = marked(screening, [say], [reason])
        fits, fits_with_why = self._has_room(question, say, reason, [*gate, *own])
        self._why_shown = self._why if self._why is not None else fits_with_why
        # All in one widget, with blank lines in its text: a widget that comes or goes costs a layout of the page.
        words: list[Block] = list(said)
        if gate:
            words += [GAP, *gate]
        if self._why_shown:
            words += [GAP, *why]
        self._proses[_WORDS].show([*words, GAP] if fits else words)
        self._proses[_NOTE].show_if_any(own)

    def _gate(self, work: CallState, question: Question) -> list[Block]:
        """Notices for the counselor and, if the answer does not count yet, the question that decides it."""
        about: list[Block] = [Paragraph(notice.text, "$key") for notice in work.interview.notices]
        stands = question_state(work, question.id)
        if stands == "waiting":
            first = next(iter(deciding_questions(work, question.id)), None)
            if first is not None:
                said = f"This counts once “{first.ask}” is answered. B goes there."
                about.append(Paragraph(said, "bold $key"))
        elif stands == "hidden":
            said = "This is not asked, because of other answers. An answer to it does not count."
            about.append(Paragraph(said, "bold $key"))
        return about

    def _has_room(
        self, question: Question, say: Paragraph, reason: Paragraph, others: Sequence[Block]
    ) -> tuple[bool, bool]:
        """Whether every answer fits beside these texts, with a blank line between: without the reason, and with it."""
        size = self.size
        if not size.width:
            return False, False
        room = max(6, size.width - _BESIDE)
        answers = sum(_wrapped(text, room) for text in (*(option.text for option in question.options), *_ALWAYS))
        kind = type_of(question)
        taken = answers + kind.confirmed + 2 * kind.typed
        words = _lines_of(say, size.width) + (_height(others, size.width) if others else 0)
        left = size.height - taken - words - 1
        return left >= 0, left > _lines_of(reason, size.width)

    def _choices(self, question: Question) -> list[Choice]:
        choices = [
            Choice(option.id, option.text, key, mark=self._mark(question, option.id))
            for option, key in zip(question.options, OPTION_KEYS, strict=False)
        ]
        if type_of(question).confirmed:
            choices.append(Choice(CONTINUE, "Continue", "c"))
        for unknown, text, key in zip((Unknown.NOT_SURE, Unknown.SKIPPED), _ALWAYS, "ns", strict=True):
            mark = "(*) " if self._given is unknown else ""
            choices.append(Choice(unknown.value, text, key, mark=mark, quiet=True))
        return choices

    def _mark(self, question: Question, option_id: str) -> str:
        if type_of(question).multiple:
            return "[x] " if self._draft is not None and option_id in self._draft.chosen else "[ ] "
        return "(*) " if option_id == self._given else "( ) "

    def _show_typed(self, question: Question) -> None:
        typed = type_of(question).typed
        # No query: a save or a key may ask for this before the widgets are mounted.
        self._digits.set_class(not typed, "empty")
        if typed and self._draft is not None:
            self._proses[_NUMBER].show([Paragraph(self._draft.line.rstrip(), "bold")])

    # ---- what the counselor does ----

    @property
    def chosen_now(self) -> str | None:
        """The line under the cursor."""
        under = self._answers.highlighted_option
        return under.id if under is not None else None

    def move(self, by: int) -> None:
        """Move the cursor among the answers."""
        choices = self._answers
        if by > 0:
            choices.action_cursor_down()
        else:
            choices.action_cursor_up()

    def typed(self, character: str) -> bool:
        """A typed character of an answer; returns whether it was one."""
        if self._draft is None or not self._draft.takes(character):
            return False
        self._set(self._draft.typed(character))
        return True

    def erase(self) -> bool:
        """Remove the last digit or the marks that are not answered yet; returns whether there was anything."""
        question = self._question
        if question is None or self._draft is None or self.is_settled:
            return False
        if self._draft.text:
            self._set(self._draft.erased())
        else:
            self._draft = draft_of(question, self._given)
            self._answers.offer(self._choices(question), at=line_of(self._given))
            self._show_typed(question)
        return True

    @on(StepButton.Clicked)
    def _stepped(self, event: StepButton.Clicked) -> None:
        event.stop()
        if self._question is not None and self._draft is not None and type_of(self._question).typed:
            self._set(self._draft.stepped(event.by))

    def _set(self, draft: Draft | None) -> None:
        """Show what was typed; None if it does not fit."""
        question = self._question
        if question is None or draft is None:
            self.app.bell()
            return
        self._draft = draft
        self._missing("")
        self._show_typed(question)
        if draft.text:
            self._point_at_continue()

    def choose(self, choice: str) -> Answer | None:
        """Choose a line; returns the answer that results, if one does."""
        question = self._question
        if question is None:
            return None
        if choice in (Unknown.NOT_SURE.value, Unknown.SKIPPED.value):
            return Unknown(choice)
        if choice == CONTINUE:
            return self._gone_on(question)
        if not type_of(question).multiple:
            return choice
        if self._draft is not None:
            self._draft = self._draft.toggled(choice)
            self._missing("")
            # Many press Enter after a number: it must go on with what was marked, and not remove the mark.
            self._answers.offer(self._choices(question), at=CONTINUE if self._draft.chosen else choice)
        return None

    def _gone_on(self, question: Question) -> Answer | None:
        answer = None if self._draft is None else self._draft.answer
        if answer is None:
            self._missing(type_of(question).missing_at_desk(question))
        return answer

    @property
    def is_settled(self) -> bool:
        """Whether there is no draft."""
        question, draft = self._question, self._draft
        return question is None or draft is None or draft.same_as(draft_of(question, self._given))

    @property
    def begun(self) -> Answer | None:
        """The draft, if it is a valid answer."""
        return None if self._draft is None or self.is_settled else self._draft.answer

    def _point_at_continue(self) -> None:
        choices = self._answers
        choices.highlighted = choices.get_option_index(CONTINUE)

    def _missing(self, words: str) -> None:
        self._proses[_MISSING].show_if_any([Paragraph(words, "$key")] if words else ())

    def turn_why(self) -> None:
        """Show or hide the reason."""
        self._why = not self._why_shown
        self._show_words()


@functools.lru_cache(maxsize=1024)
def _wrapped(text: str, room: int) -> int:
    """Lines that the words of questions take, cached: they are needed at every key. Nothing that a person typed is
    passed here, as it would be kept.
    """
    return len(Content(text).wrap(room))


def _words_of(question: Question) -> tuple[Paragraph, Paragraph]:
    """What is said aloud, and the reason for asking."""
    return (
        Paragraph(question.say or question.ask, "bold"),
        Paragraph(question.say_why or question.why, "$muted", mark="Why: "),
    )


def _lines_of(words: Paragraph, width: int) -> int:
    return _wrapped(words.text, max(4, max(10, width) - len(words.mark)))


def _height(blocks: Sequence[Block], width: int) -> int:
    return lay_out(blocks, max(10, width)).plain.count("\n") + 1
