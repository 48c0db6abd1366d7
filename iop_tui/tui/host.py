"""What a page may ask of the app that shows it. Everything else goes to the app by message (`messages.py`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from textual.screen import Screen

if TYPE_CHECKING:
    from iop_tui.result.model import Result
    from iop_tui.screening.engine.interview import Interview
    from iop_tui.screening.model.definition import Screening
    from iop_tui.screening.model.field_types import Level
    from iop_tui.tui.base_screen import Page
    from iop_tui.tui.clock import Time
    from iop_tui.tui.footer import KeyHint

AnyPage = Screen[Any]
"""A page, for modules that pages import."""


class Host(Protocol):
    """The app as its pages see it. `Wizard` is one; mypy checks it in `app.py`."""

    OPTIONAL_HINTS: ClassVar[Sequence[Sequence[str]]]
    """Groups of actions whose hints are left out for want of room, in order."""
    time: Time
    """The clock behind the timers."""
    pace: float | None
    """In one-key use, the seconds for which each choice is offered."""

    @property
    def written(self) -> Screening:
        """The screening as it was written."""

    @property
    def screening(self) -> Screening:
        """The screening in the person's language."""

    @property
    def has_words(self) -> bool:
        """Whether there is a glossary to open."""

    @property
    def interview(self) -> Interview:
        """The person's interview."""

    def result(self) -> Result:
        """The result of the answers, in the person's language."""

    def marker_arrives(self) -> bool:
        """Whether the marker of a card that is shown now comes to its place, instead of standing there: true at most
        once for each person.
        """

    def keeps_up(self) -> bool:
        """Whether the terminal has taken all that was drawn."""

    def footer_hints(self, page: Page, hints: Sequence[KeyHint]) -> Sequence[KeyHint]:
        """The hints of the footer; the page asks for these."""

    def language_hint(self) -> KeyHint | None:
        """The key that changes the language; None if there is only one."""

    def change_language(self, page: AnyPage) -> None:
        """Change to the other language, or open the list of them."""

    def more_hints(self) -> Sequence[KeyHint]:
        """The keys of an interview's page that its footer has no room for."""

    def too_small_text(self) -> str:
        """The text of a window that is too small for a page."""

    # ---- overlays that several pages open ----

    def help_page(self) -> AnyPage:
        """Who to call."""

    def comparison_page(self, mine: Level | None = None) -> AnyPage:
        """The comparison of the levels of care, with the person's own highlighted, if there is one."""

    def glossary_page(self, texts: Sequence[str], clicked: str | None = None) -> AnyPage:
        """The glossary."""

    def display_page(self) -> AnyPage:
        """Colours and one-key use."""

    def save_page(self, result: Result) -> AnyPage:
        """The page to save the result."""

    def leave_page(self) -> AnyPage:
        """Leave, and erase everything?"""

    def start_over_page(self, then: Callable[[], object]) -> AnyPage:
        """Erase everything, and begin again?"""
