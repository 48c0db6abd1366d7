"""The counselor's own judgment, recorded beside the program's result and never in place of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.call.operations import judged
from iop_tui.call.record import Judgment
from iop_tui.counselor.pages.call_overlay import CallOverlay
from iop_tui.counselor.pages.explanation import level_words
from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.english import counted
from iop_tui.tui.base_screen import BACK, HELP, KeyHint
from iop_tui.tui.blocks import Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.fields import Area

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState

_AGREE, _NONE = "agree", "none"
_LAST = 3
"""How many earlier judgments are shown; the record has all of them."""
_CHOOSE = KeyHint("1-5", "Choose", "nothing")


class JudgmentPage(CallOverlay):
    """Agree, another level, or none of them; the reason; Enter records it. A disagreement needs a reason."""

    HINTS = (
        BACK,
        _CHOOSE,
        KeyHint("Tab", "Choices or reason", "other", "Reason"),
        KeyHint("Enter", "Record it", "record"),
        HELP,
    )

    def __init__(self, work: CallState, assessment: Assessment) -> None:
        super().__init__(work)
        self._assessment = assessment
        self._chosen = ""
        """`agree`, `none`, or the id of a level."""

    def _hints(self) -> Sequence[KeyHint]:
        """One digit for each choice."""
        last = self._choices()[-1].key
        return [replace(hint, key=f"1-{last}") if hint is _CHOOSE else hint for hint in super()._hints()]

    def body(self) -> ComposeResult:
        """The program's result, the judgments so far, the choices, the reason, and what is missing."""
        with Vertical(classes="body", id="judgment"):
            yield Prose(id="so-far", classes="gap")
            yield Choices()
            yield Prose([Paragraph("Why (Enter records it)", "$muted")], classes="before")
            yield Area(id="reason")
            yield Prose(id="missing")

    def on_mount(self) -> None:
        """What this page is, at the head."""
        self.show_title("Your judgment")
        self._show()
        self._offer()

    def show_work(self, work: CallState) -> None:
        """The judgments so far."""
        super().show_work(work)
        if self.query(Area):
            self._show()

    def _show(self) -> None:
        work = self.work
        blocks: list[Block] = [Paragraph("The program. " + level_words(self._assessment), "bold")]
        past = list(reversed(work.call.judgments))
        for number, judgment in enumerate(past[:_LAST]):
            lead = "Recorded last: " if number == 0 else "Before: "
            blocks.append(Paragraph(lead + self._said(judgment), "$muted"))
        if len(past) > _LAST:
            older = counted(len(past) - _LAST, "older one")
            blocks.append(Paragraph(f"{older}.", "$muted"))
        if not past:
            blocks.append(Paragraph("Yours is recorded beside it, and does not change it.", "$muted"))
        self.query_one("#so-far", Prose).show(blocks)

    def _said(self, judgment: Judgment) -> str:
        levels = self._assessment.screening.levels
        # A record may name a level that the screening no longer has.
        name = judgment.level or "no level"
        level = levels[name].name if name in levels else name
        what = "the program's level fits ({level})" if judgment.agrees else "{level} fits better"
        if not judgment.agrees and judgment.level is None:
            what = "none of the levels"
        at = judgment.at.astimezone().strftime("%Y-%m-%d %H:%M")
        said = f"{judgment.by}, {at}: {what.format(level=level)}."
        return f"{said} {' '.join(judgment.reason.split())}".rstrip()

    def _offer(self) -> None:
        choices = self.query_one(Choices)
        under = choices.highlighted_option
        choices.offer(self._choices(), at=under.id if under is not None else None)

    def _choices(self) -> Sequence[Choice]:
        result = self._assessment
        levels = result.screening.levels
        agree = (
            f"The program's level fits: {levels[result.level].name}"
            if result.level
            else "The program's answer fits: help now"
        )
        others = [level for level in levels if level != result.level]
        none = "None of these (say why)"
        return [
            Choice(_AGREE, agree, "1", mark=self._mark(_AGREE)),
            *(
                Choice(
                    level,
                    f"Another level fits better: {levels[level].name}",
                    str(number),
                    mark=self._mark(level),
                )
                for number, level in enumerate(others, 2)
            ),
            Choice(_NONE, none, str(len(others) + 2), mark=self._mark(_NONE)),
        ]

    def _mark(self, choice: str) -> str:
        return "(*) " if choice == self._chosen else "( ) "

    # ---- what is done ----

    def pressed(self, character: str) -> bool:
        """While the reason is typed, every character belongs to it, even one that was sent to the choices."""
        area = self.query_one(Area)
        return area.take(character, character) if self.focused is area else super().pressed(character)

    def choose(self, choice: str) -> None:
        """Mark it, and go to the reason."""
        self._chosen = choice
        self._offer()
        self._say("")
        self.set_focus(self.query_one(Area))

    def field_key(self, key: str) -> bool:
        """Enter records; Tab and Escape leave the reason."""
        if key == "enter":
            self.action_record()
        elif key in ("tab", "shift+tab", "escape"):
            self.set_focus(self.query_one(Choices))
        return key in ("enter", "tab", "shift+tab", "escape")

    def on_key(self, event: events.Key) -> None:
        """Tab goes to the reason; Enter right after a choice belongs to the reason already."""
        in_reason = self.focused is self.query_one(Area)
        if event.key in ("tab", "shift+tab") or (in_reason and event.key == "enter"):
            event.stop()
            event.prevent_default()
            self.action_record() if in_reason else self.action_other()

    def action_other(self) -> None:
        """From the choices to the reason, and back."""
        area = self.query_one(Area)
        self.set_focus(self.query_one(Choices) if self.focused is area else area)

    def action_record(self) -> None:
        """Record it, if nothing is missing, and go back."""
        reason = self.query_one(Area).text.strip()
        if not self._chosen:
            self._say("Choose first: does the program's level fit, or which one fits better?")
            self.set_focus(self.query_one(Choices))
            return
        agrees = self._chosen == _AGREE
        if not agrees and not reason:
            self._say("This needs a reason: whoever reads the record must be able to follow it.")
            self.set_focus(self.query_one(Area))
            return
        level = None if self._chosen == _NONE else self._chosen if not agrees else self._assessment.level
        judgment = Judgment(agrees, self.host.now(), self.host.by, level, reason)
        self.do(lambda work: judged(work, judgment))
        self.close()

    def _say(self, said: str) -> None:
        self.query_one("#missing", Prose).show([Paragraph(said, "bold $key")] if said else [])
