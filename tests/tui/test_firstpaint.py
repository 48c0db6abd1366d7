"""The welcome page as it is painted before Textual is there is the one that Textual draws, cell by cell."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from iop_tui import compiling
from iop_tui.firstpaint import ansi, hints, words
from iop_tui.firstpaint.layout import rows
from iop_tui.firstpaint.palette import PALETTES
from iop_tui.firstpaint.wrap import is_simple, wrapped
from iop_tui.screening.compiled import compiled_index
from iop_tui.screening.compiled.compiled_index import FirstPage
from iop_tui.screening.format.loader import load, load_manifest
from iop_tui.screening.i18n.language import _, current, offered, own_name, use
from iop_tui.screening.i18n.localize import manifest_in
from iop_tui.screening.model.definition import Manifest
from iop_tui.screening.shipped import shipped
from iop_tui.tui.app import Wizard
from iop_tui.tui.welcome import BEGINNING, WelcomePage
from tests.app_driver import AppDriver, running
from tests.shipped import SHIPPED
from tests.tui.pilot import SMALL, person

SCREENINGS = Path(__file__).parent.parent / "screenings"
LANGUAGES = offered(shipped() / "locale")
SIZES = [
    *((61, 20), (60, 20), (60, 23), (64, 24), (80, 24), (81, 29), (99, 29), (100, 30), (105, 31), (120, 40), (200, 50)),
]
"""At the first, a scroll bar would stay where there is one already, and is not needed."""
FEW = [size for size in SIZES if size in ((61, 20), (60, 20), (80, 24), (120, 40))]
DEPTHS = {"truecolor": ansi.TRUE, "256": ansi.EIGHT_BIT, "standard": ansi.OWN}
SYSTEMS = {ansi.TRUE: ColorSystem.TRUECOLOR, ansi.EIGHT_BIT: ColorSystem.EIGHT_BIT, ansi.OWN: ColorSystem.STANDARD}
simple = st.text(st.characters(max_codepoint=0x2193).filter(is_simple), min_size=1, max_size=120)
with_spaces = st.lists(st.text("abcé—.", max_size=14), max_size=20).map(" ".join)

Cells = list[list[tuple[object, ...]]]


def seen(text: str, width: int, height: int) -> Cells:
    """What a terminal shows: the letter, the ground and the colours of each cell; of an empty one the ground alone."""
    screen = pyte.Screen(width, height)
    pyte.Stream(screen).feed(f"\x1b[?7l{text}")
    cells = [[screen.buffer[y][x] for x in range(width)] for y in range(height)]
    return [
        [(cell.data, cell.bg, cell.reverse and cell.fg) if cell.data == " " else tuple(cell) for cell in row]
        for row in cells
    ]


def drawn_by_textual(app: Wizard, colours: int) -> str:
    """The page that an app shows, for a number of colours. Not by `Strip.render`, which keeps the first ones."""

    def sequence(style: Style | None) -> str:
        return Strip.render_ansi.__wrapped__(Strip, style, SYSTEMS[colours]) if style is not None else ""

    update = app.screen._compositor.render_full_update()
    lines = [
        "".join(f"\x1b[0;{sequence(style)}m{text}" for strip in line for text, style, _control in strip)
        for line in update.strips
    ]
    return "".join(f"\x1b[{number};1H{line}" for number, line in enumerate(lines, 1))


@asynccontextmanager
async def at_welcome(app: Wizard) -> AsyncIterator[AppDriver[Wizard]]:
    """Somebody before the first page, in a window of the first size."""
    async with running(AppDriver(app), SIZES[0]) as driver:
        yield driver


async def resized(driver: AppDriver[Wizard], size: tuple[int, int]) -> None:
    """Until the page is laid out for another size than the first."""
    if size != SIZES[0]:
        await driver.resize(*size)


def page_of(manifest: Manifest) -> FirstPage:
    """The words of a manifest's first page, in the language in use."""
    told = manifest_in(manifest, current())
    said = {sentence: _(sentence) for sentence in words.sentences()}
    languages = tuple((code, own_name(code)) for code in offered(Path(manifest.where.file).parent / "locale"))
    about = told.welcome.about.line if told.welcome.about is not None else ""
    return FirstPage(told.title, told.welcome.lead, told.welcome.points, languages, said, about)


def painted(page: FirstPage, size: tuple[int, int], theme: str | None, colours: int) -> str | None:
    laid_out = rows(page, current(), *size)
    return None if laid_out is None else ansi.drawn(laid_out, theme, colours)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("theme", PALETTES)
async def test_it_is_the_page_that_textual_draws(monkeypatch: pytest.MonkeyPatch, theme: str, code: str) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    use(code)
    app = Wizard(SHIPPED.manifest, lambda: SHIPPED)
    app.use_theme(theme)
    async with at_welcome(app) as driver:
        for size in SIZES if theme == "dark" else FEW:
            await resized(driver, size)
            for colours in (ansi.TRUE, ansi.EIGHT_BIT):
                early = painted(page_of(SHIPPED.manifest), size, theme, colours)
                assert early is not None
                assert seen(early, *size) == seen(drawn_by_textual(app, colours), *size), (size, colours)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("environment", [{"TERM": "xterm"}, {"NO_COLOR": "1", "COLORTERM": "truecolor"}], ids=str)
async def test_it_has_no_colours_where_textual_has_none(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], code: str
) -> None:
    monkeypatch.delenv("COLORTERM", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    use(code)
    app = Wizard(SHIPPED.manifest, lambda: SHIPPED)
    async with at_welcome(app) as driver:
        for size in FEW:
            await resized(driver, size)
            assert ansi.depth(environment) == ansi.OWN
            early = painted(page_of(SHIPPED.manifest), size, "light", ansi.OWN)
            assert early is not None
            # Once colours are taken out: what Textual sends under NO_COLOR names the terminal's own.
            assert seen(early, *size) == seen(drawn_by_textual(app, ansi.OWN), *size), size


LONG = FirstPage(
    "A title of forty letters, and twenty more",
    "A lead that goes on and on, " * 4 + f"and has a{'nextraordinarily' * 6}longword that must be cut.",
    tuple(f"Point {number}: what is long and dull is cut off at the end of the line. " * 2 for number in range(9)),
    (("en", "English"), ("es", "Español")),
    {},
)


def with_words(page: FirstPage) -> Manifest:
    """The small screening's manifest with other words."""
    from msgspec.structs import replace

    welcome = replace(SMALL.manifest.welcome, lead=page.lead, points=page.points)
    return replace(SMALL.manifest, title=page.title, welcome=welcome)


@pytest.mark.parametrize("points", [0, 4, 9, *(pytest.param(few, marks=pytest.mark.thorough) for few in (2, 6))])
async def test_more_or_fewer_words_are_laid_out_alike(monkeypatch: pytest.MonkeyPatch, points: int) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    manifest = with_words(FirstPage(LONG.title, LONG.lead, LONG.points[:points], LONG.languages, {}))
    compared = 0
    app = Wizard(manifest, lambda: SMALL)
    async with at_welcome(app) as driver:
        for size in SIZES:
            await resized(driver, size)
            early = painted(page_of(manifest), size, None, ansi.TRUE)
            if early is not None:
                compared += 1
                assert seen(early, *size) == seen(drawn_by_textual(app, ansi.TRUE), *size), size
    assert compared > 4


@pytest.mark.parametrize(("name", "there"), [("small", True), ("lobby", True), ("scripts", False)])
async def test_other_screenings_are_laid_out_alike_or_left_to_textual(
    monkeypatch: pytest.MonkeyPatch, name: str, there: bool
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    screening = load(SCREENINGS / name)
    app = Wizard(screening.manifest, lambda: screening)
    async with at_welcome(app) as driver:
        for size in SIZES:
            await resized(driver, size)
            early = painted(page_of(screening.manifest), size, None, ansi.TRUE)
            assert (early is not None) == there
            if early is not None:
                assert seen(early, *size) == seen(drawn_by_textual(app, ansi.TRUE), *size), size


# ---- its parts ----


@given(simple | with_spaces, st.integers(4, 80))
def test_lines_break_where_textual_breaks_them(text: str, width: int) -> None:
    theirs = [line.rstrip().plain for line in Content(text).wrap(width)] or [""]
    assert wrapped(text, width) == theirs


def test_a_simple_letter_takes_one_cell() -> None:
    simple_ones = [chr(number) for number in range(0x10000) if is_simple(chr(number))]
    assert {"a", "ñ", "¿", "—", "’", "…"} <= set(simple_ones)
    assert not {"\t", "\n", "\x1b", "\xa0", "\xad", "\u0301", "\u200b", "你", "א", "\u0627", "🙂"} & set(simple_ones)
    assert [sign for sign in simple_ones if cell_len(sign) != 1] == []
    # None of them joins with the one before.
    pairs = map("".join, itertools.product("ae", simple_ones))
    assert [pair for pair in pairs if cell_len(pair) != 2] == []


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_of_256_colours_it_takes_the_one_that_rich_takes(colour: tuple[int, int, int]) -> None:
    assert ansi.eight_bit(*colour) == Color.from_rgb(*colour).downgrade(ColorSystem.EIGHT_BIT).number


@pytest.mark.parametrize("term", ["xterm", "xterm-256color", "xterm-kitty", "screen", "XTERM-256COLOR"])
@pytest.mark.parametrize("colorterm", [None, "", "truecolor", " 24bit ", "yes"])
def test_it_counts_a_terminals_colours_as_rich_does(
    monkeypatch: pytest.MonkeyPatch, term: str, colorterm: str | None
) -> None:
    environment = {"TERM": term} | ({} if colorterm is None else {"COLORTERM": colorterm})
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    system = Wizard(SMALL.manifest, lambda: SMALL).console.color_system
    assert ansi.depth(environment) == DEPTHS[system or ""]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_that_it_may_show_is_kept_in_each_language(code: str) -> None:
    compiling.renew()
    page = compiled_index.first_page(code)
    assert page is not None
    use(code)
    here = page_of(load_manifest(shipped()))
    assert (page.title, page.lead, page.points, page.languages) == (here.title, here.lead, here.points, here.languages)
    assert [(text, page.sentences.get(text, text)) for text in words.sentences()] == [
        (text, _(text)) for text in words.sentences()
    ]
    assert code == "en" or words.sentences() <= page.sentences.keys()


def test_a_sentence_that_is_not_known_in_the_language_is_left_to_textual() -> None:
    page = FirstPage("Title", "Lead.", (), (("en", "English"), ("es", "Español")), {})
    assert rows(page, "en", 80, 24) is not None
    assert rows(page, "es", 80, 24) is None


async def test_the_keys_at_its_foot_are_those_of_the_page() -> None:
    async with person(SHIPPED) as patient:
        page = patient.app.screen
        assert isinstance(page, WelcomePage)
        named = [(hint.key, hint.label, hint.action, hint.short, hint.scrolls) for hint in page._hints()]
        assert named == words.hints(about=True)
        assert patient.app.OPTIONAL_HINTS == hints.OPTIONAL


@pytest.mark.parametrize("key", BEGINNING)
async def test_a_key_that_is_heard_early_begins_on_the_page_too(key: str) -> None:
    async with person(SHIPPED) as patient:
        await patient.press(key)
        assert patient.page() == "QuestionPage"


def test_a_row_fills_the_window() -> None:
    for size, code in itertools.product(SIZES, LANGUAGES):
        use(code)
        laid_out: Sequence[Sequence[tuple[str, str, str, bool]]] | None = rows(page_of(SHIPPED.manifest), code, *size)
        assert laid_out is not None
        assert [sum(len(span[0]) for span in row) for row in laid_out] == [size[0]] * size[1]


@pytest.fixture(autouse=True)
def _colour_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.parametrize("size", [(0, 0), (0, 24), (80, 0)])
def test_for_a_terminal_that_says_no_size_nothing_is_painted(size: tuple[int, int]) -> None:
    assert painted(page_of(SHIPPED.manifest), size, None, ansi.TRUE) is None
