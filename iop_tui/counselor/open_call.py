"""The open call with everything derived from it: the result, the alarms, the save state. Imports no screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from iop_tui.call.card import card_of
from iop_tui.call.form_alarm import FORM_ALARM, raised_times
from iop_tui.call.operations import CallState
from iop_tui.counselor import autosave
from iop_tui.counselor.alarms import CallAlarm, call_alarms
from iop_tui.records.stored import ANOTHER
from iop_tui.screening.assessment.assess import Assessment, RelevantQuestion, assess
from iop_tui.screening.engine.interview import Interview

if TYPE_CHECKING:
    from iop_tui.records.store import Records


class OpenCall:
    """One call, and its version in the records that the next save replaces; 0 for a new one.

    A change takes effect at once. The result is computed on demand, and `save` hands the last state to the records:
    many changes in a row cost one save.
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
        """Whether a change was not handed to the records yet."""
        self._autosave = autosave.Autosave(records, version, lambda state: report(self, state), clock, pauses)
        self._quick: tuple[Interview, Assessment] | None = None
        self._full: tuple[Interview, Assessment] | None = None

    def apply(self, change: Callable[[CallState], CallState]) -> tuple[CallAlarm, ...]:
        """Change the call; returns the alarms that became active, or were raised once more, most urgent first."""
        before, self.work = self.work, change(self.work)
        if self.work is before:
            return ()
        self.has_unsaved_change = True
        if self.work.interview is before.interview and self.work.call.forms is before.call.forms:
            return ()
        known = {each.alarm.id for each in self.alarms}
        if raised_times(self.work.call) > raised_times(before.call):
            known.discard(FORM_ALARM)
        self.alarms = call_alarms(self.work)
        return tuple(each for each in self.alarms if each.alarm.id not in known)

    # ---- the result ----

    @property
    def quick_assessment(self) -> Assessment:
        """The result of the answers, without the relevant open questions. Takes a few ms."""
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
        """Take a full result that was computed elsewhere. It counts if the answers are still the same."""
        if interview is self.work.interview:
            self._full = (interview, assessment)

    @property
    def has_full_assessment(self) -> bool:
        """Whether the full result of the present answers is known."""
        return self._full is not None and self._full[0] is self.work.interview

    @property
    def open_matters(self) -> tuple[RelevantQuestion, ...]:
        """The relevant open questions, as far as known: until they are computed again, the earlier ones without those
        answered since.
        """
        if self._full is None:
            return ()
        answers = self.work.interview.answers
        return tuple(matter for matter in self._full[1].unknown if matter.question.id not in answers)

    # ---- saving ----

    @property
    def save_state(self) -> autosave.SaveState:
        """Whether everything of it is in the records."""
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
        """The version in the records; 0 if there is none yet."""
        return self._autosave.version

    def save_even_unchanged(self) -> None:
        """Save a new call even if nobody changed anything."""
        self.has_unsaved_change = self.has_unsaved_change or self.version == 0

    def save(self) -> None:
        """Hand the last state to the records. Returns at once: a thread writes them."""
        if self.has_unsaved_change:
            self._autosave.save_soon(self.work.call, card_of(self.work, self.quick_assessment))
            self.has_unsaved_change = False

    def wait_saved(self, seconds: float) -> bool:
        """Wait until everything is saved, at most so many seconds; returns whether it is."""
        return self._autosave.wait_saved(seconds)

    def retry_now(self) -> None:
        """Retry now after a failed save."""
        self._autosave.retry_now()

    def save_over(self, version: int) -> None:
        """Replace this version, which another user saved meanwhile, as the counselor decided."""
        self._autosave.resume(version)

    def use_records(self, records: autosave.Store, seconds: float) -> None:
        """Save into these records, which were opened again; waits so long for a save in progress."""
        self._autosave.use_records(records, seconds)

    def move_to(self, records: Records, seconds: float, *, is_known: bool) -> None:
        """Save into other records from now on. `is_known` if they have the call as it was saved last; otherwise their
        version of it is shown, and the counselor decides.
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
        """Save what is missing, waiting at most so long, and stop saving. Returns what is wrong as a sentence; empty if
        all is saved.
        """
        # A fault of the program, perhaps the reason why it ends, must not lose the call.
        with suppress(Exception):
            self.save()
        if self._autosave.end(seconds):
            return ""
        return f"The last of the call could not be saved. {self.save_error}".strip()

    @property
    def save_error(self) -> str:
        """Why something is not saved, as a sentence; empty if no cause is known."""
        state = self._autosave.state
        if isinstance(state, (autosave.SaveFailed, autosave.CallDeleted, autosave.PassphraseChanged)):
            return state.why
        if isinstance(state, autosave.RecordsReplaced):
            return str(state.replaced)
        return str(state.overwritten) if isinstance(state, autosave.Conflict) else ""
