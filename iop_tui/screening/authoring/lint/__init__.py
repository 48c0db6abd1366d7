"""What authors are told of a screening that loads: one file for each thing to look at. `checker.py` runs them all."""
