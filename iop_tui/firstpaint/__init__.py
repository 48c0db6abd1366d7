"""The welcome page before Textual is there: painted with the standard library alone, in a few milliseconds.

What the page says, which keys are named at its foot and which colours it has stands here once, for Textual's page too.
"""
