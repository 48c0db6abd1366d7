"""The result: a card that fits the window, and the chapters behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from iop_tui.result.blocks import Document, Entries, Section, SectionId, Words
from iop_tui.result.offer import Offer, changed_sections, other_pages, same_result
from iop_tui.screening.i18n.language import N_, _
from iop_tui.tui.arrival import Arrival, own_step
from iop_tui.tui.base_screen import BACK, HELP, KeyHint, Page
from iop_tui.tui.blocks import Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.contents import ContentsPage
from iop_tui.tui.footer import FooterKey
from iop_tui.tui.glossary_links import marked
from iop_tui.tui.messages import Continued, StartedOver, WentBack
from iop_tui.tui.sheet import Sheet, is_card
from iop_tui.tui.text_screen import Scroll

NEXT = KeyHint("→", N_("Next"), "next")
SAVE = KeyHint("S", N_("Save"), "save")
COMPARE = KeyHint("C", N_("Compare all"), "compare")
START_OVER = KeyHint("N", N_("Start over"), "over")
HELP_NOW = replace(HELP, label=N_("Help now"))


class Place(Struct, frozen=True):
    """Where somebody reads: a section, the first unit of its page, and the reasons that are open."""

    section: SectionId
    unit: int = 0
    opened: frozenset[int] = frozenset()


class OfferKey(FooterKey):
    """The key that goes on with the questions after the result: one line, in short where there is no room for all."""

    def __init__(self, hint: KeyHint) -> None:
        super().__init__(hint)
        self.id = "offer"

    def on_mount(self) -> None:
        """As long as the window allows."""
        self.fit()

    def fit(self) -> None:
        """In short in a narrow window, or in full again."""
        room = self.app.size.width - self.styles.margin.width
        self.shorten(short=Content(f"{self.hint.shown} {self.hint.label}").cell_length > room)
        # In a language of long words it takes a second line.
        self.styles.max_width = room


class ResultPage(Page):
    """One document, section by section: the card first. Arrows and numbers go through it; nothing scrolls, but what
    is longer than a window by itself, and the list of reasons.
    """

    AUTO_FOCUS = "Scroll"
    TAKES_LONG_TO_READ = True
    MORE: ClassVar[Sequence[KeyHint]] = (COMPARE, START_OVER)
    """Keys that the foot has no room for: they stand among the contents, and at the foot for a switch, before those of
    every page (`Host.more_hints`).
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,enter,space,pagedown,down", "next", show=False),
        Binding("pageup,up", "previous", show=False),
        Binding("home", "first", show=False),
        Binding("m,M,0", "contents", show=False),
        Binding("s,S", "save", show=False),
        Binding("c,C", "compare", show=False),
        Binding("n,N", "over", show=False),
        Binding("a,A", "continue", show=False),
    ]

    def __init__(self, document: Document, offer: Offer | None = None) -> None:
        super().__init__()
        self._document = document
        self._offer = offer
        self._changed: Sequence[int] = ()
        """The sections that the questions after the result changed, while the first of them is shown."""
        self._at = 0
        self._unit = 0
        self._opened: frozenset[int] = frozenset()
        self._arrival: Arrival | None = None

    # ---- what is shown ----

    def body(self) -> ComposeResult:
        """What stands still, the section, and reasons that can be opened."""
        yield Prose(id="above", classes="body empty")
        with Scroll(classes="body"):
            yield Sheet(self._marked, id="sheet")
        yield Choices(id="reasons")
        if self._offer is not None:
            yield OfferKey(self._offer_hint(self._offer))

    def _hints(self) -> Sequence[KeyHint]:
        return (
            NEXT,
            self._contents_hint,
            SAVE,
            HELP_NOW,
            BACK,
            *(replace(hint, switch_only=True) for hint in self._more()),
        )

    @property
    def _contents_hint(self) -> KeyHint:
        return KeyHint(f"1-{min(9, len(self._document.sections))}", N_("All pages"), "contents", N_("Pages"))

    def _offer_hint(self, offer: Offer) -> KeyHint:
        return KeyHint("A", offer.text(), "continue", offer.text(short=True))

    def _more(self) -> Sequence[KeyHint]:
        return (*self.MORE, *self.host.more_hints())

    def on_mount(self) -> None:
        """The card, or where somebody was before."""
        if not self.query(Sheet):
            return  # the program ends, and mounts nothing any more
        self._show(self._unit)

    def on_screen_resume(self) -> None:
        """The marker sets out once the page is seen: it may have been mounted ahead."""
        super().on_screen_resume()
        step = own_step(self._section)
        if step is not None and self.host.marker_arrives() and self.query(Sheet):
            arrival = Arrival(step, self.query_one(Sheet).show_marker, keeps_up=self.host.keeps_up)
            self._arrival = arrival
            self.call_after_refresh(lambda: arrival.begin(self.host.time, self))

    def on_key(self, _event: events.Key) -> None:
        """No key waits for what moves: any ends it. What it does else, `Page` knows."""
        self._arrive()

    def _arrive(self) -> None:
        if self._arrival is not None:
            self._arrival.end()
            self._arrival = None

    def above(self) -> Sequence[Block]:
        """What stands over every section."""
        if not self._changed:
            return []
        said = f"{same_result(changed=True)} {other_pages([at + 1 for at in self._changed[1:]])}"
        return [Paragraph(said.rstrip(), "$key")]

    def show_above(self) -> None:
        """Show what stands over every section."""
        for above in self.query("#above").results(Prose):
            above.show_if_any(self.above())

    @property
    def place(self) -> Place:
        """Where the person reads."""
        unit = self.query_one(Sheet).unit if self.is_mounted else self._unit
        return Place(self._section.id, unit, self._opened)

    def begin_at(self, place: Place) -> None:
        """Show that place instead of the card, where this document has it; before the page is mounted."""
        ids = [section.id for section in self._document.sections]
        if place.section in ids:
            self._at, self._unit, self._opened = ids.index(place.section), place.unit, place.opened

    def begin_where_changed(self, before: Document) -> None:
        """Show what is not as it was before, instead of the card; before the page is mounted."""
        changed = changed_sections(before, self._document)
        # Where the card itself is another one, that is what to read.
        if changed and 0 not in changed:
            self._at, self._changed = changed[0], changed

    @property
    def _section(self) -> Section:
        return self._document.sections[self._at]

    def _marked(self, *parts: Sequence[Block]) -> Sequence[Sequence[Block]]:
        return marked(self.host.screening, *parts)

    def _show(self, unit: int = 0) -> None:
        section, reasons = self._section, self._reasons
        self._arrive()
        self.show_above()
        self.set_class(bool(reasons), "-reasons")
        self.set_class(is_card(section) or section.id == "compare", "-broad")
        rest = [block for block in section.blocks if block not in reasons]
        if reasons:
            rest.append(Words(_("Enter shows the answers behind a reason."), "quiet"))
        self.query_one(Sheet).show_section(replace(section, blocks=tuple(rest)), unit)
        self._offer_reasons(at=0 if reasons else None)
        self.query_one(Scroll).scroll_to(y=0, animate=False, immediate=True)
        self.set_focus(self.query_one(Choices) if reasons else self.query_one(Scroll), scroll_visible=False)
        self._tell_place(1, 1)
        self.offer_anew()

    @on(Sheet.Turned)
    def _turned(self, event: Sheet.Turned) -> None:
        self._tell_place(event.page, event.pages)

    def _tell_place(self, page: int, pages: int) -> None:
        count = len(self._document.sections)
        said = _("{number} of {all}").format(number=self._at + 1, all=count)
        if pages > 1:
            said = _("{place}, page {page} of {pages}").format(place=said, page=page, pages=pages)
        self.show_title(self._section.title, said, (self._at + page / pages) / count)

    @on(events.Resize)
    def _fit_offer(self) -> None:
        for key in self.query(OfferKey):
            key.fit()

    # ---- reasons, and the answers behind them ----

    @property
    def _reasons(self) -> Sequence[Entries]:
        """The lists of reasons of the section, where answers stand behind any of them."""
        lists = [block for block in self._section.blocks if isinstance(block, Entries)]
        has_details = any(entry.details for block in lists for entry in block.entries)
        return lists if self._section.id == "why" and has_details else ()

    def _offer_reasons(self, at: int | None) -> None:
        """The reasons, each by its number from 0 across the lists, under the title of its list."""
        choices, number = list[Choice](), 0
        for block in self._reasons:
            if block.title:
                choices.append(Choice(f"title {number}", block.title, heading=True, apart=True))
            for entry in block.entries:
                is_open = number in self._opened
                mark = ("- " if is_open else "+ ") if entry.details else "  "
                details = entry.details if is_open else ()
                choices.append(Choice(f"reason {number}", entry.text, mark=mark, details=details))
                number += 1
        self.query_one(Choices).offer(choices, at=None if at is None else f"reason {at}")

    def choose(self, choice: str) -> None:
        """Open the answers behind a reason, or close them."""
        number = int(choice.removeprefix("reason "))
        entries = [entry for block in self._reasons for entry in block.entries]
        if entries[number].details:
            self._opened ^= {number}
        self._offer_reasons(at=number)

    # ---- what a person does ----

    def pressed(self, character: str) -> bool:
        """A number goes to its section."""
        if character.isdecimal() and 1 <= int(character) <= len(self._document.sections):
            self.go_to(int(character) - 1)
            return True
        return super().pressed(character)

    def go_to(self, number: int, unit: int = 0) -> None:
        """Show a section, by its number from 0, at the page of a unit of it; -1 for its last page."""
        self._at, self._changed = number, ()
        self._show(unit)

    def action_next(self) -> None:
        """The next page of the section, or the next section; after the last one the card again."""
        if not self.query_one(Sheet).turn(1):
            self.go_to((self._at + 1) % len(self._document.sections))

    def action_previous(self) -> None:
        """The page before; on the card nothing."""
        if not self.query_one(Sheet).turn(-1) and self._at:
            self.go_to(self._at - 1, -1)

    def action_first(self) -> None:
        """The card."""
        self.go_to(0)

    def action_back(self) -> None:
        """The page before; from the card to the answers."""
        if self._at or self.query_one(Sheet).unit:
            self.action_previous()
        else:
            self.post_message(WentBack(self))

    def action_contents(self) -> None:
        """All sections, and what else can be done."""
        titles = [section.title for section in self._document.sections]
        offered = [self._offer_hint(self._offer)] if self._offer is not None else []
        self.open(lambda: ContentsPage(titles, self._at, [*offered, *self._more()], self._wanted))

    def _wanted(self, what: int | str) -> None:
        if isinstance(what, int):
            self.go_to(what)
        else:
            self.call_later(self.run_action, what)

    def action_save(self) -> None:
        """Ask where to save it, and how."""
        self.open(lambda: self.host.save_page(self.host.result()))

    def action_compare(self) -> None:
        """The whole comparison, over the result, with the own column lit."""
        card = self._document.sections[0]
        step = own_step(card)
        mine = card.scale.levels[step].id if card.scale and step is not None else None
        self.open(lambda: self.host.comparison_page(mine))

    def action_continue(self) -> None:
        """Go on with the questions after the result, where there are any."""
        if self._offer is not None:
            self.post_message(Continued(self))

    def action_over(self) -> None:
        """Erase everything and begin again, after asking."""
        self.open(lambda: self.host.start_over_page(lambda: self.post_message(StartedOver(self))))
