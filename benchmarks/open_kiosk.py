"""`python -m benchmarks.open_kiosk [IDLE WARNING]`: the kiosk, as a benchmark can look into it.

The kiosk has the system keep other processes out of its memory, this user's too; here it does not, so that anybody can
look for answers in it. `IDLE` and `WARNING` are seconds, and may be shorter than a site file allows.
"""

from __future__ import annotations

import sys

import msgspec

import iop_tui.platform.hardening
import iop_tui.site.settings
from iop_tui.commands import kiosk


def run(idle: float | None, warning: float | None) -> int:
    """Serve visitors, with what a site has where nothing is set."""
    iop_tui.platform.hardening.keep_to_ourselves = lambda: None
    site = iop_tui.site.settings.STANDARD
    times = msgspec.structs.replace(site.times, same_key=0)
    if idle is not None and warning is not None:
        times = msgspec.structs.replace(times, idle=idle, reading=idle, crisis=idle, warning=warning)
    iop_tui.site.settings.STANDARD = msgspec.structs.replace(site, clinic="Lakeside Recovery Center", times=times)
    return kiosk.run(None, None)


if __name__ == "__main__":
    seconds = [float(word) for word in sys.argv[1:]]
    # `kiosk.run` reads this module's standard site when it runs.
    sys.exit(run(*seconds) if len(seconds) == 2 else run(None, None))
