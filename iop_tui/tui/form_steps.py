"""A form in an app: takes what its pages post, and shows the page of the step that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iop_tui.forms.asking.form_interview import Checking, FormInterview, OneMore, Questioning, Unsaid, Warned
from iop_tui.forms.asking.told import one_more
from iop_tui.forms.filling.steps import NotAllowed
from iop_tui.tui import form_messages, messages
from iop_tui.tui.form_question import FormQuestionPage

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from iop_tui.forms.model.places import Place
    from iop_tui.tui.host import AnyPage


class FormSteps:
    """One FormInterview, and its pages, one at a time on the stack of an app.

    A subclass says which pages they are, where they are not the usual ones.
    """

    def __init__(self, app: App[Any], form: FormInterview, drafts: dict[Place, str] | None = None) -> None:
        """`drafts` is what was typed and not answered yet, by place."""
        self.form = form
        self.drafts: dict[Place, str] = {} if drafts is None else drafts
        self._app = app

    # ---- the pages ----

    def page(self) -> Screen[None]:
        """The page of the present step."""
        step = self.form.step
        if isinstance(step, Questioning):
            return self.question_page(step.place)
        if isinstance(step, OneMore):
            return self.one_more_page(step.place)
        if isinstance(step, Warned):
            return self.warned_page()
        if isinstance(step, Unsaid):
            return self.unsaid_page()
        return self.review_page() if isinstance(step, Checking) else self.intro_page()

    def question_page(self, place: Place) -> Screen[None]:
        """A question."""
        return FormQuestionPage(self.form, place, self.drafts)

    def one_more_page(self, place: Place) -> Screen[None]:
        """Another one of a repeating group?"""
        from iop_tui.tui.form_review import OneMorePage

        return OneMorePage(self.form, place, one_more(self.form, place))

    def warned_page(self) -> Screen[None]:
        """Who to call, after an answer about thoughts of suicide."""
        raise NotImplementedError

    def unsaid_page(self) -> Screen[None]:
        """Who to talk to, after a question about thoughts of suicide was left open."""
        raise NotImplementedError

    def review_page(self) -> Screen[None]:
        """Every answer."""
        raise NotImplementedError

    def intro_page(self) -> Screen[None]:
        """What is said before the first question."""
        from iop_tui.tui.form_intro import FormIntroPage

        return FormIntroPage(self.form)

    # ---- what a person does ----

    async def take(self, event: messages.FromPage) -> None:
        """Take what a page posted, unless another page has replaced that page."""
        if self._app.screen is event.seen:
            form = self._after(event)
            if form is not None and form is not self.form:
                await self.follow(form)

    async def follow(self, form: FormInterview) -> None:
        """Take a new state, and show the page of its step."""
        self.form = form
        page = self._app.screen
        if isinstance(page, FormQuestionPage) and isinstance(form.step, Questioning):
            page.ask(form, form.step.place)
        else:
            await self._app.switch_screen(self.page())

    # ---- inside ----

    def _after(self, event: messages.FromPage) -> FormInterview | None:
        """The state after what was posted; None where it changes nothing."""
        form = self.form
        if isinstance(event, form_messages.AtPlace):
            return self._at_place(event)
        if isinstance(event, messages.Began):
            return form.begun()
        if isinstance(event, messages.Acknowledged):
            return form.acknowledged()
        return form.back() if isinstance(event, messages.WentBack) else None

    def _at_place(self, event: form_messages.AtPlace) -> FormInterview | None:
        form, place = self.form, event.place
        if isinstance(event, form_messages.OneMoreChosen):
            return form.another(place, yes=event.yes)
        if isinstance(event, form_messages.ItemChanged):
            return form.change(place)
        if isinstance(event, form_messages.InstanceRemoved):
            self._forget_drafts(place)
            return form.removed(place)
        # A second key may have come before the page changed: it was meant for the page before.
        if not isinstance(form.step, Questioning) or form.step.place != place:
            return None
        if isinstance(event, form_messages.ItemAnswered):
            return self._answered(event.seen, event)
        if isinstance(event, form_messages.LeftOpen):
            self.drafts.pop(place, None)
            return form.left_open(place)
        return None

    def _forget_drafts(self, place: Place) -> None:
        """What was typed in any instance of a group: the numbers of those after the one at `place` change."""
        depth, link = len(place) - 1, place[-1][0]
        for each in list(self.drafts):
            if each[:depth] == place[:depth] and len(each) > depth and each[depth][0] == link:
                del self.drafts[each]

    def _answered(self, page: AnyPage, event: form_messages.ItemAnswered) -> FormInterview | None:
        try:
            form = self.form.answered(event.place, event.values)
        except NotAllowed as wrong:
            if isinstance(page, FormQuestionPage):
                page.refused(str(wrong))
            return None
        self.drafts.pop(event.place, None)
        return form
