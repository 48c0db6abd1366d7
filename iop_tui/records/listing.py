"""The list of all calls: their cards, kept in memory and brought up to date from the database."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from iop_tui.call.record import Card
from iop_tui.records import audit_ledger, card_cache
from iop_tui.records.card_cache import Placed
from iop_tui.records.database import Database
from iop_tui.records.envelope import Keys
from iop_tui.records.error_mapping import FAILURES, malformed
from iop_tui.records.tables import CALLS

_STATE = select(CALLS.c.id, CALLS.c.version, CALLS.c.key_id)
_CARDS = select(CALLS.c.id, CALLS.c.version, CALLS.c.key_id, CALLS.c.card)


class Listing:
    """The cards of the calls in a database. Every method may be called from any thread, and raises no other error
    than RecordsError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._shelf: dict[str, Placed] = {}
        self._held = threading.Lock()

    def cards(self, keys: Keys) -> tuple[Card, ...]:
        """The cards of all calls that can be read, the one changed last first."""
        return _sorted(place.card for place in self.places(keys).values() if place.card is not None)

    def found(self, keys: Keys, words: str) -> tuple[Card, ...]:
        """The cards in which all the words occur, in the same order."""
        return _sorted(card_cache.found(tuple(self.places(keys).values()), words))

    def places(self, keys: Keys) -> Mapping[str, Placed]:
        """Every call, as it is now. Raises Rekeyed."""
        with self._held:
            self._refresh(keys)
            return dict(self._shelf)

    @property
    def damaged(self) -> tuple[str, ...]:
        """The ids of the calls whose card could not be read when the list was last asked for."""
        with self._held:
            return tuple(sorted(call for call, place in self._shelf.items() if place.card is None))

    def clear(self) -> None:
        """Read everything again the next time."""
        with self._held:
            self._shelf.clear()

    def _refresh(self, keys: Keys) -> None:
        with self._database.reading() as connection:
            try:
                self._refill(connection, keys)
            except FAILURES as failure:
                if not malformed(failure):
                    raise
                self._one_by_one(connection, keys)
            if any(place.card is None and place.key_id != keys.id for place in self._shelf.values()):
                head = audit_ledger.read_head(connection)
                if head is not None and head.key_id != keys.id:
                    self._shelf.clear()
                    raise audit_ledger.changed(head)

    def _refill(self, connection: Connection, keys: Keys) -> None:
        if not self._shelf:
            rows = connection.execute(_CARDS)
            self._shelf = {str(row[0]): card_cache.placed(keys, str(row[0]), row[1], row[2], row[3]) for row in rows}
            return
        there = {str(call): (version, key_id) for call, version, key_id in connection.execute(_STATE)}
        for call in self._shelf.keys() - there.keys():
            del self._shelf[call]
        stale = [
            call
            for call, state in there.items()
            if (place := self._shelf.get(call)) is None or (place.version, place.key_id) != state
        ]
        for part in card_cache.parts(stale):
            for row in connection.execute(_CARDS.where(CALLS.c.id.in_(part))):
                self._shelf[row[0]] = card_cache.placed(keys, row[0], row[1], row[2], row[3])

    def _one_by_one(self, connection: Connection, keys: Keys) -> None:
        """The same if pages of the file are damaged: each call by its id, which is in other pages."""
        names = {str(name) for name in connection.execute(select(CALLS.c.id).order_by(CALLS.c.id)).scalars()}
        self._shelf = {}
        for name in names:
            wanted = select(CALLS.c.version, CALLS.c.key_id, CALLS.c.card).where(CALLS.c.id == name)
            try:
                row = connection.execute(wanted).one_or_none()
            except FAILURES as failure:
                if not malformed(failure):
                    raise
                row = None
            version, key_id, card = row if row is not None else (0, keys.id, None)
            self._shelf[name] = card_cache.placed(keys, name, version, key_id, card)


def _sorted(cards: Iterable[Card]) -> tuple[Card, ...]:
    return tuple(sorted(cards, key=lambda card: (card.changed, card.id), reverse=True))
