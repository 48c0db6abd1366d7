"""What compat.py relies on in Textual is still there, and what it closes stays closed."""

from __future__ import annotations

import errno
import gc
import io
import threading
from collections.abc import Callable

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.strip import Strip

from iop_tui import CRASHED
from iop_tui.tui import compat_caches
from iop_tui.tui.compat import ClosedApp
from iop_tui.tui.compat_writer import PatientWriter
from iop_tui.tui.start import forget_environment
from tests.tui.pilot import SMALL, drawings_of, person


def test_the_private_parts_that_are_overridden_exist() -> None:
    assert callable(App._fatal_error)
    app = ClosedApp[None]()
    assert app._exception is None
    assert callable(app._handle_exception)
    assert callable(LinuxDriver._run_input_thread)
    assert {"_fatal_error", "_exception"} <= set(dir(App)) | set(vars(app))
    assert callable(LinuxDriver._sigtstp_application)
    assert callable(LinuxDriver._sigcont_application)
    assert callable(App._display)
    assert {"_disable_tooltips", "_disable_notifications"} <= vars(app).keys()
    assert linux_driver.WriterThread is PatientWriter  # type: ignore[attr-defined]  # as in compat_writer.py


async def test_the_style_sheets_are_not_read_twice_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    again: list[Stylesheet] = []
    reparse = Stylesheet.reparse

    def counted(self: Stylesheet) -> None:
        again.append(self)
        reparse(self)

    monkeypatch.setattr(Stylesheet, "reparse", counted)
    async with person(SMALL) as patient:
        assert again == []
        # The theme that is asked for later is used.
        patient.app.use_theme("light")
        await patient.pause()
        assert again != []


def test_a_terminal_that_is_gone_holds_nobody_up() -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(errno.EIO, "gone")

    writer = PatientWriter(Gone())
    writer.start()
    done = threading.Event()

    def write_much() -> None:
        for _piece in range(200):
            writer.write("a page")
        writer.stop()
        writer.write("a last word")
        done.set()

    threading.Thread(target=write_much, daemon=True).start()
    assert done.wait(10)


def test_what_is_written_comes_whole_and_in_order() -> None:
    paper = io.StringIO()
    writer = PatientWriter(paper)
    writer.start()
    for piece in range(200):
        writer.write(f"{piece} ")
    writer.stop()
    assert paper.getvalue() == "".join(f"{piece} " for piece in range(200))


def test_what_writes_says_whether_the_terminal_took_all_of_it() -> None:
    taken, let = threading.Event(), threading.Event()

    class Slow(io.StringIO):
        def write(self, text: str) -> int:
            taken.set()
            assert let.wait(10)
            return super().write(text)

    writer = PatientWriter(Slow())
    writer.start()
    kept_up = [writer.keeps_up]
    writer.write("a page")
    assert taken.wait(10)
    kept_up.append(writer.keeps_up)
    let.set()
    writer.stop()
    kept_up.append(writer.keeps_up)
    assert kept_up == [True, False, True]


async def test_a_fault_ends_with_our_status_and_shows_no_value(capsys: pytest.CaptureFixture[str]) -> None:
    class Faulty(ClosedApp[None]):
        def on_mount(self) -> None:
            answer = "hiv_status_secret"
            raise RuntimeError(answer)

    app = Faulty()
    with pytest.raises(RuntimeError):
        async with app.run_test():
            pass
    assert app.exit_status() == CRASHED
    app._print_error_renderables()
    said = "".join(capsys.readouterr())
    assert "RuntimeError" in said
    assert "tui/compat_early.py:" in said
    assert "hiv_status_secret" not in said
    assert "answer" not in said.replace("No answer was kept", "")


@pytest.mark.parametrize(
    "action",
    [
        "quit",
        "help_quit",
        "command_palette",
        "suspend_process",
        "screenshot",
        "change_theme",
        "show_help_panel",
        "copy_text",
    ],
)
async def test_no_built_in_action_runs(action: str) -> None:
    async with person(SMALL) as someone:
        assert someone.app.check_action(action, ()) is False
        before = someone.page()
        await someone.app.run_action(action)
        await someone.app.run_action(f"app.{action}")
        await someone.pause()
        assert someone.page() == before
        assert someone.app.is_running


async def test_no_key_of_textuals_own_is_bound_anywhere() -> None:
    async with person(SMALL) as someone:
        await someone.press("1")
        keys = set(someone.app._bindings.key_to_bindings)
        assert keys <= {"tab", "shift+tab"}
        await someone.press("ctrl+p", "f1", "h", "ctrl+backslash", "ctrl+z", "ctrl+s")
        assert someone.page() == "QuestionPage"


async def test_nothing_is_copied_or_selected() -> None:
    async with person(SMALL) as someone:
        someone.app.copy_to_clipboard("an answer")
        assert someone.app.clipboard == ""
        assert not someone.app.ALLOW_SELECT
        assert isinstance(someone.app.screen, Screen)


def test_textuals_switches_in_the_environment_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setenv("TEXTUAL_LOG", "answers.log")
    monkeypatch.setenv("TEXTUAL", "devtools")
    forget_environment()
    assert not [name for name in os.environ if name.startswith("TEXTUAL")]


def collected(make: Callable[[], object]) -> int:
    """How many objects only the garbage collector frees of what was made and let go of."""
    make()  # what is made once stays
    gc.collect()
    gc.disable()
    try:
        make()
        return gc.collect()
    finally:
        gc.enable()


def a_line() -> Strip:
    return Strip([Segment("four"), Segment(" words", Style(bold=True)), Segment(" here")])


def test_a_line_that_was_asked_for_whole_does_not_hold_itself() -> None:
    assert collected(lambda: a_line().divide([15])) == 0
    assert collected(lambda: a_line().divide([15, 40])) == 0
    assert collected(lambda: a_line().crop_extend(0, 15, None)) == 0


@pytest.mark.parametrize("cuts", [[15], [4, 15], [4, 9], [15, 20], [0, 15], [20], []])
def test_a_line_is_divided_as_ever(cuts: list[int]) -> None:
    assert list(a_line().divide(cuts)) == list(compat_caches._divide(a_line(), cuts))


@pytest.mark.parametrize("end", [0, 3, 4, 14, 15, 16, 40])
@pytest.mark.parametrize("start", [-2, 0, 1, 5, 15, 20])
def test_a_line_is_cropped_and_made_longer_as_ever(start: int, end: int) -> None:
    ground = Style(bgcolor="red")
    assert a_line().crop_extend(start, end, ground) == compat_caches._crop_extend(a_line(), start, end, ground)


def test_what_was_in_a_cache_goes_when_it_is_cleared() -> None:
    def fill_and_clear() -> None:
        cache = LRUCache[int, str](4)
        for key in range(8):
            cache[key] = str(key)
        assert cache.get(7) == "7"
        cache.clear()
        assert 7 not in cache
        cache[1] = "again"
        assert cache[1] == "again"
        cache.clear()

    assert collected(fill_and_clear) == 0


async def test_a_page_under_another_is_drawn_once_when_that_one_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    async with person(SMALL) as someone:
        await someone.press("1", "h")
        drawings = drawings_of(someone.app, monkeypatch)
        await someone.press("left")
        assert someone.page() == "QuestionPage"
        assert len(drawings) == 1
