"""The page that saves the result: what it says before anything is written."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from iop_tui.tui.save import SavePage
from tests.shipped import SHIPPED
from tests.tui.pilot import person


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_notice_not_to_save_is_seen_where_one_saves(size: tuple[int, int]) -> None:
    notices = tuple(notice for notice in SHIPPED.manifest.notices if notice.show != "questions")
    async with person(SHIPPED, size=size) as someone:
        await someone.app.push_screen(SavePage(replace(someone.app.result(), notices=notices), "summary"))
        seen = " ".join(someone.sees().split())
        assert "Then do not save or print it." in seen
        for shown in ("summary", "Save as plain text", "Save as Markdown", "Do not save", "Tab"):
            assert shown in seen
        await someone.press("down", "down", "down")
        assert "On a shared computer, do not save." in " ".join(someone.sees().split())
