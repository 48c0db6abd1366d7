"""The lobby terminal: a supervisor that never sees an answer, and a worker process for each visitor."""
