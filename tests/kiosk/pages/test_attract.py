"""The page between two visitors: it invites, it moves, and anything begins."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from msgspec.structs import replace
from textual import events

from iop_tui.kiosk.attract import STEP, TURN, AttractPage, is_light, place
from iop_tui.kiosk.heartbeat import HeartbeatMessage
from iop_tui.tui.block_font import large
from tests.app_driver import mouse
from tests.kiosk.pages.visitor import SITE, Visitor, visitor
from tests.shipped import SHIPPED

KEYS = ["a", "x", "r", "q", "1", "enter", "space", "tab", "escape", "f1", "up", "ctrl+c", "ctrl+q", "ctrl+z", "ctrl+p"]


@pytest.mark.parametrize("key", KEYS)
async def test_any_key_begins(key: str) -> None:
    async with visitor() as someone:
        await someone.press(key)
        assert someone.page() == "LobbyWelcomePage"
        assert someone.left == []


@pytest.mark.parametrize("at", [(0, 0), (40, 12), (79, 23)])
async def test_a_touch_anywhere_begins(at: tuple[int, int]) -> None:
    async with visitor() as someone:
        await someone.click_at(*at)
        assert someone.page() == "LobbyWelcomePage"


async def test_a_mouse_that_is_moved_does_not_begin() -> None:
    async with visitor() as someone:
        for at in ((40, 12), (10, 3)):
            await someone.point(mouse(events.MouseMove, *at))
        assert someone.page() == "AttractPage"


async def test_two_keys_at_once_begin_once_and_start_nothing_else() -> None:
    async with visitor() as someone:
        await someone.press_at_once("1", "1", "1")
        assert someone.page() == "LobbyWelcomePage"
        assert len(someone.app.interview.answers) == 0


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (60, 20)])
async def test_it_invites_large_and_says_all_that_is_needed(size: tuple[int, int]) -> None:
    async with visitor(SHIPPED, size=size) as someone:
        seen = someone.sees()
        words = " ".join(seen.split())
        for said in (
            "Riverside Recovery",
            "Which care should I ask about first?",
            "Press any key, or touch the screen, to begin",
            "Not a diagnosis. Nothing is kept.",
            "Call 911 · Call or text 988",
        ):
            assert said in words
        assert "In danger? Go to the front desk now." in words
        assert sum(seen.count(ink) for ink in "█▀▄") > 100  # letters drawn large
        assert "sorry" not in words


@pytest.mark.parametrize("size", [(40, 12), (20, 8), (10, 4)])
async def test_in_a_small_window_it_still_invites(size: tuple[int, int]) -> None:
    async with visitor(size=size) as someone:
        assert "Which" in someone.sees()
        await someone.press("a")
        assert someone.page() == "LobbyWelcomePage"


async def test_it_says_sorry_after_a_fault() -> None:
    async with visitor(sorry=True) as someone:
        words = someone.reads()
        assert "Something went wrong. We are sorry. Nothing was kept. Please begin again, or ask staff." in words


async def test_a_language_that_is_not_there_is_not_offered() -> None:
    async with visitor(site=replace(SITE, languages=("en", "tlh"))) as someone:
        assert someone.sees().count("to begin") == 1


def test_large_words_are_read_from_the_rows() -> None:
    assert large(["Hi!"], tall=True) == (
        "█   █ ███ █",
        "█   █  █  █",
        "█████  █  █",
        "█   █  █   ",
        "█   █ ███ █",
    )
    assert large(["Hi!"], tall=False) == ("▄   ▄ ▄▄▄ ▄", "█▄▄▄█  █  █", "█   █ ▄█▄ ▄")


def test_twelve_of_the_widest_letters_fit_a_terminal_of_80_columns() -> None:
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZÁÉÍÓÚÜÑ0123456789.,!?'-¡¿":
        tall, half = large([letter * 12], tall=True), large([letter * 12], tall=False)
        assert len(tall[0]) <= 76
        assert len(half) == 3
        assert "█" in "".join(tall)
        assert len({len(row) for row in (*tall, *half)}) == 1


def test_every_letter_looks_different() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZÁÉÍÓÚÜÑ0123456789.,!?'-¡¿"
    for tall in (True, False):
        assert len({large([letter], tall=tall) for letter in letters}) == len(letters)


def test_the_block_comes_to_every_place_and_stays_nowhere() -> None:
    places = [place(step, 8, 4) for step in range(600)]
    often = Counter(places)
    assert len(often) == 9 * 5
    assert max(often.values()) < 3 * min(often.values())
    assert all(one != next_ for one, next_ in pairwise(places))


@pytest.mark.parametrize(("columns", "rows"), [(0, 0), (1, 1), (3, 2), (30, 9), (140, 41)])
def test_it_stays_near_the_middle(columns: int, rows: int) -> None:
    for step in range(200):
        left, top = place(step, columns, rows)
        assert 0 <= left <= columns
        assert 0 <= top <= rows
        assert abs(left - columns // 2) <= 4
        assert abs(top - rows // 2) <= 2


async def test_over_time_every_cell_is_lit_and_dark() -> None:
    async with visitor(size=(80, 24)) as someone:
        steps, lit = 20 * TURN, Counter[tuple[int, int]]()
        page = someone.app.screen
        assert isinstance(page, AttractPage)
        for _step in range(steps):
            for row, line in enumerate(_all_cells(someone)):
                lit.update((column, row) for column, cell in enumerate(line) if cell == "█")
            page.step()
            await someone.pause()
        parts = [lit[column, row] / steps for column in range(80) for row in range(24)]
        assert min(parts) >= 0.3
        assert max(parts) <= 0.7


def _all_cells(someone: Visitor) -> list[str]:
    """Each cell as a block where it is lit: where its ground, or the letter drawn of spaces, is in reverse video."""
    return [
        "".join(("█" if segment.style and segment.style.reverse else ".") * len(segment.text) for segment in strip)
        for strip in someone.strips()
    ]


async def test_every_step_moves_and_tells_the_parent_that_all_is_well() -> None:
    async with visitor() as someone:
        page = someone.app.screen
        assert isinstance(page, AttractPage)
        before = someone.sees()
        assert someone.heartbeats() == (HeartbeatMessage.PAINTED,)
        page.step()
        await someone.pause()
        assert someone.heartbeats() == (HeartbeatMessage.ALIVE,)
        assert someone.sees() != before


def test_ink_and_ground_change_places_no_faster_than_once_in_half_a_minute() -> None:
    changes = [step for step in range(1, 200) if is_light(step) != is_light(step - 1)]
    apart = {later - earlier for earlier, later in pairwise(changes)}
    assert min(apart) * STEP >= 30


async def test_no_key_before_makes_the_next_one_mute() -> None:
    async with visitor() as someone:
        # It came before the page was there, and went nowhere.
        someone.app.presence._key = ("enter", someone.time.now())
        await someone.press("enter", apart=0.05)
        assert someone.page() == "LobbyWelcomePage"
        await someone.press("enter", apart=0.05)
        assert someone.page() == "LobbyWelcomePage", "a key that is held down begins, and starts no questions"
