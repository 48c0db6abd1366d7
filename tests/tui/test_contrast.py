"""How well every text is seen on its own ground, on every page, in every theme; and by people who are colour-blind."""

from __future__ import annotations

import asyncio
import functools
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from rich.color import Color
from textual.strip import Strip
from textual.theme import Theme

from iop_tui.kiosk.site_theme import theme_of
from iop_tui.site.contrast import contrast
from iop_tui.site.settings import Colours
from iop_tui.tui.themes import CONTRAST, DARK, THEMES
from tests.kiosk.pages.visitor import AT, every_page, visitor
from tests.tui.gallery import SCRIPTS, pages
from tests.tui.pilot import Person, person

READABLE, VERY_READABLE, VISIBLE = 4.5, 7.0, 3.0
"""WCAG 2.2: text at level AA (1.4.3), text at level AAA (1.4.6), marks that are no text (1.4.11)."""
LINES = frozenset("─━█▁▂▃▄▅▆▇ ")
"""Signs that are no text: lines, and the scroll bar."""
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
PROTANOPIA = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
TRITANOPIA = ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900))
BLINDNESS = {"deuteranopia": DEUTERANOPIA, "protanopia": PROTANOPIA, "tritanopia": TRITANOPIA}
"""What linear red, green and blue become at severity 1.0: Machado, Oliveira and Fernandes, "A Physiologically-based
Model for Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009.
"""


class Seen(Struct, frozen=True):
    """A run of signs: on which page, what, and in which colours, written "#rrggbb"."""

    page: str
    text: str
    ink: str
    ground: str

    @property
    def is_text(self) -> bool:
        return not set(self.text) <= LINES


def seen(page: str, strips: Iterable[Strip], ground: str) -> Iterator[Seen]:
    """Every run of signs on a page with that ground, in the colours that a terminal is told for it."""
    for strip in strips:
        for segment in strip:
            style = segment.style
            if style is None or not segment.text.strip():
                if style is not None and style.reverse and style.color is not None:
                    yield Seen(page, "█", _rgb(style.color), ground)  # the part of a scroll bar that moves
                continue
            ink, under = _rgb(style.color), _rgb(style.bgcolor)
            if style.dim:
                ink = mixed(ink, under)
            yield Seen(page, segment.text, *((under, ink) if style.reverse else (ink, under)))


def _rgb(colour: Color | None) -> str:
    """A colour that is asked for as what it is: the terminal's own could be any."""
    assert colour is not None
    assert colour.triplet is not None, colour
    return colour.triplet.hex


def mixed(ink: str, ground: str) -> str:
    """A colour that a terminal dims: half way to its ground, as most do."""
    pairs = ((int(ink[place : place + 2], 16), int(ground[place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{(one + other) // 2:02x}" for one, other in pairs)


def simulated(colour: str, blindness: str) -> str:
    """What a colour looks like to a person who lacks one kind of cone."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    rows = (sum(by * part for by, part in zip(row, linear, strict=True)) for row in BLINDNESS[blindness])
    kept = (min(1.0, max(0.0, row)) for row in rows)
    back = (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in kept)
    return "#" + "".join(f"{round(255 * part):02x}" for part in back)


@functools.cache
def everything(size: tuple[int, int]) -> Mapping[str, frozenset[Seen]]:
    """All that the wizard draws on all its pages, by theme. The colours are changed on each page, as a person may."""
    return asyncio.run(_everything(size))


async def _everything(size: tuple[int, int]) -> Mapping[str, frozenset[Seen]]:
    found: dict[str, set[Seen]] = {theme.name: set() for theme in THEMES}

    async def look(someone: Person, name: str) -> None:
        for theme in THEMES:
            someone.app.theme = theme.name
            await someone.pause()
            found[theme.name] |= set(seen(name, someone.strips(), str(theme.background)))

    async with person(SCRIPTS, size) as someone:
        for theme in THEMES:
            someone.app.register_theme(theme)
        async for name in pages(someone):
            await look(someone, name)
        await someone.resize(50, 12)
        await look(someone, "too small")
    return {name: frozenset(all_of_it) for name, all_of_it in found.items()}


def too_faint(found: Iterable[Seen], text: float, mark: float = VISIBLE) -> list[str]:
    """What is seen less well than it should be."""
    return sorted(
        f"{ratio:.2f}: {one.text.strip()[:40]!r} ({one.ink} on {one.ground}), {one.page}"
        for one in found
        if one.text.strip() and (ratio := round(contrast(one.ink, one.ground), 2)) < (text if one.is_text else mark)
    )


@pytest.mark.parametrize("size", [(80, 24), pytest.param((120, 40), marks=pytest.mark.thorough)], ids=str)
def test_every_text_is_seen_well_on_its_ground(size: tuple[int, int]) -> None:
    for theme in THEMES:
        found = everything(size)[theme.name]
        assert len({one.page for one in found}) >= 25
        assert theme.background in {one.ground for one in found}
        assert too_faint(found, VERY_READABLE if theme is CONTRAST else READABLE) == [], theme.name
        main = {one for one in found if one.ink == theme.foreground}
        assert main
        assert too_faint(main, VERY_READABLE) == [], theme.name


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_every_text_is_seen_well_by_people_who_are_colour_blind(blindness: str) -> None:
    for theme in THEMES:
        as_seen = {
            Seen(one.page, one.text, simulated(one.ink, blindness), simulated(one.ground, blindness))
            for one in everything((80, 24))[theme.name]
        }
        assert too_faint(as_seen, VERY_READABLE if theme is CONTRAST else READABLE) == [], theme.name


def told_apart(theme: Theme) -> dict[str, tuple[str, str]]:
    """Pairs of colours that mean something side by side."""
    named = theme.variables
    return {
        "what lies behind on the line of progress, and what lies ahead": (theme.primary, named["faint"]),
        "a key, and the words beside it": (named["key"], named["muted"]),
        "the line under the cursor, and the others": (named["cursor"], str(theme.background)),
        "a field to type in, and the page": (named["hover"], str(theme.background)),
        "what the main text says, and what is said beside it": (str(theme.foreground), named["muted"]),
    }


def distance(one: str, other: str) -> float:
    """How different two colours look: CIE 1976, about 2.3 for a difference that is just noticed."""
    return math.dist(_lab(one), _lab(other))


def _lab(colour: str) -> tuple[float, float, float]:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_what_must_be_told_apart_looks_different_to_everybody(theme: Theme) -> None:
    for what, (one, other) in told_apart(theme).items():
        apart = {blindness: distance(simulated(one, blindness), simulated(other, blindness)) for blindness in BLINDNESS}
        apart["none"] = distance(one, other)
        assert min(apart.values()) >= 3 * 2.3 or what.startswith("a field"), (what, apart)


def test_the_simulation_finds_colours_that_a_colour_blind_person_takes_for_the_same() -> None:
    """Red and green of the same lightness: if this holds, the tests above can fail."""
    red, green = "#c8553d", "#7d8a2e"
    assert distance(red, green) > 30
    assert distance(simulated(red, "protanopia"), simulated(green, "protanopia")) < distance(red, green) / 2
    for grey, blindness in itertools.product(("#000000", "#808080", "#ffffff"), BLINDNESS):
        assert distance(grey, simulated(grey, blindness)) < 1


def test_the_themes_have_the_names_of_the_command_line() -> None:
    assert [theme.name for theme in THEMES] == ["dark", "light", "contrast"]


async def test_the_lobby_is_seen_well_too() -> None:
    async with visitor(pin="any") as someone:
        someone.app.register_theme(DARK)
        someone.app.theme = DARK.name
        async for name in every_page(someone):
            assert too_faint(seen(name, someone.strips(), str(DARK.background)), READABLE) == []


@given(*[st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)] * 3)
def test_whatever_colours_a_clinic_sets_every_text_and_line_is_seen(background: str, text: str, accent: str) -> None:
    theme = theme_of(Colours(background, text, accent, AT))
    named = theme.variables
    for ground in (background, named["cursor"], named["hover"]):
        for ink in (str(theme.foreground), named["key"], named["muted"], named["cursor-text"]):
            assert contrast(ink, ground) >= READABLE, (ink, ground)
    assert contrast(named["faint"], background) >= VISIBLE
    assert contrast(background, theme.primary) >= READABLE
