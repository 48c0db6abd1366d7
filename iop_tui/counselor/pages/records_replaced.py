"""The records at the address are no longer the open ones; the counselor decides with which to continue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.records.errors import Replaced
from iop_tui.tui.base_screen import BACK, HELP, Overlay
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices

if TYPE_CHECKING:
    from iop_tui.records.reopening import Reopened

_LATER, _THERE, _NEW, _LEAVE = "later", "there", "new", "leave"


class RecordsReplacedPage(Overlay):
    """Continue with the records found at the address, or with the open ones in a new file. `path` is the file, None for
    a server; `leave` is offered if the counselor was leaving.
    """

    HINTS = (BACK, HELP)

    def __init__(
        self,
        why: Replaced,
        *,
        path: Path | None,
        is_there: bool,
        with_those_there: Callable[[], object],
        in_new_file: Callable[[], object],
        leave: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._why, self._path, self._is_there = why, path, is_there
        self._ways: Mapping[str, Callable[[], object] | None] = {
            _THERE: with_those_there,
            _NEW: in_new_file,
            _LEAVE: leave,
        }

    def body(self) -> ComposeResult:
        """What happened, and the ways on."""
        kept = "What is on the screen is still here, and nothing more is saved until you choose."
        with Vertical(classes="body"):
            yield Prose([Paragraph(str(self._why), "bold"), Paragraph(kept)], classes="gap")
            yield Choices(self._choices(), at=_LATER)

    def _choices(self) -> list[Choice]:
        ways = [(_LATER, "Not now: back to where I was")]
        if self._is_there:
            ways.append((_THERE, self._there()))
        if self._path is not None and not self._is_there:
            words = "Put them back: write all that was open here to {path}"
            ways.append((_NEW, words.format(path=self._path)))
        elif self._path is not None and self._why.kind != "older":
            ways.append((_NEW, "Go on in a new file beside it, with all that was open here"))
        if self._ways[_LEAVE] is not None:
            ways.append((_LEAVE, "Leave, and lose what is not saved"))
        return [Choice(way, words, str(number)) for number, (way, words) in enumerate(ways, 1)]

    def _there(self) -> str:
        if self._why.kind == "older":
            return "Go on with the records as they are now, and save what is on the screen into them"
        return "Go on with those that are there now; what was open here is kept in a file beside"

    def on_mount(self) -> None:
        """What happened, at the head."""
        self.show_title("The records are not where they were")

    def choose(self, choice: str) -> None:
        """Go back, and then carry it out."""
        self.close(self._ways.get(choice))


class RecordsSwitchedPage(Overlay):
    """Which records are used now, and where the others are. `then` runs once it was read."""

    HINTS = (BACK, HELP)

    def __init__(self, found: Reopened, path: Path | None, then: Callable[[], object]) -> None:
        super().__init__()
        self._found, self._path, self._then = found, path, then

    def body(self) -> ComposeResult:
        """The sentences, and back."""
        with Vertical(classes="body"):
            yield Prose([Paragraph(said) for said in gone_on(self._found, self._path)], classes="gap")
            yield Choices([Choice(_LATER, "Go on", "1")])

    def on_mount(self) -> None:
        """What this page is, at the head."""
        self.show_title("It goes on")

    def choose(self, choice: str) -> None:
        """It was read."""
        self.action_back()

    def action_back(self) -> None:
        """It was read."""
        self.close(self._then)


def gone_on(found: Reopened, before: Path | None) -> list[str]:
    """Which records are used now, and where the others are, as sentences."""
    said = []
    if found.failed is not None:
        said.append(f"Those that are there cannot be used. {found.failed}")
    path = found.records.path
    if path is not None and path != before:
        said.append(f"It goes on in a new file, with all that was open here: {path}")
        said.append(f"Begin with it the next time: iop-tui counselor --records {path}")
    elif found.copy == path:
        said.append(f"All that was open here is back at {path}")
    else:
        said.append("It goes on with the records that are there now.")
    if found.copy is not None and found.copy != path:
        kept = "What was open before is kept, encrypted, under the same passphrase: {path}"
        said.append(kept.format(path=found.copy))
    return said
