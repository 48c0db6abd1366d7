"""Where the program begins, as `iop-tui` and as `python -m iop_tui`."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from iop_tui.commands import INTERRUPTED


def main() -> NoReturn:
    """Run the program and leave with its exit status."""
    try:
        if len(sys.argv) == 1:
            # Nothing to read from the command line, so the first page need not wait for what reads it.
            from iop_tui.commands.wizard import run

            sys.exit(run(None))
        from iop_tui.cli import main as read_command_line

        read_command_line()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output went away: nothing is wrong, and Python must not complain about it while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
