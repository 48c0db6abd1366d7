"""The same sixty questions in questionary, one select prompt after another."""

from __future__ import annotations

import questionary

from benchmarks.texts import OPTIONS, QUESTIONS, UNSURE, ask


def run() -> None:
    """Ask them all."""
    for index in range(QUESTIONS):
        questionary.select(ask(index), choices=[*OPTIONS, *UNSURE]).ask()


if __name__ == "__main__":
    run()
