"""Shared by several commands: exit statuses, refusals, loading of site and screening, checks of the terminal."""
