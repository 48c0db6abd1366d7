"""The alarm banner keeps its key and its title, whatever the title of the page is."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.counselor.alarm_banner import KEY, BannerLine
from iop_tui.screening.format.loader import load
from tests.core.abroad import US_NUMBER, files
from tests.core.authored import spoil
from tests.counselor.desk_pilot import at_desk

LONG = "Call somebody who can come to you now, and stay near people"


@pytest.mark.parametrize("title", ["Please call now", "Press P · P", "P", LONG])
async def test_a_reworded_title_takes_nothing_from_the_banner(tmp_path: Path, title: str) -> None:
    place = files(tmp_path)
    spoil(place, "help.yaml", "title: Please call now", f'title: "{title}"')
    async with at_desk(load(place), (80, 24)) as at:
        await at.press("1", "4")
        await at.past_protocol()
        line = str(at.app.screen.query_one(BannerLine).render())
        assert line.startswith(f"DANGER · {title[:30]}")
        assert line.endswith(KEY)
        assert ("0 of " in line) == (title != LONG)
        assert len(line) <= 80
        await at.press("p")
        assert at.page() == "ProtocolPage"
        seen = at.reads()
        assert "112" in seen
        assert not US_NUMBER.search(seen)
