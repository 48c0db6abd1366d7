"""Nothing is told by colour alone: where there is none, a sign, a word or reverse says the same."""

from __future__ import annotations

import pytest
from msgspec import Struct
from textual.strip import Strip

from iop_tui.tui.themes import DARK, THEMES
from tests.tui.gallery import SCRIPTS, pages
from tests.tui.pilot import person

SIZE = (80, 24)
PLAIN = "ansi-dark"


class Cell(Struct, frozen=True):
    """One cell: its sign, its colours where it has any, and what a terminal without colours shows of its style."""

    sign: str
    ink: str
    ground: str
    marked: bool


def cells(strips: list[Strip]) -> list[list[Cell]]:
    """The page as cells; a sign of two cells stands in the first of them."""
    return [
        [
            Cell(
                sign,
                str(style.color.name) if style and style.color else "",
                str(style.bgcolor.name) if style and style.bgcolor else "",
                bool(style and (style.reverse or style.underline)),
            )
            for segment in strip
            for style in [segment.style]
            for sign in segment.text
        ]
        for strip in strips
    ]


_LOOKED: dict[str, dict[str, list[list[Cell]]]] = {}


async def looked(theme: str) -> dict[str, list[list[Cell]]]:
    """Every page, in a theme; the one of the terminal's own colours without any. Walked once a process."""
    if theme not in _LOOKED:
        with pytest.MonkeyPatch.context() as patch:
            if theme == PLAIN:
                patch.setenv("NO_COLOR", "1")
            async with person(SCRIPTS, SIZE) as someone:
                for one in THEMES:
                    someone.app.register_theme(one)
                someone.app.theme = theme
                await someone.pause()
                _LOOKED[theme] = {name: cells(someone.strips()) async for name in pages(someone)}
    return _LOOKED[theme]


async def test_without_colours_every_state_is_seen_by_a_sign() -> None:
    coloured, plain = await looked(DARK.name), await looked(PLAIN)
    assert plain.keys() == coloured.keys()
    grounds_of_pages, other_grounds = {"", DARK.background}, 0
    for name, page in coloured.items():
        if name == "display":
            continue  # the samples show colours, and say their names
        for row, without in zip(page, plain[name], strict=True):
            words = "".join(cell.sign for cell in row)
            assert "".join(cell.sign for cell in without).rstrip() == words.rstrip(), name
            assert {cell.ink for cell in without} | {cell.ground for cell in without} <= {"", "default"}
            other = [at for at, cell in enumerate(row) if cell.ground not in grounds_of_pages and cell.sign.strip()]
            other_grounds += len(other)
            assert all(without[at].marked for at in other) or "[ - ]" in words, (name, words)
    assert other_grounds > 300


async def test_what_a_colour_says_is_said_in_another_way_too() -> None:
    for name, page in (await looked(PLAIN)).items():
        seen = "\n".join("".join(cell.sign for cell in row) for row in page)
        if "cursor on an answer" in name or name == "several, with two chosen":
            assert seen.count("›") == 1
        if name == "several, with two chosen":
            assert (seen.count("[x]"), seen.count("[ ]")) == (2, 1)
            assert "━" in seen
            assert "─" in seen
            assert " left" in seen
        if name == "several, with nothing chosen":
            assert "Choose at least one" in seen
        if name == "result, card":
            assert "Care to ask about: טיפול אינטנסיבי" in seen
        if name.startswith("crisis"):
            assert "Safety comes first" in seen
