"""What a question costs in Textual by itself: a Static and an OptionList, both given the next texts on a digit."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from benchmarks.texts import OPTIONS, QUESTIONS, UNSURE, ask


def options() -> list[Option]:
    """As many lines as the wizard's, with the same words."""
    lines = [Option(f"{number}  {text}") for number, text in enumerate(OPTIONS, 1)]
    return [*lines, Option("", disabled=True), *(Option(text) for text in UNSURE)]


class BareQuestions(App[None]):
    """The questions one after another."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        yield Static(ask(0), markup=False)
        yield OptionList(*options(), markup=False)

    def on_key(self, event: events.Key) -> None:
        """The next question."""
        if event.key.isdigit():
            self._at = (self._at + 1) % QUESTIONS
            self.query_one(Static).update(ask(self._at))
            self.query_one(OptionList).set_options(options())


if __name__ == "__main__":
    BareQuestions().run()
