"""Exports of a counselor's call: notes for a record, and data. Each format is rendered from a Report alone."""
