"""Exit statuses of the program."""

DONE, FAILED, BAD_INPUT = 0, 1, 2
"""Exit statuses: all done; a check failed; what was given cannot be used."""
CANNOT_WRITE = 74
"""The output could not be written: EX_IOERR of sysexits.h."""
INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""
