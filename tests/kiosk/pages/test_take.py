"""What can be taken along: a printed page, a code for a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.color_triplet import ColorTriplet

from iop_tui.kiosk.qr_page import QrPage
from iop_tui.screening.summary import summarize
from iop_tui.site.model import Printer, Site
from tests.kiosk.pages.visitor import AT, SITE, Visitor, to_code, to_result, to_taking, visitor
from tests.tui.pilot import SHIPPED


def printing(path: Path, *, after: str = "") -> Site:
    command = ("sh", "-c", f"{after} cat >> '{path}'")
    return replace(SITE, printer=Printer(AT, command, "at the front desk"))


async def test_the_page_is_printed_and_the_visitor_knows_where_it_comes_out(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    async with visitor(site=printing(paper)) as someone:
        await to_taking(someone)
        assert "The paper comes out at the front desk. Others may see it there" in someone.sees()
        await someone.press("1")
        await someone.until("The page is on its way.")
        assert "not a diagnosis" in paper.read_text()
        assert "Riverside Recovery" in paper.read_text()


async def test_a_printer_that_fails_is_told_plainly_and_the_visit_goes_on() -> None:
    site = replace(SITE, printer=Printer(AT, ("sh", "-c", "cat >/dev/null; echo out of paper >&2; exit 1"), "here"))
    async with visitor(site=site) as someone:
        await to_taking(someone)
        await someone.press("1")
        await someone.until("out of paper")
        await someone.press("3")
        assert someone.page() == "LobbyResultPage"


async def test_pressing_again_while_it_prints_prints_once(tmp_path: Path) -> None:
    paper, gate = tmp_path / "paper", tmp_path / "gate"
    async with visitor(site=printing(paper, after=f"while [ ! -e '{gate}' ]; do sleep 0.01; done;")) as someone:
        await to_taking(someone)
        await someone.press("1", "1")
        assert "The page is printing ..." in someone.sees()
        await someone.press("3", "t")
        assert "The page is printing ..." in someone.sees()
        await someone.press("1")
        gate.touch()
        await someone.until("The page is on its way.")
        assert paper.read_text().count("Riverside Recovery") == 1


async def test_a_clinic_that_offers_nothing_has_no_such_page() -> None:
    async with visitor(site=replace(SITE, printer=None, qr=False)) as someone:
        await to_result(someone)
        assert "Take" not in someone.sees().split("\n")[-1]
        await someone.press("t", "s")
        assert someone.page() == "LobbyResultPage"


async def test_only_what_the_clinic_has_is_offered() -> None:
    async with visitor(site=replace(SITE, qr=False)) as someone:
        await to_taking(someone)
        assert "Print one page" in someone.sees()
        assert "phone" not in someone.sees()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("colours", ["none", "truecolor"])
async def test_a_camera_reads_what_stands_beside_the_code(
    size: tuple[int, int], colours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    if colours == "none":
        monkeypatch.setenv("NO_COLOR", "1")
    else:
        monkeypatch.setenv("COLORTERM", "truecolor")
    async with visitor(SHIPPED, size=size) as someone:
        await someone.app.stage(QrPage(summarize(SHIPPED, someone.app.interview.answers), SITE))
        await someone.pilot.pause()
        pixels = _pixels(someone)
        picture = image.new("L", (8 * size[0], 8 * len(pixels)))
        for row, line in enumerate(pixels):
            for column, light in enumerate(line):
                picture.paste(255 if light else 0, (8 * column, 8 * row, 8 * column + 8, 8 * row + 8))
        (read,) = zxingcpp.read_barcodes(picture)
        beside = " ".join(someone.sees().split())
        assert "Not a diagnosis" in read.text
        words = [word for line in someone.sees().split("\n") for word in line.split()]
        assert all(word in words for word in read.text.split())
        assert "Nothing is sent." in beside


def _pixels(someone: Visitor) -> list[list[bool]]:
    """Two rows of light and dark a line of the screen: what a camera sees of cells and half blocks."""
    lines: list[list[bool]] = []
    for strip in someone.app.screen._compositor.render_strips():
        upper: list[bool] = []
        lower: list[bool] = []
        for segment in strip:
            style = segment.style
            ground = bool(style and (style.reverse or _is_white(style.bgcolor and style.bgcolor.triplet)))
            for cell in segment.text:
                upper.append(ground != (cell in "█▀"))
                lower.append(ground != (cell in "█▄"))
        lines += [upper, lower]
    return lines


def _is_white(triplet: ColorTriplet | None) -> bool:
    return triplet == ColorTriplet(255, 255, 255)


async def test_a_window_without_room_for_a_code_says_so() -> None:
    async with visitor(size=(60, 20)) as someone:
        await to_code(someone)
        await someone.pilot.resize_terminal(60, 14)
        await someone.pilot.pause()
        assert "too small for a code" in " ".join(someone.sees().split())
        assert "X Hide & erase" in someone.sees()
