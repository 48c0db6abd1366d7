"""A Linux console: all that is drawn on it is in its fonts, and what must be told apart has a sign of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

import iop_tui
from iop_tui.screening.shipped import shipped
from iop_tui.tui.linux_console import drawn, is_console
from tests.tui.gallery import SCRIPTS, SCRIPTS_FILES, pages
from tests.tui.pilot import person

_POINTS = (
    "20-7E A0-A3 A5-B2 B4-B8 BA-BD BF-DD DF-FD FF 192 203C 207F 20A7 2190-2193 221E 2229 2248 2261 2264-2265 "
    "2500 2502 250C 2510 2514 2518 251C 2524 252C 2534 253C 2550-256C 2588 2591-2592 25A0 25B2 25B6 25BC 25C0 "
    "2666"
)
_RANGES = [(part.partition("-")[0], part.rpartition("-")[2]) for part in _POINTS.split()]
FONTS = frozenset(chr(point) for first, last in _RANGES for point in range(int(first, 16), int(last, 16) + 1))
"""What both have: the font in the kernel, with the letters that it shows as others (drivers/tty/vt/cp437.uni), and the
font that Debian and Ubuntu load for Western languages (console-setup 1.221, Lat15-Fixed16, Lat15-VGA16 and
Lat15-Terminus16, whose maps are the same).
"""
THIN = frozenset("─═")
"""Lines that Debian's fonts draw alike, and the thick one with them."""


def lacking(words: str) -> set[str]:
    """The signs that a console cannot show."""
    return set(drawn(words)) - FONTS - {"\n"}


async def test_what_the_pages_draw_by_themselves_is_in_the_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    own = set().union(*(file.read_text("utf-8") for file in SCRIPTS_FILES.glob("*.yaml")))
    seen: set[str] = set()
    async with person(SCRIPTS, (80, 24)) as someone:
        async for _name in pages(someone):
            seen |= {sign for strip in someone.strips() for sign in strip.text}
    assert {"›", "─", "━", "·", "←", "[", "“"} <= seen
    assert lacking("".join(seen - own)) == set()


def texts() -> list[Path]:
    """Every file that a patient's words come from: the questions, and what is said in other languages."""
    top = Path(iop_tui.__file__).parent
    files = [*shipped().glob("*.yaml"), *shipped().glob("locale/*.po"), *top.glob("locale/*.po")]
    return [file for file in sorted(files) if file.name != "basis.yaml"]


@pytest.mark.parametrize("file", texts(), ids=lambda file: f"{file.parent.name}-{file.name}")
def test_every_word_that_is_shipped_is_in_the_fonts(file: Path) -> None:
    said = "\n".join(line for line in file.read_text("utf-8").splitlines() if not line.lstrip().startswith("#"))
    assert lacking(said) == set()


def test_no_line_grows_longer_and_what_lies_behind_is_told_from_what_lies_ahead() -> None:
    line = "› “It’s” — 1–2 … ‘x’ • ━━━───"
    assert cell_len(drawn(line)) == cell_len(line)
    assert drawn("━") not in THIN | {drawn("─")}
    assert drawn("abc ñ ─ [x]") == "abc ñ ─ [x]"


@pytest.mark.parametrize(("name", "console"), [("linux", True), ("linux-16color", True), ("xterm", False), ("", False)])
def test_a_console_is_known_by_its_name(name: str, console: bool) -> None:  # a parameter of the test
    assert is_console(name) is console
