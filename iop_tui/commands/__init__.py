"""One module for each command. `run` returns the exit status; `iop_tui.cli`, `cli_records` and `cli_authors`
parse the command line."""
