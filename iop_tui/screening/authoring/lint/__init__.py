"""Warnings for authors of a screening that loads: one file for each check. `checker.py` runs them all."""
