"""The same pages shown anew: after the screening's files changed, or its language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct
from textual.screen import Screen
from textual.widget import Widget

from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, NotAnswered, Reviewing
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
    """An app whose pages can be shown again."""

    @property
    def screen(self) -> Screen[Any]:
        """The page on top."""

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """All pages, those that lie over others last."""

    @property
    def has_begun(self) -> bool:
        """Whether an interview was begun."""

    @property
    def interview(self) -> Interview:
        """The person's interview so far."""

    def batch_update(self) -> AbstractContextManager[None]:
        """Within it nothing is painted."""

    def push_screen(self, screen: Screen[Any]) -> Awaitable[object]:
        """Lay a page over the others."""

    def pop_screen(self) -> Awaitable[object]:
        """Take the page on top away."""

    def welcome_page(self) -> AnyPage:
        """Where everything begins."""

    def result_page(self) -> ResultPage:
        """The result of the answers."""

    async def stage(self, page: Screen[None]) -> None:
        """Show a page in place of the one on the stage."""

    async def follow(self, interview: Interview) -> None:
        """Show what the interview's step asks for."""


_SCROLLS = "VerticalScroll, Choices"
"""What keeps its place."""
Follow = Callable[[Interview], Awaitable[None]]


async def show_again(
    app: Stage, change: Callable[[], None], follow: Follow | None = None, *, without: tuple[type[Page], ...] = ()
) -> None:
    """Change what the pages are made from, and show the same ones again at the same place; a page of danger where one
    is new. An overlay that has no sense any more goes, and so do pages `without`. `follow` shows a step in the app's
    place.
    """
    pages = [page for page in app.screen_stack if isinstance(page, Page) and not isinstance(page, without)]
    stage = next((page for page in pages if not isinstance(page, Overlay)), None)
    overlays = [page for page in pages if isinstance(page, Overlay)]
    places = _places(pages[-1]) if pages else ()
    shown = danger(app) if isinstance(stage, CrisisPage) else None
    change()
    with app.batch_update():
        await _stage_again(app, stage, follow or app.follow)
        # Danger comes first: where it is new, nothing lies over its page.
        for overlay in overlays if danger(app) in (None, shown) else ():
            again = overlay.again()
            if again is None:
                break
            await app.push_screen(again)
    if pages and type(app.screen) is type(pages[-1]):
        app.screen.call_after_refresh(_put_back, app.screen, places)


def danger(app: Stage) -> str | None:
    """The id of what asks for a page of danger now: of an alarm, or of a question left unsaid."""
    step = app.interview.step if app.has_begun else None
    if isinstance(step, Alarmed):
        return step.alarm.id
    return step.question.id if isinstance(step, NotAnswered) else None


class _Seen(Struct, frozen=True):
    """Where a part of a page stood: scrolled down by so many lines, with the cursor on that line, if it has one."""

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
        # The files were wrong from the start: there is nothing yet that a page could take the place of.
        while isinstance(app.screen, Overlay):
            await app.pop_screen()
        await app.push_screen(app.welcome_page())
    elif danger(app) is not None:
        await follow(app.interview)
    elif isinstance(stage, WelcomePage):
        await app.stage(app.welcome_page())
    elif isinstance(stage, ResultPage) and isinstance(app.interview.step, Reviewing):
        result = app.result_page()
        result.begin_at(stage.place)
        await app.stage(result)
    elif isinstance(stage, NoticePage) and isinstance(app.interview.step, Asking):
        await app.stage(NoticePage(app.interview.wording, stage.ids))
    elif isinstance(app.interview.step, Asking):
        # Not the same page with other words: its foot depends on the screening, too.
        begun = stage.begun if isinstance(stage, QuestionPage) else None
        await app.stage(QuestionPage(app.interview, begun))
    else:
        await follow(app.interview)
