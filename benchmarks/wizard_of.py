"""The wizard over a made-up screening: `python -m benchmarks.wizard_of SIZE PAST`, the first PAST answered."""

from __future__ import annotations

import gc
import sys

from benchmarks import synthetic
from iop_tui.tui.app import Wizard


def run(size: int, past: int) -> None:
    """Start it at the welcome page, as the product does once its screening is loaded."""
    screening = synthetic.screening(size)
    app = Wizard(screening.manifest, lambda: screening, synthetic.walked(screening, past))
    gc.collect()
    gc.freeze()
    app.run()


if __name__ == "__main__":
    run(int(sys.argv[1]), int(sys.argv[2]))
