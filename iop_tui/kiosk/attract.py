"""The attract screen between visits: legible from three metres, moving against burn-in; any key or touch begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult, RenderResult
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from iop_tui.kiosk.heartbeat import HeartbeatMessage, HeartbeatPipe
from iop_tui.kiosk.messages import Invited
from iop_tui.screening.i18n.language import N_, _, gettext_in, own_name
from iop_tui.screening.model.content import PhoneLine
from iop_tui.screening.model.definition import Manifest
from iop_tui.site.settings import Site
from iop_tui.tui.base_screen import Page
from iop_tui.tui.block_font import enlarged, inked, is_whole, large, width

STEP = 10.0
"""Seconds between two moves."""
TURN = 6
"""Steps after which foreground and background are swapped: every cell is dark half of the time, even without moves."""
_BROAD = 64
"""Cells in the longest line of small text."""
_STRIDES = (0.7548776662, 0.5698402910)
"""Fractions of the free columns and rows to move by at each step: the R2 sequence, which fills a plane evenly
(Martin Roberts, 2018).
"""
_BEGIN = N_("Press any key, or touch the screen, to begin")
"""Shown in the language in which a visit begins."""
_BEGIN_IN = N_("Press {key}, or touch here, to begin")
"""Shown in each of the other languages that a visitor may choose."""
_LANGUAGE = "language"
"""The meta key of a line's style for the code of another language."""


_ROAM = (4, 2)
"""Columns and rows from the middle, at most. Further off it looks misplaced; ink and ground change places anyway."""


def place(step: int, columns: int, rows: int) -> tuple[int, int]:
    """The position of a block at a step, with so many free columns and rows around it: columns from the left, rows
    from the top, near the middle.
    """
    across, down = (step * stride % 1 for stride in _STRIDES)
    return _near_middle(across, columns, _ROAM[0]), _near_middle(down, rows, _ROAM[1])


def _near_middle(part: float, free: int, far: int) -> int:
    """A place among `free` cells that is `far` from the middle at most; `part` from 0.0 to 1.0."""
    first = max(0, free // 2 - far)
    last = min(free, free // 2 + far)
    return first + int(part * (last - first + 1))


def is_light(step: int) -> bool:
    """Whether foreground and background are swapped at a step."""
    return step // TURN % 2 == 1


class Invitation(Widget):
    """The content of the page, as one block that moves over the screen."""

    def __init__(self, invite: Sequence[str], words: Sequence[Sequence[tuple[str, str, str]]], step: int) -> None:
        """`words` are groups of sentences, each with its style and the code of the language in which a touch on it
        begins, if it does; the last two groups are needed most.
        """
        super().__init__()
        self._invite = invite
        self._words = words
        self._step = step

    def move(self) -> None:
        """Move to the next position."""
        self._step += 1
        self.refresh()

    def render(self) -> RenderResult:
        """The whole screen at the present step."""
        columns, rows = self.size.width, self.size.height
        light = is_light(self._step)
        ground = "$key reverse" if light else ""
        block = self._block(columns, rows, light)
        broad = max(line.cell_length for line in block)
        left, top = place(self._step, max(0, columns - broad), max(0, rows - len(block)))
        lines = [Content("")] * top + block + [Content("")] * (rows - top - len(block))
        offsets = [left + (broad - line.cell_length) // 2 for line in lines]
        return Content("\n").join(
            [_across(line, offset, columns, ground) for line, offset in zip(lines[:rows], offsets, strict=False)]
        )

    def _block(self, columns: int, rows: int, light: bool) -> list[Content]:
        """The lines of the block: as large as there is room, with at least some room to move."""
        words = self._small(min(_BROAD, columns - 2), light)
        airy = [line for group in words for line in (Content(""), *group)]
        tight = [Content(""), *(line for group in words for line in group)]
        for draw in self._sizes(columns):
            for small in (airy, tight):
                if (drawn := draw(light)) and len(drawn) + len(small) + 2 <= rows:
                    return [*drawn, *small]
        plain = [_styled(line, "bold $key", light) for line in self._invite]
        # In a window that is too small for all, how to begin and whom to call come first.
        needed = [line for group in words[-2:] for line in group]
        return [*plain, *(tight if len(plain) + len(tight) <= rows else needed)][:rows]

    def _sizes(self, columns: int) -> Sequence[Callable[[bool], list[Content]]]:
        """Versions of the invitation that are narrow enough, largest first."""
        if not is_whole(self._invite):
            return []
        tall = large(self._invite, tall=True)
        broad = width(self._invite)
        ways = [enlarged(tall, 2, 2)] if 2 * broad + 2 <= columns else []
        ways += [enlarged(tall, 2, 1)] if 2 * broad + 2 <= columns else []
        ways += [tall, large(self._invite, tall=False)] if broad + 2 <= columns else []
        return [lambda light, rows=rows: inked(rows, "$key", light=light).split("\n") for rows in ways]  # type: ignore[misc]  # each keeps its own rows

    def _small(self, room: int, light: bool) -> list[list[Content]]:
        return [
            [
                line.rstrip()
                for text, style, code in group
                for line in _touched(_styled(text, style, light), code).wrap(max(8, room))
            ]
            for group in self._words
        ]


def _styled(text: str, style: str, light: bool) -> Content:
    if light:
        style = f"{'bold ' if 'bold' in style else ''}$key reverse"
    return Content.styled(text, style)


def _touched(text: Content, code: str) -> Content:
    """With the language in which a touch on it begins."""
    return text.stylize(Style.from_meta({_LANGUAGE: code})) if code else text


def _across(line: Content, offset: int, columns: int, ground: str) -> Content:
    """A line indented by so many cells, with the background on both sides of it."""
    line = line.truncate(columns - offset)
    rest = columns - offset - line.cell_length
    return Content.styled(" " * offset, ground) + line + Content.styled(" " * rest, ground)


class AttractPage(Page):
    """The page between two visitors. `staff_call` says how to find staff, `lines` whom to call in danger; `sorry` if
    the last visit crashed; `step` is the first position, so that many short visits do not all begin in the same place.
    """

    AUTO_FOCUS = ""

    def __init__(
        self,
        manifest: Manifest,
        site: Site,
        channel: HeartbeatPipe,
        staff_call: str,
        lines: Sequence[PhoneLine] = (),
        *,
        sorry: bool,
        step: int = 0,
    ) -> None:
        super().__init__()
        self._manifest = manifest
        self._site = site
        self._channel = channel
        self._staff_call = staff_call
        self._phone_lines = lines
        self._sorry = sorry
        self._first_step = step

    def compose(self) -> ComposeResult:
        """Only the invitation."""
        yield Invitation(self._site.invite, self._words(), self._first_step)

    def _words(self) -> list[list[tuple[str, str, str]]]:
        site = self._site
        sorry = _("Something went wrong. We are sorry. Nothing was kept. Please begin again, or ask staff.")
        danger = _("In danger? {call}").format(call=self._staff_call)
        reach = " · ".join(line.reach for line in self._phone_lines)
        groups = [
            [(text, style, "") for text, style in ((site.clinic, "bold"), (self._manifest.title, "")) if text],
            [(_(_BEGIN), "bold $key", ""), *((text, "bold $key", code) for code, text in self._others())],
            [(text, "$muted", "") for text in (danger, reach, _("Not a diagnosis. Nothing is kept."))],
        ]
        return [[(sorry, "bold", "")], *groups] if self._sorry else groups

    def _others(self) -> list[tuple[str, str]]:
        """Code and text of each language but the first, if it has text."""
        keys = enumerate(self._site.languages[1:], 2)
        said = [(code, key, gettext_in(code, _BEGIN_IN)) for key, code in keys]
        return [
            (code, f"{key}  {own_name(code)}: {text.format(key=key)}")
            for code, key, text in said
            if text != _(_BEGIN_IN)
        ]

    def on_mount(self) -> None:
        """Start moving."""
        self.set_interval(STEP, self.step)

    def step(self) -> None:
        """Move, and send a heartbeat to the supervisor."""
        self.query_one(Invitation).move()
        self._channel.send(HeartbeatMessage.ALIVE)

    @property
    def too_small(self) -> bool:
        """It is shown in a window of any size."""
        return False

    def on_key(self, event: events.Key) -> None:
        """Every key begins; the number of a language begins in it."""
        event.stop()
        event.prevent_default()
        codes = {str(key): code for key, code in enumerate(self._site.languages[1:], 2)}
        self._begin(codes.get(event.character or "", ""))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A touch begins, too. Movement of the pointer does not: a jolt can cause it."""
        event.stop()
        row = (self.get_style_at(x, event.screen_y) for x in range(self.size.width))
        self._begin(next((code for style in row if (code := style.meta.get(_LANGUAGE, ""))), ""))

    def _begin(self, code: str = "") -> None:
        # However many come: the app takes the first, and no other once another page is shown.
        self.post_message(Invited(self, code))
