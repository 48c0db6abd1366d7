"""The full result of a call, computed in a thread while nobody types."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from iop_tui.counselor.open_call import OpenCall
from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.search.completions import Stopped
from iop_tui.tui.app import Wizard
from iop_tui.tui.clock import Wait

ASSESS_AFTER = 0.7
"""Seconds without a change until the open questions that matter are computed: not while keys are typed."""


class BackgroundAssessment:
    """Finding the open questions that matter takes a search. It starts after a pause and runs in a thread; the next key
    stops it at once, so that no key waits for it. `current` is the call on the desk, which `show` gets with its result.
    """

    def __init__(self, app: Wizard, current: Callable[[], OpenCall | None], show: Callable[[OpenCall], None]) -> None:
        self._app = app
        self._current = current
        self._show = show
        self._inputs = 0
        """The number of keys and clicks so far. Only a change of it matters."""
        self._pause: Wait | None = None
        """Runs while nobody types, until the search starts."""

    def note_input(self) -> None:
        """Called for each key or click in the thread that reads input."""
        self._inputs += 1

    def schedule(self, call: OpenCall) -> None:
        """Compute the full result of a call after a pause, unless it is known."""
        if self._pause is not None:
            self._pause.stop()
        if not call.has_full_assessment:
            self._pause = self._app.time.after(self._app, ASSESS_AFTER, lambda: self._start(call))

    def _start(self, call: OpenCall) -> None:
        self._app.run_worker(self._compute(call))

    async def _compute(self, call: OpenCall) -> None:
        interview, inputs = call.work.interview, self._inputs

        def stop() -> bool:
            return self._inputs != inputs

        try:
            found = await asyncio.to_thread(assess, interview.screening, interview.answers, stop=stop)
        except Stopped:
            if call is self._current():
                self.schedule(call)
            return
        call.set_assessment(interview, found)
        if call is self._current() and call.has_full_assessment:
            self._show(call)
