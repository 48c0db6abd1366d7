"""A list of choices, one a line: chosen by its key, by arrows and Enter, or by a click."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import ClassVar, Self

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from iop_tui.firstpaint.layout import MARKER as MARKER

_PADDING = 2
_LABEL = 36
"""Cells of the column of labels, at most: an answer far from its label is hard to find."""
_REVERSE = Style(reverse=True)


class Choice(Struct, frozen=True):
    """One choice. `key` chooses it at once; `mark` comes before the text, as `[x]` does; `apart` sets it off; `details`
    go under it. A `label` has its own column to the left of the text.
    """

    id: str
    text: str
    key: str = ""
    mark: str = ""
    apart: bool = False
    heading: bool = False
    quiet: bool = False
    details: tuple[str, ...] = ()
    label: str = ""


class _Line(Option):
    """A choice in the list. `offer` is all that was offered with it."""

    def __init__(self, prompt: Content, choice: Choice, offer: Sequence[Choice]) -> None:
        super().__init__(prompt, id=choice.id, disabled=choice.heading)
        self.offer = offer


class Choices(OptionList):
    """Choices to pick from. Nothing is selected beforehand unless the caller says so: Enter pressed twice answers
    nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", show=False)]

    class Picked(Message):
        """A line was chosen, by Enter or by a click. `offer` is the list at that moment."""

        def __init__(self, choice: str, offer: Sequence[Choice]) -> None:
            super().__init__()
            self.choice = choice
            self.offer = offer

    def __init__(self, choices: Sequence[Choice] = (), *, at: str | None = None, id: str | None = None) -> None:  # noqa: A002  # Textual's own parameter name
        super().__init__(id=id, markup=False)
        self._choices: tuple[Choice, ...] = ()
        self._at = at
        self._wanted = tuple(choices)
        self._offering = False
        self._texts: list[object] = []
        """What each line of the list shows."""
        self._row_starts: dict[str, int] = {}
        """The first line of each choice, by id."""
        self._pointed = False
        """Whether the cursor shows what switch scanning offers."""
        self._offered_for = (0, 0, False)
        """Width, lines and whether lines are spaced: the parameters of the present layout."""

    def on_mount(self) -> None:
        """The choices of the present layout."""
        if self._wanted:
            self.offer(self._wanted, at=self._at)

    def offer(self, choices: Sequence[Choice], *, at: str | None = None) -> None:
        """Show other choices, with the line `at` under the cursor, or none."""
        before = self._rows()
        self._choices = tuple(choices)
        width = self._text_width()
        prompts = [_prompt(choice, width) for choice in self._choices]
        lines = sum(prompt.plain.count("\n") + 1 for prompt in prompts)
        # If there is room, choices are spaced: easier to read, and to hit with a finger or an unsteady hand.
        roomy = self._is_roomy(lines)
        self._offered_for = (width, lines, roomy)
        options: list[Option | None] = []
        self._texts, self._row_starts = [], {}
        for choice, prompt in zip(self._choices, prompts, strict=True):
            if options and (choice.apart or roomy):
                options.append(Option(Content(""), disabled=True))
                self._texts.append("")
            self._row_starts[choice.id] = len(self._texts)
            self._texts += [(choice.quiet, choice.heading, line) for line in prompt.plain.split("\n")]
            options.append(_Line(prompt, choice, self._choices))
        self._offering = True
        self.set_options(options)
        if at is not None:
            self.highlighted = self.get_option_index(at)
        self._offering = False
        self._repaint(before, self._rows())

    def _rows(self) -> list[object]:
        """What each line shows, as far as two lines must be distinguished."""
        under = self.highlighted_option
        first = self._row_starts.get(under.id or "", -1) if under is not None else -1
        later = [start for start in self._row_starts.values() if start > first]
        last = min(later, default=len(self._texts))
        return [(text, first >= 0 and first <= row < last) for row, text in enumerate(self._texts)]

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """While choices are replaced nothing is repainted; `offer` does it once at the end."""
        return (
            self if self._offering else super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        )

    def _repaint(self, before: Sequence[object], after: Sequence[object]) -> None:
        """Repaint the lines that changed: most of a key's time is drawing, and half the lines stay as they are."""
        if self.styles.auto_dimensions:
            self.refresh(layout=True)
            return
        longest = max(len(before), len(after))
        if self.scroll_y or longest >= self.size.height:
            self.refresh()
            return
        pairs = itertools.zip_longest(before, after)
        changed = [row for row, (old, new) in enumerate(pairs) if old != new]
        if changed:
            self.refresh(Region(0, changed[0], self.size.width, changed[-1] - changed[0] + 1))

    @property
    def offered(self) -> Sequence[Choice]:
        """The present choices."""
        return self._choices

    def point_at(self, choice: str | None) -> None:
        """Offer a line to a switch, or none: then no line is under the cursor."""
        was, self._pointed = self._pointed, choice is not None
        if choice is None and not was:
            return
        self.highlighted = None if choice is None else self.get_option_index(choice)
        if choice is not None:
            self.scroll_to_highlight()
        self.refresh()

    def show_pointed(self, choice: str, offered: bool) -> None:
        """Mark that line as offered, or no longer."""
        under = self.highlighted_option
        if offered or (under is not None and under.id == choice):
            self._pointed = True
            self.point_at(choice if offered else None)

    def with_key(self, key: str) -> str | None:
        """The id of the line with that key, if there is one."""
        return next((choice.id for choice in self._choices if choice.key == key and not choice.heading), None)

    def on_resize(self) -> None:
        """Lay the lines out again, if the new size needs it."""
        width, lines, roomy = self._offered_for
        if self._choices and (width != self._text_width() or roomy != self._is_roomy(lines)):
            at = self.highlighted_option
            self.offer(self._choices, at=at.id if at else None)

    def action_page_up(self) -> None:
        """A page up."""
        self._by_page(super().action_page_up, self.action_first)

    def action_page_down(self) -> None:
        """A page down."""
        self._by_page(super().action_page_down, self.action_last)

    def _by_page(self, move: Callable[[], object], far: Callable[[], None]) -> None:
        # Textual 8.2.8 looks up a line that it has not laid out yet, if the key comes before the choices are drawn.
        try:
            move()
        except (KeyError, IndexError):
            far()

    def render_line(self, y: int) -> Strip:
        """One line of the list; the one under the cursor has a marker, so that it is visible without colour too."""
        strip = super().render_line(y)
        if self.highlighted is None:
            return strip
        first = next(iter(strip), None)
        style = first.style if first is not None else None
        if style is None or style.meta.get("option") != self.highlighted:
            return strip
        continued = strip.text[_PADDING : _PADDING + 1].isspace()
        if not continued:
            strip = Strip.join([Strip([Segment(MARKER.ljust(_PADDING), style)]), strip.crop(_PADDING)])
        # A text-style of reverse is lost between the style sheet and an option (Textual 8.2.8).
        return strip.apply_style(_REVERSE) if self._pointed or self.app.native_ansi_color else strip

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        # The list may have been replaced while the message was on its way: only what is still offered was meant. The
        # same choices laid out for another width are still offered.
        if event.option.id is not None and isinstance(event.option, _Line) and event.option.offer is self._choices:
            self.post_message(self.Picked(event.option.id, self._choices))

    def _is_roomy(self, lines: int) -> bool:
        return 2 * lines <= self.size.height and not self.styles.auto_dimensions

    def _text_width(self) -> int:
        return max(10, (self.size.width or 76) - 2 * _PADDING - self.styles.scrollbar_size_vertical)


def _prompt(choice: Choice, width: int) -> Content:
    lead = _lead(choice, width)
    if not choice.details:
        return lead
    indent = Content(" " * (len(choice.mark) + 2))
    details = [
        indent + line.rstrip()
        for text in choice.details
        for line in Content.styled(text, "$muted").wrap(max(6, width - len(choice.mark) - 2))
    ]
    return Content("\n").join([lead, *details])


def _lead(choice: Choice, width: int) -> Content:
    if choice.heading:
        return Content("\n").join([line.rstrip() for line in Content.styled(choice.text, "bold").wrap(width)])
    if choice.label:
        return _in_columns(choice, width)
    key = f"{choice.key.upper()}  " if choice.key else ""
    lead = f"{key}{choice.mark}"
    text, room = Content.styled(choice.text, "$muted" if choice.quiet else ""), max(6, width - len(lead))
    if text.cell_length <= room:
        return Content.styled(key, "bold $key") + Content(choice.mark) + text
    lines = text.wrap(room)
    indent = " " * len(lead)
    return Content("\n").join(
        [
            (Content.styled(key, "bold $key") + Content(choice.mark) if number == 0 else Content(indent))
            + line.rstrip()
            for number, line in enumerate(lines)
        ]
    )


def _in_columns(choice: Choice, width: int) -> Content:
    """The label in one line, cut at a word, and the text beside it, wrapped."""
    left = min(width * 11 // 20, _LABEL)
    first, *more = Content.styled(choice.label, "$muted").wrap(left - 1)
    label = Content.styled(f"{first.plain.rstrip()}…", "$muted") if more else first.rstrip()
    texts = Content.styled(choice.text, "bold").wrap(max(8, width - left - _PADDING))
    heads = [
        label.pad_right(left + _PADDING - label.cell_length),
        *[Content(" " * (left + _PADDING))] * (len(texts) - 1),
    ]
    return Content("\n").join([head + text.rstrip() for head, text in zip(heads, texts, strict=True)])
