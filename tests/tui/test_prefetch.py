"""The first question's page is made while the welcome page is read: what is seen then is what would be seen without."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

import pytest
from textual.strip import Strip

from iop_tui.screening.i18n import language
from iop_tui.tui import prefetch
from iop_tui.tui.app import Wizard
from iop_tui.tui.choices import Choices
from iop_tui.tui.question import QuestionPage
from iop_tui.tui.themes import LIGHT
from tests.app_driver import send, typed
from tests.bounded import rounds
from tests.shipped import SHIPPED
from tests.tui.pilot import Person, drawings_of, person

FIRST = "Who are you answering for?"


async def settled(someone: Person) -> None:
    """Do all that is made ahead, without the pauses between."""
    await someone.pause()
    await someone.wait(10)
    assert not someone.app._ahead.works


@asynccontextmanager
async def at_welcome(size: tuple[int, int], *, is_ahead: bool, patch: pytest.MonkeyPatch) -> AsyncIterator[Person]:
    """Somebody who has read the welcome page of the shipped questions."""
    if not is_ahead:
        patch.setattr(prefetch.Prefetch, "take", never)
    async with person(SHIPPED, size) as someone:
        await settled(someone)
        yield someone


async def never(*_: object) -> None:
    pass


async def nothing(_someone: Person) -> None:
    pass


async def light(someone: Person) -> None:
    someone.app.theme = LIGHT.name
    await settled(someone)


async def larger(someone: Person) -> None:
    await someone.resize(130, 45)
    await settled(someone)


async def there_and_back(someone: Person) -> None:
    width, height = someone.app.size
    await someone.resize(50, 10)
    await someone.resize(width, height)
    await settled(someone)


def one_key_use(*paces: str) -> Callable[[Person], Awaitable[None]]:
    async def choose(someone: Person) -> None:
        await someone.press("d")
        for pace in paces:
            (choice,) = (choice for choice in someone.app.screen.query_one(Choices).offered if choice.id == pace)
            await someone.press(choice.key)
        await someone.press("left")
        await settled(someone)

    return choose


def pressing(*keys: str, settles: bool = True) -> Callable[[Person], Awaitable[None]]:
    async def press(someone: Person) -> None:
        await someone.press(*keys)
        if settles:
            await settled(someone)

    return press


MEANWHILE: Mapping[str, Callable[[Person], Awaitable[None]]] = {
    "nothing": nothing,
    "other colours": light,
    "a larger window": larger,
    "a small window and back": there_and_back,
    "another language": pressing("l"),
    "another language, and at once": pressing("l", settles=False),
    "two languages": pressing("l", "l"),
    "who to call": pressing("h", "left"),
    "the four kinds": pressing("2", "left"),
    "one-key use": one_key_use("slow"),
    "one-key use on and off": one_key_use("slow", "off"),
    "an answer, and back": pressing("1", "1", "left", "left"),
    "started over": pressing("1", "1", "left", "left", settles=False),
}


UNUSED = "uvxyz"
"""Keys that do nothing on the page."""
AT_ONCE = ("another language, and at once", "started over")
"""Ways after which the person goes on before the page can be ready."""


@pytest.mark.parametrize(
    ("meanwhile", "size"), [*((name, (80, 24)) for name in MEANWHILE), ("nothing", (60, 20)), ("nothing", (120, 40))]
)
async def test_the_page_is_the_same_as_one_that_is_made_when_it_is_asked_for(
    meanwhile: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[Strip]] = []
    for is_ahead in (True, False):
        with monkeypatch.context() as patch:
            async with at_welcome(size, is_ahead=is_ahead, patch=patch) as someone:
                await MEANWHILE[meanwhile](someone)
                ready = someone.app._ahead._page
                assert ready is not None or meanwhile == "one-key use" or meanwhile in AT_ONCE
                await someone.press("1")
                assert someone.page() == "QuestionPage"
                assert not is_ahead or ready is None or someone.app.screen is ready
                seen.append(someone.strips())
                # It answers as any.
                await someone.press("1")
                assert someone.app.interview.answers["who_for"] == "self"
        language.use("en")
    assert [strip.text for strip in seen[0]] == [strip.text for strip in seen[1]]
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    "turns", [0, 1, 3, 8, 21, *(pytest.param(turns, marks=pytest.mark.thorough) for turns in (2, 5, 13))]
)
@pytest.mark.parametrize("meanwhile", ["begin", "language", "size", "leave"])
async def test_it_may_be_interrupted_anywhere(meanwhile: str, turns: int) -> None:
    async with person(SHIPPED) as someone:
        works = someone.app._ahead
        for _ in rounds("a page made ahead"):
            if works._page is not None:
                break
            works._do(works._pieces)
        for turn in range(turns):
            await asyncio.sleep(0)
            if turn % 3 == 2:
                works._do(works._pieces)
        if meanwhile == "leave":
            return
        if meanwhile == "size":
            await someone.resize(100, 30)
        await someone.press(*("1" if meanwhile != "language" else "l1"))
        assert someone.page() == "QuestionPage"
        assert someone.app.interview.wording.questions[0].ask in " ".join(someone.sees().split())
        await someone.press("1")
        assert someone.app.interview.answers["who_for"] == "self"


async def test_it_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_welcome((80, 24), is_ahead=True, patch=monkeypatch) as someone:
        drawings = drawings_of(someone.app, monkeypatch)
        await someone.press("1")
        assert FIRST in someone.sees()
        assert len(drawings) == 1


async def test_nothing_is_done_any_more_once_it_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_welcome((80, 24), is_ahead=True, patch=monkeypatch) as someone:
        assert someone.time.waiting == []


async def test_pages_that_were_made_ahead_and_not_shown_do_not_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_welcome((80, 24), is_ahead=True, patch=monkeypatch) as someone:
        before = len(someone.app._registry)
        for _ in range(3):
            await someone.press("l", "l")
            await settled(someone)
        assert len(someone.app._registry) == before
        assert len(someone.app._nodes) == 3


@pytest.mark.parametrize(
    "between", [(0, 1, 3, 8, 21), pytest.param(range(40), marks=pytest.mark.thorough)], ids=["some", "all"]
)
@pytest.mark.parametrize("is_ahead", [True, False], ids=["made ahead", "made when asked for"])
async def test_keys_typed_while_the_first_question_comes_all_arrive_in_order(
    is_ahead: bool, between: Sequence[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`between` keys so many turns of the event loop pass."""
    heard: list[str] = []
    changed: list[bool] = []
    pressed, page_changes = QuestionPage.pressed, Wizard.page_changes

    def hear(page: QuestionPage, character: str) -> bool:
        heard.append(character)
        return pressed(page, character)

    def change(app: Wizard) -> None:
        changed.append(True)
        page_changes(app)

    monkeypatch.setattr(QuestionPage, "pressed", hear)
    monkeypatch.setattr(Wizard, "page_changes", change)
    most = 0
    async with at_welcome((80, 24), is_ahead=is_ahead, patch=monkeypatch) as someone:
        for turns in between:
            heard.clear()
            changed.clear()
            meant = ""
            send(someone.app, typed("1"))
            for key in UNUSED:
                for _ in range(turns):
                    await asyncio.sleep(0)
                # All that come once the page changes are meant for the question; of those before, none.
                meant += key if changed else ""
                send(someone.app, typed(key))
            await someone.pause()
            # Textual asks each class of the page about a key that nothing uses.
            assert "".join(key for key, _times in itertools.groupby(heard)) == meant
            most = max(most, len(meant))
            assert someone.page() == "QuestionPage"
            assert not someone.app.interview.answers
            await someone.press("left")
            await settled(someone)
    assert most == len(UNUSED)
