"""The app of one kiosk visit: the wizard between the attract screen and the moment when everything is erased."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from iop_tui.kiosk.attract import STEP, AttractPage
from iop_tui.kiosk.boot_clock import now
from iop_tui.kiosk.crisis import URGENT, lobby_page
from iop_tui.kiosk.heartbeat import HeartbeatMessage, HeartbeatPipe
from iop_tui.kiosk.messages import HelpCame, Invited, StaffLeft
from iop_tui.kiosk.pin_lock import Lock
from iop_tui.kiosk.pin_page import PinPage
from iop_tui.kiosk.presence import ERASE_KEY, Presence
from iop_tui.kiosk.printing import Printing
from iop_tui.kiosk.result import START_OVER, LobbyResultPage
from iop_tui.kiosk.site_theme import theme_of
from iop_tui.kiosk.take_page import TakePage
from iop_tui.kiosk.touch_scrolling import further
from iop_tui.kiosk.welcome import LobbyWelcomePage
from iop_tui.result.blocks import Document
from iop_tui.result.document import document
from iop_tui.result.model import Result
from iop_tui.screening.engine.interview import Alarmed, Interview, NotAnswered
from iop_tui.screening.i18n.language import N_, _, current, use
from iop_tui.screening.model.content import PhoneLine
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import Site
from iop_tui.site.site_texts import site_in_language, staff_call
from iop_tui.tui.app import Wizard
from iop_tui.tui.base_screen import BACK, HELP, MORE, KeyHint, Overlay, Page
from iop_tui.tui.confirm import ConfirmPage
from iop_tui.tui.help import HelpPage
from iop_tui.tui.themes import DARK

if TYPE_CHECKING:
    from iop_tui.kiosk.host import KioskHost

VISIT_OVER, STAFF_LEFT = 0, 3
"""Exit statuses of a visit; any other is a fault or a signal."""
HIDE = KeyHint("X", N_("Hide & erase"), "app.hide", N_("Erase all"))
FURTHER = KeyHint("↓", N_("Read on"), "app.further", N_("More"), scrolls=True)
"""On every page that scrolls: a touch screen has no arrow keys."""
_AIRY = 14
"""Lines of a small window that has room for blank ones."""
_OURS = ("leave", "over", "help", "read_on")
"""Actions for which the kiosk has its own hints."""
_STAFF_KEYS, _STAFF_WITHIN = 3, 3.0
"""Staff press their key this often within this many seconds."""


def _in_full(hint: KeyHint) -> KeyHint:
    """The hint without its short label, which says less, if the language's full label is as short as the
    English one.
    """
    return replace(hint, short="") if len(_(hint.label)) <= len(hint.label) else hint


class KioskWizard(Wizard):
    """The wizard of one visitor. `leave` ends the process at once, and with it every answer."""

    CSS_PATH: ClassVar[list[str]] = ["../tui/app.tcss", "kiosk.tcss"]  # type: ignore[assignment]  # Textual takes both
    OPTIONAL_HINTS: ClassVar[Sequence[Sequence[str]]] = (
        *(("display",), ("compare",), ("words",), ("tick",)),
        ("nothing", "select"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,X", "hide", show=False, priority=True),
        Binding("r,R", "over", show=False, priority=True),
        Binding("ctrl+l", "staff", show=False, priority=True),
    ]

    def __init__(
        self,
        screening: Screening,
        site: Site,
        channel: HeartbeatPipe,
        lock: Lock | None,
        leave: Callable[[int], None],
        *,
        sorry: bool = False,
        clock: Callable[[], float] = now,
    ) -> None:
        super().__init__(None, lambda: screening)
        # The process is this visitor's alone, and so is its language.
        use(site.languages[0])
        self._written_site = site
        self._sites: dict[str, Site] = {}
        self._channel = channel
        self._lock = lock
        if site.colours is not None and self.theme == DARK.name:
            own = theme_of(site.colours)
            self.register_theme(own)
            self.theme = own.name
        self._leave = leave
        self._printing = Printing()
        self._sorry = sorry
        self._clock = clock
        self.presence = Presence(self, channel, site.times, clock, self.end_visit, self._calls)
        self._staff_keys: tuple[float, ...] = ()
        self._hides = False
        """Whether there is something to hide. Read by the thread that reads the keys."""

    @property
    def site(self) -> Site:
        """The clinic's settings, in the visitor's language."""
        code = current()
        if code not in self._sites:
            self._sites[code] = site_in_language(self._written_site, code)
        return self._sites[code]

    @property
    def languages(self) -> Sequence[str]:
        """The languages that the clinic offers."""
        return self._written_site.languages

    # ---- the pages of a lobby ----

    def first_page(self) -> Screen[None]:
        """The attract screen."""
        screening = self.screening
        urgent = [screening.phone_lines[name] for name in screening.help.always[:URGENT]]
        step = int(self._clock() // STEP)
        return AttractPage(
            self.manifest,
            self.site,
            self._channel,
            staff_call(self.site, screening),
            urgent,
            sorry=self._sorry,
            step=step,
        )

    def welcome_page(self) -> Screen[None]:
        """What this is, and how to hide it."""
        return LobbyWelcomePage(self.manifest, self.other_languages, self.review_lines)

    def crisis_page(self, step: Alarmed | NotAnswered, screening: Screening) -> Page:
        """A crisis page that says how to find staff."""
        return lobby_page(step, screening, self.site)

    def help_page(self) -> Overlay:
        """Who to call: the most urgent lines first, then the clinic's own."""
        always = self.interview.wording.help.always
        lines = [*self._phone_lines(always[:URGENT]), *self.site.lines, *self._phone_lines(always[URGENT:])]
        return HelpPage(self.in_danger(), lines, self._staff_call())

    def too_small_text(self) -> str:
        """How to get help: a visitor cannot change the window."""
        small = _("This screen is too small. Please tell staff. X erases your answers.")
        return ("\n\n" if self.size.height >= _AIRY else "\n").join((*self._calls(), small))

    def _staff_call(self) -> str:
        return staff_call(self.site, self.interview.wording)

    def _calls(self) -> tuple[str, str]:
        """How to find staff, and the most urgent lines, in two lines of text."""
        urgent = self._phone_lines(self.interview.wording.help.always[:URGENT])
        return self._staff_call(), " · ".join(line.reach for line in urgent)

    def _phone_lines(self, names: Sequence[str]) -> list[PhoneLine]:
        return [self.interview.wording.phone_lines[name] for name in names]

    def leave_page(self) -> Overlay:
        """Start over: to leave the kiosk is to erase everything."""
        return self.start_over_page(self.end_visit)

    def start_over_page(self, then: Callable[[], object]) -> Overlay:
        """Erase everything?"""
        words = _("Start over? Your answers are erased. Nothing is kept.")
        return ConfirmPage(_("Start over"), words, stay=_("Keep my answers"), go=_("Erase and start over"), then=then)

    def result_page(self) -> LobbyResultPage:
        """The result, and how to take it along."""
        return LobbyResultPage(self.document(), self.site, self._printing, self.offer())

    def document(self) -> Document:
        """The result as a document, with what this clinic adds."""
        return document(self.result(), site=self.site)

    def save_page(self, result: Result) -> Overlay:
        """The ways to take the result along."""
        return TakePage(result, self.site, self._printing)

    def footer_hints(self, page: Page, hints: Sequence[KeyHint]) -> Sequence[KeyHint]:
        """Help, starting over and hiding, on every page without its own way to offer them."""
        if isinstance(page, LobbyResultPage):
            # It shows the key that hides and erases itself.
            return hints
        # If a key leads to more keys, starting over is among those.
        has_more = MORE in hints
        ours = [hint for hint in hints if hint.action not in _OURS or (hint is HELP and has_more)]
        # After the key to go back, if there is one.
        ours.insert(BACK in hints, FURTHER)
        helping = [] if has_more or isinstance(page, HelpPage) else [HELP]
        ending = [] if has_more or page.OFFERS_LEAVING else [START_OVER]
        return [*ours, *helping, *map(_in_full, [*ending, HIDE])]

    def more_hints(self) -> Sequence[KeyHint]:
        """As in the wizard, but leaving is starting over."""
        return [START_OVER if hint.action == "leave" else hint for hint in super().more_hints()]

    # ---- the visit's end ----

    async def start_over(self) -> None:
        """End this visit: the next one has its own process."""
        self.end_visit()

    def end_visit(self) -> None:
        """Erase everything: the process ends here."""
        self._leave(VISIT_OVER)

    @on(HelpCame)
    def _help_came(self, event: HelpCame) -> None:
        if self.screen is event.seen:
            self.end_visit()

    @on(StaffLeft)
    def _staff_left(self, event: StaffLeft) -> None:
        if self.screen is event.seen:
            self._leave(STAFF_LEFT)

    def bell(self) -> None:
        """No sound: a whole room would hear that somebody pressed a wrong key."""

    def on_input_read(self, event: Message) -> None:
        """Hide at once, even if the screen is frozen because the terminal accepts no output."""
        if self._hides and isinstance(event, events.Key) and event.key.lower() == ERASE_KEY:
            self.end_visit()

    def action_hide(self) -> None:
        """Hide without a question."""
        self.end_visit()

    def action_further(self) -> None:
        """A page further down, on every page: what a touch on the hint does."""
        further(self.screen)

    def action_over(self) -> None:
        """Ask whether to start over, over whatever is shown."""
        if isinstance(page := self.screen, Page) and not isinstance(page, ConfirmPage):
            page.open(self.leave_page)

    def action_staff(self) -> None:
        """The staff's key: pressed several times in a row, it asks for the PIN."""
        moment = self._clock()
        self._staff_keys = (*(at for at in self._staff_keys if moment - at < _STAFF_WITHIN), moment)
        page, lock = self.screen, self._lock
        if lock is None or len(self._staff_keys) < _STAFF_KEYS or not isinstance(page, Page):
            return
        self._staff_keys = ()
        if not isinstance(page, PinPage):
            page.open(lambda: PinPage(lock))
            self.presence.watch()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On the first page every key begins: there is nothing to hide yet."""
        if action in ("hide", "over") and isinstance(self.screen, AttractPage):
            return False
        return super().check_action(action, parameters)

    # ---- the visit's beginning ----

    def _get_ready(self) -> None:
        # Everything was loaded before this process began.
        self._channel.send(HeartbeatMessage.PAINTED)

    async def follow(self, interview: Interview) -> None:
        """Take a new state of the interview, and draw its page in full: others may have written over the last one."""
        await super().follow(interview)
        self.refresh(layout=True)

    @on(Invited)
    async def _invited(self, event: Invited) -> None:
        if self.screen is event.seen:
            if event.code:
                use(event.code)
            await self.stage(self.welcome_page())

    # ---- is anybody there? ----

    def accepts_input(self, event: events.Event) -> bool:
        """Note that somebody is present; returns whether the event is passed on."""
        return self.presence.accepts_input(event)

    async def stage(self, page: Screen[None]) -> None:
        """Show a page, and watch for input from now on."""
        await super().stage(page)
        self._hides = self.presence.is_watched
        self.presence.page_shown()


if TYPE_CHECKING:

    def _as_host(app: KioskWizard) -> KioskHost:
        """Lets mypy check that the app has everything that its pages ask for."""
        return app
