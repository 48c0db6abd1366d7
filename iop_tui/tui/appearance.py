"""The display page: colours and one-key use. A choice takes effect at once."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult, RenderResult
from textual.containers import Vertical
from textual.content import Content
from textual.theme import Theme
from textual.widget import Widget

from iop_tui.screening.i18n.language import N_, _
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, Overlay
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.messages import PaceChosen, ThemeChosen
from iop_tui.tui.themes import THEMES

PACES: Sequence[tuple[str, float | None, str]] = (
    ("off", None, N_("Off")),
    ("slow", 4.0, N_("Slow: each choice waits 4 seconds")),
    ("middle", 2.5, N_("Middle: each choice waits 2.5 seconds")),
    ("fast", 1.5, N_("Fast: each choice waits 1.5 seconds")),
)
"""The paces of one-key use: an id, seconds or None for off, and the label."""
_COLOURS = {"dark": N_("Dark"), "light": N_("Light"), "contrast": N_("High contrast")}


class Sample(Widget):
    """A sample line in the colours of a theme."""

    DEFAULT_CSS = """
    Sample { width: 1fr; height: 1; }
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._colours = theme

    def render(self) -> RenderResult:
        """Its name, a line under the cursor, and a quieter word."""
        theme = self._colours
        ground, named = theme.background, theme.variables
        name = Content.styled(f"  {_(_COLOURS[theme.name])}", f"bold {theme.foreground} on {ground}")
        chosen = Content.styled("  ", f"bold {named['cursor-text']} on {named['cursor']}")
        chosen += Content.styled("1", f"bold {named['key']} on {named['cursor']}")
        often, unsure = _("Most days"), _("I am not sure")
        chosen += Content.styled(f"  {often}  ", f"bold {named['cursor-text']} on {named['cursor']}")
        quiet = Content.styled(f"  {unsure}  ", f"{named['muted']} on {ground}")
        broadest = max(Content(_(name)).cell_length for name in _COLOURS.values())
        room = Content.styled(" " * (broadest + 4 - name.cell_length), f"on {ground}")
        line = name + room + chosen + quiet
        return line + Content.styled(" " * max(0, self.content_size.width - line.cell_length), f"on {ground}")


class DisplayPage(Overlay):
    """Colours and one-key use. It stays until the person goes back; no answer is touched."""

    HINTS = (BACK, HELP, LEAVE)

    def __init__(self, theme: str | None, pace: float | None, *, one_key: bool = True) -> None:
        """`theme` is the name of the theme in use, or None for the terminal's own colours; `pace` is in seconds, or
        None. `one_key` says whether a pace can be chosen here.
        """
        super().__init__()
        self._colours = theme
        self._pace = pace
        self._one_key = one_key

    def again(self) -> Overlay:
        """The same page in another language."""
        return DisplayPage(self._colours, self._pace, one_key=self._one_key)

    def body(self) -> ComposeResult:
        """A sample of each theme, and the choices."""
        own = _("The colors are this screen's own.")
        with Vertical(classes="body"):
            if self._colours is None:
                yield Prose([Paragraph(own)], classes="gap")
            else:
                with Vertical(id="samples"):
                    yield from (Sample(theme) for theme in THEMES)
            yield Choices(self._choices(), at=None)

    def on_mount(self) -> None:
        """Show the title; the cursor is on the present choice."""
        self.show_title(_("Display"))
        at = self._colours if self._colours in _COLOURS else self._pace_id if self._one_key else ""
        self._show(at)

    @property
    def _pace_id(self) -> str:
        return next((name for name, seconds, _said in PACES if seconds == self._pace), "")

    def _choices(self) -> list[Choice]:
        choices: list[Choice] = []
        if self._colours is not None:
            choices.append(Choice("colours", _("Colors"), heading=True))
            for theme in THEMES:
                mark = _marked(theme.name == self._colours)
                choices.append(Choice(theme.name, _(_COLOURS[theme.name]), str(len(choices)), mark))
        if not self._one_key:
            return choices
        heading = _("One-key use: Space or a click takes what lights up")
        first = len(choices) or 1
        choices.append(Choice("one-key", heading, heading=True, apart=True))
        for number, (name, _seconds, said) in enumerate(PACES, first):
            choices.append(Choice(name, _(said), str(number), _marked(name == self._pace_id)))
        return choices

    def choose(self, choice: str) -> None:
        """Apply the choice, and mark it."""
        paces = {name: seconds for name, seconds, _said in PACES}
        if choice in paces:
            self._pace = paces[choice]
            self.post_message(PaceChosen(self._pace))
        else:
            self._colours = choice
            self.post_message(ThemeChosen(choice))
        self._show(choice)

    def _show(self, at: str) -> None:
        self.query_one(Choices).offer(self._choices(), at=at or None)

    def action_display(self) -> None:
        """The key that opened it closes it."""
        self.action_back()


def _marked(used: bool) -> str:  # it is the one thing that is asked
    return "[x] " if used else "[ ] "
