"""The question pane: the words to say aloud, the reason, the answers with their keys, and the note."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from iop_tui.call.work import Work, gates, open_questions, standing
from iop_tui.screening.answers import Answer, Unknown, refusal
from iop_tui.screening.model import Question, Screening
from iop_tui.screening.summary import notices
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose, lay_out
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.marking import marked

_CONTINUE = "to next question"  # no option can have this id
_KEYS = "1234567890"
_ALWAYS = ("Not sure", "Would rather not say")
"""Answers that every question has."""
_WORDS, _NUMBER, _MISSING, _NOTE = "asking-words", "asking-number", "asking-missing", "asking-note"
_NOTE_LINES = 2
"""Lines of a note that are shown; all of it is a key away."""
_BESIDE = 12
"""Cells of an answer's line that its words do not have: the cursor, its key, its mark, the scroll bar."""


def on_screen(work: Work) -> Question:
    """The question on the screen; before any was chosen, the first open one."""
    words = work.interview.wording
    if work.call.at is not None and work.call.at in words.position:
        return words.question(work.call.at)
    still_open = open_questions(work)
    return still_open[0] if still_open else words.questions[0]


class Asking(Vertical):
    """One question. What was begun (options marked, digits typed) stays with it until it is answered or left."""

    def __init__(self) -> None:
        super().__init__(id="asking")
        self._proses = {name: Prose(id=name) for name in (_WORDS, _NUMBER, _MISSING, _NOTE)}
        self._answers = Choices()
        self._work: Work | None = None
        self._question: Question | None = None
        self._given: Answer | None = None
        self._chosen: tuple[str, ...] = ()
        self._number = ""
        self._why: bool | None = None
        """Whether the reason is shown; None: where there is room."""
        self._why_shown = False

    def compose(self) -> ComposeResult:
        """The words, a number, the answers, the note."""
        with VerticalScroll(id="asking-top", can_focus=False):
            yield self._proses[_WORDS]
        with Horizontal(id="asking-digits"):
            yield Step(-1)
            yield self._proses[_NUMBER]
            yield Step(1)
        yield self._answers
        yield self._proses[_MISSING]
        yield self._proses[_NOTE]

    @property
    def question(self) -> Question | None:
        """The question that is shown."""
        return self._question

    # ---- what is shown ----

    def show(self, work: Work) -> None:
        """Show the question of a call, with the answer it has. What was begun on the same question is kept."""
        question = on_screen(work)
        given = work.interview.answers.get(question.id)
        same = self._question is not None and question.id == self._question.id and given == self._given
        self._work, self._question, self._given = work, question, given
        if not same:
            self._chosen = given if isinstance(given, tuple) else ()
            self._number = str(given) if isinstance(given, int) else ""
            self._why = None
            self._missing("")
        self._show_words()
        self._show_number()
        choices = self._choices(question)
        offered = self._answers
        if not same or tuple(choices) != tuple(offered.offered):
            offered.offer(choices, at=self._cursor(given))

    def on_resize(self, _event: events.Resize) -> None:
        """What there is room for depends on the size. All questions are measured now rather than one at each key."""
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
        # All in one widget, and the lines between in its text: a widget that comes or goes costs a layout of the page.
        words: list[Block] = list(said)
        if gate:
            words += [GAP, *gate]
        if self._why_shown:
            words += [GAP, *why]
        self._proses[_WORDS].show([*words, GAP] if fits else words)
        self._prose(_NOTE, own)

    def _gate(self, work: Work, question: Question) -> list[Block]:
        """What else the counselor must know: notices, and where the answer does not count yet, on what it hangs."""
        about: list[Block] = [
            Paragraph(text, "$key") for text in notices(work.interview.wording, work.interview.answers, "questions")
        ]
        stands = standing(work, question.id)
        if stands == "waiting":
            first = next(iter(gates(work, question.id)), None)
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
        """Whether every answer is shown beside these, with a line between: without the reason, and with it."""
        size = self.size
        if not size.width:
            return False, False
        room = max(6, size.width - _BESIDE)
        answers = sum(_wrapped(text, room) for text in (*(option.text for option in question.options), *_ALWAYS))
        taken = answers + (question.kind != "one") + 2 * (question.kind == "number")
        words = _lines_of(say, size.width) + (_height(others, size.width) if others else 0)
        left = size.height - taken - words - 1
        return left >= 0, left > _lines_of(reason, size.width)

    def _prose(self, name: str, blocks: Sequence[Block]) -> None:
        prose = self._proses[name]
        prose.set_class(not blocks, "empty")
        prose.show(blocks)

    def _choices(self, question: Question) -> list[Choice]:
        choices = [
            Choice(option.id, option.text, key, mark=self._mark(question, option.id))
            for option, key in zip(question.options, _KEYS, strict=False)
        ]
        if question.kind != "one":
            choices.append(Choice(_CONTINUE, "Continue", "c"))
        for unknown, text, key in zip((Unknown.NOT_SURE, Unknown.SKIPPED), _ALWAYS, "ns", strict=True):
            mark = "(*) " if self._given is unknown else ""
            choices.append(Choice(unknown.value, text, key, mark=mark, quiet=True))
        return choices

    def _mark(self, question: Question, option_id: str) -> str:
        if question.kind == "several":
            return "[x] " if option_id in self._chosen else "[ ] "
        return "(*) " if option_id == self._given else "( ) "

    def _cursor(self, given: Answer | None) -> str | None:
        if isinstance(given, Unknown):
            return given.value
        if isinstance(given, str):
            return given
        return None if given is None else _CONTINUE

    def _show_number(self) -> None:
        question = self._question
        is_number = question is not None and question.kind == "number"
        self.query_one("#asking-digits").set_class(not is_number, "empty")
        if question is None or not is_number:
            return
        bounds = f"{question.lowest} to {question.highest}"
        said = (
            f"[ {self._number or ' '} ] {question.unit_for(int(self._number or 0))}  {'' if self._number else bounds}"
        )
        self._proses[_NUMBER].show([Paragraph(said.rstrip(), "bold")])

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
        """A digit or sign of a number; whether it was one."""
        question = self._question
        if question is None or question.kind != "number":
            return False
        if character.isdecimal() and character.isascii():
            self._set_number(self._number + character)
        elif character in "+-":
            self.step(1 if character == "+" else -1)
        else:
            return False
        return True

    def erase(self) -> bool:
        """Take back the last digit, or what was marked and not yet answered; whether there was anything."""
        question = self._question
        if question is None or self.is_settled:
            return False
        if self._number:
            self._set_number(self._number[:-1])
        else:
            self._chosen = self._given if isinstance(self._given, tuple) else ()
            self._number = str(self._given) if isinstance(self._given, int) else ""
            self._answers.offer(self._choices(question), at=self._cursor(self._given))
            self._show_number()
        return True

    def step(self, by: int) -> None:
        """One more or one less."""
        question = self._question
        if question is None or question.kind != "number":
            return
        lowest, highest = question.lowest or 0, question.highest or 0
        now = int(self._number) + by if self._number else lowest
        self._set_number(str(min(highest, max(lowest, now))))

    def _set_number(self, digits: str) -> None:
        digits = digits.lstrip("0") or ("0" if digits else "")
        question = self._question
        if question is None or (digits and int(digits) > (question.highest or 0)):
            self.app.bell()
            return
        self._number = digits
        self._missing("")
        self._show_number()
        if digits:
            self._point_at_continue()

    def choose(self, choice: str) -> Answer | None:
        """Choose a line; the answer that comes of it, if one does."""
        question = self._question
        if question is None:
            return None
        if choice in (Unknown.NOT_SURE.value, Unknown.SKIPPED.value):
            return Unknown(choice)
        if choice == _CONTINUE:
            return self._gone_on(question)
        if question.kind == "several":
            self._toggle(question, choice)
            return None
        return choice

    def _toggle(self, question: Question, option_id: str) -> None:
        """Mark or unmark; "none of these" and the others put each other out."""
        chosen = set(self._chosen) ^ {option_id}
        if option_id in chosen:
            alone = {option.id for option in question.options if option.alone}
            chosen = {option_id} if option_id in alone else chosen - alone
        self._chosen = tuple(option.id for option in question.options if option.id in chosen)
        self._missing("")
        # Many press Enter after a number: it must go on with what was marked, and not take the mark away again.
        self._answers.offer(self._choices(question), at=_CONTINUE if self._chosen else option_id)

    def _gone_on(self, question: Question) -> Answer | None:
        answer = self._begun(question)
        if answer is None:
            number = "Type a number from {lowest} to {highest}, or N: not sure."
            self._missing(
                "Choose at least one, or N: not sure."
                if question.kind == "several"
                else number.format(lowest=question.lowest, highest=question.highest)
            )
        return answer

    @property
    def is_settled(self) -> bool:
        """Whether nothing is marked or typed that was not answered with."""
        given = self._given
        return self._chosen == (given if isinstance(given, tuple) else ()) and self._number == (
            str(given) if isinstance(given, int) else ""
        )

    @property
    def begun(self) -> Answer | None:
        """What was marked or typed and not answered with, where it can be an answer."""
        return None if self._question is None or self.is_settled else self._begun(self._question)

    def _begun(self, question: Question) -> Answer | None:
        answer: Answer | None = None
        if question.kind == "several" and self._chosen:
            answer = self._chosen
        elif question.kind == "number" and self._number:
            answer = int(self._number)
        return answer if answer is not None and refusal(question, answer) is None else None

    def _point_at_continue(self) -> None:
        choices = self._answers
        choices.highlighted = choices.get_option_index(_CONTINUE)

    def _missing(self, words: str) -> None:
        self._prose(_MISSING, [Paragraph(words, "$key")] if words else ())

    def turn_why(self) -> None:
        """Show or hide the reason."""
        self._why = not self._why_shown
        self._show_words()


@functools.lru_cache(maxsize=1024)
def _wrapped(text: str, room: int) -> int:
    """Lines that words of the questions take: asked for at every key, and always the same. Nothing that a person typed
    comes here, for it would be kept.
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


class Step(Widget):
    """Less or more, for a number, by a click."""

    class Clicked(Message):
        """One step, up or down."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, by: int) -> None:
        super().__init__()
        self._by = by

    def render(self) -> RenderResult:
        """The sign in a box."""
        return Content.styled(f"[ {'+' if self._by > 0 else '-'} ]", "bold $key")

    def on_click(self, event: events.Click) -> None:
        """One step."""
        event.stop()
        self.post_message(self.Clicked(self._by))
