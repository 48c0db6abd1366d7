"""Autosave: one thread saves the latest state of a call, and reports "saved" only once the records confirm it.

The screen never waits for the records. A state that arrives during a save waits, and replaces one that waits already:
the latest state contains the earlier ones.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from iop_tui.call.record import Call, Card
from iop_tui.records.errors import Deleted, Overwritten, RecordsError, Rekeyed, Replaced

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds to wait after the first failed save, the second, and so on."""


class Saved(Struct, frozen=True):
    """Everything is in the records since `at`; None if nothing was changed yet."""

    at: datetime | None = None


class Saving(Struct, frozen=True):
    """Something is not in the records yet."""


class SaveFailed(Struct, frozen=True):
    """A save failed, and why, as a sentence. It is tried again."""

    why: str


class Conflict(Struct, frozen=True):
    """Another user saved the same call meanwhile. Nothing more is saved until the counselor decides what to keep."""

    overwritten: Overwritten


class CallDeleted(Struct, frozen=True):
    """Another user deleted the call meanwhile. Nothing more is saved until the counselor restores or discards it."""

    why: str


class PassphraseChanged(Struct, frozen=True):
    """Another user changed the passphrase meanwhile. Nothing more is saved until the records are opened with the new
    one; what is to be saved waits.
    """

    why: str


class RecordsReplaced(Struct, frozen=True):
    """The records at the address are no longer the open ones. Nothing more is saved until the counselor chooses where
    to.
    """

    replaced: Replaced


SaveState = Saved | Saving | SaveFailed | Conflict | CallDeleted | PassphraseChanged | RecordsReplaced
NeedsDecision = Conflict | CallDeleted | PassphraseChanged | RecordsReplaced
"""The states in which nothing more is saved until the counselor decides."""


class Store(Protocol):
    """What autosave needs of the records."""

    def save(self, call: Call, card: Card, version: int) -> int:
        """Save a call over a version of it, 0 for none; returns the new version. Raises RecordsError."""


class Autosave:
    """Saves one call in a thread of its own. `report` is called in that thread with every new state."""

    def __init__(
        self,
        records: Store,
        version: int,
        report: Callable[[SaveState], None],
        clock: Callable[[], datetime],
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._records = records
        self._version = version
        self._report = report
        self._clock = clock
        self._pauses = pauses
        self._change = threading.Condition()
        self._wanted: tuple[Call, Card] | None = None
        self._busy = False
        self._stuck: NeedsDecision | None = None
        self._ended = False
        self._at_once = False
        self._failed = 0
        self.state: SaveState = Saved()
        self._thread: threading.Thread | None = None

    @property
    def version(self) -> int:
        """The version in the records that the next save replaces."""
        return self._version

    def save_soon(self, call: Call, card: Card) -> None:
        """Save this state of the call, in place of any that still waits. Returns at once."""
        with self._change:
            self._wanted = (call, card)
            if isinstance(self.state, Saved):
                self.state = Saving()
            self._start()
            self._change.notify_all()

    def resume(self, version: int) -> None:
        """Save again over this version, as the counselor decided."""
        with self._change:
            self._version, self._stuck, self._failed = version, None, 0
            self._start()
            self._change.notify_all()

    def use_records(self, records: Store, seconds: float) -> None:
        """Save into these records from now on; they were opened again. Waits at most so many seconds for a save into
        the others.
        """
        with self._change:
            self._change.wait_for(lambda: not self._busy, seconds)
            self._records = records
            if isinstance(self._stuck, PassphraseChanged):
                self._stuck, self._failed = None, 0
            self._at_once = True
            self._change.notify_all()

    def retry_now(self) -> None:
        """Retry now."""
        with self._change:
            self._at_once = True
            self._change.notify_all()

    def wait_saved(self, seconds: float) -> bool:
        """Retry now and wait until everything is saved, at most so many seconds; returns whether it is."""
        with self._change:
            self._at_once = True
            self._change.notify_all()
            return self._change.wait_for(lambda: self._is_done or self._stuck is not None, seconds) and self._is_done

    def end(self, seconds: float) -> bool:
        """Like `wait_saved`, and stop saving afterwards."""
        done = self.wait_saved(seconds)
        with self._change:
            self._ended = True
            self._change.notify_all()
        return done

    @property
    def _is_done(self) -> bool:
        return self._wanted is None and not self._busy

    def _start(self) -> None:
        if self._thread is None:
            # A thread that hangs in a lost connection must not keep the program from ending.
            self._thread = threading.Thread(target=self._run, name="autosave", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while (what := self._next()) is not None:
            self._tell(self._tried(*what))

    def _next(self) -> tuple[Call, Card] | None:
        """The next state to save, once there is one, and after a pause if the last save failed."""
        with self._change:
            if self._failed:
                pause = self._pauses[min(self._failed, len(self._pauses)) - 1]
                self._change.wait_for(lambda: self._ended or self._at_once, pause)
            self._change.wait_for(lambda: self._ended or (self._wanted is not None and self._stuck is None))
            if self._ended:
                return None
            what, self._wanted = self._wanted, None
            self._busy = True
            self._at_once = False
            return what

    def _tried(self, call: Call, card: Card) -> SaveState:
        """Save once and return the outcome. What could not be saved waits again, unless there is something newer."""
        try:
            version = self._records.save(call, card, self._version)
        except Overwritten as overwritten:
            return self._not_saved(call, card, Conflict(overwritten))
        except Deleted as deleted:
            return self._not_saved(call, card, CallDeleted(str(deleted)))
        except Rekeyed as rekeyed:
            return self._not_saved(call, card, PassphraseChanged(str(rekeyed)))
        except Replaced as replaced:
            return self._not_saved(call, card, RecordsReplaced(replaced))
        except RecordsError as trouble:
            return self._not_saved(call, card, SaveFailed(str(trouble)))
        except Exception as fault:
            # If this thread died silently, the counselor would believe that the call is safe.
            said = "The program failed to save, by a fault of its own ({kind})."
            return self._not_saved(call, card, SaveFailed(said.format(kind=type(fault).__name__)))
        with self._change:
            self._version, self._busy, self._failed = version, False, 0
            done = self._is_done
            self._change.notify_all()
        return Saved(self._clock()) if done else Saving()

    def _not_saved(self, call: Call, card: Card, state: SaveState) -> SaveState:
        with self._change:
            self._busy = False
            self._wanted = self._wanted or (call, card)
            self._failed += 1
            self._stuck = state if isinstance(state, NeedsDecision) else None
            self._change.notify_all()
        return state

    def _tell(self, state: SaveState) -> None:
        with self._change:
            # A newer state may have come since: it is not saved yet.
            if isinstance(state, Saved) and not self._is_done:
                state = Saving()
            self.state = state
        self._report(state)
