"""The pages of a form over the desk: those of every form, with what a call adds. Each answer goes into the call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType

from iop_tui.counselor import autosave
from iop_tui.counselor.host import CounselorPage
from iop_tui.forms.asking.told import Intro, Summary, intro, summary
from iop_tui.screening.english import plural
from iop_tui.tui import form_messages, messages
from iop_tui.tui.base_screen import HELP, READ_ON_IF, KeyHint, Overlay, PageHeader
from iop_tui.tui.form_intro import FormIntroPage
from iop_tui.tui.form_question import FormQuestionPage
from iop_tui.tui.form_review import FormReviewPage, OneMorePage

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState
    from iop_tui.counselor.form_on_desk import FormOnDesk
    from iop_tui.forms.asking.form_interview import FormInterview
    from iop_tui.forms.model.places import Place

_CLOSE = KeyHint("Esc", "To the forms", "close_form", "Forms")


class FormOverlay(Overlay, CounselorPage):
    """A page of a form over the desk. What it posts goes to the form's steps, and not to the app."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close_form", show=False)]
    steps: FormOnDesk
    _held = False
    """Whether a protocol is about to open: what is answered until then was not meant for this page."""
    _gone = False
    """Whether the call has other answers to this form now: nothing is taken from here any more."""

    def hold(self) -> None:
        """Another page is about to open: take no answer until then."""
        self._held = True

    def on_screen_resume(self) -> None:
        """This page is visible again."""
        self._held = False
        if self._gone:
            self.close()

    @on(messages.Began)
    @on(messages.Acknowledged)
    @on(messages.WentBack)
    @on(form_messages.ItemAnswered)
    @on(form_messages.LeftOpen)
    @on(form_messages.OneMoreChosen)
    @on(form_messages.InstanceRemoved)
    @on(form_messages.ItemChanged)
    def _posted(self, event: messages.FromPage) -> None:
        event.stop()
        if not self._held and not self._gone:
            self.app.call_later(self.steps.take, event)

    def show_work(self, work: CallState) -> None:
        """The call as it is now. Where somebody else's answers to this form count now, this page goes."""
        if not self.steps.fits(work):
            self._gone = True
            self.close()

    def show_saved(self, state: autosave.SaveState) -> None:
        """Show the save state."""

    def settle(self) -> None:
        """Take what was begun as the answer: leaving a question loses nothing."""

    def action_close_form(self) -> None:
        """Back to the list of forms. All answers are in the call."""
        self._settle()
        self.close()

    def _settle(self) -> None:
        if not self._gone:
            self.settle()

    def action_leave(self) -> None:
        """Ask whether to leave the program."""
        self._settle()
        super().action_leave()


class QuestionOverDesk(FormQuestionPage, FormOverlay):
    """A question."""

    HINTS: ClassVar[Sequence[KeyHint]] = (_CLOSE, *FormQuestionPage.HINTS)

    def __init__(self, interview: FormInterview, place: Place, drafts: dict[Place, str]) -> None:
        FormQuestionPage.__init__(self, interview, place, drafts)
        self._trouble = ""

    def show_head(self, instead: str = "") -> None:
        """What cannot be saved stands in place of the title."""
        super().show_head(instead or self._trouble)

    def show_saved(self, state: autosave.SaveState) -> None:
        """What cannot be saved is said at the head."""
        trouble = "" if isinstance(state, (autosave.Saved, autosave.Saving)) else "NOT SAVED"
        if isinstance(state, autosave.SaveFailed):
            trouble = f"NOT SAVED: {state.why}"
        if trouble != self._trouble:
            self._trouble = trouble
            if self.is_attached and self.query(PageHeader):
                self.show_head()

    def on_mount(self) -> None:
        """Show the question, and whether the call is saved."""
        self.show_saved(self.host.save_state)

    def field_key(self, key: str) -> bool:
        """Escape goes back to the list of forms from a field, too; Tab leaves the field."""
        if key == "escape":
            self.action_close_form()
            return True
        return super().field_key(key)

    def settle(self) -> None:
        """What is ticked or typed, and can be an answer."""
        values = self.begun()
        if values is not None:
            self.steps.settle(self.place, values)


class OneMoreOverDesk(OneMorePage, FormOverlay):
    """Another one of a repeating group?"""

    HINTS: ClassVar[Sequence[KeyHint]] = (_CLOSE, *OneMorePage.HINTS)

    def __init__(self, interview: FormInterview, place: Place, question: str) -> None:
        OneMorePage.__init__(self, interview, place, question)


class ReviewOverDesk(FormReviewPage, FormOverlay):
    """Every answer. All of them are in the call."""

    HINTS: ClassVar[Sequence[KeyHint]] = (
        _CLOSE,
        READ_ON_IF,
        KeyHint("Enter", "Change an answer", "select"),
        KeyHint("←", "Before", "back"),
        HELP,
    )

    def __init__(self, interview: FormInterview) -> None:
        FormReviewPage.__init__(self, interview, lambda: self)

    def said(self) -> Summary:
        """What is missing, in words about a record."""
        return over_desk(summary(self._interview), len(self._interview.filling.missing))

    def title_text(self) -> str:
        """The page's title."""
        return "Every answer to this form"

    def way_on(self) -> str:
        """Nothing needs to be saved."""
        return "Done: to the list of forms"

    def go_on(self) -> None:
        """Back to the list of forms."""
        self.close()


class IntroOverDesk(FormIntroPage, FormOverlay):
    """Before the first question; what did not fit of the answers in the call first."""

    HINTS: ClassVar[Sequence[KeyHint]] = (_CLOSE, READ_ON_IF, HELP)

    def __init__(self, interview: FormInterview, first: Sequence[str]) -> None:
        FormIntroPage.__init__(self, interview)
        self._first = tuple(first)

    def said(self) -> Intro:
        """The parts of the page."""
        return replace(intro(self._interview), unplaced=self._first)


def over_desk(said: Summary, missing: int) -> Summary:
    """What is said over the answers, where they are in a call and not in a file."""
    words = plural(
        "{count} question still needs an answer. Without it the record says that the form is not complete.",
        "{count} questions still need an answer. Without them the record says that the form is not complete.",
        missing,
    )
    return replace(said, missing=(words.format(count=missing),) if missing else ())


def as_overlay(page: object, steps: FormOnDesk) -> FormOverlay:
    """A page, with the steps that it belongs to."""
    overlay = cast("FormOverlay", page)
    overlay.steps = steps
    return overlay
