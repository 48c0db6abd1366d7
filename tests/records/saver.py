"""A process that saves one call again and again, and prints each version once it is saved; for tests that kill it."""

from __future__ import annotations

import sys

from iop_tui.records import envelope, open_records
from tests.records.made import OTHER, SECRET, a_call, card_of, noted

envelope._COST = 1 << 4


def save(url: str, name: str) -> None:
    """Until somebody kills it."""
    records = open_records(url, SECRET, by="saver", create=True)
    call, version = a_call(name=name), 0
    stored = next((card for card in records.cards() if card.id == name), None)
    if stored is not None:
        version = records._read(name).version
    print("ready", flush=True)
    while True:
        call = noted(call, f"version {version + 1}")
        version = records.save(call, card_of(call), version)
        print(version, flush=True)


def rekey(url: str) -> None:
    """Change the passphrase there and back, until somebody kills it."""
    secret = SECRET
    try:
        records = open_records(url, secret, by="rekeyer", create=False)
    except Exception:
        secret = OTHER
        records = open_records(url, secret, by="rekeyer", create=False)
    print("ready", flush=True)
    while True:
        secret = OTHER if secret == SECRET else SECRET
        records.change_passphrase(secret)


if __name__ == "__main__":
    if sys.argv[1] == "save":
        save(*sys.argv[2:])
    else:
        rekey(*sys.argv[2:])
