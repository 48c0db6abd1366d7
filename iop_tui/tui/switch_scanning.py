"""Switch scanning: the targets of a page are offered in turn, for ever, and a single press takes the one offered.

The position of a scan is a value, and the meaning of a press is a pure function of it. The time is passed in, so that
tests can step it. Nothing of this is loaded before it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace
from textual.app import RenderResult
from textual.content import Content
from textual.message_pump import MessagePump
from textual.widget import Widget

from iop_tui.tui.choices import MARKER
from iop_tui.tui.clock import Time, Wait

GRACE = 0.25
"""Seconds after a change in which a press still means the previous target: eye and hand need that long."""
ONE_PRESS = 0.7
"""Seconds without a press after which the next one counts as another: a held key repeats sooner, and so does a
tremor.
"""


class Place(Struct, frozen=True):
    """The position of a scan: the target offered, the one before it (None at a beginning), since when, and when the
    switch was last pressed. Moments in seconds.
    """

    at: str | None
    before: str | None
    since: float
    heard: float


def begun(names: Sequence[str], now: float, at: str | None = None) -> Place:
    """A beginning: at the top, or at one of the names if it exists."""
    first = at if at in names else next(iter(names), None)
    return Place(first, None, now, now)


def onward(place: Place, names: Sequence[str], now: float) -> Place:
    """The next target after a pace, and after the last the first again. If the present one is gone, the first."""
    follows = dict(zip(names, [*names[1:], *names[:1]], strict=True))
    at = follows.get(place.at or "", next(iter(names), None))
    return Place(at, place.at, now, place.heard)


def pressed(place: Place, now: float, pace: float) -> tuple[str | None, Place]:
    """The target that a press means, and the position afterwards. It means none in the first third of a pace after a
    beginning, or if it belongs to the press before: a beginning counts as one, since most follow one.
    """
    after, heard = now - place.since, replace(place, heard=now)
    if now - place.heard < min(ONE_PRESS, pace / 2):
        return None, heard
    if place.before is None:
        return (None if after < pace / 3 else place.at), heard
    return (place.before if after < min(GRACE, pace / 3) else place.at), heard


class Target(Struct, frozen=True):
    """Something that can be offered. `show` shows whether it is offered now; what `stays` is offered again after it was
    taken, so that it can be undone.
    """

    name: str
    take: Callable[[], object]
    show: Callable[[bool], object]
    stays: bool = False


class Scan:
    """A scan that runs on a page. `targets` returns what it offers, at every step; `moved` names where other keys moved
    the cursor, if they did.
    """

    def __init__(
        self,
        page: MessagePump,
        pace: float,
        targets: Callable[[], Sequence[Target]],
        moved: Callable[[str | None], str | None],
        time: Time,
    ) -> None:
        self._page = page
        self._pace = pace
        self._targets = targets
        self._moved = moved
        self._time = time
        self._place: Place | None = None
        self._wait: Wait | None = None

    @property
    def offered(self) -> str | None:
        """The name of the target offered now."""
        return self._place.at if self._place is not None else None

    def begin(self, at: str | None = None) -> None:
        """Offer the first target, or a given one again, for a whole pace."""
        self.stop()
        self._offer(lambda names: begun(names, self._time.now(), at))

    def stop(self) -> None:
        """Offer nothing more, until it begins again."""
        if self._wait is not None:
            self._wait.stop()
        self._wait = self._place = None

    def press(self) -> str | None:
        """The switch was pressed: take the target that it means. Returns its name, or None; the caller begins again,
        once the page shows the effect.
        """
        place = self._place
        if place is None:
            return None
        meant, self._place = pressed(place, self._time.now(), self._pace)
        meant = self._moved(place.at) or meant if meant is not None else None
        target = next((target for target in self._targets() if target.name == meant), None)
        if target is None:
            return None
        self.stop()
        target.show(False)
        target.take()
        return target.name if target.stays else ""

    def _offer(self, step: Callable[[Sequence[str]], Place]) -> None:
        targets = self._targets()
        self._place = place = step([target.name for target in targets])
        # Clear the previous target first: two targets may share one cursor.
        for target in sorted(targets, key=lambda target: target.name == place.at):
            target.show(target.name == place.at)
        self._wait = self._time.after(self._page, self._pace, self._go_on)

    def _go_on(self) -> None:
        place = self._place
        if place is not None:
            here = replace(place, at=self._moved(place.at) or place.at) if place.at is not None else place
            self._offer(lambda names: onward(here, names, self._time.now()))


class Keypad(Widget):
    """A keypad of digits, with a key to remove the last one."""

    DEFAULT_CSS = """
    Keypad { height: auto; width: 1fr; margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="keypad")
        self._keys: Sequence[tuple[str, str]] = ()
        self._at: str | None = None

    def show(self, keys: Sequence[tuple[str, str]]) -> None:
        """The keys that can be pressed now: names and labels."""
        if keys != self._keys:
            self._keys = keys
            self.refresh(layout=True)

    def offer(self, name: str, offered: bool) -> None:
        """Mark that key as offered, or no longer."""
        if offered or name == self._at:
            self._at = name if offered else None
            self.refresh()

    def render(self) -> RenderResult:
        """Side by side, each with room for the marker before it."""
        parts = [
            Content.styled(f"{MARKER}{word} ", "bold reverse") if name == self._at else Content(f" {word} ")
            for name, word in self._keys
        ]
        return Content("").join(parts)
