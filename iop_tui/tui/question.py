"""The question page: one question at a time. One page serves all of them; only what it shows is replaced."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from iop_tui.screening.answers import Answer, Unknown, refusal
from iop_tui.screening.interview import Interview
from iop_tui.screening.language import N_, _
from iop_tui.screening.model import Question
from iop_tui.screening.summary import notices
from iop_tui.tui.blocks import Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.marking import marked
from iop_tui.tui.messages import Answered, WentBack
from iop_tui.tui.page import BACK, HELP, LEAVE, READ_ON_IF, ROOMY_LINES, Head, KeyHint
from iop_tui.tui.wordsfirst import WordsFirst

if TYPE_CHECKING:
    from iop_tui.tui.scan import Keypad, Target

_CONTINUE = "to next question"  # no option can have this id
_KEYS = "1234567890"
_DIGITS, _LAST = "0123456789", "last"


class Draft(Struct, frozen=True):
    """What a person did on the page without answering yet: the page's next version shows it again."""

    question: str
    chosen: tuple[str, ...]
    number: str
    cursor: str | None
    why: bool


class QuestionPage(WordsFirst):
    """A question large and alone, its answers under it, each with its key."""

    HINTS = (BACK, READ_ON_IF, KeyHint("W", N_("Why we ask"), "why", N_("Why")), HELP, LEAVE)
    WORDS = "#question-top"
    WORDS_AT_FOOT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w,W,question_mark", "why", show=False),
        Binding("right", "go_on", show=False),
    ]

    def __init__(self, interview: Interview, draft: Draft | None = None) -> None:
        super().__init__()
        self._interview = interview
        self._draft = draft
        self._about: list[Block] = []
        self._chosen: tuple[str, ...] = ()
        self._number = ""
        self._why = False

    def body(self) -> ComposeResult:
        """Room for the question, a number, and the answers."""
        with Vertical(classes="body"):
            with VerticalScroll(id="question-top", can_focus=False):
                yield Prose(id="about")
                yield Prose(id="ask")
                yield Prose(id="why")
            with Horizontal(id="number"):
                yield Step("-", "lower")
                yield Prose(id="number-value")
                yield Step("+", "higher")
            yield Choices()

    def on_mount(self) -> None:
        """Show the question that the interview asks, and what was begun on an earlier version of this page."""
        self.ask(self._interview)
        if self._draft is not None and self._draft.question == self.question.id:
            self._resume(self._draft)

    # ---- what is shown ----

    @property
    def question(self) -> Question:
        """The question on the page."""
        return self._interview.wording.questions[self._interview.at]

    def ask(self, interview: Interview) -> None:
        """Show the question that an interview asks, with the answer it already has."""
        self._interview = interview
        if not self.is_attached or not self.children:
            return
        given, question = interview.given, self.question
        self._chosen = given if isinstance(given, tuple) else ()
        self._number = str(given) if isinstance(given, int) else ""
        self._why = self.app.size.height >= ROOMY_LINES
        progress = interview.progress
        part = _("Part {now} of {all}").format(now=progress.section, all=progress.sections)
        self.query_one(Head).show(progress.title, part, progress.done)
        about: list[Block] = [
            Paragraph(text, "$key") for text in notices(interview.wording, interview.answers, "questions")
        ]
        section = interview.wording.sections[progress.section - 1]
        if section.intro and section.questions[0] is question:
            about.insert(0, Paragraph(section.intro, "$muted"))
        self._about = about
        self._show_words()
        self.query_one("#number").set_class(question.kind != "number", "empty")
        self._show_number()
        self.query_one(Choices).offer(self._choices(), at=self._cursor(given))
        # Each costs a part of the time from a key to the next question: only where there is something to do.
        if self.scrolling.scroll_y:
            self.scrolling.scroll_home(animate=False)
        if self.wizard.pace is not None:
            self.query("#keypad").set(display=question.kind == "number")
            self.offer_anew()

    @property
    def draft(self) -> Draft:
        """What is marked, typed and opened now."""
        under = self.query_one(Choices).highlighted_option
        return Draft(self.question.id, self._chosen, self._number, under.id if under else None, self._why)

    def _resume(self, draft: Draft) -> None:
        """Show what was begun, as far as the question still has it."""
        question = self.question
        chosen = tuple(option.id for option in question.options if option.id in draft.chosen)
        if question.kind == "several" and (refusal(question, chosen) is None or not draft.chosen):
            self._chosen = chosen
        if question.kind == "number" and int(draft.number or 0) <= (question.highest or 0):
            self._number = draft.number
            self._show_number()
        self._why = draft.why
        self._show_words()
        choices = self._choices()
        cursor = draft.cursor if draft.cursor in {choice.id for choice in choices} else None
        self.query_one(Choices).offer(choices, at=cursor)

    def _prose(self, selector: str, blocks: Sequence[Block]) -> None:
        prose = self.query_one(selector, Prose)
        prose.set_class(not blocks, "empty")
        prose.show(blocks)

    def _choices(self) -> list[Choice]:
        question = self.question
        several = question.kind == "several"
        choices = [
            Choice(option.id, option.text, key, mark=self._mark(option.id) if several else "")
            for option, key in zip(question.options, _KEYS, strict=False)
        ]
        if question.kind != "one":
            choices.append(Choice(_CONTINUE, _("Continue"), "c", apart=bool(choices)))
        choices.append(Choice(Unknown.NOT_SURE.value, _("I'm not sure"), "n", apart=question.kind == "one", quiet=True))
        choices.append(Choice(Unknown.SKIPPED.value, _("I'd rather not say"), "s", quiet=True))
        return choices

    def _mark(self, option_id: str) -> str:
        return "[x] " if option_id in self._chosen else "[ ] "

    def _cursor(self, given: Answer | None) -> str | None:
        """The line under the cursor: the answer given before, else none, so that Enter alone answers nothing."""
        if isinstance(given, Unknown):
            return given.value
        if isinstance(given, str):
            return given
        return None if given is None else _CONTINUE

    def _show_number(self) -> None:
        question = self.question
        if question.kind != "number":
            return
        bounds = _("{lowest} to {highest}").format(lowest=question.lowest, highest=question.highest)
        unit = question.unit_for(int(self._number or 0))
        said = f"[ {self._number} ] {unit}" if self._number else f"[   ] {unit}  {bounds}"
        self.query_one("#number-value", Prose).show([Paragraph(said, "bold")])

    # ---- what a person does ----

    def pressed(self, character: str) -> bool:
        """Digits go to the number, where one is asked for."""
        if self.question.kind == "number" and character.isdecimal() and character.isascii():
            self._set_number(self._number + character)
            return True
        if self.question.kind == "number" and character in "+-":
            self.step(1 if character == "+" else -1)
            return True
        used = super().pressed(character)
        if used and character.isdecimal() and self._chosen:
            # Many press Enter after a number: it must go on with what was marked, and not take the mark away again.
            choices = self.query_one(Choices)
            choices.highlighted = choices.get_option_index(_CONTINUE)
        return used

    def after_click(self) -> None:
        """The same after a click. What was clicked stays in sight: the next may be near it."""
        if self._chosen:
            choices = self.query_one(Choices)
            choices.move_out_of_sight(_CONTINUE)

    def step(self, by: int) -> None:
        """One more or one less."""
        question = self.question
        lowest, highest = question.lowest or 0, question.highest or 0
        now = int(self._number) + by if self._number else lowest
        self._set_number(str(min(highest, max(lowest, now))))

    def _set_number(self, digits: str) -> None:
        digits = digits.lstrip("0") or ("0" if digits else "")
        if digits and int(digits) > (self.question.highest or 0):
            self.app.bell()
            return
        self._number = digits
        self._show_number()
        if digits:
            choices = self.query_one(Choices)
            choices.highlighted = choices.get_option_index(_CONTINUE)

    def choose(self, choice: str) -> None:
        """Answer, mark, or go on."""
        if choice in (Unknown.NOT_SURE.value, Unknown.SKIPPED.value):
            self.post_message(Answered(self.question.id, Unknown(choice)))
        elif choice == _CONTINUE:
            self.action_go_on()
        elif self.question.kind == "several":
            self._toggle(choice)
        else:
            self.post_message(Answered(self.question.id, choice))

    def _toggle(self, option_id: str) -> None:
        """Mark or unmark; "none of these" and the others put each other out."""
        question = self.question
        chosen = set(self._chosen) ^ {option_id}
        if option_id in chosen:
            alone = {option.id for option in question.options if option.alone}
            chosen = {option_id} if option_id in alone else chosen - alone
        self._chosen = tuple(option.id for option in question.options if option.id in chosen)
        self.query_one(Choices).offer(self._choices(), at=option_id)

    def action_go_on(self) -> None:
        """Go on with the options marked or the number typed; where there is none, say what is missing."""
        question = self.question
        if question.kind == "several" and self._chosen:
            self.post_message(Answered(question.id, self._chosen))
        elif question.kind == "number" and self._number and int(self._number) >= (question.lowest or 0):
            self.post_message(Answered(question.id, int(self._number)))
        elif question.kind != "one":
            number = _("Type a number from {lowest} to {highest}, or say that you are not sure.")
            said = (
                _("Choose at least one, or say that you are not sure.")
                if question.kind == "several"
                else number.format(lowest=question.lowest, highest=question.highest)
            )
            self._why = False
            self._prose("#why", [Paragraph(said, "$key")])
            self.call_after_refresh(self.scrolling.scroll_end, animate=False)

    def action_why(self) -> None:
        """Show or hide why this is asked."""
        self._why = not self._why
        self._show_words()
        if self._why:
            self.call_after_refresh(self.scrolling.scroll_end, animate=False)

    def _show_words(self) -> None:
        """What stands over the answers, with words of the glossary marked. Why comes last, so it changes none above."""
        ask: list[Block] = [Paragraph(self.question.ask, "bold")]
        why: list[Block] = [Paragraph(self.question.why, "$muted", mark=_("Why: "))] if self._why else []
        parts = marked(self.wizard.screening, self._about, ask, why)
        for selector, blocks in zip(("#about", "#ask", "#why"), parts, strict=True):
            self._prose(selector, blocks)

    def action_back(self) -> None:
        """The page before; while a number is typed, Backspace takes its last digit."""
        self.post_message(WentBack(self))

    def on_key(self, event: events.Key) -> None:
        """Backspace belongs to a number that is being typed."""
        if event.key == "backspace" and self.question.kind == "number" and self._number and not self.too_small:
            self._set_number(self._number[:-1])
            event.stop()
            event.prevent_default()
        else:
            super().on_key(event)

    # ---- one switch ----

    def answer_targets(self) -> Sequence[Target]:
        """The answers. For a number: the digits that still fit, and a way to take the last one away; once there is a
        number that will do, going on with it comes first.
        """
        if self.question.kind != "number":
            return super().answer_targets()
        from iop_tui.tui.scan import Target

        choices, pad, digits = self.query_one(Choices), self._keypad(), [d for d in _DIGITS if self._fits(d)]
        words = [(digit, digit) for digit in digits]
        words += [(_LAST, _("Take the last digit away"))] if self._number else []
        pad.show(words)
        typing = [
            Target(f"digit {name}", functools.partial(self._type, name), functools.partial(pad.offer, name))
            for name, _word in words
        ]
        go_on, *others = self.choice_targets(choices, choices.offered)
        will_do = self._number and int(self._number) >= (self.question.lowest or 0)
        return [go_on, *typing, *others] if will_do else [*typing, go_on, *others]

    def _fits(self, digit: str) -> bool:
        """Whether there can be a number that goes on with this digit."""
        return self._number != "0" and int(self._number + digit) <= (self.question.highest or 0)

    def _type(self, name: str) -> None:
        self._set_number(self._number[:-1] if name == _LAST else self._number + name)

    def _keypad(self) -> Keypad:
        """It is there for a switch alone: who has keys types, who has a mouse steps."""
        from iop_tui.tui.scan import Keypad

        there = self.query(Keypad)
        if there:
            return there.first()
        pad = Keypad()
        self.mount(pad, after=self.query_one("#number"))
        return pad

    def follow_pace(self) -> None:
        """As on every page; without a switch there is no pad."""
        super().follow_pace()
        self.query("#keypad").set(display=self.wizard.pace is not None and self.question.kind == "number")


class Step(Widget):
    """Less or more, for a number, by a click."""

    def __init__(self, sign: str, name: str) -> None:
        super().__init__(classes=name)
        self._sign = sign

    def render(self) -> RenderResult:
        """The sign in a box."""
        return Content.styled(f"[ {self._sign} ]", "bold $key")

    def on_click(self, event: events.Click) -> None:
        """One step."""
        event.stop()
        page = self.screen
        if isinstance(page, QuestionPage):
            page.step(1 if self._sign == "+" else -1)
