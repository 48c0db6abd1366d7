"""What can be taken along: a printed page, a code for a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.color_triplet import ColorTriplet

from iop_tui.kiosk.qr_page import QrPage
from iop_tui.kiosk.result import LobbyResultPage
from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.result.model import Result
from iop_tui.screening.model.answers import Answer
from iop_tui.site.settings import Printer, Site
from tests.kiosk.pages.visitor import AT, SITE, Visitor, to_code, to_result, to_taking, visitor
from tests.shipped import SHIPPED


def printing(path: Path, *, after: str = "") -> Site:
    command = ("sh", "-c", f"{after} cat >> '{path}'")
    return replace(SITE, printer=Printer(AT, command, "at the front desk"))


async def test_the_page_is_printed_and_the_visitor_knows_where_it_comes_out(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    async with visitor(site=printing(paper)) as someone:
        await to_taking(someone)
        assert "The paper comes out at the front desk. Others may see it there" in someone.sees()
        await someone.press("1")
        await someone.until_sees("The page is on its way.")
        assert "not a diagnosis" in paper.read_text()
        assert "Riverside Recovery" in paper.read_text()


async def test_a_printer_that_fails_is_told_plainly_and_the_visit_goes_on() -> None:
    site = replace(SITE, printer=Printer(AT, ("sh", "-c", "cat >/dev/null; echo out of paper >&2; exit 1"), "here"))
    async with visitor(site=site) as someone:
        await to_taking(someone)
        await someone.press("1")
        await someone.until_sees("out of paper")
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
        await someone.until_sees("The page is on its way.")
        assert paper.read_text().count("Riverside Recovery") == 1


async def test_what_came_of_printing_is_told_however_soon_somebody_left(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    waits = f"while [ ! -e '{gate}' ]; do sleep 0.01; done; cat >/dev/null; echo out of paper >&2; exit 1"
    site = replace(SITE, printer=Printer(AT, ("sh", "-c", waits), "at the front desk"))
    async with visitor(site=site) as someone:
        await to_taking(someone)
        await someone.press("1", "3")
        assert someone.page() == "LobbyResultPage"
        assert "The page is printing ..." in someone.sees()
        gate.touch()
        await someone.until_sees("out of paper")
        assert someone.page() == "LobbyResultPage"
        await someone.press("left")
        assert someone.page() == "ReviewPage"
        await someone.press("1")
        assert "out of paper" in someone.sees()
        await someone.press("t")
        assert someone.page() == "TakePage"
        assert "out of paper" in someone.sees()


async def test_what_is_told_while_another_page_is_over_the_summary_is_there_afterwards(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    async with visitor(site=printing(tmp_path / "paper", after=f"while [ ! -e '{gate}' ]; do :; done;")) as someone:
        await to_taking(someone)
        await someone.press("1", "3", "h")
        assert someone.page() == "HelpPage"
        gate.touch()
        await someone.settle()
        await someone.press("h")
        assert "The page is on its way. It comes out at the front desk." in someone.reads()


async def test_three_pages_a_visit_and_then_staff(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    async with visitor(site=printing(paper)) as someone:
        await to_taking(someone)
        for count in range(1, 4):
            await someone.press("1")
            await someone.until_sees("The page is on its way.")
            assert paper.read_text().count("Riverside Recovery") == count
        await someone.press("3", "t", "1")
        assert "Please ask staff if you need another." in someone.reads()
        assert not someone.app.workers
        assert paper.read_text().count("Riverside Recovery") == 3


FEARED: dict[str, Answer] = {"who_for": "self", "age_group": "teen", "someone_in_danger": ("afraid",)}
"""Somebody with two notices."""


async def to_feared(someone: Visitor) -> Result:
    result = result_for(SHIPPED, FEARED)
    assert len(result.notices) == 2
    someone.app.result = lambda: result  # type: ignore[method-assign]  # as if these were the answers
    shown = document(result)
    await someone.app.stage(LobbyResultPage(shown, someone.app.site, someone.app._printing))
    await someone.pause()
    await someone.press("t")
    return result


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_who_might_see_it_is_said_before_anything_is_taken(size: tuple[int, int]) -> None:
    async with visitor(SHIPPED, size=size) as someone:
        result = await to_feared(someone)
        words = someone.reads()
        assert all(notice.text in words for notice in result.notices)
        assert "If others look at your phone, do not scan it." in words


async def test_the_choices_stay_where_a_printer_has_much_to_say() -> None:
    shout = "cat >/dev/null; echo " + "paper jam in tray two, " * 5 + " >&2; exit 1"
    site = replace(SITE, printer=Printer(AT, ("sh", "-c", shout), "at the front desk"))
    async with visitor(SHIPPED, site=site, size=(60, 20)) as someone:
        result = await to_feared(someone)
        await someone.press("1")
        await someone.until_sees("paper jam")
        assert "Your summary is still on the screen." in someone.reads()
        for choice in ("Print one page", "Show a code for my phone", "Back to the summary"):
            assert choice in someone.sees()
        await someone.touch("↓")
        assert result.notices[0].text.split(".")[0] in someone.reads()
        await someone.press("down", "down", "down", "down", "down", "down", "down", "down")
        assert "paper jam" in someone.sees()
        await someone.touch("← Back")
        assert someone.page() == "LobbyResultPage"


@pytest.mark.parametrize("danger", ["afraid", "unsafe", "child_danger"])
def test_who_lives_with_danger_is_warned_of_paper(danger: str) -> None:
    result = result_for(SHIPPED, {"who_for": "self", "someone_in_danger": (danger,)})
    assert any("Then do not save or print it." in notice.text for notice in result.notices)


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
        await someone.app.stage(QrPage(result_for(SHIPPED, someone.app.interview.answers), SITE))
        await someone.pause()
        pixels = _pixels(someone)
        cells = bytes(255 if light else 0 for line in pixels for light in line)
        picture = image.frombytes("L", (size[0], len(pixels)), cells)
        picture = picture.resize((8 * size[0], 8 * len(pixels)), image.Resampling.NEAREST)
        (read,) = zxingcpp.read_barcodes(picture)
        beside = someone.reads()
        assert "Not a diagnosis" in read.text
        words = [word for line in someone.sees().split("\n") for word in line.split()]
        assert all(word in words for word in read.text.split())
        assert "Nothing is sent." in beside


def _pixels(someone: Visitor) -> list[list[bool]]:
    """Two rows of light and dark a line of the screen: what a camera sees of cells and half blocks."""
    lines: list[list[bool]] = []
    for strip in someone.strips():
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
        await someone.resize(60, 14)
        assert "too small for a code" in someone.reads()
        assert "X Hide & erase" in someone.sees()
