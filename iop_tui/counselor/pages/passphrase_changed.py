"""Another user changed the passphrase of the open records; the counselor types the new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from iop_tui.counselor.pages.passphrase import PassphrasePage
from iop_tui.tui.base_screen import KeyHint, Overlay
from iop_tui.tui.blocks import GAP, Block, Paragraph
from iop_tui.tui.confirm import ConfirmPage

if TYPE_CHECKING:
    from iop_tui.records.store import Records


class PassphraseChangedPage(PassphrasePage, Overlay):
    """Opens the records again, then runs `then`. The call can go on without it: a caller should not wait."""

    HINTS: ClassVar[Sequence[KeyHint]] = (
        KeyHint("Enter", "Open", "try"),
        KeyHint("Esc", "Not now", "back"),
        KeyHint("Ctrl+C", "Leave", "leave"),
    )

    def __init__(self, open_records: Callable[[str], Records], then: Callable[[], object]) -> None:
        super().__init__(open_records, is_new=False)
        self.then = then

    def words(self) -> list[Block]:
        """Why it is asked for, and that nothing is lost."""
        return [
            Paragraph("Somebody changed the passphrase of the records. Type the new one, then press Enter.", "bold"),
            GAP,
            Paragraph("What is on the screen is not lost. It is saved as soon as the records are open again."),
        ]

    def action_help(self) -> None:
        """Letters are typed here."""


class LeaveUnsavedPage(ConfirmPage):
    """Leave without the new passphrase? The default choice is to type it."""

    def __init__(self, why: str, *, unlock: Callable[[], object], leave: Callable[[], object]) -> None:
        words = f"The last of this call is not saved. {why}"
        stay, go = "Type the new passphrase", "Leave, and lose what is not saved"
        super().__init__("Not saved", words, stay=stay, go=go, then=leave)
        self._leave, self._unlock = leave, unlock

    def choose(self, choice: str) -> None:
        """Carry out the choice; Escape stays, and does neither."""
        self.close(self._leave if choice == "yes" else self._unlock)
