"""The review: "Check your answers". Each can be changed; changing one comes back here."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.screening.assessment.answer_words import answer_text, answered
from iop_tui.screening.engine.interview import Interview
from iop_tui.screening.i18n.language import N_, _
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types import type_of
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, READ_ON_IF, KeyHint, Page
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.messages import Changed, Finished, WentBack
from iop_tui.tui.scanned_screen import named

if TYPE_CHECKING:
    from iop_tui.tui.switch_scanning import Target

_SUMMARY = "to summary"
_PART = "section "


def _label(question: Question) -> str:
    """What a question is about; of one that has no label, the question without its instructions."""
    end = question.ask.find("? ")
    return question.label or (question.ask if end < 0 else question.ask[: end + 1])


def _said(question: Question, answer: Answer | None) -> str:
    """The answer in its own words. Options may have commas: the separator has none."""
    if answer is None:
        return _("not answered")
    return (
        answer_text(question, answer)
        if isinstance(answer, Unknown)
        else type_of(question).words(question, answer, " · ")
    )


class ReviewPage(Page):
    """Every answer that counts, by section. An answer that a change hid is not listed: it is not used."""

    HINTS = (BACK, READ_ON_IF, KeyHint("Enter", N_("Change an answer"), "select"), HELP, LEAVE)
    GLOSSARY_IN_FOOTER = True

    def __init__(self, interview: Interview) -> None:
        super().__init__()
        self._interview = interview
        self._part: str | None = None
        """The section whose answers are offered to a switch."""

    def body(self) -> ComposeResult:
        """The result first, then the answers."""
        with Vertical(classes="body broad"):
            yield Prose(
                [Paragraph(_("Look at your answers. To change one, move to it and press Enter."))], classes="gap"
            )
            yield Choices(self._choices(), at=_SUMMARY)

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(_("Check your answers"), _("1 shows your summary"), 1.0)

    def _choices(self) -> list[Choice]:
        screening = self._interview.wording
        choices = [Choice(_SUMMARY, _("These are right: show my summary"), "1")]
        section = -1
        for question, answer in answered(screening, self._interview.answers):
            if screening.section_of[question.id] != section:
                section = screening.section_of[question.id]
                title = screening.sections[section].title
                choices.append(Choice(f"{_PART}{section}", title, heading=True, apart=True))
            choices.append(Choice(question.id, _said(question, answer), label=_label(question)))
        return choices

    def choose(self, choice: str) -> None:
        """Go to the result, or to an answer."""
        if choice == _SUMMARY:
            self.post_message(Finished(self))
        else:
            self.post_message(Changed(self, choice))

    def action_select(self) -> None:
        """What Enter does, when the hint is clicked."""
        self.query_one(Choices).action_select()

    def action_back(self) -> None:
        """Go to the last question."""
        self.post_message(WentBack(self))

    # ---- one switch ----

    def answer_targets(self) -> Sequence[Target]:
        """For a switch: the result, then the sections; once one is taken its answers, and the section again to leave
        it.
        """
        choices = self.query_one(Choices)
        offered = choices.offered
        parts = [number for number, choice in enumerate(offered) if choice.heading]
        taken = next((number for number in parts if offered[number].id == self._part), None)
        if taken is not None:
            end = next((number for number in parts if number > taken), len(offered))
            answers = self.choice_targets(choices, offered[taken + 1 : end])
            return [*answers, self._part_target(choices, offered[taken])]
        heads = [self._part_target(choices, offered[number]) for number in parts]
        return [*self.choice_targets(choices, offered[:1]), *heads]

    def _part_target(self, choices: Choices, head: Choice) -> Target:
        from iop_tui.tui.switch_scanning import Target

        take, show = functools.partial(self._take_part, head.id), functools.partial(choices.show_pointed, head.id)
        return Target(named(head.id), take, show)

    def _take_part(self, part: str) -> None:
        self._part = None if part == self._part else part
