"""The result in a lobby: the card with its room, and the key that ends the visit."""

from __future__ import annotations

import pytest

from iop_tui.kiosk.app import VISIT_OVER
from iop_tui.kiosk.result import LobbyResultPage
from iop_tui.screening.i18n.language import use
from iop_tui.tui.sheet import Sheet
from iop_tui.tui.text_screen import Scroll
from tests.kiosk.pages.visitor import Visitor, to_result, visitor
from tests.tui.documents import DOCUMENT, OFFER
from tests.tui.test_card import ROOMS


async def at_card(someone: Visitor) -> None:
    app = someone.app
    await app.stage(LobbyResultPage(DOCUMENT, app.site, app._printing, OFFER))
    await someone.pause()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=str)
async def test_the_card_has_the_room_that_its_layout_is_tested_for(size: tuple[int, int], language: str) -> None:
    async with visitor(size=size) as someone:
        use(language)
        await at_card(someone)
        use("en")
        scroll, sheet = someone.app.screen.query_one(Scroll), someone.app.screen.query_one(Sheet)
        assert scroll.max_scroll_y == 0
        assert (sheet.content_size.width, scroll.content_size.height) == ROOMS[f"{size[0]}x{size[1]}, kiosk"]
        assert "Not a diagnosis." in someone.sees()


async def test_who_is_done_sees_the_key_that_erases_everything_on_every_chapter() -> None:
    async with visitor() as someone:
        await to_result(someone)
        for _section in someone.app.document().sections:
            assert "X I am done: erase everything" in someone.sees()
            assert "T Print or scan" in someone.sees()
            await someone.press("right")
        await someone.touch("X I am done")
        assert someone.ended() == [VISIT_OVER]
