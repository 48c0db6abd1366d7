"""The field of a form's question: one line, or several, or letters by which an option is found."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.forms.asking.entry import Entry
from iop_tui.screening.i18n.language import _
from iop_tui.tui.fields import Area, Line

_LONG = 100_000
"""Letters of a line that can be typed; how many an answer may have is said by the form."""


class AnswerField(Vertical):
    """A line and an area, of which at most one is shown. `finds` says whether what is typed finds an option."""

    DEFAULT_CSS = """
    AnswerField { height: auto; width: 1fr; }
    AnswerField.off { display: none; }
    AnswerField.writing { height: 1fr; min-height: 3; }
    AnswerField Line { margin-bottom: 1; }
    AnswerField Area { margin-bottom: 1; }
    AnswerField.writing Line { display: none; }
    AnswerField.line Area { display: none; }
    """

    def __init__(self) -> None:
        super().__init__(classes="off")
        self.finds = False

    def compose(self) -> ComposeResult:
        """Both; the mode says which is shown."""
        yield Line(most=_LONG)
        yield Area()

    def use(self, entry: Entry, text: str, *, own: bool) -> None:
        """Show what an answer is given by, with a text in it; `own` asks for own words instead of an option."""
        writes = entry.way == "write" and not own
        types = own or entry.way == "type"
        self.finds = entry.has_many and not own
        self.set_class(writes, "writing")
        self.set_class(types or self.finds, "line")
        self.set_class(not (writes or types or self.finds), "off")
        line, area = self.query_one(Line), self.query_one(Area)
        line.placeholder = _("Type a few letters to find your answer") if self.finds else ""
        line.value = "" if self.finds or writes else text
        line.cursor_position = len(line.value)
        if area.text != (text if writes else ""):
            area.load_text(text if writes else "")
        area.move_cursor(area.document.end)

    @property
    def shown(self) -> Line | Area | None:
        """The field that is shown."""
        if self.has_class("off"):
            return None
        return self.query_one(Area) if self.has_class("writing") else self.query_one(Line)

    @property
    def text(self) -> str:
        """What was typed as an answer."""
        return "" if self.finds else self._raw

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed in it."""
        return not self._raw

    @property
    def _raw(self) -> str:
        field = self.shown
        return "" if field is None else field.text if isinstance(field, Area) else field.value


def read_beside(key: str, area: Area, words: VerticalScroll) -> bool:
    """While several lines are typed: the text over them scrolls by page, and by line from their first and last."""
    if key in ("pageup", "pagedown") and words.max_scroll_y:
        words.scroll_page_down(animate=False) if key == "pagedown" else words.scroll_page_up(animate=False)
    elif key == "up" and area.cursor_at_first_line and words.scroll_target_y > 0:
        words.scroll_up(animate=False)
    elif key == "down" and area.cursor_at_last_line and words.scroll_target_y < words.max_scroll_y:
        words.scroll_down(animate=False)
    else:
        return False
    return True
