"""Two users changed the same call: both versions are shown, and the counselor chooses one or keeps both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.call.record import Call
from iop_tui.counselor.call_diff import differences
from iop_tui.counselor.messages import ConflictResolved
from iop_tui.records.stored import Stored
from iop_tui.tui.base_screen import HELP, KeyHint, Overlay
from iop_tui.tui.blocks import GAP, Block, Columns, Paragraph, Prose, Rule
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.text_screen import Scroll

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState

_BOTH, _MINE, _THEIRS = "both", "mine", "theirs"
_SIDES = 76
"""Columns of text from which the two are side by side."""
_LABEL = 26


class ConflictPage(Overlay):
    """Each difference, mine and theirs; the first choice keeps both, and is under the cursor."""

    HINTS = (
        KeyHint("1-3", "Choose", "nothing"),
        KeyHint("PgDn", "Read on", "read_on", scrolls=True),
        HELP,
    )

    def __init__(self, mine: CallState | Call, theirs: Stored) -> None:
        super().__init__()
        self._mine = mine if isinstance(mine, Call) else mine.call
        self._theirs = theirs

    def body(self) -> ComposeResult:
        """Who changed it, the differences, the choices."""
        at = self._theirs.saved.astimezone().strftime("%H:%M")
        said = "{by} saved this call at {at}, while you had it open. Yours is not saved yet."
        with Vertical(classes="body broad", id="conflict"):
            yield Prose([Paragraph(said.format(by=self._theirs.by, at=at), "bold")], classes="gap")
            yield Prose(id="sides-head")
            with Scroll(id="differences", can_focus=False):
                yield Prose(id="text")
            yield Choices(
                [
                    Choice(_BOTH, "Keep both: mine becomes a new call beside theirs", "1"),
                    Choice(_MINE, "Keep mine in place of theirs: what only they have is lost", "2"),
                    Choice(_THEIRS, "Take theirs: what only I have is lost", "3"),
                ],
                at=_BOTH,
            )

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title("Two people changed this call")
        self._show()

    def on_resize(self) -> None:
        """Side by side or one below the other, depending on the width."""
        if self.query(Choices):
            self._show()

    def _show(self) -> None:
        width = min(self.app.size.width, 104 if self.app.size.width >= 100 else 80) - 5
        broad = width >= _SIDES
        found = differences(self._mine, self._theirs.call, self.host.screening)
        head: Sequence[Block] = []
        if broad and found:
            cells = (("", ""), ("Mine", "bold $key"), ("Theirs", "bold $key"))
            head = [Columns(cells, label=_LABEL), Rule()]
        self.query_one("#sides-head", Prose).show(head)
        blocks: list[Block] = []
        for each in found:
            mine, theirs = each.mine or "—", each.theirs or "—"
            if broad:
                blocks.append(Columns(((each.what, "$muted"), (mine, ""), (theirs, "")), label=_LABEL))
            else:
                blocks += [Paragraph(each.what, "$muted"), Paragraph(mine, mark="mine: ", indent=2)]
                blocks.append(Paragraph(theirs, mark="theirs: ", indent=2))
            blocks.append(GAP)
        nothing = "The two do not differ in anything that you put in, only in the time on the line."
        self.query_one("#text", Prose).show(blocks or [Paragraph(nothing)])

    def choose(self, choice: str) -> None:
        """Resolve the conflict."""
        if choice == _MINE:
            self.post_message(ConflictResolved(self, "mine"))
        elif choice == _THEIRS:
            self.post_message(ConflictResolved(self, "theirs"))
        else:
            self.post_message(ConflictResolved(self, "both"))

    def action_back(self) -> None:
        """No way back without a choice: later changes could not be saved."""
        self.app.bell()

    def action_read_on(self) -> None:
        """A page further down."""
        self.query_one("#differences", Scroll).scroll_page_down(animate=False)
