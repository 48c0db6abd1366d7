"""The open call with all that follows from it: the result, the alarms, the saving. It knows no screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from iop_tui.call.card import card_of
from iop_tui.call.operations import CallState
from iop_tui.counselor import autosave
from iop_tui.counselor.alarms import CallAlarm, call_alarms
from iop_tui.records.stored import ANOTHER
from iop_tui.screening.assessment.assess import Assessment, RelevantQuestion, assess
from iop_tui.screening.engine.interview import Interview

if TYPE_CHECKING:
    from iop_tui.records.store import Records


class OpenCall:
    """One call, and the version of it in the records that the next save replaces; 0 for a new one.

    A change counts at once. The result is computed when it is asked for, and `save` hands the last state to the
    records: many changes that come together cost one.
    """

    def __init__(
        self,
        work: CallState,
        version: int,
        records: autosave.Store,
        report: Callable[[OpenCall, autosave.SaveState], None],
        clock: Callable[[], datetime],
        pauses: Sequence[float] = autosave.PAUSES,
    ) -> None:
        self.work = work
        self.alarms = call_alarms(work)
        self.has_unsaved_change = False
        """Whether there is a change that was not handed to the records yet."""
        self._autosave = autosave.Autosave(records, version, lambda state: report(self, state), clock, pauses)
        self._quick: tuple[Interview, Assessment] | None = None
        self._full: tuple[Interview, Assessment] | None = None

    def apply(self, change: Callable[[CallState], CallState]) -> tuple[CallAlarm, ...]:
        """Change the call; the alarms that became active by it, the most urgent first."""
        before, self.work = self.work, change(self.work)
        if self.work is before:
            return ()
        self.has_unsaved_change = True
        if self.work.interview is before.interview:
            return ()
        known = {each.alarm.id for each in self.alarms}
        self.alarms = call_alarms(self.work)
        return tuple(each for each in self.alarms if each.alarm.id not in known)

    # ---- the result ----

    @property
    def quick_assessment(self) -> Assessment:
        """The result of the answers, without the open questions that matter. It takes a few ms."""
        interview = self.work.interview
        if self._full is not None and self._full[0] is interview:
            return self._full[1]
        if self._quick is None or self._quick[0] is not interview:
            self._quick = (interview, assess(interview.screening, interview.answers, in_full=False))
        return self._quick[1]

    @property
    def assessment(self) -> Assessment:
        """The result of the answers, in full. At the beginning of a call, with everything open, computing it can take
        0.3 s; after that it is cached.
        """
        interview = self.work.interview
        if self._full is None or self._full[0] is not interview:
            self.set_assessment(interview, assess(interview.screening, interview.answers))
        return self._full[1] if self._full is not None else self.quick_assessment

    def set_assessment(self, interview: Interview, assessment: Assessment) -> None:
        """Take a full result that was computed elsewhere. It counts where the answers are still the same."""
        if interview is self.work.interview:
            self._full = (interview, assessment)

    @property
    def has_full_assessment(self) -> bool:
        """Whether the full result of the present answers is known."""
        return self._full is not None and self._full[0] is self.work.interview

    @property
    def open_matters(self) -> tuple[RelevantQuestion, ...]:
        """The open questions that matter, as far as they are known: until they are computed again, those of before,
        without the ones that were answered since.
        """
        if self._full is None:
            return ()
        answers = self.work.interview.answers
        return tuple(matter for matter in self._full[1].unknown if matter.question.id not in answers)

    # ---- saving ----

    @property
    def save_state(self) -> autosave.SaveState:
        """Whether it is in the records. Saved means that nothing at all is missing there."""
        state = self._autosave.state
        return autosave.Saving() if self.has_unsaved_change and isinstance(state, autosave.Saved) else state

    @property
    def is_saved(self) -> bool:
        """Whether nothing is missing in the records."""
        return isinstance(self.save_state, autosave.Saved)

    @property
    def needs_decision(self) -> bool:
        """Whether nothing more is saved until the counselor decides what to keep."""
        return isinstance(self.save_state, autosave.NeedsDecision)

    @property
    def version(self) -> int:
        """The version in the records; 0 where there is none yet."""
        return self._autosave.version

    def save_even_unchanged(self) -> None:
        """Have a call saved that never was, even if nobody changed anything."""
        self.has_unsaved_change = self.has_unsaved_change or self.version == 0

    def save(self) -> None:
        """Hand the last state to the records. Returns at once: they are written in a thread."""
        if self.has_unsaved_change:
            self._autosave.save_soon(self.work.call, card_of(self.work, self.quick_assessment))
            self.has_unsaved_change = False

    def wait_saved(self, seconds: float) -> bool:
        """Wait until everything is saved, at most so many seconds; whether it is."""
        return self._autosave.wait_saved(seconds)

    def retry_now(self) -> None:
        """Try again now, where a save failed."""
        self._autosave.retry_now()

    def save_over(self, version: int) -> None:
        """Replace this version, which somebody else saved meanwhile: it was decided so."""
        self._autosave.resume(version)

    def use_records(self, records: autosave.Store, seconds: float) -> None:
        """Save into these records, which were opened again; waits so long for a save that is under way."""
        self._autosave.use_records(records, seconds)

    def move_to(self, records: Records, seconds: float, *, is_known: bool) -> None:
        """Save into other records from now on. `is_known` where they have the call as it was saved last; otherwise
        their version of it is shown, and the counselor decides.
        """
        version = self.version
        if not is_known:
            version = ANOTHER if records.version_of(self.work.call.id) else 0
            self.has_unsaved_change = self.has_unsaved_change or self.version > 0
        self._autosave.use_records(records, seconds)
        self._autosave.resume(version)

    def close(self) -> None:
        """Save nothing more."""
        self._autosave.end(0.0)

    def finish(self, seconds: float) -> str:
        """Save what is missing, waiting at most so long, and nothing after it. What is wrong, as a sentence; empty
        where all is saved.
        """
        # A fault of the program's own, which may be why it ends, must not take the call with it.
        with suppress(Exception):
            self.save()
        if self._autosave.end(seconds):
            return ""
        return f"The last of the call could not be saved. {self.save_error}".strip()

    @property
    def save_error(self) -> str:
        """Why something is not saved, as a sentence; empty where no cause is known."""
        state = self._autosave.state
        if isinstance(state, (autosave.SaveFailed, autosave.CallDeleted, autosave.PassphraseChanged)):
            return state.why
        if isinstance(state, autosave.RecordsReplaced):
            return str(state.replaced)
        return str(state.overwritten) if isinstance(state, autosave.Conflict) else ""
