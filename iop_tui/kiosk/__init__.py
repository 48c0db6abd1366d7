"""The lobby terminal: a parent that never sees an answer, and a fresh process for each visitor."""
