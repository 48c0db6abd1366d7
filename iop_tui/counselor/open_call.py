"""The call on the desk, with all that follows from it: the result, the dangers, the saving. It knows no screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from iop_tui.call.card import card_of
from iop_tui.call.work import Work
from iop_tui.counselor import autosave
from iop_tui.counselor.alarm_banner import Danger, dangers
from iop_tui.records.model import ANOTHER
from iop_tui.screening.assess import Assessment, Matter, assess
from iop_tui.screening.interview import Interview

if TYPE_CHECKING:
    from iop_tui.records.store import Records


class OpenCall:
    """One call, and the version of it in the records that the next save goes over; 0 for a new one.

    A change counts at once. The result and the records follow with `follow`: many changes that come together cost one.
    """

    def __init__(
        self,
        work: Work,
        version: int,
        records: autosave.Store,
        told: Callable[[OpenCall, autosave.SaveState], None],
        clock: Callable[[], datetime],
        pauses: Sequence[float] = autosave.PAUSES,
    ) -> None:
        self.work = work
        self.dangers = dangers(work)
        self.is_behind = False
        """Whether the records have yet to follow a change."""
        self._saver = autosave.Autosave(records, version, lambda state: told(self, state), clock, pauses)
        self._in_short: tuple[Interview, Assessment] | None = None
        self._in_full: tuple[Interview, Assessment] | None = None

    def do(self, change: Callable[[Work], Work]) -> tuple[Danger, ...]:
        """Change the call; the alarms that came to stand by it, the most urgent first."""
        before, self.work = self.work, change(self.work)
        if self.work is before:
            return ()
        self.is_behind = True
        if self.work.interview is before.interview:
            return ()
        known = {danger.alarm.id for danger in self.dangers}
        self.dangers = dangers(self.work)
        return tuple(danger for danger in self.dangers if danger.alarm.id not in known)

    # ---- the result ----

    @property
    def in_short(self) -> Assessment:
        """What the rules say of the answers, without what is open and would matter. It takes a few ms."""
        interview = self.work.interview
        if self._in_full is not None and self._in_full[0] is interview:
            return self._in_full[1]
        if self._in_short is None or self._in_short[0] is not interview:
            self._in_short = (interview, assess(interview.screening, interview.answers, in_full=False))
        return self._in_short[1]

    @property
    def assessment(self) -> Assessment:
        """What the rules say of the answers, in full. At the beginning of a call, with everything open, this can take
        0.3 s, unless it is worked out already.
        """
        interview = self.work.interview
        if self._in_full is None or self._in_full[0] is not interview:
            self.learn(interview, assess(interview.screening, interview.answers))
        return self._in_full[1] if self._in_full is not None else self.in_short

    def learn(self, interview: Interview, assessment: Assessment) -> None:
        """What the rules say in full was worked out elsewhere. It counts where the answers are still the same."""
        if interview is self.work.interview:
            self._in_full = (interview, assessment)

    @property
    def is_known_in_full(self) -> bool:
        """Whether the assessment is worked out."""
        return self._in_full is not None and self._in_full[0] is self.work.interview

    @property
    def open_matters(self) -> tuple[Matter, ...]:
        """What is open and would matter, as far as it is known: where it is not worked out again yet, what it was
        before, without what has an answer by now.
        """
        if self._in_full is None:
            return ()
        answers = self.work.interview.answers
        return tuple(matter for matter in self._in_full[1].unknown if matter.question.id not in answers)

    # ---- saving ----

    @property
    def state(self) -> autosave.SaveState:
        """Whether it is in the records. Saved means that nothing at all is missing there."""
        state = self._saver.state
        return autosave.Saving() if self.is_behind and isinstance(state, autosave.Saved) else state

    @property
    def is_saved(self) -> bool:
        """Whether nothing is missing in the records."""
        return isinstance(self.state, autosave.Saved)

    @property
    def needs_decision(self) -> bool:
        """Whether nothing more is saved until somebody decides what stays."""
        return isinstance(self.state, autosave.NeedsDecision)

    @property
    def version(self) -> int:
        """The version in the records; 0 where there is none yet."""
        return self._saver.version

    def keep_even_unchanged(self) -> None:
        """A call that was never saved is saved, even if nobody changed anything."""
        self.is_behind = self.is_behind or self.version == 0

    def settle(self, seconds: float) -> bool:
        """Wait until everything is saved, at most so many seconds; whether it is."""
        return self._saver.settle(seconds)

    def follow(self) -> None:
        """Let the records follow the last change. Returns at once: they are written in a thread."""
        if self.is_behind:
            self._saver.put(self.work.call, card_of(self.work, self.in_short))
            self.is_behind = False

    def hurry(self) -> None:
        """Try again now, where a save failed."""
        self._saver.now()

    def save_over(self, version: int) -> None:
        """Save over what somebody else saved meanwhile: it was decided so."""
        self._saver.again(version)

    def use(self, records: autosave.Store, seconds: float) -> None:
        """Save into these records, which were opened anew; waits so long for a save that is under way."""
        self._saver.use(records, seconds)

    def go_on(self, records: Records, seconds: float, *, is_known: bool) -> None:
        """Save into other records from now on. `is_known` where the call is in them as it was saved last; else what
        they have of it is shown, and somebody decides.
        """
        version = self.version
        if not is_known:
            version = ANOTHER if records.version_of(self.work.call.id) else 0
            self.is_behind = self.is_behind or self.version > 0
        self._saver.use(records, seconds)
        self._saver.again(version)

    def put_away(self) -> None:
        """Save nothing more."""
        self._saver.end(0.0)

    def end(self, seconds: float) -> str:
        """Save what is missing, waiting at most so long, and nothing after it. What is wrong, as a sentence; empty
        where all is saved.
        """
        # A fault of the program's own, which may be why it ends, must not take the call with it.
        with suppress(Exception):
            self.follow()
        if self._saver.end(seconds):
            return ""
        return f"The last of the call could not be saved. {self.why}".strip()

    @property
    def why(self) -> str:
        """Why something is not saved, as a sentence; empty where nothing is known to be wrong."""
        state = self._saver.state
        if isinstance(state, (autosave.SaveFailed, autosave.CallDeleted, autosave.PassphraseChanged)):
            return state.why
        if isinstance(state, autosave.RecordsReplaced):
            return str(state.replaced)
        return str(state.overwritten) if isinstance(state, autosave.Conflict) else ""
