"""The attract screen between visits: legible from three metres, moving against burn-in; any key or touch begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult, RenderResult
from textual.content import Content
from textual.widget import Widget

from iop_tui.kiosk.heartbeat import HeartbeatPipe, Word
from iop_tui.kiosk.messages import Invited
from iop_tui.screening.i18n.language import N_, _, said_in
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
"""Shown in each of the offered languages."""


def place(step: int, columns: int, rows: int) -> tuple[int, int]:
    """The position of a block at a step, given the free columns and rows: columns from the left, rows from the top."""
    across, down = (step * stride % 1 for stride in _STRIDES)
    return int(across * (columns + 1)), int(down * (rows + 1))


def is_light(step: int) -> bool:
    """Whether foreground and background are swapped at a step."""
    return step // TURN % 2 == 1


class Invitation(Widget):
    """The content of the page, as one block that moves over the screen."""

    def __init__(self, invite: Sequence[str], words: Sequence[Sequence[tuple[str, str]]], step: int) -> None:
        """`words` are groups of sentences, each with its style; the last two are needed most."""
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
        """Ways to draw the invitation that are narrow enough, largest first."""
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
            [line.rstrip() for text, style in group for line in _styled(text, style, light).wrap(max(8, room))]
            for group in self._words
        ]


def _styled(text: str, style: str, light: bool) -> Content:
    if light:
        style = f"{'bold ' if 'bold' in style else ''}$key reverse"
    return Content.styled(text, style)


def _across(line: Content, offset: int, columns: int, ground: str) -> Content:
    """A line so many cells from the left, with the ground on both sides of it."""
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
        """Nothing but the invitation."""
        yield Invitation(self._site.invite, self._words(), self._first_step)

    def _words(self) -> list[list[tuple[str, str]]]:
        site = self._site
        sorry = _("Something went wrong. We are sorry. Nothing was kept. Please begin again, or ask staff.")
        danger = _("In danger? {call}").format(call=self._staff_call)
        reach = " · ".join(line.reach for line in self._phone_lines)
        groups = [
            [(text, style) for text, style in ((site.clinic, "bold"), (self._manifest.title, "")) if text],
            [(text, "bold $key") for text in dict.fromkeys(said_in(code, _BEGIN) for code in site.languages)],
            [(danger, "$muted"), (reach, "$muted"), (_("Not a diagnosis. Nothing is kept."), "$muted")],
        ]
        return [[(sorry, "bold")], *groups] if self._sorry else groups

    def on_mount(self) -> None:
        """Start moving."""
        self.set_interval(STEP, self.step)

    def step(self) -> None:
        """Move, and send a heartbeat to the supervisor."""
        self.query_one(Invitation).move()
        self._channel.say(Word.ALIVE)

    @property
    def too_small(self) -> bool:
        """It is shown in a window of any size."""
        return False

    def on_key(self, event: events.Key) -> None:
        """Any key begins the visit."""
        event.stop()
        event.prevent_default()
        self._begin()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """So does a touch. Movement of the pointer does not: a jolt can cause it."""
        event.stop()
        self._begin()

    def _begin(self) -> None:
        # As often as they come: the app hears the first, and no other once another page is there.
        self.post_message(Invited(self))
