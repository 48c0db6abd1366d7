"""Answers, conditions evaluated on them, and the interview that asks for the next."""
