"""A visit in another language: chosen at any time, on every page, with nothing lost; and each visit begins anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from iop_tui.kiosk.supervisor import Supervisor
from iop_tui.screening.engine.interview import Alarmed, Interview, NotAnswered, Reviewing, ShowingResult, begin
from iop_tui.screening.i18n.language import current, gettext_in
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import Printer, Site, Words
from iop_tui.site.site_texts import site_in_language, staff_call
from iop_tui.tui.blocks import Prose
from iop_tui.tui.choices import Choices
from tests.bounded import rounds
from tests.kiosk.pages.visitor import AT, SITE, Visitor, visitor
from tests.shipped import CASES, SHIPPED
from tests.tui.pilot import SMALL

CALM = next(case for case in CASES if case.expect.level == "iop" and not case.expect.alarms)
DANGER = next(case for case in CASES if case.expect.level == "none" and "suicide" in " ".join(case.expect.alarms))
SPANISH = in_language(SHIPPED, "es")
BOTH = replace(
    SITE,
    languages=("en", "es"),
    words={"es": Words(AT, call="Vaya a la recepción.", crisis={"suicide": "María está con usted."})},
)
SPANISH_FIRST = Site(AT, languages=("es", "en"), times=SITE.times, printer=Printer(AT, ("cat",)), qr=True)


def folded(text: str) -> str:
    return " ".join(text.replace("█", " ").replace("▆", " ").split())


def gone(screening: Screening, answers: Mapping[str, Answer]) -> Interview:
    """The interview after these answers: at the review, or at a danger that nobody passes."""
    interview = begin(screening)
    for _ in rounds("the review"):
        if isinstance(step := interview.step, (Reviewing, ShowingResult)):
            break
        if isinstance(step, Alarmed) and step.alarm.urgency == "now":
            return interview
        if isinstance(step, (Alarmed, NotAnswered)):
            interview = interview.acknowledged()
        else:
            interview = interview.answer(answers.get(step.question.id, Unknown.SKIPPED))
    return interview


async def follow(someone: Visitor, answers: Mapping[str, Answer]) -> None:
    await someone.app.follow(gone(someone.app.screening, answers))
    await someone.pause()


async def test_the_first_page_says_how_to_begin_in_every_language_of_the_clinic() -> None:
    async with visitor(SHIPPED, site=BOTH) as someone:
        assert "Press any key, or touch the screen, to begin" in someone.sees()
        assert "2  Español: Para empezar, oprima 2 o toque aquí" in someone.sees()
        assert "Not a diagnosis. Nothing is kept." in someone.sees()


@pytest.mark.parametrize("way", ["key", "touch"])
async def test_spanish_has_its_own_key_and_place_on_the_first_page(way: str) -> None:
    async with visitor(SHIPPED, site=BOTH) as someone:
        if way == "key":
            await someone.press("2")
        else:
            await someone.touch("Español")
        assert someone.page() == "LobbyWelcomePage"
        assert "Empezar las preguntas" in someone.sees()


async def test_the_welcome_after_a_touch_is_short() -> None:
    async with visitor(SHIPPED, site=BOTH) as someone:
        await someone.press("enter")
        above, _, _below = someone.sees().partition("Start the questions")
        assert len([line for line in above.splitlines()[2:] if line.strip()]) == 4


async def test_where_there_is_one_language_nothing_is_said_of_others() -> None:
    async with visitor(SHIPPED) as someone:
        await someone.press("enter")
        assert "Español" not in someone.sees()
        assert "L " not in someone.sees().split("\n")[-1]
        await someone.press("l")
        assert "Start the questions" in someone.sees()


@pytest.mark.parametrize("way", ["key", "touch"])
async def test_one_key_or_touch_on_the_welcome_page_changes_the_language(way: str) -> None:
    async with visitor(SHIPPED, site=BOTH) as someone:
        await someone.press("enter")
        if way == "key":
            await someone.press("L")
        else:
            await someone.touch("3  Español")
        assert someone.page() == "LobbyWelcomePage"
        assert "Empezar las preguntas" in someone.sees()
        assert "La X oculta esto y borra sus respuestas al instante." in someone.sees()
        await someone.press("l")
        assert "Start the questions" in someone.sees()


async def test_a_whole_visit_in_spanish_with_danger_paper_and_code(tmp_path: Path) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    paper = tmp_path / "paper"
    site = replace(BOTH, printer=Printer(AT, ("sh", "-c", f"cat > '{paper}.new'; mv '{paper}.new' '{paper}'")))
    async with visitor(SHIPPED, site=site) as someone:
        await someone.press("enter", "l", "1")
        assert "¿Por quién contesta?" in someone.sees()
        await follow(someone, DANGER.answers)
        assert someone.page() == "LobbyCrisisPage"
        seen = folded(someone.sees())
        assert "Vaya a la recepción. María está con usted." in seen
        assert "Llame al 988 (español: oprima 2)" in seen
        assert "Ya hay alguien conmigo: borrar mis respuestas" in seen
        await someone.press("1")
        assert "¿Ya hay alguien con usted?" in someone.sees()
        await someone.press("1")
        await someone.wait(site.times.crisis)
        assert "¿Sigue ahí?" in someone.sees()
        assert "Vaya a la recepción." in folded(someone.sees())
        await someone.press("a")
        await follow(someone, CALM.answers)
        await someone.press("1")
        assert someone.page() == "LobbyResultPage"
        assert "No es un diagnóstico." in someone.sees()
        assert "X Ya terminé: borrar todo" in someone.sees()
        await someone.press("t", "1")
        await someone.until_sees(gettext_in("es", "The page is on its way. It comes out {stands}.").split(".")[0])
        page = paper.read_bytes().decode("utf-8")
        assert "¿SOBRE QUÉ TIPO DE ATENCIÓN PREGUNTAR PRIMERO?" in page
        assert "A QUIÉN LLAMAR" in page
        assert "Who to call" not in page
        await someone.press("2")
        assert someone.page() == "QrPage"
        (read,) = zxingcpp.read_barcodes(photo(someone))
        assert "No es un diagnóstico." in read.text
        assert folded(read.text) in folded(" ".join(row[46:] for row in someone.sees().split("\n")))


def photo(someone: Visitor) -> object:
    """The screen as a camera sees it: black and white, a half block a cell."""
    image = pytest.importorskip("PIL.Image")
    rows = [row.ljust(80) for row in someone.sees().split("\n")]
    picture = image.new("L", (80 * 8, len(rows) * 16), 0)
    for row, line in enumerate(rows):
        for column, sign in enumerate(line[:46]):
            for half in (0, 1):
                dark = sign in ("█", "▀▄"[half])
                left, top = column * 8, row * 16 + half * 8
                picture.paste(0 if dark else 255, (left, top, left + 8, top + 8))
    return picture


async def test_what_the_printer_did_is_told_in_the_language_that_is_chosen_afterwards() -> None:
    async with visitor(SHIPPED, site=replace(BOTH, printer=Printer(AT, ("sh", "-c", "cat > /dev/null")))) as someone:
        await someone.press("enter")
        await follow(someone, CALM.answers)
        await someone.press("1", "t", "1")
        await someone.until_sees("The page is on its way. It comes out beside this screen.")
        await someone.press("l")
        assert someone.page() == "TakePage"
        stands = gettext_in("es", "beside this screen")
        heartbeats = gettext_in("es", "The page is on its way. It comes out {stands}.").format(stands=stands)
        assert heartbeats in folded(someone.sees())
        assert "The page is on its way." not in someone.sees()
        await someone.press("2", "l")
        assert someone.page() == "QrPage"
        assert "Point your phone's camera here." in folded(someone.sees())


async def test_every_page_changes_its_language_and_no_answer_is_lost() -> None:
    async with visitor(SHIPPED, site=BOTH, pin="any") as someone:
        await someone.press("enter")
        await follow(someone, DANGER.answers)
        before = dict(someone.app.interview.answers)
        await someone.press("l")
        assert someone.page() == "LobbyCrisisPage"
        assert "Ya hay alguien conmigo: borrar mis respuestas" in someone.sees()
        await someone.press("h", "l")
        assert (someone.page(), "Who to call" in someone.sees()) == ("HelpPage", True)
        await someone.press("left")
        assert "Someone is with me now: erase my answers" in someone.sees()
        await someone.press("ctrl+l", "ctrl+l", "ctrl+l", apart=0.2)
        await someone.press("l")
        assert (someone.page(), "Para el personal" in someone.sees()) == ("PinPage", True)
        assert dict(someone.app.interview.answers) == before


async def test_who_comes_next_is_greeted_in_the_first_language_again() -> None:
    async with visitor(SHIPPED, site=BOTH) as someone:
        await someone.press("enter", "l")
        assert current() == "es"
    async with visitor(SHIPPED, site=BOTH) as another:
        assert "Not a diagnosis. Nothing is kept." in another.sees()
        await another.press("enter")
        assert "Start the questions" in another.sees()


@pytest.mark.parametrize(
    "size", [(60, 20), *(pytest.param(size, marks=pytest.mark.thorough) for size in ((80, 24), (120, 40)))], ids=str
)
async def test_no_page_in_spanish_is_cut_off_and_every_key_is_named(size: tuple[int, int]) -> None:
    async with visitor(SHIPPED, site=SPANISH_FIRST, size=size, pin="any") as someone:
        await someone.press("enter")
        await check_page(someone)
        for key in ("r", "h", "d"):
            await someone.press(key)
            await check_page(someone)
            await someone.press("left")
        await someone.press("1")
        await check_page(someone)
        await follow(someone, DANGER.answers)
        await check_page(someone)
        await follow(someone, CALM.answers)
        await check_page(someone)
        for key in ("1", "t", "2"):
            await someone.press(key)
            await check_page(someone)
        await someone.press("ctrl+l", "ctrl+l", "ctrl+l", apart=0.2)
        await check_page(someone)


async def check_page(someone: Visitor) -> None:
    page, seen = someone.app.screen, someone.sees()
    wide = someone.app.size.width
    assert all(len(row) <= wide for row in seen.split("\n"))
    foot = folded(" ".join(seen.split("\n")[-3:]))
    if someone.page() == "LobbyResultPage":
        assert "X Ya terminé: borrar todo" in folded(seen)
        return
    assert "X Ocultar y borrar" in foot or "X Borrar todo" in foot
    if someone.page() == "QuestionPage":
        assert "? Más" in foot
        return
    # The welcome offers the languages once: among its choices.
    assert ("3 English" if someone.page() == "LobbyWelcomePage" else "L English") in folded(seen)
    assert folded(seen).count("English") == 1
    if someone.page() != "ConfirmPage":
        assert "R Empezar de nuevo" in foot or "R De nuevo" in foot
    for choices in page.query(Choices):
        if choices.display and not choices.show_vertical_scrollbar:
            assert choices.virtual_size.height <= choices.size.height
    scrolling = {widget for widget in page.query() if widget.styles.overflow_y == "auto"}
    for prose in page.query(Prose):
        if prose.display and not scrolling & set(prose.ancestors):
            assert page.region.contains_region(prose.region)


async def test_words_in_letters_that_cannot_be_drawn_large_are_still_said() -> None:
    site = replace(SPANISH_FIRST, invite=("Àquèlle", "aide?"))
    async with visitor(SHIPPED, site=site) as someone:
        assert "Àquèlle" in someone.sees()
        assert "aide?" in someone.sees()


def test_where_no_visit_can_begin_every_visitor_can_read_why() -> None:
    parent = Supervisor(SHIPPED, BOTH, None, None)  # type: ignore[arg-type]  # what it says needs no terminal
    words = "\n".join(parent._words())
    for code in ("en", "es"):
        assert gettext_in(code, "This screen is not available right now. We are sorry.") in words
        assert staff_call(site_in_language(BOTH, code), SPANISH if code == "es" else SHIPPED) in words
    assert SHIPPED.phone_lines["lifeline"].reach in words
    assert SPANISH.phone_lines["lifeline"].reach in words


async def test_a_screening_in_english_alone_is_the_same_as_ever() -> None:
    async with visitor(SMALL, site=replace(SITE, languages=("en",))) as someone:
        await someone.press("enter", "1")
        assert current() == "en"
        assert someone.app.site is someone.app._written_site
