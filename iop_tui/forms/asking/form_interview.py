"""Filling in a form as one immutable state: which page comes now. Every face uses it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.forms.danger_items import danger_item, is_danger
from iop_tui.forms.filling.filling import Filling, begin
from iop_tui.forms.filling.steps import Another, Asking
from iop_tui.forms.model.findings import Finding
from iop_tui.forms.model.form import Form, Item
from iop_tui.forms.model.places import Place
from iop_tui.forms.model.read_response import ReadResponse
from iop_tui.forms.model.values import Value


class Introducing(Struct, frozen=True):
    """What is to be said before the first question."""


class Questioning(Struct, frozen=True):
    """A question is asked."""

    place: Place


class OneMore(Struct, frozen=True):
    """Another one of a repeating group?"""

    place: Place


class Warned(Struct, frozen=True):
    """An answer about thoughts of suicide: who to call, before the form goes on."""

    place: Place


class Unsaid(Struct, frozen=True):
    """A question about thoughts of suicide was left open: who to talk to, once, before the form goes on."""

    place: Place


class Checking(Struct, frozen=True):
    """Every answer, and what is missing."""


Step = Introducing | Questioning | OneMore | Warned | Unsaid | Checking


class FormInterview(Struct, frozen=True):
    """One person's answers to one form. An operation returns a new one.

    `language` is the one that the form's texts are shown in.
    """

    filling: Filling
    step: Step
    language: str = ""
    kept: Filling | None = None
    """The answers as they were when nothing could be lost: at the beginning, or when they were saved."""
    warnings: tuple[Place, ...] = ()
    """Answers of a saved response that still call for the page about help."""
    unsaid: frozenset[Place] = frozenset()
    """Questions about thoughts of suicide that were left open, and their page shown."""

    @property
    def form(self) -> Form:
        """The form."""
        return self.filling.form

    @property
    def would_lose(self) -> bool:
        """Whether leaving now loses answers."""
        return self.filling is not self.kept

    @property
    def speaks_of_suicide(self) -> bool:
        """Whether an answer that counts is about thoughts of suicide, and above zero."""
        return any(calls_for_help(self.filling, place) for place in self.filling.places)

    def item(self, place: Place) -> Item:
        """The item at a place."""
        return self.filling.item(place)

    # ---- what a person does ----

    def begun(self) -> FormInterview:
        """After the introduction."""
        return self._next(self.filling)

    def answered(self, place: Place, values: Sequence[Value]) -> FormInterview:
        """With an answer. Raises NotAllowed with a sentence where it cannot be one."""
        if not values:
            return self.left_open(place)
        filling = self.filling.answered(place, tuple(values))
        if calls_for_help(filling, place):
            return replace(self, filling=filling, step=Warned(place))
        return self._next(filling)

    def with_begun(self, place: Place, values: Sequence[Value]) -> FormInterview:
        """At the same question, with what was begun as its answer. Raises NotAllowed with a sentence where it cannot
        be one.
        """
        if not values or tuple(values) == tuple(self.filling.value(place)):
            return self
        return replace(self, filling=self.filling.answered(place, tuple(values)).at(place))

    def left_open(self, place: Place) -> FormInterview:
        """Without an answer to this question; one about thoughts of suicide shows its page the first time."""
        filling = self.filling.left_open(place)
        if danger_item(filling.item(place)) is not None and place not in self.unsaid:
            return replace(self, filling=filling, step=Unsaid(place), unsaid=self.unsaid | {place})
        return self._next(filling)

    def another(self, place: Place, *, yes: bool) -> FormInterview:
        """With one more of a repeating group, or with no more of them."""
        return self._next(self.filling.another(place, yes))

    def removed(self, place: Place) -> FormInterview:
        """Without one of a repeating group."""
        return self._next(self.filling.removed(place))

    def acknowledged(self) -> FormInterview:
        """After a page about help was read."""
        return self._next(self.filling)

    def back(self) -> FormInterview:
        """At the page before; at the first one it stays."""
        if isinstance(self.step, (Warned, Unsaid)):
            return self.change(self.step.place)
        if isinstance(self.step, Introducing):
            return self
        filling = self.filling.back()
        if filling is self.filling or filling.step == self.filling.step:
            return replace(self, step=Introducing()) if has_introduction(self) else self
        return replace(self, filling=filling, step=_step(filling))

    def change(self, place: Place) -> FormInterview:
        """At an earlier question."""
        filling = self.filling.at(place)
        return replace(self, filling=filling, step=Questioning(place))

    def saved(self) -> FormInterview:
        """The answers are in a file."""
        return replace(self, kept=self.filling)

    def _next(self, filling: Filling) -> FormInterview:
        """The next page: first what a saved response calls for."""
        still = tuple(place for place in self.warnings if calls_for_help(filling, place))
        if still:
            return replace(self, filling=filling, step=Warned(still[0]), warnings=still[1:])
        return replace(self, filling=filling, step=_step(filling), warnings=())


def begin_form(form: Form, response: ReadResponse | None = None, language: str = "") -> FormInterview:
    """The state before the first question, or the introduction where there is something to say."""
    filling = begin(form, response)
    warnings = tuple(place for place in filling.places if response is not None and calls_for_help(filling, place))
    begun = FormInterview(filling, Introducing(), language, filling, warnings)
    return begun if has_introduction(begun) else begun.begun()


def has_introduction(interview: FormInterview) -> bool:
    """Whether there is something to say before the first question."""
    form, response = interview.form, interview.filling.response
    told = [each for each in response.findings if each.severity != "note"] if response is not None else []
    fits = response is None or not (told or response.unplaced or response.disabled)
    return bool(says_more(form) or form.copyright.strip() or refused(form) or not fits)


def says_more(form: Form) -> bool:
    """Whether the form's description says more than its title."""
    said = " ".join(form.description.split())
    return bool(said) and said != " ".join(form.title.split())


def refused(form: Form) -> tuple[Finding, ...]:
    """The findings of the items that cannot be asked."""
    return tuple(finding for finding in form.findings if finding.severity == "refused")


def calls_for_help(filling: Filling, place: Place) -> bool:
    """Whether the answer there is about thoughts of suicide, and above zero."""
    item = filling.item(place)
    return danger_item(item) is not None and filling.enabled(place) and is_danger(item, filling.value(place))


def _step(filling: Filling) -> Step:
    step = filling.step
    if isinstance(step, Asking):
        return Questioning(step.place)
    return OneMore(step.place) if isinstance(step, Another) else Checking()
