"""Asking a form: what every face shows, in which order, and in which words. Faces draw it."""
