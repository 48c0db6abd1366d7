"""The result for the professional: every rule that fired, its source, the answers behind it, and what stayed open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from iop_tui.counselor.pages.over import OverCall
from iop_tui.screening.answers import Answer
from iop_tui.screening.assess import Assessment, Matter
from iop_tui.screening.english import counted
from iop_tui.screening.kinds import Level
from iop_tui.screening.language import _
from iop_tui.screening.model import Screening
from iop_tui.screening.summary import answer_text
from iop_tui.tui.blocks import GAP, Block, Paragraph, Rule
from iop_tui.tui.page import BACK, HELP, READ_ON, Head, KeyHint
from iop_tui.tui.reading import ReadingPage

if TYPE_CHECKING:
    from iop_tui.call.work import Work


def level_words(result: Assessment) -> str:
    """The level so far as a sentence, with what it could still become."""
    screening = result.screening
    if result.level is None:
        return _("No level: an alarm stands that comes before everything else.")
    said = _("So far: {level}.").format(level=screening.levels[result.level].name)
    if len(result.could_be) > 1:
        highest = screening.levels[result.could_be[-1]].name
        said += " " + _("With what is open it could be up to {level}.").format(level=highest)
    return said


def result_blocks(result: Assessment) -> list[Block]:
    """The whole result, for a professional."""
    blocks: list[Block] = [Paragraph(level_words(result), "bold $key"), GAP]
    if result.alarms:
        blocks += _heading(_("Alarms that stand"))
    for raised in result.alarms:
        alarm = raised.alarm
        when = _("now") if alarm.urgency == "now" else _("today")
        blocks += _rule(result.screening, alarm.id, when, alarm.because, alarm.source, raised.answers)
    blocks += _heading(_("Rules that fired"))
    if not result.reasons:
        blocks += [Paragraph(_("None. No answer asks for more than the least level.")), GAP]
    for reason in result.reasons:
        need = reason.need
        least = _at_least(result.screening, need.at_least, need.first)
        blocks += _rule(result.screening, need.id, least, need.because, need.source, reason.answers)
    blocks += _open(result)
    if result.fits:
        blocks += _heading(_("What would make it work (never changes the level)"))
    for fitting in result.fits:
        fit = fitting.fit
        blocks += _rule(result.screening, fit.id, fit.suggests, fit.because, fit.source or "", fitting.answers)
    manifest = result.screening.manifest
    version = _("Screening {id}, version {version}, {sha}").format(
        id=manifest.id, version=manifest.version, sha=result.screening.sha256
    )
    return [*blocks, Rule(), Paragraph(version, "$muted"), Paragraph(manifest.disclaimer.closing, "bold"), GAP]


def _at_least(screening: Screening, level: Level | None, first: Sequence[str]) -> str:
    said = [_("at least {level}").format(level=screening.levels[level].name)] if level else []
    said += [_("first: {step}").format(step=screening.first_steps[step].title) for step in first]
    return "; ".join(said)


def _rule(
    screening: Screening, rule_id: str, what: str, because: str, source: str, answers: Mapping[str, Answer]
) -> list[Block]:
    blocks: list[Block] = [Paragraph(f"{rule_id} — {what}", "bold"), Paragraph(because, indent=2)]
    for name, answer in answers.items():
        question = screening.question(name)
        said = _("“{answer}” to “{ask}”").format(ask=question.ask, answer=answer_text(question, answer))
        blocks.append(Paragraph(said, "$muted", mark="· ", indent=2))
    if source:
        blocks.append(Paragraph(_("Source: {source}").format(source=source), "$muted", indent=2))
    return [*blocks, GAP]


def _open(result: Assessment) -> list[Block]:
    blocks = _heading(_("What stayed unknown, and what it could change"))
    if result.level is None:
        said = _("Not worked out while an alarm stands that comes before everything else.")
        return [*blocks, Paragraph(said), GAP]
    if not result.unknown:
        blocks.append(Paragraph(_("Nothing that is open could change the level or raise an alarm.")))
    for matter in result.unknown:
        blocks.append(Paragraph(matter.question.ask, mark="· "))
        blocks.append(Paragraph(_matter(result.screening, matter), "$muted", indent=2))
    return [*blocks, GAP]


def _matter(screening: Screening, matter: Matter) -> str:
    said = []
    if matter.could_change:
        names = ", ".join(screening.levels[level].short for level in matter.could_change)
        said.append(_("Could lead to: {levels}.").format(levels=names))
    for alarm in matter.could_alarm:
        sure = alarm in matter.would_alarm
        word = _("Could raise the alarm {id}.") if sure else _("Could raise the alarm {id}, with other answers.")
        said.append(word.format(id=alarm.id))
    return " ".join(said)


def _heading(text: str) -> list[Block]:
    return [Rule(), Paragraph(text, "bold $key"), GAP]


class ReasonsPage(ReadingPage, OverCall):
    """The result with all its rules. It scrolls."""

    HINTS = (
        BACK,
        READ_ON,
        KeyHint("PgDn", _("A page further"), "read_on"),
        HELP,
    )

    def __init__(self, work: Work, assessment: Assessment) -> None:
        super().__init__(work)
        self._assessment = assessment

    def on_mount(self) -> None:
        """What this page is, at the head."""
        fired = len(self._assessment.reasons) + len(self._assessment.alarms)
        self.query_one(Head).show(_("The result, rule by rule"), f"{counted(fired, 'rule')} fired")
        self.set_text()

    def blocks(self, width: int) -> Sequence[Block]:
        """The result."""
        return result_blocks(self._assessment)
