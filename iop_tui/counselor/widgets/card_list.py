"""A list of calls, one a line. Only visible lines are made: ten thousand calls cost what twenty cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from iop_tui.call.record import Card, State
from iop_tui.screening.model.definition import Screening
from iop_tui.tui.choices import MARKER

_LEAD = 2
"""Cells for the marker of the cursor."""
_WIDE = 90
"""Columns of a line from which the columns are spaced wider."""
_REVERSE = Style(reverse=True)
_BOLD = Style(bold=True)


class Column(Struct, frozen=True):
    """A column: its heading, its width in cells (0 takes the rest), and its text for a call."""

    head: str
    width: int
    said: Callable[[Card], str]
    right: bool = False


def state_words() -> Mapping[State, str]:
    """The states of a call, in a word or two."""
    return {"open": "open", "call_back": "call back", "finished": "finished"}


def moment(at: datetime, now: datetime) -> str:
    """A local time as short as it is unambiguous: the hour today, the day this year."""
    here, today = at.astimezone(), now.astimezone()
    if here.date() == today.date():
        return here.strftime("%H:%M")
    return here.strftime("%b %d %H:%M") if here.year == today.year else here.strftime("%Y-%m-%d")


def minutes(seconds: int) -> str:
    """A time on the line."""
    return f"{max(1, round(seconds / 60)) if seconds else 0} min"


def level_so_far(screening: Screening, card: Card) -> str:
    """The level in a word, with a plus if more is possible."""
    if card.level is None or card.level not in screening.levels:
        return "—"
    more = "+" if len(card.could_be) > 1 else ""
    return screening.levels[card.level].short + more


def alarm_sign(screening: Screening, card: Card) -> str:
    """Two marks for an alarm `now`, one for another."""
    urgency = {alarm.id: alarm.urgency for alarm in screening.alarms}
    if any(urgency.get(alarm_id, "now") == "now" for alarm_id in card.alarms):
        return "!!"
    return "!" if card.alarms else ""


def columns(screening: Screening, now: datetime, width: int) -> Sequence[Column]:
    """The columns for a width in cells."""
    states = state_words()
    wide = width >= _WIDE
    return (
        Column("", 2, lambda card: alarm_sign(screening, card)),
        Column("Began", 12, lambda card: moment(card.began, now)),
        Column("State", 9, lambda card: states[card.state]),
        Column("Reference", 0, lambda card: " ".join(card.reference.split())),
        Column("So far", 11, lambda card: level_so_far(screening, card)),
        Column("Time", 7, lambda card: minutes(card.seconds), right=True),
        Column("By", 14 if wide else 8, lambda card: card.by),
    )


def row(cells: Sequence[str], shape: Sequence[Column], width: int) -> Content:
    """One line of the list, as wide as it is."""
    gap = 2 if width >= _WIDE else 1
    fixed = sum(column.width for column in shape) + gap * (len(shape) - 1)
    parts = []
    for text, column in zip(cells, shape, strict=True):
        room = column.width or max(4, width - fixed)
        part = Content(text).truncate(room, ellipsis=True)
        missing = room - part.cell_length
        parts.append(part.pad_left(missing) if column.right else part.pad_right(missing))
    return Content(" " * gap).join(parts)


class CardList(ScrollView, can_focus=True):
    """The calls. One is under the cursor; Enter or a click takes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "by_page(-1)", show=False),
        Binding("pagedown", "by_page(1)", show=False),
        Binding("home", "end(0)", show=False),
        Binding("end", "end(1)", show=False),
        Binding("enter,space", "take", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"card-list--cursor"}

    class CallChosen(Message):
        """A call was taken, by Enter or by a click."""

        def __init__(self, card: Card) -> None:
            super().__init__()
            self.card = card

    class Moved(Message):
        """Another call is under the cursor, or none."""

    def __init__(self, screening: Screening, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._screening = screening
        self._now = now
        self._cards: Sequence[Card] = ()
        self._at = 0
        self._shape: Sequence[Column] = ()

    @property
    def cards(self) -> Sequence[Card]:
        """The calls that are listed."""
        return self._cards

    @property
    def card(self) -> Card | None:
        """The call under the cursor."""
        return self._cards[self._at] if self._at < len(self._cards) else None

    def show_cards(self, cards: Sequence[Card]) -> None:
        """List these; the cursor stays at its call if that is still listed."""
        under = self.card.id if self.card else None
        self._cards = cards
        self._at = next((n for n, card in enumerate(cards) if card.id == under), 0) if under else 0
        self.virtual_size = Size(0, len(cards))
        self._see()
        self.refresh()
        self.post_message(self.Moved())

    def head(self, width: int) -> Content:
        """The names of the columns."""
        shape = columns(self._screening, self._now(), width)
        return Content(" " * _LEAD) + row([column.head for column in shape], shape, width)

    @property
    def text_width(self) -> int:
        """Cells that a line may take, without the marker's and the scroll bar's."""
        return max(40, self.size.width - _LEAD - 1)

    def render_line(self, y: int) -> Strip:
        """A line of the list."""
        index = y + int(self.scroll_offset.y)
        width = self.size.width
        if index >= len(self._cards):
            return Strip.blank(width, self.rich_style)
        shape = columns(self._screening, self._now(), self.text_width)
        here = index == self._at
        card = self._cards[index]
        text = row([column.said(card) for column in shape], shape, self.text_width).plain
        style = self.get_component_rich_style("card-list--cursor") if here else self.rich_style
        if here and self.app.native_ansi_color:
            style += _REVERSE
        lead = MARKER if here else " "
        sign = shape[0].width
        segments = [Segment(f"{lead} ", style), Segment(text[:sign], style + _BOLD), Segment(text[sign:], style)]
        return Strip(segments).adjust_cell_length(width, style)

    def action_move(self, by: int) -> None:
        """A line up or down."""
        self._go(self._at + by)

    def action_by_page(self, by: int) -> None:
        """A page up or down."""
        self._go(self._at + by * max(1, self.size.height - 1))

    def action_end(self, last: int) -> None:
        """To the first or the last."""
        self._go(len(self._cards) - 1 if last else 0)

    def action_take(self) -> None:
        """Take the call under the cursor."""
        if self.card is not None:
            self.post_message(self.CallChosen(self.card))

    def on_click(self, event: events.Click) -> None:
        """Take the call that was clicked."""
        event.stop()
        index = event.y + int(self.scroll_offset.y)
        if index < len(self._cards):
            self._go(index)
            self.action_take()

    def _go(self, index: int) -> None:
        at = min(max(0, index), max(0, len(self._cards) - 1))
        if at != self._at:
            self._at = at
            self._see()
            self.refresh()
            self.post_message(self.Moved())

    def _see(self) -> None:
        top, height = int(self.scroll_offset.y), max(1, self.size.height)
        if self._at < top:
            self.scroll_to(y=self._at, animate=False, force=True)
        elif self._at >= top + height:
            self.scroll_to(y=self._at - height + 1, animate=False, force=True)
