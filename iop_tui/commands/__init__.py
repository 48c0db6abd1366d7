"""What each command does. A `run` returns the exit status; `iop_tui.cli` reads the command line."""
