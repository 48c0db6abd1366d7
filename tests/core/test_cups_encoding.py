"""A page reaches the paper with all its words: what a queue of CUPS prints, and a page in no other letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from iop_tui.result.build import result_for
from iop_tui.screening.i18n.language import use
from iop_tui.site.settings import STANDARD
from iop_tui.takeaway import cups_encoding
from iop_tui.takeaway.page_encoding import ASCII, UTF_8, PageEncoding, encoded, folded
from iop_tui.takeaway.printed_page import as_page
from iop_tui.takeaway.printer import print_page
from tests.core.cupsd import Cups, NoServerError, running
from tests.shipped import CASES, SHIPPED, result_of, spanish

LP = ("lp", "-d", "lobby/draft")
# As `lpoptions -l` of CUPS 2.4.2 lists the options of the driver for text-only printers.
TEXT_ONLY = """PageSize/Media Size: *Letter Legal Custom.WIDTHxHEIGHT
PrinterEncoding/Printer's Character Encoding: {} Custom.STRING
NewlineCharacters/Characters to send for a New Line: LF CR *CRLF
"""
LASER = "PageSize/Media Size: *Letter A4\nDuplex/2-Sided Printing: *None DuplexNoTumble\n"
NO_DRIVER = "lpoptions: Unable to get PPD file for lobby/draft: Not Found\n"


@pytest.mark.parametrize(
    ("said", "takes"),
    [
        (LASER, UTF_8),
        (TEXT_ONLY.format("*ASCII CP437 CP850"), PageEncoding("ascii", "utf-8")),
        (TEXT_ONLY.format("ASCII CP437 *CP850"), PageEncoding("cp850", "utf-8")),
        (TEXT_ONLY.format("ASCII *ROMAN8"), PageEncoding("hp-roman8", "utf-8")),
        # Encodings that Python has not, that CUPS does not tell, or that nobody chose.
        (TEXT_ONLY.format("ASCII *ROMAN9"), PageEncoding("ascii", "utf-8")),
        (TEXT_ONLY.replace(" C", " *C").format("ASCII"), PageEncoding("ascii", "utf-8")),
        (TEXT_ONLY.format("ASCII CP850"), PageEncoding("ascii", "utf-8")),
        (NO_DRIVER, ASCII),
        ("", ASCII),
    ],
)
def test_a_page_goes_out_as_the_queue_prints_it(said: str, takes: PageEncoding) -> None:
    assert cups_encoding.queue(LP, said).takes == takes


@pytest.mark.parametrize(
    ("command", "takes"),
    [
        (("lp", "-o", "PrinterEncoding=CP850"), PageEncoding("cp850", "utf-8")),
        (("lp", "-oprinterencoding=Custom.UTF-8"), PageEncoding("utf-8", "utf-8")),
        (("lpr", "-o", "media=A4 PrinterEncoding=ISO-8859-1"), PageEncoding("iso8859-1", "utf-8")),
        (("lp", "-o", "raw"), ASCII),
        (("lpr", "-l"), ASCII),
    ],
)
def test_what_the_command_says_itself_comes_before_the_queue(command: Sequence[str], takes: PageEncoding) -> None:
    assert cups_encoding.queue(command, TEXT_ONLY.format("*ASCII CP850")).takes == takes


@pytest.mark.parametrize(
    ("command", "asks"),
    [
        ("lp", "lpoptions -l"),
        ("/usr/bin/lp -d lobby/draft -o media=A4", "/usr/bin/lpoptions -p lobby/draft -l"),
        ("lp -h print.example -dlobby", "lpoptions -h print.example -p lobby -l"),
        ("lpr -h -H print.example -P lobby", "lpoptions -h print.example -p lobby -l"),
    ],
)
def test_the_queue_that_the_command_prints_to_is_asked(command: str, asks: str) -> None:
    assert cups_encoding.question(command.split()) == tuple(asks.split())


def test_a_letter_that_the_printer_has_not_loses_its_accent_and_no_word_is_lost() -> None:
    assert folded("¿Cuántos años? ¡PINGÜINOS!", "ascii") == "Cuantos anos? PINGUINOS!"
    assert folded("Qué hacer. ÁREA: año", "cp437") == "Qué hacer. AREA: año"
    assert folded("n\u0303a\u0301", "cp850") == "ñá"
    assert folded("Straße, Łódź, 5 €, 日", "ascii") == "Strasse, Lodz, 5 EUR, ?"
    assert encoded("año", PageEncoding("cp850", "cp850")) == b"a\xa4o"


# ---- a queue of CUPS itself ------------------------------------------------------------------------------------------


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    try:
        with running() as started:
            monkeypatch.setenv("CUPS_SERVER", started.address)
            monkeypatch.setenv("HOME", started.environment["HOME"])
            monkeypatch.delenv("LPDEST", raising=False)
            monkeypatch.delenv("PRINTER", raising=False)
            yield started
    except NoServerError as missing:
        pytest.skip(str(missing))


# One with a full page.
PERSON = next(case for case in CASES if len(as_page(result_of(case), STANDARD, day="2026-11-30").encode()) > 2200)


def page(language: str) -> str:
    """A page that is longer than the filter reads at once."""
    use(language)
    try:
        screening = SHIPPED if language == "en" else spanish()
        made = as_page(result_for(screening, PERSON.answers), STANDARD, day="2026-11-30")
    finally:
        use("en")
    assert len(made.encode()) > 2048
    return made


@pytest.mark.thorough
async def test_a_text_only_queue_prints_every_word_in_english_and_spanish(service: Cups) -> None:
    for name, option, letters in (
        ("ascii", "PrinterEncoding=ASCII", "ascii"),
        ("dos-us", "PrinterEncoding=CP437", "cp437"),
        ("dos", "PrinterEncoding=CP850", "cp850"),
        ("untold", "PrinterEncoding=Custom.ISO-8859-15", "ascii"),
    ):
        paper = service.queue(name, option)
        for language in ("en", "es"):
            text = page(language)
            assert await print_page(("lp", "-d", name), text) is None
            came = service.printed(paper)
            assert came.decode(letters).split() == folded(text, letters).split(), (name, language)


@pytest.mark.thorough
@pytest.mark.parametrize(("option", "encoding"), [("ASCII", "utf-8"), ("CP437", "utf-8"), ("CP850", "cp850")])
async def test_such_a_queue_still_prints_nothing_of_a_letter_that_it_lacks(
    service: Cups, option: str, encoding: str
) -> None:
    # Once this prints the page, the queue need not be asked any more. See docs/compatibility.md.
    paper = service.queue("lobby", f"PrinterEncoding={option}")
    assert await print_page(("lp", "-d", "lobby"), page("es"), encoding=encoding) is None
    assert service.printed(paper) == b""
