"""Where the program begins, as `iop-tui` and as `python -m iop_tui`."""

from __future__ import annotations

import sys
from typing import NoReturn

from iop_tui.commands import DONE, INTERRUPTED


def main() -> NoReturn:
    """Run the program and leave with its exit status."""
    if "kiosk" in sys.argv:
        # Before anything slow: a key that sends a signal must not end what is only beginning.
        from iop_tui.commands.keys import ignore_signal_keys

        ignore_signal_keys()
    try:
        if len(sys.argv) == 1:
            # Nothing to read from the command line, so the first page need not wait for what reads it.
            from iop_tui.commands.wizard import run

            sys.exit(run(None))
        from iop_tui.cli import main as read_command_line

        read_command_line()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as failure:
        from iop_tui.commands.refuse import cannot_write, let_go

        let_go(sys.stdout)
        # Whoever read our output may go away: nothing is wrong then.
        sys.exit(DONE if isinstance(failure, BrokenPipeError) else cannot_write(failure))


if __name__ == "__main__":
    main()
