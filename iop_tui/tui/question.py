"""The question page: one question at a time. One page serves all of them; only its content is replaced."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.keys import key_to_character

from iop_tui.screening.assessment.answer_words import how_many_left
from iop_tui.screening.engine.interview import Interview
from iop_tui.screening.i18n.language import N_, _
from iop_tui.screening.model.answers import Unknown
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types import Draft, draft_of, type_of
from iop_tui.tui.answer_lines import CONTINUE, OPTION_KEYS, line_of, right_keys, right_keys_in_danger
from iop_tui.tui.base_screen import BACK, HELP, MORE, READ_ON_IF, ROOMY_LINES, KeyHint, PageFooter
from iop_tui.tui.blocks import Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.glossary_links import marked
from iop_tui.tui.messages import Answered, Stopped, WentBack
from iop_tui.tui.prompt_screen import PromptScreen
from iop_tui.tui.step_button import StepButton

if TYPE_CHECKING:
    from iop_tui.tui.switch_scanning import Keypad, Target

_LAST = "last"
MOVING = ("up", "down", "pageup", "pagedown", "home", "end")
"""Keys that move the cursor."""
_UNKNOWN = (Unknown.NOT_SURE.value, Unknown.SKIPPED.value)


_HIDDEN_KEYS = {
    (confirmed, multiple, continuing): frozenset({*actions, "why" if continuing else "result"})
    for (confirmed, multiple), actions in (
        ((False, False), {"tick", "go_on"}),
        ((True, False), {"tick", "nothing"}),
        ((True, True), {"nothing"}),
    )
    for continuing in (False, True)
}
"""Actions whose keys are hidden, by whether an answer is confirmed, boxes are ticked, and the result was shown: then
the way back to it takes the place of "Why".
"""


class Begun(Struct, frozen=True):
    """A draft: what a person did on the page without answering yet. The rebuilt page shows it again."""

    draft: Draft
    cursor: str | None
    why: bool
    touched: bool = False


class QuestionPage(PromptScreen):
    """One question in large letters, its answers under it, each with its key."""

    HINTS = (
        READ_ON_IF,
        KeyHint("↑ ↓ Enter", N_("Choose"), "nothing"),
        KeyHint(N_("Space"), N_("Tick"), "tick"),
        KeyHint("Enter", N_("Continue"), "go_on"),
        HELP,
        KeyHint("W", N_("Why we ask"), "why", N_("Why")),
        KeyHint("M", N_("My result"), "result"),
        BACK,
        MORE,
    )
    WORDS = "#question-top"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w,W", "why", show=False),
        Binding("m,M", "result", show=False),
        Binding("right", "go_on", show=False),
    ]

    def __init__(self, interview: Interview, begun: Begun | None = None) -> None:
        super().__init__()
        self._interview = interview
        self._begun = begun
        self._about: list[Block] = []
        self._draft = draft_of(self.question, None)
        self._why = False
        self._touched = False
        """Whether the cursor is where the person moved it, or where their answer is."""

    def body(self) -> ComposeResult:
        """Room for the question, a number, and the answers."""
        with Vertical(classes="body"):
            with VerticalScroll(id="question-top", can_focus=False):
                yield Prose(id="about")
                yield Prose(id="ask")
                yield Prose(id="why")
            yield Prose(id="hint", classes="empty")
            with Horizontal(id="number"):
                # Side by side: who takes one too many finds the way back without a long way of the mouse.
                yield StepButton(-1)
                yield StepButton(1)
                yield Prose(id="number-value")
            yield Choices()

    def on_mount(self) -> None:
        """Show the interview's question, and the draft from an earlier version of this page."""
        if not self.query("#why"):
            return  # the program ends, and mounts nothing any more
        self.ask(self._interview)
        if self._begun is not None and self._begun.draft.question.id == self.question.id:
            self._resume(self._begun)

    # ---- what is shown ----

    @property
    def question(self) -> Question:
        """The question on the page."""
        return self._interview.wording.questions[self._interview.at]

    def ask(self, interview: Interview) -> None:
        """Show an interview's question with its present answer."""
        self._interview = interview
        if not self.is_attached or not self.children:
            return
        given, question = interview.current_answer, self.question
        self._draft = draft_of(question, given)
        self._touched = given is not None
        self._hint("")
        self._why = self.app.size.height >= ROOMY_LINES
        progress = interview.progress
        self.show_title(progress.title, how_many_left(interview.left), progress.done)
        about: list[Block] = []
        section = interview.section
        if section.intro and section.questions[0] is question:
            about.append(Paragraph(section.intro, "$muted"))
        self._about = about
        self._show_words()
        self.query_one("#number").set_class(not type_of(question).typed, "empty")
        self._show_typed()
        kind = type_of(question)
        self.query_one(PageFooter).hide_keys(_HIDDEN_KEYS[kind.confirmed, kind.multiple, interview.continuing])
        choices = self._choices()
        # The cursor is on a line from the start, so that the way to answer is visible. It answers nothing.
        self.query_one(Choices).offer(choices, at=line_of(given) or choices[0].id)
        # Each costs a part of the time from a key to the next question: only if there is something to do.
        if self.scrolling.scroll_y:
            self.scrolling.scroll_home(animate=False)
        if self.host.pace is not None:
            self.query("#keypad").set(display=type_of(question).typed)
            self.offer_anew()

    @property
    def begun(self) -> Begun:
        """The draft: what is marked, typed and opened now."""
        under = self.query_one(Choices).highlighted_option
        return Begun(self._draft, under.id if under else None, self._why, self._touched)

    def _resume(self, begun: Begun) -> None:
        """Show the draft, as far as the question still has it."""
        self._draft = self._draft.resumed(begun.draft)
        self._show_typed()
        self._why = begun.why
        self._show_words()
        choices = self._choices()
        cursor = begun.cursor if begun.cursor in {choice.id for choice in choices} else choices[0].id
        self._touched = self._touched or begun.touched
        self._hint(self._draft.objection)
        self.query_one(Choices).offer(choices, at=cursor)

    def _choices(self) -> list[Choice]:
        question, kind = self.question, type_of(self.question)
        choices = [
            Choice(option.id, option.text, key, mark=self._mark(option.id) if kind.multiple else "")
            for option, key in zip(question.options, OPTION_KEYS, strict=False)
        ]
        if kind.confirmed:
            choices.append(Choice(CONTINUE, _("Continue"), "c", apart=bool(choices)))
        choices.append(Choice(Unknown.NOT_SURE.value, _("I'm not sure"), "n", apart=not kind.confirmed, quiet=True))
        choices.append(Choice(Unknown.SKIPPED.value, _("I'd rather not say"), "s", quiet=True))
        return choices

    def _mark(self, option_id: str) -> str:
        return "[x] " if option_id in self._draft.chosen else "[ ] "

    def _show_typed(self) -> None:
        if type_of(self.question).typed:
            self.query_one("#number-value", Prose).show([Paragraph(self._draft.line, "bold")])

    # ---- what a person does ----

    @property
    def takes_digits(self) -> bool:
        """The input row of a typed answer."""
        return type_of(self.question).typed

    def pressed(self, character: str) -> bool:
        """Digits belong to a typed answer."""
        if self._draft.takes(character):
            self._type(character)
            return True
        if super().pressed(character):
            return True
        if character.isprintable() and character not in self._bound:
            self.app.bell()
            self._hint(right_keys(self.question))
            return True
        return False

    @property
    def _bound(self) -> set[str]:
        """Characters that do something else on the page."""
        return {(key_to_character(key) or "").lower() for key in self.active_bindings}

    @on(StepButton.Clicked)
    def _stepped(self, event: StepButton.Clicked) -> None:
        event.stop()
        self._set(self._draft.stepped(event.by))

    def _type(self, character: str) -> None:
        draft = self._draft.typed(character)
        if draft is None:
            self.app.bell()
        else:
            self._set(draft)

    def _hint(self, words: str) -> None:
        """Show a correction, or remove it."""
        self.query_one("#hint", Prose).show_if_any([Paragraph(words, "$key")] if words else ())

    def _set(self, draft: Draft) -> None:
        """Show what was typed, and what is wrong with it."""
        self._draft = draft
        self._hint(draft.objection)
        self._show_typed()
        if draft.text:
            choices = self.query_one(Choices)
            choices.highlighted = choices.get_option_index(CONTINUE)

    def choose(self, choice: str) -> None:
        """Answer, mark, or go on."""
        if choice in _UNKNOWN:
            self.post_message(Answered(self.question.id, Unknown(choice)))
        elif choice == CONTINUE:
            self.action_go_on()
        elif type_of(self.question).multiple:
            self._draft = self._draft.toggled(choice)
            self._hint("")
            self.query_one(Choices).offer(self._choices(), at=choice)
        else:
            self.post_message(Answered(self.question.id, choice))

    def action_go_on(self) -> None:
        """Go on with the marked options or the typed number; without either, show what is missing."""
        question, answer = self.question, self._draft.answer
        if answer is not None:
            self.post_message(Answered(question.id, answer))
        elif type_of(question).confirmed:
            if self._why and self.app.size.height < ROOMY_LINES:
                self.action_why()
            self._hint(self._draft.objection or type_of(question).missing(question))

    def action_tick(self) -> None:
        """Mark or unmark the line under the cursor, when the hint is clicked."""
        self.query_one(Choices).action_select()

    def action_why(self) -> None:
        """Show or hide why this is asked."""
        self._why = not self._why
        self._show_words()
        if self._why:
            self.call_after_refresh(self.scrolling.scroll_end, animate=False)

    def _show_words(self) -> None:
        """The text over the answers, with glossary words marked. The reason comes last, so that it changes
        none above.
        """
        ask: list[Block] = [Paragraph(self.question.ask, "bold")]
        why: list[Block] = [Paragraph(self.question.why, "$muted", mark=_("Why: "))] if self._why else []
        parts = marked(self.host.screening, self._about, ask, why)
        for selector, blocks in zip(("#about", "#ask", "#why"), parts, strict=True):
            self.query_one(selector, Prose).show_if_any(blocks)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Back to the result only where it was shown."""
        if action == "result" and not self._interview.continuing:
            return False
        return super().check_action(action, parameters)

    def action_result(self) -> None:
        """No more questions: back to the result."""
        self.post_message(Stopped(self))

    def action_back(self) -> None:
        """Go back; while a number is typed, Backspace removes its last digit."""
        self.post_message(WentBack(self))

    def on_key(self, event: events.Key) -> None:
        """Backspace belongs to a typed number, even if nothing is left of it. Enter goes on if boxes are ticked; it
        answers no safety question before the cursor was moved.
        """
        if not self.too_small and self._taken(event.key):
            event.stop()
            event.prevent_default()

    def _reads(self, key: str) -> bool:
        """As on every such page; a key that moves the cursor also counts as a choice."""
        reads = super()._reads(key)
        self._touched = self._touched or (key in MOVING and not reads)
        return reads

    def _taken(self, key: str) -> bool:
        kind = type_of(self.question)
        if key == "backspace" and kind.typed:
            self._set(self._draft.erased())
            return True
        if key not in ("enter", "space"):
            return False
        under = self.query_one(Choices).highlighted_option
        if self.is_scanned or under is None or under.id in _UNKNOWN:
            return False
        if kind.multiple and key == "enter":
            self.action_go_on()
            return True
        if not kind.confirmed and not self._touched and self._interview.asks_about_danger:
            self._hint(right_keys_in_danger(self.question))
            return True
        return False

    # ---- one switch ----

    def answer_targets(self) -> Sequence[Target]:
        """The answers for a switch. For a typed one: the digits that still fit, and a way to remove the last one; once
        it is valid, going on comes first.
        """
        if not type_of(self.question).typed:
            return super().answer_targets()
        from iop_tui.tui.switch_scanning import Target

        choices, pad = self.query_one(Choices), self._keypad()
        words = [(digit, digit) for digit in self._draft.fitting]
        words += [(_LAST, _("Take the last digit away"))] if self._draft.text else []
        pad.show(words)
        typing = [
            Target(f"digit {name}", functools.partial(self._point, name), functools.partial(pad.offer, name))
            for name, _word in words
        ]
        go_on, *others = self.choice_targets(choices, choices.offered)
        return [go_on, *typing, *others] if self._draft.answer is not None else [*typing, go_on, *others]

    def _point(self, name: str) -> None:
        """A digit was chosen on the keypad, or removing the last one."""
        if name == _LAST:
            self._set(self._draft.erased())
        else:
            self._type(name)

    def _keypad(self) -> Keypad:
        """The keypad exists for switch scanning only: others type or use the step buttons."""
        from iop_tui.tui.switch_scanning import Keypad

        there = self.query(Keypad)
        if there:
            return there.first()
        pad = Keypad()
        self.mount(pad, after=self.query_one("#number"))
        return pad

    def follow_pace(self) -> None:
        """As on every page; without a switch there is no keypad."""
        super().follow_pace()
        self.query("#keypad").set(display=self.host.pace is not None and type_of(self.question).typed)
