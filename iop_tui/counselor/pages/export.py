"""Exporting a call to a file, as a note or as data: the only way in which data of it leaves the records."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.counselor.messages import FileWritten
from iop_tui.counselor.pages.call_overlay import CallOverlay
from iop_tui.export import formats
from iop_tui.platform.private_file import CannotSave
from iop_tui.records.errors import RecordsError
from iop_tui.tui.base_screen import BACK, HELP, KeyHint
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.fields import Line

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState
    from iop_tui.export.formats import Format


class ExportPage(CallOverlay):
    """The file name, and a format by its digit. Each export leaves an entry in the audit."""

    HINTS = (BACK, KeyHint("Tab", "Change the file name", "rename"), HELP)

    def __init__(self, work: CallState) -> None:
        super().__init__(work)
        self._busy = False

    def body(self) -> ComposeResult:
        """What a file means, its name, the formats, and room for the outcome."""
        with Vertical(classes="body", id="export"):
            yield Prose(
                [
                    Paragraph("The file is not encrypted. Only you can read it on this computer.", "bold"),
                    Paragraph("Put it where it belongs, then delete it here.", "$muted"),
                ],
                classes="gap",
            )
            yield Prose([Paragraph("File (the ending is added)", "$muted")])
            yield Line(str(self._proposed()), id="path")
            yield Choices(
                [Choice(known.id, known.label, str(number)) for number, known in enumerate(formats.FORMATS, 1)],
                at=formats.FORMATS[0].id,
            )
            yield Prose(id="came")

    def on_mount(self) -> None:
        """What this page is, at the head."""
        self.show_title("Write to a file")

    def _proposed(self) -> Path:
        """A name that reveals nothing about the caller."""
        day = self.work.call.began.astimezone().date().isoformat()
        path = Path(f"call-{day}-{self.work.call.id[:8]}")
        with contextlib.suppress(OSError):
            path = path.absolute()
        return path

    @property
    def _typing(self) -> bool:
        return self.focused is self.query_one("#path", Line)

    def pressed(self, character: str) -> bool:
        """While the name is typed, digits belong to it."""
        return False if self._typing else super().pressed(character)

    def field_key(self, key: str) -> bool:
        """Tab, Enter, Down and Escape leave the name."""
        leaves = key in ("tab", "shift+tab", "enter", "down", "escape")
        if leaves:
            self.action_rename()
        return leaves

    def on_key(self, event: events.Key) -> None:
        """Tab goes to the name."""
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            self.action_rename()

    def action_rename(self) -> None:
        """To the name and back."""
        name = self.query_one("#path", Line)
        self.set_focus(self.query_one(Choices) if self._typing else name)
        name.cursor_position = len(name.value)

    def choose(self, choice: str) -> None:
        """Write it in this format."""
        typed = self.query_one("#path", Line).value
        if not self._busy:
            self._busy = True
            self._say("Writing…")
            self.run_worker(self._write(formats.format_of(choice), typed))

    async def _write(self, chosen: Format, typed: str) -> None:
        try:
            work, version = await self.host.as_saved()
            path = await asyncio.to_thread(self._write_out, work, version, chosen, typed)
            self.post_message(FileWritten(work.call.id, path))
            self._say(f"Written: {path}")
        except (CannotSave, RecordsError) as failure:
            self._say(str(failure))
        except ImportError:
            self._say("This needs a package that is not installed: pip install 'iop-tui[counselor]'")
        finally:
            self._busy = False

    def _write_out(self, work: CallState, version: int, chosen: Format, typed: str) -> Path:
        """In a thread. The audit gets an entry before and one after it: nothing leaves without an entry, and a failed
        export is not called exported.
        """
        from iop_tui.export.call_report import report_on
        from iop_tui.export.files import write

        records, call_id = self.host.records, work.call.id
        data = chosen.rendered(report_on(work, self.host.site))
        name = typed.strip()
        if not name.endswith(chosen.ending):
            name = name.removesuffix("/") + chosen.ending if name else name
        records.exporting(call_id, chosen.id, version)
        return write(name, data, lambda: records.exported(call_id, chosen.id, version))

    def _say(self, said: str) -> None:
        self.query_one("#came", Prose).show([Paragraph(said, "bold $key")])
