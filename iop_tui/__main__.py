"""The entry point, as `iop-tui` and as `python -m iop_tui`."""

from __future__ import annotations

import errno
import sys

from iop_tui import CRASHED
from iop_tui.cli_support.exit_status import DONE, INTERRUPTED

# The first page is painted from here, so nothing is imported that it does not need.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn, TypeGuard

    from iop_tui.firstpaint.takeover import EarlyScreen

_UNWRITTEN = frozenset(
    {
        *(errno.EAGAIN, errno.EBADF, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.ENXIO, errno.EPERM),
        *(errno.EPIPE, errno.ECONNRESET, errno.ENODEV, errno.EROFS),
    }
)
"""The errno values of a closed or full output. Such an error names no file: the output was open already."""


def main() -> NoReturn:
    """Run the program and leave with its exit status. Whatever the command: an internal error is one line
    without any value, and CRASHED.
    """
    try:
        status = _run()
        if sys.stdout is not None:
            # Python would do it while it ends, and could only complain.
            sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BaseException as fault:
        status = _ended_by(fault)
    sys.exit(status)


def _run() -> int | str | None:
    """Run the command; what it leaves with."""
    if "kiosk" in sys.argv:
        # Before anything slow: a key that sends a signal must not end what is only beginning.
        from iop_tui.platform.signal_keys import ignore_signal_keys

        ignore_signal_keys()
    early: EarlyScreen | None = None
    try:
        if len(sys.argv) == 1:
            # Nothing to read from the command line, so the first page need not wait for what reads it.
            from iop_tui.commands.first_page import show_shipped

            early = show_shipped()
        from iop_tui.cli_support import crash

        crash.quiet_hooks()
        if len(sys.argv) == 1:
            from iop_tui.commands.wizard import run

            return run(None, early=early)
        from iop_tui.cli import main as read_command_line

        read_command_line()
    except SystemExit as left:
        return left.code
    finally:
        if early is not None:
            early.give_back()


def _ended_by(fault: BaseException) -> int:
    from iop_tui.cli_support import crash
    from iop_tui.platform.output import let_go, tell

    if not _is_unwritten(fault):
        tell([crash.sentence(fault)])
        return CRASHED
    from iop_tui.cli_support.refusals import cannot_write

    let_go(sys.stdout)
    # The reader of our output may exit: that is no error.
    return DONE if isinstance(fault, BrokenPipeError) else cannot_write(fault)


def _is_unwritten(fault: BaseException) -> TypeGuard[OSError]:
    return isinstance(fault, OSError) and fault.filename is None and fault.errno in _UNWRITTEN


if __name__ == "__main__":
    main()
