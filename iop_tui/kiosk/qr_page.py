"""A code for a phone's camera, and the text that it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult, RenderResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from iop_tui.result.model import Result
from iop_tui.screening.i18n.language import _
from iop_tui.site.settings import Site
from iop_tui.takeaway import qr_code
from iop_tui.takeaway.qr_payload import essentials
from iop_tui.tui.base_screen import BACK, READ_ON, Overlay, PageFooter
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose

if TYPE_CHECKING:
    from iop_tui.kiosk.host import KioskHost

_BESIDE = 22
"""The width of the text beside the code, in cells; in the narrowest window the code has the whole height."""
_FOOT = 1


class Picture(Widget):
    """The code, dark on light in every theme."""

    DEFAULT_CSS = """
    Picture { width: auto; height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[str, ...] = ()

    def show(self, lines: tuple[str, ...]) -> None:
        """Show another code, or none."""
        self._rows = lines
        self.display = bool(lines)
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        """If no colour may be used, the code is drawn in reverse: the terminal's text colour becomes the light
        background.
        """
        style = "reverse" if self.app.no_color else "#000000 on #ffffff"
        return Content.styled("\n".join(self._rows), style)


class QrPage(Overlay):
    """The code, as large as the window allows, with the text beside it, which scrolls if it must."""

    HINTS = (BACK, READ_ON)
    AUTO_FOCUS = "#qr-words"

    def __init__(self, result: Result, site: Site) -> None:
        super().__init__()
        self._result = result
        self._site = site

    @property
    def host(self) -> KioskHost:
        """What the page may ask of the kiosk's app."""
        return cast("KioskHost", self.app)

    def compose(self) -> ComposeResult:
        """The code and the text, at full height above the footer."""
        with Container(id="qr"):
            yield Picture()
            with VerticalScroll(id="qr-words"):
                yield Prose()
        yield PageFooter(self.host.footer_hints(self, self._hints()), self.host.OPTIONAL_HINTS)

    def again(self) -> Overlay:
        """The code of the summary as it is now."""
        return QrPage(self.host.result(), self.host.site)

    @property
    def too_small(self) -> bool:
        """It handles small windows itself."""
        return False

    def on_resize(self, event: events.Resize) -> None:
        """The code that fits now."""
        columns, rows = event.size.width, event.size.height - _FOOT
        across = columns - _BESIDE
        room = qr_code.largest_room(across, rows)
        text = essentials(self._result, self._site, room) if room else ""
        code = qr_code.code(text, across, rows) if text else None
        self.query_one(Picture).show(qr_code.drawn(code) if code else ())
        self.query_one("#qr-words Prose", Prose).show(self._words(text if code else ""))

    def _words(self, text: str) -> list[Block]:
        if not text:
            small = _("This window is too small for a code that a phone can read. Please make it larger, or ask staff.")
            return [Paragraph(small, "bold")]
        how = _("Point your phone's camera here. It shows the text below. Nothing is sent.")
        return [Paragraph(how, "bold"), GAP, *(Paragraph(line) for line in text.splitlines())]

    def action_read_on(self) -> None:
        """Scroll down by a page."""
        self.query_one("#qr-words", VerticalScroll).scroll_page_down(animate=False)
