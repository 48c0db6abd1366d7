"""The counselor's screen with the shipped questions and new records: `python -m benchmarks.desk_of DIRECTORY`."""

from __future__ import annotations

import gc
import sys
import time
from datetime import UTC, datetime

from iop_tui.counselor.app import Counselor
from iop_tui.records import open_records
from iop_tui.screening.format.loader import load
from iop_tui.screening.shipped import shipped
from iop_tui.site.settings import STANDARD


def run(directory: str) -> None:
    """Start it at the passphrase page, with an SQLite file in the directory."""
    app = Counselor(
        load(shipped()),
        STANDARD,
        lambda passphrase: open_records(f"sqlite:///{directory}/calls.db", passphrase, by="bench", create=True),
        by="bench",
        is_new=True,
        clock=lambda: datetime.now(UTC),
        monotonic=time.monotonic,
    )
    gc.collect()
    gc.freeze()
    app.run()
    app.finish()


if __name__ == "__main__":
    run(sys.argv[1])
