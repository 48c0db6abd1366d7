"""The list of calls, filtered by state or searched; from here calls are begun, opened and deleted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from iop_tui.call.form_alarm import known_alarms
from iop_tui.call.record import Card, State
from iop_tui.counselor.host import CounselorPage
from iop_tui.counselor.messages import CallChosen, RecordsMoved
from iop_tui.counselor.widgets.card_list import CardList, level_so_far, minutes, state_words
from iop_tui.records.errors import RecordsError, Replaced
from iop_tui.screening.english import counted
from iop_tui.screening.model.definition import Screening
from iop_tui.tui.base_screen import HELP, LEAVE, KeyHint
from iop_tui.tui.blocks import Block, Paragraph, Prose
from iop_tui.tui.confirm import ConfirmPage
from iop_tui.tui.fields import Line

Filter = State | None
_NAMED = 3
"""Damaged calls that are named by their ids."""
_FILTERS: tuple[Filter, ...] = (None, "open", "call_back", "finished")


class Tab(Widget):
    """Which calls are listed; a click changes it."""

    class Chosen(Message):
        """It was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, number: int, words: str) -> None:
        super().__init__()
        self._number, self._words = number, words

    def render(self) -> RenderResult:
        """Its key and label; the current one is marked without colour, too."""
        chosen = self.has_class("-chosen")
        said = f"[{self._words}]" if chosen else f" {self._words} "
        return Content.styled(f"{self._number} ", "bold $key") + Content.styled(said, "bold" if chosen else "$muted")

    def on_click(self, event: events.Click) -> None:
        """List these calls."""
        event.stop()
        self.post_message(self.Chosen(self._number))


class ColumnHeads(Widget):
    """The column headings of the list."""

    def __init__(self, head: Callable[[], Content]) -> None:
        super().__init__()
        self._head = head

    def render(self) -> RenderResult:
        """One line."""
        return self._head().stylize("$muted")


class CallsPage(CounselorPage):
    """All calls, newest first. `said` is a sentence about what was done on opening, such as calls deleted for their
    age.
    """

    HINTS = (
        KeyHint("N", "New call", "new", "New"),
        KeyHint("Enter", "Open", "take"),
        KeyHint("/", "Search", "search", "Find"),
        KeyHint("D", "Delete", "delete"),
        KeyHint("R", "Read again", "again", "Again"),
        HELP,
        LEAVE,
    )
    AUTO_FOCUS = "CardList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,N", "new", show=False),
        Binding("tab", "search", show=False),
        Binding("d,D,delete", "delete", show=False),
        Binding("r,R", "again", show=False),
    ]

    def __init__(self, cards: Sequence[Card], said: str = "") -> None:
        super().__init__()
        self._all = tuple(cards)
        self._found: Sequence[Card] | None = None
        """What the search found; None if there is no search."""
        self._found_for = ""
        self._wanted = ""
        """The words for which Enter was pressed."""
        self._filter: Filter = None
        self._said = said

    @property
    def _screening(self) -> Screening:
        return self.host.screening

    def body(self) -> ComposeResult:
        """The filter, the search, the list, and the call under the cursor in words."""
        states = state_words()
        calls = CardList(self._screening, self.host.now)
        with Vertical(classes="body broad", id="calls"):
            with Horizontal(id="tabs"):
                for number, state in enumerate(_FILTERS, 1):
                    yield Tab(number, states[state] if state else "all")
                yield Line(placeholder="/ search", id="search")
            yield ColumnHeads(lambda: calls.head(calls.text_width))
            yield calls
            yield Prose(id="card")
            yield Prose(id="said")

    def on_mount(self) -> None:
        """The list."""
        self._list()
        self._say(self._said)

    def _damaged(self) -> str:
        """What cannot be listed, as a sentence; empty if all can."""
        damaged = self.host.records.damaged
        if not damaged:
            return ""
        said = (
            "Damaged, cannot be read, and not listed: {count} ({ids}). Restore a backup of the records, or delete "
            "with: iop-tui records delete"
        )
        return said.format(count=len(damaged), ids=", ".join(call[:8] for call in damaged[:_NAMED]))

    # ---- what is listed ----

    def _list(self) -> None:
        among = self._all if self._found is None else self._found
        cards = [card for card in among if self._filter in (None, card.state)]
        self.query_one(CardList).show_cards(cards)
        for number, tab in enumerate(self.query(Tab)):
            tab.set_class(_FILTERS[number] == self._filter, "-chosen")
            tab.refresh(layout=True)
        open_now = sum(card.state != "finished" for card in self._all)
        right = f"{len(self._all)} in all, {open_now} not finished"
        self.show_title("Calls", right)

    @on(CardList.Moved)
    def _moved(self, event: CardList.Moved) -> None:
        event.stop()
        card = self.query_one(CardList).card
        self.query_one("#card", Prose).show(self._words(card))

    def _words(self, card: Card | None) -> Sequence[Block]:
        """The call under the cursor, in full sentences."""
        if card is None:
            nothing = "No call is found with these words." if self._found is not None else "There is no call here."
            return [Paragraph(nothing, "bold"), Paragraph("N begins a new one.", "$muted")]
        screening = self._screening
        titles = {alarm.id: screening.pages[alarm.page].title for alarm in known_alarms(screening)}
        alarms = list(dict.fromkeys(titles.get(alarm_id, alarm_id) for alarm_id in card.alarms))
        began = card.began.astimezone().strftime("%Y-%m-%d %H:%M")
        first = "{began}, {minutes} on the line, {answered} of {asked} answered.".format(
            began=began, minutes=minutes(card.seconds), answered=card.answered, asked=counted(card.asked, "question")
        )
        blocks: list[Block] = [Paragraph(first, "$muted")]
        if alarms:
            blocks.append(Paragraph("; ".join(alarms), "bold $key", mark="! "))
        else:
            blocks.append(Paragraph(self._level(card), "$muted"))
        return blocks

    def _level(self, card: Card) -> str:
        levels = self._screening.levels
        if card.level is None or card.level not in levels:
            return "No level yet."
        said = f"So far: {levels[card.level].name}."
        if len(card.could_be) > 1 and card.could_be[-1] in levels:
            said += " " + f"Open questions could lead up to {levels[card.could_be[-1]].name}."
        if card.judged is not None and card.judged in levels:
            said += " " + f"The counselor thinks of {levels[card.judged].name}."
        return said

    def _say(self, said: str) -> None:
        prose = self.query_one("#said", Prose)
        sentences = [sentence for sentence in (*said.split("\n"), self._damaged()) if sentence]
        prose.display = bool(sentences)
        prose.show([Paragraph(sentence, "$key") for sentence in sentences])

    # ---- searching ----

    @property
    def _searching(self) -> bool:
        return self.focused is self.query_one("#search", Line)

    def pressed(self, character: str) -> bool:
        """Digits choose the filter; a slash begins the search."""
        if character == "/":
            self.set_focus(self.query_one("#search", Line))
        elif character in "1234":
            self._choose_tab(int(character))
        return character in "/1234"

    def on_key(self, event: events.Key) -> None:
        """Letters that were on their way to the list when the search began belong to the search."""
        if self._searching and (
            self.field_key(event.key) or self.query_one("#search", Line).take(event.key, event.character)
        ):
            event.stop()
            event.prevent_default()

    @on(Tab.Chosen)
    def _tab(self, event: Tab.Chosen) -> None:
        event.stop()
        self._choose_tab(event.number)

    def _choose_tab(self, number: int) -> None:
        self._filter = _FILTERS[number - 1]
        self._list()

    def field_key(self, key: str) -> bool:
        """While words are typed, Enter and the arrows go to what was found, Escape empties the search."""
        if key not in ("enter", "down", "up", "tab", "escape"):
            return False
        if key == "escape":
            self.query_one("#search", Line).value = ""
        calls = self.query_one(CardList)
        self.set_focus(calls)
        if key == "enter":
            self._wanted = self.query_one("#search", Line).value.strip()
            self._take_the_only_one()
        return True

    def _take_the_only_one(self) -> None:
        """Open the match if Enter asked for it and there is only one; the search may finish after the key."""
        calls = self.query_one(CardList)
        if self._wanted and self._wanted == self._found_for:
            self._wanted = ""
            if len(calls.cards) == 1:
                calls.action_take()

    def action_search(self) -> None:
        """Move between the search field and the list."""
        self.set_focus(self.query_one(CardList) if self._searching else self.query_one("#search", Line))

    @on(Input.Changed, "#search")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        words = event.value.strip()
        if words:
            # As a function: a search that the next letter supersedes may never begin.
            look = partial(self._find, words)
            self.run_worker(look, exclusive=True, group="search")  # type: ignore[arg-type]  # Textual 8.2.8 finds no type
        elif self._found is not None:
            self._found, self._found_for = None, ""
            self._list()

    async def _find(self, words: str) -> None:
        """Search in a thread: the next letter can be typed meanwhile, and supersedes this search."""
        try:
            found = await asyncio.to_thread(self.host.records.find, words)
        except RecordsError as trouble:
            self._wrong(trouble)
            return
        if self.query_one("#search", Line).value.strip() == words:
            self._found, self._found_for = found, words
            self._list()
            self._take_the_only_one()

    def _wrong(self, trouble: RecordsError) -> None:
        """Report what was not possible; if the records have changed, ask what to do."""
        self._say(str(trouble))
        if isinstance(trouble, Replaced):
            self.post_message(RecordsMoved(self, trouble, self.action_again))

    # ---- what is done ----

    def action_back(self) -> None:
        """Leave the search, if there is one."""
        self.query_one("#search", Line).value = ""

    def action_new(self) -> None:
        """Begin a call."""
        self.post_message(CallChosen(self, None))

    def action_take(self) -> None:
        """Open the call under the cursor."""
        self.query_one(CardList).action_take()

    @on(CardList.CallChosen)
    def _took(self, event: CardList.CallChosen) -> None:
        event.stop()
        if not self.too_small:
            self.post_message(CallChosen(self, event.card.id))

    def action_delete(self) -> None:
        """Delete the call under the cursor, after asking."""
        card = self.query_one(CardList).card
        if card is None:
            return
        name = card.reference.strip() or card.began.astimezone().strftime("%Y-%m-%d %H:%M")
        words = (
            f"Delete the call “{name}” for good? Lost are its answers ({card.answered}), its notes, its judgments and "
            "the steps that were taken, for everybody who shares these records. Nobody can bring them back."
        )
        level = level_so_far(self._screening, card)
        title = f"Delete a call ({state_words()[card.state]}, {level})"
        self.open(
            lambda: ConfirmPage(
                title, words, stay="Keep it", go="Delete it for good", then=lambda: self._delete(card.id)
            )
        )

    def _delete(self, call_id: str) -> None:
        self.run_worker(self._deleted(call_id), group="delete")

    async def _deleted(self, call_id: str) -> None:
        try:
            await asyncio.to_thread(self.host.records.delete, call_id)
        except RecordsError as trouble:
            self._wrong(trouble)
            return
        await self._read("The call is deleted.")

    def action_again(self) -> None:
        """Read the list again: others may have changed it."""
        self.run_worker(self._read("Read again."), group="delete")

    async def _read(self, said: str) -> None:
        try:
            self._all = await asyncio.to_thread(self.host.records.cards)
        except RecordsError as trouble:
            self._wrong(trouble)
            return
        words = self.query_one("#search", Line).value.strip()
        if words:
            await self._find(words)
        else:
            self._found = None
        self._list()
        self._say(said)
