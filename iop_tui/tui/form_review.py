"""The page at the end of a form: every answer, what is missing, the totals; to change an answer, save, or leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.forms.asking.answer_overview import Row, answer_or_none, growing, outline
from iop_tui.forms.asking.form_interview import FormInterview, refused
from iop_tui.forms.asking.instances import holds_answers, instance_name, removable
from iop_tui.forms.asking.lead import before
from iop_tui.forms.asking.told import Summary, add_one, summary
from iop_tui.screening.i18n.language import N_, _
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, READ_ON_IF, KeyHint
from iop_tui.tui.blocks import Block, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.confirm import ConfirmPage
from iop_tui.tui.form_intro import refused_page
from iop_tui.tui.form_messages import InstanceRemoved, ItemChanged, OneMoreChosen
from iop_tui.tui.form_text import help_blocks, lead_blocks, lines_of, shortened
from iop_tui.tui.messages import WentBack
from iop_tui.tui.prompt_screen import PromptScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from iop_tui.forms.model.places import Place
    from iop_tui.tui.host import AnyPage

_LABEL = 34
"""Letters of a question that stands beside its answer."""
_SAVE, _REFUSED, _ROW, _MORE, _AWAY = "save", "refused", "row ", "more ", "away "


class FormReviewPage(PromptScreen):
    """All answers. `save_page` makes the page that saves them; `reminder` says who to call, before a total."""

    HINTS: ClassVar[Sequence[KeyHint]] = (
        BACK,
        READ_ON_IF,
        KeyHint("Enter", N_("Change an answer"), "select"),
        HELP,
        LEAVE,
    )

    def __init__(self, interview: FormInterview, save_page: Callable[[], AnyPage], reminder: str = "") -> None:
        super().__init__()
        self._interview, self._save_page, self._reminder = interview, save_page, reminder
        self._rows = outline(interview.filling, interview.language)

    def body(self) -> ComposeResult:
        """What is missing, the totals, and the answers."""
        interview = self._interview
        said = self.said()
        blocks: list[Block] = lines_of(self._reminder, "bold $key") if self._reminder else []
        blocks += lead_blocks(before(interview.filling, None, interview.language))
        for text in (*said.missing, *said.totals, *said.findings):
            blocks += lines_of(text, "$key" if text in said.missing else "")
        blocks += lines_of(_("Look at your answers. To change one, move to it and press Enter."), "$muted")
        with Vertical(classes="body broad"):
            with VerticalScroll(id="words", can_focus=False):
                yield Prose(blocks, classes="gap")
            yield Prose(id="hint", classes="empty")
            yield Choices(self._choices(), at=_SAVE)

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(self.title_text())

    # ---- what differs where answers are not saved in a file ----

    def said(self) -> Summary:
        """What is missing, the totals, what could not be asked."""
        return summary(self._interview)

    def title_text(self) -> str:
        """The page's title."""
        return _("Check your answers")

    def way_on(self) -> str:
        """The words of the first choice."""
        return _("Save my answers")

    def go_on(self) -> None:
        """Carry out the first choice."""
        self.open(self._save_page)

    # ---- the answers ----

    def _choices(self) -> list[Choice]:
        choices = [Choice(_SAVE, self.way_on(), "1")]
        if refused(self._interview.form):
            choices.append(Choice(_REFUSED, _("Questions that were not asked, and why"), "2"))
        for number, row in enumerate(self._rows):
            if row.title:
                choices.append(Choice(f"{_ROW}{number}", row.text, heading=True, apart=True))
            else:
                choices.append(self._line(number, row))
        for number, place in enumerate(growing(self._interview.filling)):
            words = add_one(self._interview, place)
            choices.append(Choice(f"{_MORE}{number}", words, apart=number == 0, quiet=True))
        for number, place in enumerate(removable(self._interview)):
            words = _("Take away: {name}").format(name=instance_name(self._interview, place))
            choices.append(Choice(f"{_AWAY}{number}", words, quiet=True))
        return choices

    def _line(self, number: int, row: Row) -> Choice:
        """A question and its answer: side by side where all questions are short, else one under the other."""
        name, asked, answer = f"{_ROW}{number}", " ".join(row.text.split()), answer_or_none(row)
        if all(len(each.text) <= _LABEL for each in self._rows if not each.title):
            return Choice(name, answer, label=asked, quiet=not row.answer, apart=number == 0)
        return Choice(name, asked, details=(f"· {answer}",), quiet=not row.answer, apart=number == 0)

    def choose(self, choice: str) -> None:
        """Save, or change an answer."""
        if choice == _SAVE:
            self.go_on()
        elif choice == _REFUSED:
            self.open(lambda: refused_page(self._interview))
        elif choice.startswith(_MORE):
            place = growing(self._interview.filling)[int(choice.removeprefix(_MORE))]
            self.post_message(OneMoreChosen(self, place, yes=True))
        elif choice.startswith(_AWAY):
            self._take_away(removable(self._interview)[int(choice.removeprefix(_AWAY))])
        else:
            row = self._rows[int(choice.removeprefix(_ROW))]
            if row.changes:
                self.post_message(ItemChanged(self, row.place))
            else:
                said = _("This follows from your other answers. It cannot be changed here.")
                self.query_one("#hint", Prose).show_if_any(help_blocks(said, "$key"))

    def _take_away(self, place: Place) -> None:
        """Take away an instance; after a question, if something is answered in it."""

        def then() -> object:
            return self.post_message(InstanceRemoved(self, place))

        if not holds_answers(self._interview, place):
            then()
            return
        name = instance_name(self._interview, place)
        words = _("Take away “{name}”? Its answers are then gone.").format(name=name)
        stay, go = _("Keep it"), _("Take it away")
        self.open(lambda: ConfirmPage(_("Take away"), words, stay=stay, go=go, then=then))

    def action_select(self) -> None:
        """What Enter does, when the hint is clicked."""
        self.query_one(Choices).action_select()

    def action_back(self) -> None:
        """The last question."""
        self.post_message(WentBack(self))


class OneMorePage(PromptScreen):
    """Another one of a repeating group?"""

    HINTS: ClassVar[Sequence[KeyHint]] = (READ_ON_IF, HELP, BACK, KeyHint("?", N_("More"), "more"))

    def __init__(self, interview: FormInterview, place: tuple[tuple[str, int], ...], question: str) -> None:
        super().__init__()
        self._interview, self.place, self._question = interview, place, question

    def body(self) -> ComposeResult:
        """The question, yes and no."""
        with Vertical(classes="body"):
            with VerticalScroll(id="words", can_focus=False):
                yield Prose(lines_of(self._question, "bold"), classes="gap")
            yield Choices([Choice("yes", _("Yes"), "1"), Choice("no", _("No, go on"), "2")], at="no")

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(shortened(self._interview.form.title, self.app.size.width - 6))

    def choose(self, choice: str) -> None:
        """One more, or no more."""
        self.post_message(OneMoreChosen(self, self.place, yes=choice == "yes"))

    def action_back(self) -> None:
        """The last question."""
        self.post_message(WentBack(self))
