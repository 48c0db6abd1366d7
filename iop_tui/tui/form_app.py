"""The app that asks a form, full screen: one FormInterview, and the page for its step."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from iop_tui.forms.asking.form_interview import FormInterview, Questioning
from iop_tui.forms.filling.steps import NotAllowed
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.definition import Screening
from iop_tui.tui import form_messages, messages
from iop_tui.tui.base_screen import Overlay, Page
from iop_tui.tui.form_question import FormQuestionPage
from iop_tui.tui.form_steps import FormSteps
from iop_tui.tui.shell import Shell

if TYPE_CHECKING:
    from textual.screen import Screen

    from iop_tui.result.model import Result
    from iop_tui.screening.engine.interview import Interview
    from iop_tui.tui.host import Host


class FormApp(Shell):
    """A form on full pages. Under the overlays is one page, that of the interview's step.

    `load` loads the screening whose phone lines are shown: only who asks for them, or needs them, waits for it.
    """

    CSS_PATH: ClassVar[list[str]] = ["app.tcss", "fields.tcss", "form.tcss"]  # type: ignore[assignment]  # Textual takes both
    ONE_KEY = False
    """Answers are typed."""

    def __init__(
        self,
        form: FormInterview,
        load: Callable[[], Screening],
        *,
        to: str = "",
        by: str = "",
        clock: Callable[[], datetime],
    ) -> None:
        """`to` is the file that the answers go to; without it the person is asked for a name. `by` is who fills the
        form in; `clock` says now, with its time zone.
        """
        super().__init__(None, load)
        self._steps = _FileSteps(self, form, to, by, clock)

    @property
    def form(self) -> FormInterview:
        """The answers so far."""
        return self._steps.form

    @property
    def saved(self) -> Path | None:
        """The file that the answers were saved in last."""
        return self._steps.saved

    # ---- what pages may ask ----

    @property
    def has_words(self) -> bool:
        """A form has no glossary."""
        return False

    @property
    def has_begun(self) -> bool:
        """There is no interview of the screening."""
        return False

    @property
    def interview(self) -> Interview:
        """There is none."""
        raise RuntimeError("a form has no interview of the screening")

    def result(self) -> Result:
        """There is none."""
        raise RuntimeError("a form has no result of the screening")

    def marker_arrives(self) -> bool:
        """Nothing moves."""
        return False

    @property
    def languages(self) -> Sequence[str]:
        """The language is chosen when the program is started: a form's texts have their own."""
        return ()

    def help_page(self) -> Overlay:
        """Who to call."""
        from iop_tui.tui.help import HelpPage

        words = self.screening
        return HelpPage(self.in_danger(), [words.phone_lines[name] for name in words.help.always])

    def leave_page(self) -> Overlay:
        """Leave? It says whether anything would be lost."""
        from iop_tui.tui.confirm import ConfirmPage

        if not self._would_lose:
            words, go = _("Leave the form?"), _("Leave")
            return ConfirmPage(_("Leave"), words, stay=_("Stay"), go=go, then=self.exit)
        words = _("Leave? Your answers are not saved. If you leave now, they are lost.")
        go, save = _("Leave, and lose them"), _("Save and leave")
        return ConfirmPage(_("Leave"), words, stay=_("Stay"), go=go, then=self.exit, other=(save, self._save_and_leave))

    def _save_and_leave(self) -> None:
        """Save what is there: at once where the file has a name. Its page says so, and has the way out."""
        self._steps.take_begun(self.screen)
        self.push_screen(self._steps.save_page(at_once=True))

    @property
    def _would_lose(self) -> bool:
        return self.form.would_lose or any(text.strip() for text in self._steps.drafts.values())

    def too_small_text(self) -> str:
        """The text of a window that is too small, with the command that fits any window."""
        return super().too_small_text().replace("iop-tui --line", "iop-tui fill FORM --line")

    # ---- the stage ----

    async def on_mount(self) -> None:
        """Begin."""
        self.take_signals()
        await self.push_screen(self._steps.page())
        self.call_after_refresh(self._collect_from_now_on)

    def _collect_from_now_on(self) -> None:
        if self.owns_process:
            gc.freeze()
        gc.enable()

    @on(messages.Began)
    @on(messages.Acknowledged)
    @on(messages.WentBack)
    @on(form_messages.ItemAnswered)
    @on(form_messages.LeftOpen)
    @on(form_messages.OneMoreChosen)
    @on(form_messages.InstanceRemoved)
    @on(form_messages.ItemChanged)
    async def _posted(self, event: messages.FromPage) -> None:
        if isinstance(event, messages.Began):
            self.page_changes()
        await self._steps.take(event)

    @on(form_messages.FormSaved)
    def _form_saved(self, _event: form_messages.FormSaved) -> None:
        self._steps.form = self.form.saved()


class _FileSteps(FormSteps):
    """The pages of a form whose answers go to a file."""

    def __init__(self, app: FormApp, form: FormInterview, to: str, by: str, clock: Callable[[], datetime]) -> None:
        super().__init__(app, form)
        self.saved: Path | None = None
        self._host = app
        self._to, self._by, self._clock = to, by, clock

    def warned_page(self) -> Page:
        """The page that the screening has for thoughts of suicide, or its phone lines."""
        from iop_tui.forms.asking.crisis import because
        from iop_tui.screening.danger_pages import suicide_page

        return self._help_page(suicide_page(self._host.screening), because(), _("I pressed the wrong key: change it"))

    def unsaid_page(self) -> Page:
        """The page that the screening has for a question about safety that is left open, or its phone lines."""
        from iop_tui.forms.asking.crisis import because_unsaid
        from iop_tui.screening.danger_pages import unsaid_page

        return self._help_page(unsaid_page(self._host.screening), because_unsaid(), _("Go back to that question"))

    def _help_page(self, name: str | None, because: str, change: str) -> Page:
        """A page of the screening; None: its phone lines."""
        screening = self._host.screening
        if name is None:
            from iop_tui.tui.form_crisis import LinesPage

            lines = [screening.phone_lines[line] for line in screening.help.always]
            return LinesPage(because, self._host.in_danger(), lines, change)
        from iop_tui.tui.crisis import CrisisPage

        return CrisisPage(screening, name, because, passable=True, change=change)

    def review_page(self) -> Page:
        """Every answer, and the way to save them."""
        from iop_tui.forms.asking.crisis import reminder
        from iop_tui.tui.form_review import FormReviewPage

        said = reminder(self._host.screening) if self.form.speaks_of_suicide else ""
        return FormReviewPage(self.form, self.save_page, reminder=said)

    def take_begun(self, page: Screen[Any]) -> None:
        """Take what is ticked or typed on a question's page as its answer, if it can be one: it is saved, too."""
        step, values = self.form.step, page.begun() if isinstance(page, FormQuestionPage) else None
        if values is not None and isinstance(step, Questioning):
            with suppress(NotAllowed):
                self.form = self.form.with_begun(step.place, values)
                self.drafts.pop(step.place, None)

    def save_page(self, *, at_once: bool = False) -> Overlay:
        """The page that saves the answers; `at_once`: without a question, where the file's name is known."""
        from iop_tui.forms.asking.response_file import offered
        from iop_tui.tui.form_save import FormSavePage

        name = self._to or offered(self.form, self._clock())
        complete = self.form.filling.complete
        return FormSavePage(name, self._save, complete=complete, at_once=at_once and bool(self._to))

    def _save(self, typed: str, replace: bool) -> Path:  # the page says which by its choice
        from iop_tui.forms.asking.response_file import save

        # What was saved here before is replaced without a question.
        replace = replace or (self.saved is not None and str(self.saved) == typed)
        self.saved = save(self.form, typed, by=self._by, now=self._clock(), replace=replace)
        self._to = str(self.saved)
        return self.saved


if TYPE_CHECKING:

    def _as_host(app: FormApp) -> Host:
        """Lets mypy check that the app has everything that its pages ask for."""
        return app
