"""The words of the made-up questions, by themselves, for programs that share nothing else with the wizard."""

from __future__ import annotations

OPTIONS = ("Not at all", "On some days", "On most days", "Every day")
UNSURE = ("I'm not sure", "I'd rather not say")
QUESTIONS = 60


def ask(index: int) -> str:
    """The text of a question: short enough for one line, and not the beginning of another's."""
    return f"Question {index:05}: how often was this hard for you last month?"
