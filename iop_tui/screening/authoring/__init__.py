"""Tools for authors: check, lint, mutation testing, evidence, readability."""
