"""The list of calls: what is listed, found, opened and deleted; ten thousand of them at once."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from msgspec.structs import replace

from iop_tui.call.record import Card, State
from iop_tui.counselor.messages import CallChosen
from iop_tui.counselor.pages.calls import CallsPage, Tab
from iop_tui.counselor.widgets.card_list import CardList
from iop_tui.records.errors import Lost
from tests.counselor.pages.around import BEGAN, Remembered, Someone, someone

STATES: tuple[State, ...] = ("open", "call_back", "finished")


def card(number: int, state: State = "open", reference: str = "") -> Card:
    return Card(
        id=f"{number:032x}",
        state=state,
        reference=reference or f"A-{number}",
        by="ben",
        began=BEGAN - timedelta(hours=number),
        changed=BEGAN - timedelta(hours=number),
        seconds=12 * 60,
        answered=7,
        asked=40,
        ends_in="safety",
        level="iop",
        could_be=("iop", "php"),
        alarms=(),
        judged=None,
        words="sleeps in a car",
    )


CARDS = tuple(card(number, STATES[number % 3]) for number in range(6))


async def listed(counselor: Someone, cards: tuple[Card, ...], said: str = "") -> CardList:
    counselor.app.records.all = cards
    await counselor.open(CallsPage(cards, said))
    return counselor.app.screen.query_one(CardList)


async def test_a_call_is_listed_with_when_state_reference_level_time_and_by_whom() -> None:
    alarmed = replace(card(1, "call_back", "blue folder"), alarms=("suicide_now",), level=None, could_be=())
    async with someone() as counselor:
        await listed(counselor, (card(0), alarmed))
        lines = counselor.lines()
        first = next(line for line in lines if "A-0" in line)
        assert "open" in first
        assert "IOP+" in first, "more than that level is possible"
        assert "12 min" in first
        assert first.rstrip().endswith("ben")
        second = next(line for line in lines if "blue folder" in line)
        assert "!!" in second
        assert "call back" in second
        assert "2 in all, 2 not finished" in lines[0]


async def test_the_tabs_list_what_is_open_to_call_back_or_finished() -> None:
    async with someone() as counselor:
        calls = await listed(counselor, CARDS)
        for key, state in zip("234", STATES, strict=True):
            await counselor.press(key)
            assert {each.state for each in calls.cards} == {state}
        await counselor.press("1")
        assert list(calls.cards) == list(CARDS)
        await counselor.click_on([*counselor.app.screen.query(Tab)][3])
        assert {each.state for each in calls.cards} == {"finished"}


async def test_enter_opens_the_call_under_the_cursor_a_click_the_one_that_was_clicked_n_a_new_one() -> None:
    async with someone() as counselor:
        calls = await listed(counselor, CARDS)
        await counselor.press("down", "down", "enter")
        await counselor.click_on(calls, (8, 4))
        await counselor.press("n")
        taken = [event.call_id for event in counselor.app.heard if isinstance(event, CallChosen)]
        assert taken == [CARDS[2].id, CARDS[4].id, None]


async def test_words_are_searched_as_they_are_typed_and_escape_lists_all_again() -> None:
    cards = (*CARDS, card(9, reference="the mother of J"))
    async with someone() as counselor:
        calls = await listed(counselor, cards)
        await counselor.press("/")
        await counselor.type("mother nq")
        await counselor.settle()
        assert list(calls.cards) == [], "n was typed, and began no call"
        assert "No call is found with these words." in counselor.reads()
        await counselor.press("backspace", "backspace", "backspace")
        await counselor.settle()
        assert [each.reference for each in calls.cards] == ["the mother of J"]
        await counselor.press("enter")
        assert [event.call_id for event in counselor.app.heard if isinstance(event, CallChosen)] == [cards[-1].id]
        await counselor.press("/", "escape")
        assert len(calls.cards) == len(cards)


async def test_a_search_that_comes_in_one_piece_is_a_search_and_opens_what_it_finds() -> None:
    async with someone() as counselor:
        await listed(counselor, (*CARDS, card(9, reference="nord")))
        await counselor.press_at_once("/", *"nord", "enter")
        await counselor.settle()
        taken = [event.call_id for event in counselor.app.heard if isinstance(event, CallChosen)]
        assert taken == [f"{9:032x}"], "n began a call, or r and d did what they do in the list"
        assert counselor.page() == "CallsPage"


async def test_a_call_is_deleted_only_after_asking_with_what_is_lost() -> None:
    async with someone() as counselor:
        calls = await listed(counselor, CARDS)
        await counselor.press("down", "d")
        seen = counselor.reads()
        assert "Delete the call “A-1” for good? Lost are its answers (7)" in seen
        await counselor.press("enter")
        assert len(calls.cards) == len(CARDS), "Enter alone deleted it"
        await counselor.press("d", "2")
        await counselor.settle()
        assert [each.id for each in calls.cards] == [each.id for each in CARDS if each is not CARDS[1]]
        assert list(counselor.app.records.all) == list(calls.cards)
        assert "The call is deleted." in counselor.reads()


async def test_trouble_with_the_records_is_a_sentence_and_the_list_stays() -> None:
    async with someone() as counselor:
        calls = await listed(counselor, CARDS)
        for key in ("r", "d"):
            counselor.app.records.trouble = Lost("The database does not answer; is the network there?")
            await counselor.press(key)
            if key == "d":
                await counselor.press("2")
            await counselor.settle()
            assert "The database does not answer; is the network there?" in counselor.reads()
            assert len(calls.cards) == len(CARDS)
        await counselor.press("r")
        await counselor.settle()
        assert "does not answer" not in counselor.reads()


async def test_what_age_deleted_and_what_is_damaged_is_said() -> None:
    records = Remembered(CARDS, damaged=("0badc0de" * 4,))
    async with someone(records=records) as counselor:
        await listed(counselor, CARDS, "3 calls were deleted.")
        seen = counselor.reads()
        assert "3 calls were deleted." in seen
        assert "0badc0de" in seen
        assert "cannot be read" in seen


async def test_an_empty_list_says_how_to_begin() -> None:
    async with someone() as counselor:
        await listed(counselor, ())
        assert "N begins a new one." in counselor.reads()
        await counselor.press("enter", "d", "down", "end")
        assert counselor.page() == "CallsPage"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_ten_thousand_calls_cost_what_twenty_cost(size: tuple[int, int]) -> None:
    cards = tuple(card(number) for number in range(10_000))
    async with someone(size=size) as counselor:
        calls = await listed(counselor, cards)
        began = time.perf_counter()
        for _each in range(5):
            calls.show_cards(cards[::-1])
            calls.show_cards(cards)
            await counselor.pause()
        assert (time.perf_counter() - began) / 10 < 0.3
        await counselor.press("end")
        assert "A-9999" in counselor.reads()
        await counselor.press("home")
        assert "A-0" in counselor.reads()
        await counselor.press("pagedown")
        assert calls.card is not None
        assert calls.card.reference in counselor.reads()
