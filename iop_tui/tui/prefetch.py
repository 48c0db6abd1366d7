"""Prepares the other pages' modules and the first question's page while the person reads the welcome page, and the
result's page while they check their answers.

The work is done in small slices with pauses between them, so that a key waits for one at most.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.geometry import Size

from iop_tui.screening.engine.interview import Asking, Interview, Reviewing, begin
from iop_tui.screening.model.answers import Unknown
from iop_tui.screening.problems import Unusable
from iop_tui.tui.clock import Wait

if TYPE_CHECKING:
    from iop_tui.tui.app import Wizard
    from iop_tui.tui.base_screen import Page

_PAUSE = 0.015
"""Seconds between two slices."""
_SLICE = 0.004
"""Seconds after which a slice ends: after the present piece of work, of at most twice as long."""
_LOOKS = 20
"""How often a page is checked, at most, until it is laid out: five times are usual."""
_MODULES = (
    "iop_tui.screening.search.completions",
    "iop_tui.screening.assessment.assess",
    "iop_tui.screening.assessment.answer_words",
    "iop_tui.screening.assessment.glossary_terms",
    "iop_tui.tui.glossary_links",
    "iop_tui.tui.question",
    "iop_tui.tui.more",
    "iop_tui.tui.crisis",
    "iop_tui.tui.help",
    "iop_tui.tui.confirm",
    "iop_tui.tui.review",
    "iop_tui.result.build",
    "iop_tui.result.document",
    "iop_tui.tui.result",
    "iop_tui.tui.glossary",
)
"""A crisis page must not wait for an import. The core comes first: modules that many import have a slice of
their own.
"""


class Prefetch:
    """Prepares what comes after the welcome page and after the review: shared work once, and a page each time."""

    def __init__(self, app: Wizard) -> None:
        self._app = app
        self._wait: Wait | None = None
        self._pieces: Iterator[bool] = iter(())
        self._is_loaded = False
        self._wants_page = False
        self._page: Page | None = None
        self._interview: Interview | None = None
        """Whose step the page shows."""
        self._size = Size(0, 0)
        """The size for which the page is made: a question shows more if there is more room."""

    @property
    def works(self) -> bool:
        """Whether there is still something to do."""
        return self._wait is not None

    def load(self) -> None:
        """Load what every page needs, and make no page."""
        if not self._is_loaded:
            self._go_on()

    def begin(self) -> None:
        """Begin the next page: for the present question of the interview, or for the result after the review. It
        replaces one that was made before.
        """
        self.drop()
        self._wants_page = True
        self._go_on()

    def again(self) -> None:
        """Begin again, if there is a page or one is being made: the window has another size now, or other colours."""
        if self._wants_page:
            self.begin()

    def drop(self) -> None:
        """Make no page any more, and drop one that was made. What every page needs is loaded all the same."""
        page, self._page, self._interview, self._wants_page = self._page, None, None, False
        if page is not None:
            page.forget_ahead()
        if self._is_loaded:
            self._end()

    async def take(self, interview: Interview) -> Page | None:
        """The page of the interview's step, if it was begun; the caller owns it from now on."""
        app = self._app
        if self._page is None or self._interview != interview or app.size != self._size or app.pace is not None:
            return None
        page, self._page = self._page, None
        await page.mounted_ahead()
        return page

    # ---- piece by piece ----

    def _go_on(self) -> None:
        if self._wait is None:
            self._pieces = self._work()
            self._pause()

    def _pause(self) -> None:
        # By the app's own queue: no piece comes between two steps of another change.
        app, pieces = self._app, self._pieces
        self._wait = app.time.after(app, _PAUSE, lambda: app.call_later(self._do, pieces))

    def _end(self) -> None:
        if self._wait is not None:
            self._wait.stop()
        self._wait, self._pieces = None, iter(())

    def _do(self, pieces: Iterator[bool]) -> None:
        """The next pieces, as many as fit into a slice."""
        if pieces is not self._pieces:
            return
        until = time.monotonic() + _SLICE
        try:
            while (others_first := next(pieces, None)) is False and time.monotonic() < until:
                pass
            if others_first is None:
                self._end()
            else:
                self._pause()
        except Unusable as unusable:
            self._end()
            self._app.give_up(unusable)

    def _work(self) -> Iterator[bool]:
        """All the work. After each piece: whether the page must first process its messages."""
        if not self._is_loaded:
            yield from self._load()
            self._is_loaded = True
        # Switch scanning depends on time: such a page is made when it is shown.
        if self._wants_page and self._app.pace is None:
            yield from self._make_page()

    def _load(self) -> Iterator[bool]:
        screening = self._app.screening
        yield False
        begin(screening, self._app.today()).answer(Unknown.SKIPPED)
        yield False
        late = [name for name in _MODULES if name not in sys.modules]
        for name in late:
            importlib.import_module(name)
            yield False
        from iop_tui.screening.assessment.glossary_terms import found

        found(screening, "")
        yield False
        if late:
            # Elsewhere, as in a visit of the kiosk, everything was loaded and frozen before.
            self._app.tidy()
            yield False

    def _make_page(self) -> Iterator[bool]:
        from iop_tui.tui.question import QuestionPage

        app = self._app
        interview = app.interview if app.has_begun else begin(app.screening, app.today())
        page: Page
        if isinstance(interview.step, Reviewing):
            interview, page = interview.confirmed(), app.result_page()
        elif isinstance(interview.step, Asking):
            page = QuestionPage(interview)
        else:
            return
        self._interview, self._page, self._size = interview, page, app.size
        page.mount_ahead(app)
        yield True
        settled = 0
        for _look in range(_LOOKS):
            page.call_later(page.lay_out_ahead)
            yield True
            # Seen ready twice: between the two every widget ran, and none asked for more.
            settled = settled + 1 if page.is_ready else 0
            if settled == 2:
                break
