"""What-if: the fewest different answers that would lead to a higher level, and to a lower one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from iop_tui.counselor.pages.call_overlay import CallOverlay
from iop_tui.counselor.pages.explanation import level_words
from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.engine.evaluate import options_of
from iop_tui.screening.english import plural
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.search.counterfactuals import AnswerChange, Counterfactual, Counterfactuals, nearest
from iop_tui.tui.base_screen import BACK, HELP, READ_ON
from iop_tui.tui.blocks import GAP, Block, Paragraph, Rule
from iop_tui.tui.text_screen import TextPage

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState


def change_words(change: AnswerChange) -> str:
    """One different answer, as a part of a sentence."""
    ask = change.question.ask
    then = _said(change.question, change.then)
    if change.now is None:
        return f"“{ask}” were answered “{then}”"
    now = _said(change.question, change.now)
    return f"“{ask}” were “{then}” instead of “{now}”"


def _said(question: Question, answer: Answer) -> str:
    """An answer; several options each in quotes of its own, as their texts have commas, too."""
    if isinstance(answer, tuple):
        return "” and “".join(option.text for option in options_of(question, answer))
    return answer_text(question, answer)


def what_if_blocks(found: Counterfactuals, screening: Screening) -> list[Block]:
    """Both directions, as sentences."""
    up = _direction_blocks("To a higher level", found.up, found.why_up, screening)
    down = _direction_blocks("To a lower level", found.down, found.why_down, screening)
    return [*up, *down]


def _direction_blocks(heading: str, found: Counterfactual | None, why: str, screening: Screening) -> list[Block]:
    blocks: list[Block] = [Rule(), Paragraph(heading, "bold $key"), GAP]
    if found is None:
        return [*blocks, Paragraph(why), GAP]
    return [*blocks, *(block for each in (found, *found.other_levels) for block in _level_blocks(each, screening))]


def _level_blocks(found: Counterfactual, screening: Screening) -> list[Block]:
    """The change sets that lead to one level."""
    blocks: list[Block] = []
    level = screening.levels[found.level].name
    lead = "It would be {level}, if one of these were so:" if len(found.change_sets) > 1 else "It would be {level}, if"
    blocks.append(Paragraph(lead.format(level=level), "bold"))
    for change_set in found.change_sets:
        for number, change in enumerate(change_set):
            words = f"and {change_words(change)}" if number else change_words(change)
            blocks.append(Paragraph(words, mark="  " if number else "· ", indent=2))
    blocks.append(GAP)
    if found.unlisted:
        more = plural(
            "There is {more} more way to {level} with as few different answers.",
            "There are {more} more ways to {level} with as few different answers.",
            found.unlisted,
        )
        blocks += [Paragraph(more.format(more=found.unlisted, level=level), "$muted"), GAP]
    if not found.complete:
        stopped = "There may be others: the search stopped here. That fewer answers would not do is certain."
        blocks += [Paragraph(stopped, "$muted"), GAP]
    return blocks


class WhatIfPage(TextPage, CallOverlay):
    """The smallest change sets in both directions. The search runs in a thread: it is exact, and may take long."""

    HINTS = (BACK, READ_ON, HELP)

    def __init__(self, work: CallState, assessment: Assessment) -> None:
        super().__init__(work)
        self._assessment = assessment
        self._nearest: Counterfactuals | None = None

    def on_mount(self) -> None:
        """Show what this page is for, and start the search."""
        self.show_title("What would change this")
        self.run_worker(self._look(), exclusive=True)

    async def _look(self) -> None:
        interview = self.work.interview
        self._nearest = await asyncio.to_thread(nearest, interview.screening, interview.answers)
        # The page may have been closed meanwhile.
        if self.is_attached and self.children:
            self.set_text()

    def blocks(self, width: int) -> Sequence[Block]:
        """What it is for and what it is not for, and what was found."""
        screening = self._assessment.screening
        purpose = (
            "This shows which answers carry the result, so that you can ask about those again. It is not for trying "
            "answers until a level fits."
        )
        blocks: list[Block] = [Paragraph(purpose, "bold"), GAP, Paragraph(level_words(self._assessment), "bold"), GAP]
        blocks += [
            Paragraph(
                (
                    "The fewest different answers that would lead to another level. This is exact: with fewer, the "
                    "level stays. An answer behind an alarm is never one of them."
                ),
                "$muted",
            ),
            GAP,
        ]
        if self._nearest is None:
            blocks += [Paragraph("Looking…", "bold"), GAP]
        else:
            blocks += what_if_blocks(self._nearest, screening)
        return blocks
