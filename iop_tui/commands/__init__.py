"""One module for each command. `run` returns the exit status; `iop_tui.cli` parses the command line."""
