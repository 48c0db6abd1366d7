"""A form that is asked within the call on the desk: each answer goes into the call, and is saved with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iop_tui.call.fill_form import OpenForm, stored
from iop_tui.call.form_alarm import FormQuestionOpen
from iop_tui.counselor.pages.form_pages import (
    IntroOverDesk,
    OneMoreOverDesk,
    QuestionOverDesk,
    ReviewOverDesk,
    as_overlay,
)
from iop_tui.forms.asking.form_interview import FormInterview, Unsaid, Warned
from iop_tui.forms.asking.item_words import question_line
from iop_tui.forms.asking.told import one_more
from iop_tui.forms.filling.steps import NotAllowed
from iop_tui.screening.danger_pages import suicide_page, unsaid_page
from iop_tui.screening.english import plural
from iop_tui.screening.model.field_types import ENGLISH
from iop_tui.tui.form_steps import FormSteps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App
    from textual.screen import Screen

    from iop_tui.call.operations import CallState
    from iop_tui.call.record import FilledForm
    from iop_tui.counselor.host import Host
    from iop_tui.forms.model.places import Place
    from iop_tui.forms.model.values import Value
    from iop_tui.screening.model.content import PhoneLine


class FormOnDesk(FormSteps):
    """The pages of one form over the desk, and its answers in the call."""

    def __init__(self, app: App[Any], host: Host, opened: OpenForm, work: CallState, drafts: dict[Place, str]) -> None:
        super().__init__(app, opened.interview, drafts)
        self._host = host
        self._opened = opened
        self._last = _of(work, opened.filled.id)
        """The form as the call had it last by us; None before the first answer."""
        self.warned_at: Place | None = None
        """The answer that raised the alarm last, or the question about it that was left open last."""

    # ---- the pages ----

    def question_page(self, place: Place) -> Screen[None]:
        """A question."""
        return as_overlay(QuestionOverDesk(self.form, place, self.drafts), self)

    def one_more_page(self, place: Place) -> Screen[None]:
        """Another one of a repeating group?"""
        return as_overlay(OneMoreOverDesk(self.form, place, one_more(self.form, place)), self)

    def warned_page(self) -> Screen[None]:
        """The phone lines: only where the screening has no page, and so no protocol, for thoughts of suicide."""
        from iop_tui.counselor.pages.form_lines import LinesOverDesk

        return as_overlay(LinesOverDesk(self._phone_lines()), self)

    def unsaid_page(self) -> Screen[None]:
        """The phone lines after a question about safety was left open: only where the screening has no page for it."""
        from iop_tui.counselor.pages.form_lines import LinesOverDesk

        return as_overlay(LinesOverDesk(self._phone_lines(), unsaid=True), self)

    def _phone_lines(self) -> Sequence[PhoneLine]:
        words = self._host.screening
        return [words.phone_lines[name] for name in words.help.always]

    def review_page(self) -> Screen[None]:
        """Every answer."""
        return as_overlay(ReviewOverDesk(self.form), self)

    def intro_page(self) -> Screen[None]:
        """What is said before the first question."""
        return as_overlay(IntroOverDesk(self.form, self._first()), self)

    def page(self) -> Screen[None]:
        """The page of the present step. The protocol of an alarm that is known already is not shown again."""
        self.form = self._past_warnings(self.form)
        return super().page()

    def _first(self) -> Sequence[str]:
        """What is said first: that the form is another one now, and what of its answers does not fit."""
        said = []
        if self._opened.is_other:
            said.append("The form's file was changed after these answers were given.")
        if count := len(self._opened.filled.unfit):
            words = plural(
                "{count} answer does not fit it any more. It stays in the record, and counts for nothing.",
                "{count} answers do not fit it any more. They stay in the record, and count for nothing.",
                count,
            )
            said.append(words.format(count=count))
        return said

    # ---- answers ----

    def fits(self, work: CallState) -> bool:
        """Whether the call has this form as it was left here."""
        return _of(work, self._opened.filled.id) == self._last

    def settle(self, place: Place, values: Sequence[Value]) -> None:
        """Take an answer without going on; one that the form does not take is left."""
        try:
            form = self.form.answered(place, values)
        except NotAllowed:
            return
        self._record(form)
        self.form = self._past_warnings(form)
        self.drafts.pop(place, None)

    async def follow(self, form: FormInterview) -> None:
        """Record the answers first: where they raise an alarm, its protocol opens over the page that follows; so does
        the page for a question about safety that was left open.
        """
        self._record(form)
        step, page = form.step, unsaid_page(self._host.screening)
        if isinstance(step, Unsaid) and page is not None:
            self.warned_at = step.place
            ask = question_line(form.item(step.place), ENGLISH)
            self._host.show_protocol(FormQuestionOpen(ask, page))
        await super().follow(self._past_warnings(form))

    async def to_warned(self) -> None:
        """Back to the answer that raised the alarm, or to the question that was left open."""
        if self.warned_at is not None:
            await self.follow(self.form.change(self.warned_at))

    def _record(self, form: FormInterview) -> None:
        """Put the answers into the call, if they are not there as they are."""
        before, now = self.form.filling, form.filling
        same = now.sheet is before.sheet and now.decided == before.decided
        known = self._last is None or self._last.complete == now.complete or not now.complete
        if same and known:
            return
        if isinstance(form.step, Warned):
            self.warned_at = form.step.place
        by, at = self._host.by, self._host.now()

        def change(work: CallState) -> CallState:
            if not self.fits(work):
                # Somebody else's version came in between: it is not written over.
                return work
            changed = stored(work, self._opened, form, by=by, now=at)
            self._last = _of(changed, self._opened.filled.id)
            return changed

        self._host.change_call(change)

    def _past_warnings(self, form: FormInterview) -> FormInterview:
        """The desk has its own page for such an answer, and for such a question left open: the protocol, where the
        screening has one.
        """
        screening = self._host.screening
        warned, unsaid = suicide_page(screening) is not None, unsaid_page(screening) is not None
        while (warned and isinstance(form.step, Warned)) or (unsaid and isinstance(form.step, Unsaid)):
            form = form.acknowledged()
        return form


def _of(work: CallState, form_id: str) -> FilledForm | None:
    return next((each for each in work.call.forms if each.id == form_id), None)
