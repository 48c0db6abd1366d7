"""The welcome page before Textual is loaded: painted with the standard library alone, in a few milliseconds.

Its texts, the footer's keys and its colours are defined here once, for Textual's page too.
"""
