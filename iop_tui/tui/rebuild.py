"""Rebuilds the screen stack after a live reload or a language change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct
from textual.screen import Screen
from textual.widget import Widget

from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, NotAnswered, ShowingResult
from iop_tui.tui.base_screen import Overlay, Page
from iop_tui.tui.choices import Choices
from iop_tui.tui.crisis import CrisisPage
from iop_tui.tui.notice import NoticePage
from iop_tui.tui.question import QuestionPage
from iop_tui.tui.result import ResultPage
from iop_tui.tui.welcome import WelcomePage

if TYPE_CHECKING:
    from iop_tui.tui.host import AnyPage


class Stage(Protocol):
    """An app whose pages can be rebuilt."""

    @property
    def screen(self) -> Screen[Any]:
        """The page on top."""

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """All pages, overlays last."""

    @property
    def has_begun(self) -> bool:
        """Whether an interview was begun."""

    @property
    def interview(self) -> Interview:
        """The person's interview."""

    def batch_update(self) -> AbstractContextManager[None]:
        """A context in which nothing is painted."""

    def push_screen(self, screen: Screen[Any]) -> Awaitable[object]:
        """Open a page over the others."""

    def pop_screen(self) -> Awaitable[object]:
        """Close the page on top."""

    def welcome_page(self) -> AnyPage:
        """The welcome page."""

    def result_page(self) -> ResultPage:
        """The result of the answers."""

    async def stage(self, page: Screen[None]) -> None:
        """Replace the page on the stage."""

    async def follow(self, interview: Interview) -> None:
        """Show the page of the interview's step."""


_SCROLLS = "VerticalScroll, Choices"
"""The widgets that keep their scroll position."""
Follow = Callable[[Interview], Awaitable[None]]


async def show_again(
    app: Stage, change: Callable[[], None], follow: Follow | None = None, *, without: tuple[type[Page], ...] = ()
) -> None:
    """Change the source of the pages, and rebuild them at the same place; a new alarm shows its crisis page. Overlays
    without a purpose are closed, and so are pages `without`. `follow` shows a step in the app's place.
    """
    pages = [page for page in app.screen_stack if isinstance(page, Page) and not isinstance(page, without)]
    stage = next((page for page in pages if not isinstance(page, Overlay)), None)
    overlays = [page for page in pages if isinstance(page, Overlay)]
    places = _places(pages[-1]) if pages else ()
    shown = danger(app) if isinstance(stage, CrisisPage) else None
    change()
    with app.batch_update():
        await _stage_again(app, stage, follow or app.follow)
        # A crisis page comes first: if it is new, nothing covers it.
        for overlay in overlays if danger(app) in (None, shown) else ():
            again = overlay.again()
            if again is None:
                break
            await app.push_screen(again)
    if pages and type(app.screen) is type(pages[-1]):
        app.screen.call_after_refresh(_put_back, app.screen, places)


def danger(app: Stage) -> str | None:
    """The id of the alarm or safety question that the present step is about; None if it is not a crisis step."""
    step = app.interview.step if app.has_begun else None
    if isinstance(step, Alarmed):
        return step.alarm.id
    return step.question.id if isinstance(step, NotAnswered) else None


class _Seen(Struct, frozen=True):
    """The position of a part of a page: scrolled down by so many lines, with the cursor on that line, if it has one."""

    y: float
    at: str | None


def _places(page: Screen[None]) -> list[_Seen]:
    return [_Seen(part.scroll_y, _at(part)) for part in page.query(_SCROLLS)]


def _at(part: Widget) -> str | None:
    under = part.highlighted_option if isinstance(part, Choices) else None
    return under.id if under is not None else None


def _put_back(page: Screen[None], places: Sequence[_Seen]) -> None:
    for part, seen in zip(page.query(_SCROLLS), places, strict=False):
        if isinstance(part, Choices) and seen.at in [choice.id for choice in part.offered]:
            part.highlighted = part.get_option_index(seen.at or "")
        part.scroll_to(y=seen.y, animate=False)


async def _stage_again(app: Stage, stage: Page | None, follow: Follow) -> None:
    if stage is None:
        # The files were wrong from the start: there is no page yet to replace.
        while isinstance(app.screen, Overlay):
            await app.pop_screen()
        await app.push_screen(app.welcome_page())
    elif danger(app) is not None:
        await follow(app.interview)
    elif isinstance(stage, WelcomePage):
        await app.stage(app.welcome_page())
    elif isinstance(stage, ResultPage) and isinstance(app.interview.step, ShowingResult):
        result = app.result_page()
        result.begin_at(stage.place)
        await app.stage(result)
    elif isinstance(stage, NoticePage) and isinstance(app.interview.step, Asking):
        await app.stage(NoticePage(app.interview.wording, stage.ids))
    elif isinstance(app.interview.step, Asking):
        # A new page: the footer depends on the screening, too.
        begun = stage.begun if isinstance(stage, QuestionPage) else None
        await app.stage(QuestionPage(app.interview, begun))
    else:
        await follow(app.interview)
