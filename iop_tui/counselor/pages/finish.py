"""The end of a call: finished, to call back, or left open; what is still to do; and the way to the note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.call.model import State
from iop_tui.call.work import open_questions, put_in
from iop_tui.counselor.danger import dangers
from iop_tui.counselor.messages import LeftDesk
from iop_tui.counselor.pages.export import ExportPage
from iop_tui.counselor.pages.over import OverCall
from iop_tui.screening.language import _
from iop_tui.site.model import Site
from iop_tui.site.protocol import steps_for
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.page import BACK, HELP, Head, KeyHint

if TYPE_CHECKING:
    from iop_tui.call.work import Work

_EXPORT, _LIST = "export", "list"
_STATES: tuple[State, ...] = ("finished", "call_back", "open")
_NAMED = 3
"""Questions that are named; of more only the number is told."""


def still_to_do(work: Work, site: Site) -> tuple[str, ...]:
    """What a counselor may want to do before finishing, most urgent first. Nothing of it is demanded."""
    call, said = work.call, []
    titles = work.interview.wording.pages
    for alarm in (danger.alarm for danger in dangers(work)):
        steps = steps_for(site, alarm.page, today=alarm.urgency == "today")
        done = {tick.step for tick in call.ticks if tick.alarm == alarm.id}
        left = [number for number, step in enumerate(steps, 1) if step not in done]
        if left:
            numbers = ", ".join(map(str, left))
            line = _("Steps that are not ticked: {numbers} (“{title}”)")
            said.append(line.format(numbers=numbers, title=titles[alarm.page].title))
    still_open = open_questions(work)
    if still_open:
        said.append(_("Questions without an answer: {count}.").format(count=len(still_open)))
        said += [_("“{ask}”").format(ask=question.ask) for question in still_open[:_NAMED]]
    if call.marked:
        said.append(_("Questions marked to come back to: {count}.").format(count=len(call.marked)))
    if call.unfit:
        said.append(_("Answers that no longer fit the questions: {count}.").format(count=len(call.unfit)))
    if call.judgment is None:
        said.append(_("No judgment of yours is recorded."))
    if not call.reference.strip():
        said.append(_("There is no caller reference to find this call again by."))
    return tuple(said)


class FinishPage(OverCall):
    """Finish, call back, keep open; export; or back to the call. Each state can be changed again."""

    HINTS = (BACK, KeyHint("1-5", _("Choose"), "nothing"), HELP)

    def body(self) -> ComposeResult:
        """How the call stands, what is still to do, the ways on."""
        with Vertical(classes="body", id="finish"):
            yield Prose(id="state", classes="gap")
            with VerticalScroll(id="to-do", can_focus=False):
                yield Prose(id="left")
            yield Choices()

    def on_mount(self) -> None:
        """What this page is, at the head."""
        self.query_one(Head).show(_("End of the call"))
        self._show()

    def show_work(self, work: Work) -> None:
        """How the call stands."""
        super().show_work(work)
        if self.query(Choices):
            self._show()

    def _show(self) -> None:
        work = self.work
        self.query_one("#state", Prose).show([Paragraph(_state_said()[work.call.state], "bold $key")])
        todo = still_to_do(work, self.counselor.site)
        blocks: list[Block] = [Paragraph(_("Still open, if there is time for it:"), "bold")] if todo else []
        blocks += [Paragraph(sentence, mark="· ") for sentence in todo]
        self.query_one("#left", Prose).show(blocks or [Paragraph(_("Nothing is left to do.")), GAP])
        choices = self.query_one(Choices)
        under = choices.highlighted_option
        choices.offer(self._choices(), at=under.id if under is not None else None)

    def _choices(self) -> Sequence[Choice]:
        words = {
            "finished": _("Finish this call"),
            "call_back": _("Keep it to call back"),
            "open": _("Leave it open"),
        }
        states = [
            Choice(state, words[state], str(number), mark="(*) " if state == self.work.call.state else "( ) ")
            for number, state in enumerate(_STATES, 1)
        ]
        return [
            *states,
            Choice(_EXPORT, _("Write the note or the data to a file"), "4", apart=True),
            Choice(_LIST, _("Back to the list of calls"), "5"),
        ]

    def choose(self, choice: str) -> None:
        """Put the call into a state, or go on from here."""
        if choice == _EXPORT:
            self.open(lambda: ExportPage(self.work))
        elif choice == _LIST:
            self.close(_leave(self))
        else:
            state: State = next(state for state in _STATES if state == choice)
            now = self.counselor.now()
            self.do(lambda work: put_in(work, state, now))


def _leave(page: FinishPage) -> Callable[[], object]:
    """Once the page is gone, the one under it asks for the list."""
    app = page.counselor

    def leave() -> None:
        under = app.screen
        under.post_message(LeftDesk(under))  # type: ignore[arg-type]  # what lies under an overlay is a page

    return leave


def _state_said() -> dict[State, str]:
    return {
        "open": _("This call is open."),
        "call_back": _("This call is kept to call back."),
        "finished": _("This call is finished. It can still be opened, read and changed."),
    }
