"""Another user deleted the open call; the counselor restores or discards it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.tui.base_screen import BACK, HELP, Overlay
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices

_LATER, _KEEP, _DROP = "later", "keep", "drop"


class CallDeletedPage(Overlay):
    """Continue the call for now, save it as a new one, or leave it deleted: the caller may have asked for that."""

    HINTS = (BACK, HELP)

    def __init__(self, why: str, *, keep: Callable[[], object], drop: Callable[[], object]) -> None:
        super().__init__()
        self._why = why
        self._ways: Mapping[str, Callable[[], object]] = {_KEEP: keep, _DROP: drop}

    def body(self) -> ComposeResult:
        """What happened, and the choices."""
        words = "{why} Your answers are still here. Was it deleted because the caller asked for it?"
        with Vertical(classes="body"):
            yield Prose([Paragraph(words.format(why=self._why), "bold")], classes="gap")
            yield Choices(
                [
                    Choice(_LATER, "Not now: back to the call", "1"),
                    Choice(_KEEP, "Save it again, as a new call", "2"),
                    Choice(_DROP, "Let it be deleted, and go back to the list", "3"),
                ],
                at=_LATER,
            )

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title("Deleted meanwhile")

    def choose(self, choice: str) -> None:
        """Back to the call, and then carry it out."""
        self.close(self._ways.get(choice))
