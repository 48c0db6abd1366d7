"""The cells of the welcome page for a window size, identical to what Textual makes of `tui/welcome.py` and
`tui/app.tcss`.

`tests/tui/test_firstpaint.py` compares the two, cell by cell. If a page would need more than is implemented here (a
letter of another width, a choice or a footer of two lines) there is no layout, and the page waits for Textual.
"""

from __future__ import annotations

from iop_tui.firstpaint import words
from iop_tui.firstpaint.hints import OPTIONAL, drawn_gap, fitting_keys, gap
from iop_tui.firstpaint.wrap import is_simple, wrapped
from iop_tui.screening.model.locales import ENGLISH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iop_tui.firstpaint.hints import Hint
    from iop_tui.screening.compiled.compiled_index import FirstPage

COLUMNS, LINES = 60, 20
"""The smallest window that shows every page whole."""
NORMAL_LINES = 24
"""Lines of a window that has room for empty ones."""
ROOMY_LINES = 30
"""From this height on, pages take more room for what they show."""
_HEAD_COLUMNS, _BODY_COLUMNS = 104, 80
"""The greatest width of header, footer, and the content in between."""
_MOST = 100_000
"""Cells of a window. One that claims to have more is looked at by Textual's driver."""
_SIDE = 2
"""Cells left free at each side."""
_WIDE = 100
"""Columns from which the texts and choices are centred."""
_WIDE_SIDE = 14
"""Cells left free on each side of them then, of the header's width."""
_BAR = 2
"""Cells that a scroll bar is wide."""
_CHOICE_SIDES = 2 * _SIDE + 1
"""Cells of a choice's line that its text leaves free: at its sides, and for a scroll bar."""
MARKER = "›"
"""Stands before the choice under the cursor."""

Span = tuple[str, str, str, bool]
"""Text, the names of its colour and its ground in the palette, and whether it is bold. The colour `bar` is the scroll
bar's thumb.
"""
Row = list[Span]
BAR = "bar"


class _NoLayout(Exception):
    """This page needs Textual."""


def rows(page: FirstPage, code: str, width: int, height: int) -> list[Row] | None:
    """The rows of the welcome page in a window of that size, from top to bottom; None where Textual must lay it out.

    `code` is the language of the page.
    """
    if width < COLUMNS or height < LINES or width * height > _MOST:
        return None
    try:
        return _Layout(page, code, width, height).rows()
    except _NoLayout:
        return None


class _Layout:
    def __init__(self, page: FirstPage, code: str, width: int, height: int) -> None:
        self._page = page
        self._code = code
        self._others = [(other, name) for other, name in page.languages if other != code]
        self._width = width
        self._height = height
        self._tall = height >= ROOMY_LINES
        self._airy = height >= NORMAL_LINES
        named = (name for _code, name in self._others)
        if not all(
            is_simple(text) for text in (page.title, page.lead, page.about, page.reviewed, *page.points, *named)
        ):
            raise _NoLayout

    def _say(self, sentence: str) -> str:
        """A sentence of the program in the page's language. One that is not known there may be known to Textual."""
        said = self._page.sentences.get(sentence) if self._code != ENGLISH else sentence
        if said is None or not is_simple(said):
            raise _NoLayout
        return said

    def rows(self) -> list[Row]:
        head, choices = self._head(), self._choices()
        above, below = (2, 1) if self._tall else (1, 0) if self._airy else (0, 0)
        around = len(head) + (1 if self._tall else 0) + above + 1 + below
        room = self._height - around - len(choices)
        text, scrolls = self._words(room)
        foot = self._foot(scrolls=scrolls)
        blank: Row = [(" " * self._width, "text", "ground", False)]
        around_words = (room - len(text)) // 2 if self._tall else 0
        body = [*([blank] * (above + around_words)), *text, *choices]
        page = [*([blank] if self._tall else []), *head, *body]
        return [*page, *([blank] * (self._height - len(page) - 1 - below)), foot, *([blank] * below)]

    # ---- the parts ----

    def _head(self) -> list[Row]:
        width = self._inner(_HEAD_COLUMNS)
        lines = wrapped(self._page.title, width)
        said = [[(line, "text", "ground", True)] for line in lines]
        return [self._placed(row) for row in [*said, [("─" * width, "faint", "ground", False)]]]

    def _words(self, room: int) -> tuple[list[Row], bool]:
        """The rows of the text, and whether it scrolls. In a high window the choices follow it, else the footer."""
        width = self._body_width()
        text = self._text(width)
        if len(text) <= room:
            filled = text if self._tall else [*text, *([[]] * (room - len(text)))]
            return [self._placed_in_body(row) for row in filled], False
        if self._tall or room < 1:
            raise _NoLayout
        text = self._text(width - _BAR)
        thumb = -(-room * room // len(text)) if len(text) > room else room
        bar = (" " * _BAR, BAR, "ground", False)
        filled = [_filled(row, width - _BAR) for row in text[:room]]
        scrolled = [[*row, bar] if place < thumb else row for place, row in enumerate(filled)]
        return [self._placed_in_body(row) for row in scrolled], True

    def _text(self, width: int) -> list[Row]:
        lines = [[(line, "text", "ground", True)] for line in wrapped(self._page.lead, width)]
        mark = "" if self._airy else words.MARK
        for point in self._page.points:
            lines += [[]] if self._airy else []
            for number, line in enumerate(wrapped(point, width - len(mark))):
                before = mark if number == 0 else " " * len(mark)
                lines.append([(before + line, "text", "ground", False)])
        lines += [[]] if self._airy else []
        reviewed = self._page.reviewed or self._say(words.NOT_REVIEWED)
        said = words.about_line(self._page.about, reviewed, self._say)
        lines += [[(line, "muted", "ground", False)] for line in wrapped(said, width)]
        return [*lines, *([[]] if self._airy else [])]

    def _choices(self) -> list[Row]:
        width = self._body_width()
        lines: list[Row] = []
        for number, (_id, text) in enumerate(words.choices(self._others, self._say), 1):
            key = f"{number}  "
            if len(key) + len(text) > width - _CHOICE_SIDES:
                raise _NoLayout
            under = number == 1
            ink, ground = ("cursor_text", "cursor") if under else ("text", "ground")
            mark = (MARKER if under else "").ljust(_SIDE)
            line = [(mark, ink, ground, under), (key, "key", ground, True), (text, ink, ground, under)]
            lines.append(self._placed_in_body(_filled(line, width, ink, ground, bold=under)))
        return lines

    def _foot(self, *, scrolls: bool) -> Row:
        room = self._inner(_HEAD_COLUMNS)
        there = [hint for hint in words.hints(about=bool(self._page.about)) if scrolls or not hint[4]]
        full = [self._cells(hint, short=False) for hint in there]
        places = fitting_keys([(hint[2], cells) for hint, cells in zip(there, full, strict=True)], room, OPTIONAL, ())
        shown = [there[place] for place in places]
        short = gap([full[place] for place in places], room) < 1
        widths = [self._cells(hint, short=short) for hint in shown]
        if gap(widths, room) < 1:
            raise _NoLayout
        between = " " * drawn_gap(widths, room)
        row: Row = []
        for number, hint in enumerate(shown):
            row += [(between, "text", "ground", False)] if number else []
            row += [(hint[0], "key", "ground", True), (f" {self._does(hint, short=short)}", "muted", "ground", False)]
        return self._placed(row)

    def _cells(self, hint: Hint, *, short: bool) -> int:
        return len(hint[0]) + 1 + len(self._does(hint, short=short))

    def _does(self, hint: Hint, *, short: bool) -> str:
        return self._say((hint[3] if short else "") or hint[1])

    # ---- their places ----

    def _inner(self, most: int) -> int:
        return min(self._width, most) - 2 * _SIDE

    def _body_width(self) -> int:
        """Cells of the words and the choices."""
        if self._width < _WIDE:
            return self._inner(_BODY_COLUMNS)
        return min(self._width, _HEAD_COLUMNS) - 2 * _WIDE_SIDE

    def _placed_in_body(self, row: Row) -> Row:
        """A row of the words or the choices, as wide as the window."""
        more = _WIDE_SIDE - _SIDE if self._width >= _WIDE else 0
        return self._placed([(" " * more, "text", "ground", False), *row] if more else row)

    def _placed(self, row: Row) -> Row:
        """A row as wide as the window. The broadest row is centred, and all others are aligned with its left end."""
        left = (self._width - min(self._width, _HEAD_COLUMNS)) // 2 + _SIDE
        return _filled([(" " * left, "text", "ground", False), *row], self._width)


def _filled(row: Sequence[Span], width: int, ink: str = "text", ground: str = "ground", *, bold: bool = False) -> Row:
    """A row that is as wide as that."""
    return [*row, (" " * (width - _length(row)), ink, ground, bold)]


def _length(row: Iterable[Span]) -> int:
    return sum(len(text) for text, _ink, _ground, _bold in row)
