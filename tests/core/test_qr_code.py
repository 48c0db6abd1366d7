"""What is drawn in letters is read by a decoder as a phone's camera would see it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from iop_tui.result.build import result_for
from iop_tui.screening.i18n.language import use
from iop_tui.screening.model.field_types import ENGLISH
from iop_tui.site.settings import STANDARD
from iop_tui.takeaway import qr_code
from iop_tui.takeaway.qr_payload import essentials
from tests.shipped import CASES, result_of, spanish

SIZES = [(80, 24), (120, 40)]
_WIDE, _HIGH = 8, 16
"""A cell in pixels."""
_INK = {" ": (), "▀": (0,), "▄": (1,), "█": (0, 1)}
"""Letter -> which of its halves are dark."""

MASK = (True, False)
"""What those two modules are turned around by."""


def photo(lines: tuple[str, ...]) -> Image.Image:
    """The lines as a terminal shows them: black on white, in the middle of something dark."""
    width, height = len(lines[0]) * _WIDE, len(lines) * _HIGH
    screen = Image.new("L", (width + 80, height + 80), 30)
    screen.paste(255, (40, 40, 40 + width, 40 + height))
    for row, line in enumerate(lines):
        for column, letter in enumerate(line):
            for half in _INK[letter]:
                left, top = 40 + column * _WIDE, 40 + row * _HIGH + half * _HIGH // 2
                screen.paste(0, (left, top, left + _WIDE, top + _HIGH // 2))
    return screen


def read(image: Image.Image) -> list[str]:
    # QR codes alone: of all it knows, zxing-cpp 3.1.1 takes a few modules of one of them for a bar code (DataBar), too.
    return [
        found.text
        for found in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    ]


@functools.cache
def texts(columns: int, rows: int, language: str = ENGLISH) -> tuple[str, ...]:
    """The essentials of all example people, each once."""
    room = qr_code.largest_room(columns, rows)
    use(language)
    told = (result_of(case) if language == ENGLISH else result_for(spanish(), case.answers) for case in CASES)
    return tuple(dict.fromkeys(essentials(result, STANDARD, room) for result in told))


def made(text: str, columns: int, rows: int) -> qr_code.Code:
    found = qr_code.code(text, columns, rows)
    assert found is not None
    return found


def check_code(text: str, columns: int, rows: int) -> None:
    lines = qr_code.drawn(made(text, columns, rows))
    assert len(lines) <= rows
    assert {len(line) for line in lines} <= set(range(columns + 1))
    assert read(photo(lines)) == [text]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_code_is_read_and_fits(columns: int, rows: int) -> None:
    for case in CASES[::50]:
        check_code(essentials(result_of(case), STANDARD, qr_code.largest_room(columns, rows)), columns, rows)


Reader = Callable[[Image.Image], str]
OPENCV_MISSES = 1.5 / 100
"""The share of the codes in one language that may be beyond OpenCV 5.0.0, in every view of LOOKS: it missed 6 of
559, and which ones changes with every word of the texts. It is known to find no corners in some clean codes, and to
find them in the same code turned round (opencv/opencv#18372, open since 2020). The other two readers miss none.
"""
LOOKS: tuple[Callable[[Image.Image], Image.Image], ...] = (
    lambda image: image,
    lambda image: image.transpose(Image.Transpose.ROTATE_90),
    lambda image: held(image, "turned"),
    lambda image: image.resize((image.width * 3 // 5, image.height * 3 // 5), Image.Resampling.BILINEAR),
    lambda image: image.transpose(Image.Transpose.ROTATE_180),
)
"""A camera makes many photos a second, and no two alike."""


def by_zxing() -> Reader:
    return lambda image: "".join(read(image))


def by_zbar() -> Reader:
    try:
        from pyzbar import pyzbar  # type: ignore[import-untyped, unused-ignore]  # ships none; an extra
    except ImportError as missing:
        pytest.skip(f"needs the extra 'readers', and the system's ZBar (Debian: libzbar0): {missing}")
    symbols = [pyzbar.ZBarSymbol.QRCODE]
    return lambda image: "".join(found.data.decode("utf-8") for found in pyzbar.decode(image, symbols=symbols))


def by_opencv() -> Reader:
    cv2: Any = pytest.importorskip("cv2", reason="needs the extra 'readers'")
    numpy: Any = pytest.importorskip("numpy")
    # It says of each code in Spanish that it does not heed ECI; it reads UTF-8 anyway.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    detector = cv2.QRCodeDetector()
    return lambda image: str(detector.detectAndDecode(numpy.asarray(image))[0])


@pytest.mark.thorough
@pytest.mark.parametrize("language", [ENGLISH, "es"])
@pytest.mark.parametrize(
    ("reader", "looks", "may_miss", "half"),
    [(by_zxing, LOOKS[:1], 0, 0), (by_zbar, LOOKS[:1], 0, 1), (by_opencv, LOOKS, OPENCV_MISSES, 0)],
    ids=["zxing-cpp", "ZBar", "OpenCV"],
)
def test_the_code_of_every_example_person_is_read_by_readers_of_others(
    reader: Callable[[], Reader],
    looks: tuple[Callable[[Image.Image], Image.Image], ...],
    may_miss: float,
    half: int,
    language: str,
    record_property: Callable[[str, object], None],
) -> None:
    reads = reader()
    count, seen_at_once, missed = 0, 0, list[str]()
    for columns, rows in SIZES:
        # Every code is read by one reader at least; ZBar takes those that the other two do not.
        for text in texts(columns, rows, language)[half::2]:
            lines = qr_code.drawn(made(text, columns, rows))
            assert len(lines) <= rows
            assert {len(line) for line in lines} <= set(range(columns + 1))
            image = photo(lines)
            found = (number for number, look in enumerate(looks) if reads(look(image)) == text)
            first = next(found, None)
            count, seen_at_once = count + 1, seen_at_once + (first == 0)
            missed += [text] if first is None else []
    record_property("codes, read as drawn, never read", f"{count}, {seen_at_once}, {len(missed)}")
    assert count > 200
    assert len(missed) <= may_miss * count, missed
    # Turned or smaller photos are for few.
    assert seen_at_once >= count * (0.85 if may_miss else 1)


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_the_code_in_spanish_is_read_letter_by_letter(columns: int, rows: int) -> None:
    room = qr_code.largest_room(columns, rows)
    use("es")
    told = [essentials(result_for(spanish(), case.answers), STANDARD, room) for case in CASES[::50]]
    for text in dict.fromkeys(told):
        assert "diagnóstico" in text
        assert read(photo(qr_code.drawn(made(text, columns, rows)))) == [text]


def held(image: Image.Image, seen: str) -> Image.Image:
    """A photo as a hand holds a camera."""
    width, height = image.size
    if seen == "blurred":
        return image.filter(ImageFilter.GaussianBlur(2))
    if seen == "turned":
        return image.rotate(5, Image.Resampling.BILINEAR, expand=True, fillcolor=30)
    if seen == "aslant":
        # From the left: the far side is a tenth shorter.
        corners = (0, 0, 0, height, width, height * 1.05, width, -height * 0.05)
        return image.transform((width, height), Image.Transform.QUAD, corners, Image.Resampling.BILINEAR, 1, 30)
    return image.point(lambda light: 90 + light // 4)


SEEN = ("blurred", "turned", "aslant", "pale")


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_code_is_read_as_a_hand_holds_a_camera(columns: int, rows: int) -> None:
    some = CASES[:: len(CASES) // len(SEEN)][: len(SEEN)]
    for seen, case in zip(SEEN, some, strict=True):
        text = essentials(result_of(case), STANDARD, qr_code.largest_room(columns, rows))
        assert read(held(photo(qr_code.drawn(made(text, columns, rows))), seen)) == [text], seen


@pytest.mark.thorough
@pytest.mark.parametrize(("columns", "rows"), SIZES)
@pytest.mark.parametrize("seen", SEEN)
def test_every_fifth_code_is_read_as_a_hand_holds_a_camera(columns: int, rows: int, seen: str) -> None:
    for text in texts(columns, rows)[::5]:
        assert read(held(photo(qr_code.drawn(made(text, columns, rows))), seen)) == [text]


@pytest.mark.parametrize(("columns", "rows", "least"), [(80, 24, 105), (120, 40, 350), (80, 12, 0), (4, 50, 0)])
def test_the_room_of_a_terminal(columns: int, rows: int, least: int) -> None:
    room = qr_code.largest_room(columns, rows)
    assert room >= least
    assert (room == 0) == (least == 0)


@pytest.mark.parametrize(("columns", "rows"), [*SIZES, (80, 30), (35, 60), (60, 18), (200, 60)])
def test_the_room_is_what_fits_and_not_a_byte_more(columns: int, rows: int) -> None:
    room = qr_code.largest_room(columns, rows)
    lines = qr_code.drawn(made("x" * room, columns, rows))
    assert len(lines) <= rows
    assert len(lines[0]) <= columns
    assert read(photo(lines)) == ["x" * room]
    assert qr_code.code("x" * (room + 1), columns, rows) is None
    assert qr_code.code("é" * (room // 2 + 1), columns, rows) is None


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (80, 30), (120, 40)])
def test_light_stands_around_the_code_three_modules_wide_or_four_where_there_is_room(columns: int, rows: int) -> None:
    code = made("x" * qr_code.largest_room(columns, rows), columns, rows)
    size = len(code.rows)
    assert code.quiet == (4 if size + 8 <= min(columns, 2 * rows) else 3)
    lines = qr_code.drawn(code)
    assert all(line[: code.quiet].isspace() and line[-code.quiet :].isspace() for line in lines)
    assert lines[0].isspace()
    assert lines[-1].isspace()
    assert len(lines[0]) == size + 2 * code.quiet


def test_letters_beyond_ascii_are_read() -> None:
    text = "Clínica Río: señal “988”"
    assert read(photo(qr_code.drawn(made(text, 80, 24)))) == [text]


def test_a_short_text_gets_more_error_correction_than_the_least() -> None:
    text = "988"
    image = photo(qr_code.drawn(made(text, 80, 24)))
    width, height = image.size
    # A thumb over the middle.
    image.paste(255, (width // 2 - 12, height // 2 - 12, width // 2 + 12, height // 2 + 12))
    assert read(image) == [text]


@pytest.mark.parametrize(("length", "level"), [(7, "H"), (11, "Q"), (14, "M"), (17, "L")])
def test_room_that_is_left_over_goes_to_error_correction(length: int, level: str) -> None:
    """The level stands in the code itself: two modules beside the upper left corner, masked (ISO/IEC 18004, 7.9)."""
    row = made("x" * length, 80, 24).rows[8]
    levels = {(False, True): "L", (False, False): "M", (True, True): "Q", (True, False): "H"}
    assert levels[row[0] != MASK[0], row[1] != MASK[1]] == level


def test_without_a_text_or_room_there_is_no_code() -> None:
    assert qr_code.code("", 80, 24) is None
    assert qr_code.code("988", 20, 10) is None
    assert qr_code.available()
