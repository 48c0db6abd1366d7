"""The explanation of the result: every rule that fired, its source, the answers behind it, and what stayed open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from iop_tui.counselor.pages.call_overlay import CallOverlay
from iop_tui.review.sentences import review_lines
from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.assessment.assess import Assessment, RelevantQuestion
from iop_tui.screening.english import counted
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.tui.base_screen import BACK, HELP, READ_ON, KeyHint
from iop_tui.tui.blocks import GAP, Block, Paragraph, Rule
from iop_tui.tui.text_screen import TextPage

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState


def level_words(result: Assessment) -> str:
    """The level so far as a sentence, with what it could still become."""
    screening = result.screening
    if result.level is None:
        return "No level: an active alarm comes before everything else."
    said = f"So far: {screening.levels[result.level].name}."
    if len(result.could_be) > 1:
        highest = screening.levels[result.could_be[-1]].name
        said += " " + f"With what is open it could be up to {highest}."
    return said


def result_blocks(result: Assessment) -> list[Block]:
    """The whole result, for a professional."""
    blocks: list[Block] = [Paragraph(level_words(result), "bold $key"), GAP]
    if result.alarms:
        blocks += _heading("Active alarms")
    for raised in result.alarms:
        alarm = raised.alarm
        when = "now" if alarm.urgency == "now" else "today"
        blocks += _rule(result.screening, alarm.id, when, alarm.because, alarm.source, raised.answers)
    blocks += _heading("Rules that fired")
    if not result.reasons:
        blocks += [Paragraph("None. No answer asks for more than the least level."), GAP]
    for reason in result.reasons:
        need = reason.need
        least = _at_least(result.screening, need.at_least, need.first)
        blocks += _rule(result.screening, need.id, least, need.because, need.source, reason.answers)
    blocks += _open(result)
    if result.fits:
        blocks += _heading("What would make it work (never changes the level)")
    for fitting in result.fits:
        fit = fitting.fit
        blocks += _rule(result.screening, fit.id, fit.suggests, fit.because, fit.source or "", fitting.answers)
    manifest = result.screening.manifest
    version = f"Screening {manifest.id}, version {manifest.version}, {result.screening.sha256}"
    blocks += [Rule(), Paragraph(version, "$muted"), Paragraph(manifest.disclaimer.closing, "bold")]
    return [*blocks, *(Paragraph(said) for said in review_lines(result.screening)), GAP]


def _at_least(screening: Screening, level: Level | None, first: Sequence[str]) -> str:
    said = [f"at least {screening.levels[level].name}"] if level else []
    said += [f"first: {screening.first_steps[step].title}" for step in first]
    return "; ".join(said)


def _rule(
    screening: Screening, rule_id: str, what: str, because: str, source: str, answers: Mapping[str, Answer]
) -> list[Block]:
    blocks: list[Block] = [Paragraph(f"{rule_id} — {what}", "bold"), Paragraph(because, indent=2)]
    for name, answer in answers.items():
        question = screening.question(name)
        said = f"“{answer_text(question, answer)}” to “{question.ask}”"
        blocks.append(Paragraph(said, "$muted", mark="· ", indent=2))
    if source:
        blocks.append(Paragraph(f"Source: {source}", "$muted", indent=2))
    return [*blocks, GAP]


def _open(result: Assessment) -> list[Block]:
    blocks = _heading("What stayed unknown, and what it could change")
    if result.level is None:
        said = "Not worked out while an active alarm comes before everything else."
        return [*blocks, Paragraph(said), GAP]
    if not result.unknown:
        blocks.append(Paragraph("Nothing that is open could change the level or raise an alarm."))
    for matter in result.unknown:
        blocks.append(Paragraph(matter.question.ask, mark="· "))
        blocks.append(Paragraph(_matter(result.screening, matter), "$muted", indent=2))
    return [*blocks, GAP]


def _matter(screening: Screening, matter: RelevantQuestion) -> str:
    said = []
    if matter.could_change:
        names = ", ".join(screening.levels[level].short for level in matter.could_change)
        said.append(f"Could lead to: {names}.")
    for alarm in matter.could_alarm:
        sure = alarm in matter.would_alarm
        word = "Could raise the alarm {id}." if sure else "Could raise the alarm {id}, with other answers."
        said.append(word.format(id=alarm.id))
    return " ".join(said)


def _heading(text: str) -> list[Block]:
    return [Rule(), Paragraph(text, "bold $key"), GAP]


class ExplanationPage(TextPage, CallOverlay):
    """The result with all its rules. It scrolls."""

    HINTS = (
        BACK,
        READ_ON,
        KeyHint("PgDn", "A page further", "read_on"),
        HELP,
    )

    def __init__(self, work: CallState, assessment: Assessment) -> None:
        super().__init__(work)
        self._assessment = assessment

    def on_mount(self) -> None:
        """What this page is, at the head."""
        fired = len(self._assessment.reasons) + len(self._assessment.alarms)
        self.show_title("The result, rule by rule", f"{counted(fired, 'rule')} fired")

    def blocks(self, width: int) -> Sequence[Block]:
        """The result."""
        return result_blocks(self._assessment)
