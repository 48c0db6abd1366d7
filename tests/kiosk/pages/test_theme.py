"""A clinic's own colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.kiosk.site_theme import READABLE, theme_of
from iop_tui.site.contrast import contrast
from iop_tui.site.settings import Colours
from tests.kiosk.pages.visitor import AT, SITE, visitor

COLOUR = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@given(COLOUR, COLOUR, COLOUR)
def test_whatever_a_clinic_sets_can_be_read(background: str, text: str, accent: str) -> None:
    theme = theme_of(Colours(background, text, accent, AT))
    assert theme.foreground is not None
    for colour in (theme.foreground, theme.primary, theme.variables["key"], theme.variables["muted"]):
        assert contrast(colour, background) >= READABLE
    assert contrast(theme.variables["cursor-text"], theme.variables["cursor"]) >= READABLE


def test_colours_that_can_be_read_stay_as_they_are() -> None:
    theme = theme_of(Colours("#fdf6e3", "#222222", "#0b5394", AT))
    assert (theme.background, theme.foreground, theme.primary) == ("#fdf6e3", "#222222", "#0b5394")
    assert not theme.dark


async def test_the_clinics_colours_are_used_where_there_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    site = replace(SITE, colours=Colours("#fdf6e3", "#222222", "#0b5394", AT))
    async with visitor(site=site) as someone:
        await someone.press("enter")
        assert _grounds(someone.strips()) >= {"#fdf6e3"}
    monkeypatch.setenv("NO_COLOR", "1")
    async with visitor(site=site) as someone:
        await someone.press("enter")
        assert not _grounds(someone.strips())


def _grounds(strips: object) -> set[str]:
    styles = [segment.style for strip in strips for segment in strip if segment.style]  # type: ignore[attr-defined]  # lines of segments
    return {style.bgcolor.triplet.hex for style in styles if style.bgcolor and style.bgcolor.triplet}
