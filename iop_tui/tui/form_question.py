"""The page of a form's question: what is read before it, the question, and its options or a field to type in.

One page serves all questions; only its content is replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.keys import key_to_character
from textual.widget import Widget
from textual.widgets import Input, TextArea

from iop_tui.forms.asking.entry import Entry
from iop_tui.forms.asking.expectation import nothing_fits
from iop_tui.forms.asking.form_interview import FormInterview
from iop_tui.forms.asking.option_filter import matching
from iop_tui.forms.danger_items import danger_item
from iop_tui.forms.filling.parse_entry import expected
from iop_tui.forms.filling.steps import NotAllowed
from iop_tui.screening.i18n.language import N_, _
from iop_tui.tui.base_screen import ROOMY_LINES, PageFooter
from iop_tui.tui.blocks import Prose
from iop_tui.tui.choices import Choices
from iop_tui.tui.fields import Area, Line
from iop_tui.tui.form_choices import CONTINUE, NUMBER, OPEN, OWN, answer_choices
from iop_tui.tui.form_field import AnswerField, read_beside
from iop_tui.tui.form_keys import HINTS, hidden_keys
from iop_tui.tui.form_messages import ItemAnswered, LeftOpen
from iop_tui.tui.form_text import help_blocks
from iop_tui.tui.form_words import explains, head, question_blocks
from iop_tui.tui.messages import WentBack
from iop_tui.tui.prompt_screen import PromptScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iop_tui.forms.model.places import Place
    from iop_tui.forms.model.values import Value

_RIGHT_KEYS = N_("Press the key in front of an answer. Or move with ↑ ↓, then press Enter.")
MOVING = ("up", "down", "pageup", "pagedown", "home", "end")
"""Keys that move the cursor."""


class FormQuestionPage(PromptScreen):
    """One question. Options have their keys; among many of them letters find one; anything else is typed in a field."""

    HINTS = HINTS
    WORDS = "#question-top"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w,W,f2", "why", show=False),
        Binding("right", "go_on", show=False),
        Binding("tab", "to_field", show=False),
    ]

    def __init__(self, interview: FormInterview, place: Place, drafts: dict[Place, str]) -> None:
        """`drafts` is what was typed and not answered yet: it is there again when the person comes back."""
        super().__init__()
        self._interview, self.place, self._drafts = interview, place, drafts
        self._entry = Entry(interview.item(place))
        self._why = False
        self._own = self._touched = False
        """Whether own words are typed instead of choosing an option; whether the cursor is where the person moved it,
        or where their answer is."""
        self._unit, self._letters = 0, ""
        """The number of the chosen unit of a quantity; what the options are found by."""

    def body(self) -> ComposeResult:
        """Room for the question, a field, and the options."""
        with Vertical(classes="body"):
            with VerticalScroll(id="question-top", can_focus=False):
                yield Prose(id="about")
            yield Prose(id="asked")
            yield Prose(id="hint", classes="empty")
            yield AnswerField()
            yield Choices()

    def on_mount(self) -> None:
        """Show the question."""
        if self.query("#asked"):
            self.ask(self._interview, self.place)

    # ---- what is shown ----

    def ask(self, interview: FormInterview, place: Place) -> None:
        """Show a question with its present answer."""
        self._interview, self.place = interview, place
        if not self.is_attached or not self.children:
            return
        item = interview.item(place)
        self._entry = Entry(item, tuple(interview.filling.value(place)))
        self._own = bool(self._entry.way == "pick" and self._entry.own)
        self._unit, self._letters = self._entry.unit, ""
        self._touched = bool(self._entry.values)
        self._why = self.app.size.height >= ROOMY_LINES
        self._hint("")
        self._show_words()
        self.show_head()
        self._show_field(self._drafts.get(place, self._entry.typed))
        self._offer(at=None)
        if self.scrolling.scroll_y:
            self.scrolling.scroll_home(animate=False)

    def show_head(self, instead: str = "") -> None:
        """The innermost title over the question, or the form's, or else `instead`; and how much is left."""
        self.show_title(*head(self._interview, self.place, self.app.size.width, instead))

    @property
    def _field(self) -> AnswerField:
        return self.query_one(AnswerField)

    @property
    def _found(self) -> Sequence[int]:
        """The numbers of the options that have the letters."""
        return matching(self._entry.options, self._letters, self._interview.language)

    @property
    def _types(self) -> bool:
        """Whether an answer is typed."""
        return self._own or self._entry.way in ("type", "write")

    @property
    def _is_typing(self) -> bool:
        """Whether the focus is in the field."""
        return isinstance(self.focused, (Line, Area))

    def _show_field(self, text: str) -> None:
        """Show the field or not, and put the focus where the answer is given."""
        field = self._field
        field.use(self._entry, text, own=self._own)
        self.set_class(field.shown is not None, "typing")
        self.set_class(field.finds, "finding")
        self.set_focus(field.shown or self.query_one(Choices))
        self._show_keys()

    @property
    def _explains(self) -> bool:
        """Whether there is more to read about the question than is shown at first."""
        return explains(self._interview, self.place, self.app.size.width)

    def _show_keys(self) -> None:
        """The footer's keys for where the focus is."""
        hidden = hidden_keys(self._entry, self.focused, finds=self._field.finds, explains=self._explains)
        self.query_one(PageFooter).hide_keys(hidden)

    def _show_words(self) -> None:
        interview, width = self._interview, self.app.size.width
        above, apart = question_blocks(interview, self.place, self._entry, width, types=self._types, why=self._why)
        self.query_one("#about", Prose).show_if_any(above)
        self.query_one("#asked", Prose).show_if_any(apart)
        self.set_class(bool(apart and above), "apart")

    def _offer(self, *, at: str | None) -> None:
        """Show the choices, with the cursor where it is wanted, at the answer, or at the first line."""
        found = self._found if self._field.finds else None
        choices = answer_choices(
            self._entry,
            self._interview.language,
            own=self._own,
            unit=self._unit,
            typing=self._is_typing,
            found=found,
        )
        ids = [choice.id for choice in choices]
        chosen = [f"{NUMBER}{n}" for n, option in enumerate(self._entry.options) if self._entry.is_chosen(option)]
        there = next((each for each in (at, *chosen, *ids) if each in ids), None)
        self.query_one(Choices).offer(choices, at=there)

    def _hint(self, words: str) -> None:
        """Show a correction, or remove it."""
        self.query_one("#hint", Prose).show_if_any(help_blocks(words, "$key") if words else ())

    # ---- typing ----

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._field.finds:
            if event.value != self._letters:
                self._letters = event.value
                self._offer(at=None)
                self._hint("" if self._found else _("No answer has these letters. Take some away."))
        else:
            self._keep_draft()

    @on(TextArea.Changed)
    def _written(self, event: TextArea.Changed) -> None:
        event.stop()
        self._keep_draft()

    def _keep_draft(self) -> None:
        if self._field.text != self._entry.typed:
            self._drafts[self.place] = self._field.text
        else:
            self._drafts.pop(self.place, None)

    def field_key(self, key: str) -> bool:
        """Enter answers, arrows move in the list; Tab and Escape go to the list, Backspace in an empty field back."""
        choices = self.query_one(Choices)
        field = self._field.shown
        if key in ("tab", "shift+tab", "escape"):
            self.action_leave_field()
        elif key == "backspace" and self._field.is_empty:
            self.action_back()
        elif key == "enter" and isinstance(field, Line):
            if not self._field.finds:
                self.action_go_on()
            elif self._found:
                self._take_under_cursor()
        elif key in ("up", "down", "pageup", "pagedown") and isinstance(field, Line):
            if self._reads(key):
                return True
            if self._field.finds:
                name = {"up": "cursor_up", "down": "cursor_down", "pageup": "page_up", "pagedown": "page_down"}[key]
                getattr(choices, f"action_{name}")()
            elif key in ("down", "pagedown"):
                self._to_list(choices.offered[0].id)
        elif isinstance(field, Area):
            return read_beside(key, field, self.scrolling)
        else:
            return False
        return True

    def on_key(self, event: events.Key) -> None:
        """Enter goes on where boxes are ticked; it answers no question about suicide before the cursor was moved."""
        if not self.too_small and not self._is_typing and self._taken(event.key):
            event.stop()
            event.prevent_default()

    def _reads(self, key: str) -> bool:
        """As on every such page; a key that moves the cursor also counts as a choice."""
        reads = super()._reads(key)
        self._touched = self._touched or (key in MOVING and not reads)
        return reads

    def _taken(self, key: str) -> bool:
        under = self.query_one(Choices).highlighted_option
        if key not in ("enter", "space") or under is None or under.id in (OPEN, OWN):
            return False
        if self._entry.way == "tick" and key == "enter":
            self.action_go_on()
            return True
        if self._entry.way == "pick" and not self._touched and danger_item(self._entry.item):
            self._hint(_(_RIGHT_KEYS))
            return True
        return False

    def _take_under_cursor(self) -> None:
        if (under := self.query_one(Choices).highlighted_option) is not None:
            self.choose(under.id or "")

    def action_leave_field(self) -> None:
        """From the field to the lines below it: to Continue, where there is one."""
        ids = [choice.id for choice in self.query_one(Choices).offered]
        self._to_list(next((each for each in (CONTINUE, OPEN) if each in ids), None))

    def _to_list(self, at: str | None) -> None:
        self._focus_on(self.query_one(Choices), at)

    def action_to_field(self) -> None:
        """Back to the field."""
        if self._field.shown is not None:
            self._focus_on(self._field.shown, None)

    def _focus_on(self, widget: Widget, at: str | None) -> None:
        self.set_focus(widget)
        self._show_keys()
        self._offer(at=at)

    # ---- answering ----

    def pressed(self, character: str) -> bool:
        """The key of a line; any other letter is answered with what can be pressed."""
        if self._is_typing:
            return False
        if super().pressed(character):
            return True
        bound = {(key_to_character(key) or "").lower() for key in self.active_bindings}
        if character.isprintable() and character not in bound and not character.isspace():
            field = self._field.shown
            if field is not None:
                # Somebody who goes on typing means the field.
                self.action_to_field()
                field.take(character, character)
                return True
            self.app.bell()
            self._hint(_(_RIGHT_KEYS))
            return True
        return False

    def choose(self, choice: str) -> None:
        """A line: an option, own words, a unit, an answer to take away; going on, or leaving it open."""
        entry = self._entry
        if choice == CONTINUE:
            self.action_go_on()
        elif choice == OPEN:
            self.post_message(LeftOpen(self, self.place))
        elif choice == OWN:
            self._type_own(own=not self._own)
        elif choice.startswith("unit "):
            self._unit = int(choice.removeprefix("unit "))
            self._offer(at=CONTINUE)
        elif choice.startswith("value "):
            self._entry = entry.without(entry.values[int(choice.removeprefix("value "))])
            self._offer(at=CONTINUE)
        else:
            option = entry.options[int(choice.removeprefix(NUMBER))]
            self._hint("")
            if entry.way == "tick":
                self._entry = entry.toggled(option)
                self._offer(at=choice)
            else:
                self._answer((option.value,))

    def _type_own(self, *, own: bool) -> None:
        self._own = own
        self._letters = ""
        self._show_words()
        self._show_field(self._drafts.get(self.place, self._entry.typed) if own else "")
        self._offer(at=None)

    def action_go_on(self) -> None:
        """Go on with what is ticked or typed; without either, say what is missing."""
        entry, typed = self._entry, self._field.text
        if self._types and typed.strip():
            try:
                entry = entry.with_typed(typed, self._unit)
            except NotAllowed as wrong:
                # What can be typed stands above the field already.
                same = str(wrong) == expected(entry.item) or nothing_fits(self._interview.form, entry.item)
                self._hint(_("That doesn't fit here.") if same else str(wrong))
                self.action_to_field()
                return
            if entry.item.repeats and self._is_typing:
                self._added(entry)
            else:
                self._answer(entry.values)
        elif entry.values and not (self._types and not entry.item.repeats):
            self._answer(entry.values)
        elif entry.way != "pick" or self._own:
            missing = _("Type an answer, or choose “Leave it open” below.")
            self._hint(missing if self._types else _("Tick an answer, or choose “Leave it open” below."))

    def begun(self) -> Sequence[Value] | None:
        """The answer that was begun and not given; None if there is none, or if it cannot be one: it stays there."""
        typed = self._field.text if self._types else ""
        return self._entry.begun(typed, self._unit, self._interview.filling.value(self.place))

    def _added(self, entry: Entry) -> None:
        """One more of several answers; the field is empty for the next."""
        self._entry = entry
        self._drafts.pop(self.place, None)
        own, self._own = self._own, False
        if own:
            self._type_own(own=False)
            self._offer(at=CONTINUE)
            return
        self._show_field("")
        self._hint(_("Another answer? Type it. If not, choose Continue."))
        self._offer(at=CONTINUE)

    def _answer(self, values: tuple[Value, ...]) -> None:
        self.post_message(ItemAnswered(self, self.place, values))

    def refused(self, sentence: str) -> None:
        """The form does not take this answer: say why."""
        self._hint(sentence)

    def action_tick(self) -> None:
        """Tick the line under the cursor, when the hint is clicked."""
        self.query_one(Choices).action_select()

    def action_why(self) -> None:
        """Show or hide what the form's author says about the question."""
        if self._explains:
            self._why = not self._why
            self._show_words()
            if self._why:
                self.call_after_refresh(self.scrolling.scroll_end, animate=False)

    action_about = action_why
    """The same from a field."""
    action_finish = action_leave_field
    """The same from several lines, where Enter begins another."""
    action_call = PromptScreen.action_help
    """Who to call, from a field."""

    def action_back(self) -> None:
        """From own words to the options, else to the page before."""
        if self._own and self._entry.options and isinstance(self.focused, Line):
            self._type_own(own=False)
            return
        self.post_message(WentBack(self))
