"""What the counselor's pages may ask of their app, besides what every page asks (`tui/host.py`). Everything else goes
to it by message (`messages.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from iop_tui.tui.base_screen import Page
from iop_tui.tui.host import Host as AnyHost

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState
    from iop_tui.counselor.alarms import Subject
    from iop_tui.counselor.autosave import SaveState
    from iop_tui.forms.model.places import Place
    from iop_tui.records.store import Records
    from iop_tui.screening.assessment.assess import Assessment
    from iop_tui.site.form_shelf import FormShelf
    from iop_tui.site.settings import Site


class Host(AnyHost, Protocol):
    """The counselor's app as its pages see it. mypy checks it in `app.py`."""

    by: str
    """The counselor's name, as the records have it."""
    site: Site
    form_shelf: FormShelf
    """The forms that the site file names."""
    form_drafts: dict[tuple[str, str], dict[Place, str]]
    """What was typed in a form and not answered yet, by call and the form's hash."""

    def now(self) -> datetime:
        """The current time in UTC."""

    @property
    def records(self) -> Records:
        """The open records."""

    @property
    def assessment(self) -> Assessment:
        """The full result of the call on the desk."""

    @property
    def save_state(self) -> SaveState:
        """Whether the call on the desk is in the records."""

    async def as_saved(self) -> tuple[CallState, int]:
        """The saved call on the desk and its version. Raises RecordsError if it could not be saved."""

    def files_written(self, call_id: str) -> Sequence[Path]:
        """The files that a call was exported to since the program started."""

    def change_call(self, change: Callable[[CallState], CallState]) -> None:
        """Change the call before this returns. The desk needs that: the next key may already wait, and belongs to the
        question that this change leads to. Other pages post `CallChanged`.
        """

    def show_protocol(self, about: Subject) -> None:
        """Show the protocol of an alarm, or of a declined safety question, over everything."""

    def action_protocol(self) -> None:
        """Show the protocol of the most urgent alarm."""

    def to_form_answer(self) -> None:
        """Go to the answer in a form that raised an alarm last, or to the list of forms."""


class CounselorPage(Page):
    """A page of the counselor's app."""

    @property
    def host(self) -> Host:
        """What the page may ask of the app."""
        return cast("Host", self.app)
