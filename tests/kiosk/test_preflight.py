"""What `iop-tui kiosk --check` finds: the screen, what is taken along, what the clinic set, and the whole."""

from __future__ import annotations

import ast
import datetime
import os
import pty
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from iop_tui.kiosk.preflight import glyphs, print_checks, screen_checks, site_checks
from iop_tui.kiosk.preflight.finding import ok, problem, report_lines, warning
from iop_tui.kiosk.preflight.machine import Answer, Machine, asked, controlling, terminal_of
from iop_tui.kiosk.preflight.preflight import findings_of
from iop_tui.screening.shipped import shipped
from iop_tui.site.settings import STANDARD, Colours, Encoding, LocalLine, Printer
from iop_tui.site.site_file import load_site
from tests.kiosk.machines import HERE, PTS, UTF8, Make, answers, console, looked, machine, programs
from tests.shipped import SHIPPED

TODAY = datetime.date(2026, 11, 22)
PACKAGE = Path(__file__).parent.parent.parent / "iop_tui"
__all__ = ["machine"]


# ---- the screen ------------------------------------------------------------------------------------------------------


def test_a_terminal_that_cannot_show_pages_is_a_problem(machine: Make) -> None:
    looked(screen_checks.kind(machine(), PTS), "ok", "xterm-256color", "/dev/pts/9")
    looked(screen_checks.kind(machine(), None), "problem", "no terminal")
    for name in ("", "dumb", "unknown"):
        looked(screen_checks.kind(machine(TERM=name), PTS), "problem", name or "not set", "linux")


@pytest.mark.parametrize(
    ("columns", "rows", "verdict"),
    [
        (80, 24, "ok"), (200, 60, "ok"), (79, 24, "warning"), (80, 23, "warning"), (60, 20, "warning"),
        (59, 24, "problem"), (80, 19, "problem"), (0, 0, "warning"),
    ],
)  # fmt: skip
def test_the_pages_must_fit(machine: Make, columns: int, rows: int, verdict: str) -> None:
    looked(screen_checks.size(machine(), replace(PTS, columns=columns, rows=rows)), verdict)


def test_a_size_that_the_environment_forces_is_found(machine: Make) -> None:
    looked(screen_checks.size(machine(COLUMNS="80", LINES="24"), PTS), "ok")
    looked(screen_checks.size(machine(COLUMNS="132"), PTS), "problem", "COLUMNS", "80x24", "unset COLUMNS")


def test_colours_of_the_site_file_need_a_terminal_that_has_them(machine: Make) -> None:
    site = replace(STANDARD, colours=Colours("#000000", "#ffffff", "#ffff00", HERE))
    looked(screen_checks.colours(machine(COLORTERM="truecolor"), site), "ok", "All")
    looked(screen_checks.colours(machine(), site), "ok", "256")
    looked(screen_checks.colours(machine(TERM="linux"), STANDARD), "ok", "16")
    looked(screen_checks.colours(machine(TERM="linux"), site), "warning", "16")
    looked(screen_checks.colours(machine(NO_COLOR=""), STANDARD), "warning", "NO_COLOR")


def test_letters_beyond_ascii_must_arrive(machine: Make) -> None:
    looked(screen_checks.letters(machine(), PTS), "ok", "UTF-8")
    looked(screen_checks.letters(machine(LC_ALL="C.utf8", LANG="C"), PTS), "ok", "C.utf8")
    looked(screen_checks.letters(machine(LC_ALL="C"), PTS), "warning", "The locale is C,", "printer")
    looked(screen_checks.letters(machine(control=console()), PTS), "ok")
    looked(screen_checks.letters(machine(control=console(keys=1)), PTS), "warning", "kbd_mode -u")
    old = {"sys/module/vt/parameters/default_utf8": "0\n"}
    looked(screen_checks.letters(machine(old, control=console()), PTS), "problem", "vt.default_utf8=1")
    looked(screen_checks.letters(machine(old), PTS), "ok")  # what the consoles do says nothing about a window


def test_the_signs_that_a_console_font_lacks_are_named(machine: Make) -> None:
    looked(glyphs.font(machine(control=console()), PTS, glyphs.DRAWN), "ok", f"all {len(glyphs.DRAWN)}")
    poor = glyphs.font(machine(control=console(font="·─←↑↓▀▄█")), PTS, glyphs.DRAWN)
    looked(poor, "warning", "› (U+203A)", "… (U+2026)", "setfont")
    assert "█" not in poor.said
    looked(glyphs.font(machine(control=console(says_font=False)), PTS, "›"), "warning", "›")


def test_where_a_font_cannot_be_asked_the_signs_are_shown_to_be_looked_at(machine: Make) -> None:
    found = glyphs.font(machine(), PTS, glyphs.DRAWN)
    assert found.verdict == "ok"
    assert found.said.startswith("Look")
    assert set(glyphs.DRAWN) <= set(found.said)


def test_every_sign_that_the_pages_draw_is_looked_for() -> None:
    drawn = set()
    for path in (*PACKAGE.glob("tui/*.py"), *PACKAGE.glob("kiosk/*.py")):
        tree = ast.parse(path.read_text())
        # Neither docstrings nor what is looked up is drawn: a large letter is made of blocks.
        silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        silent |= {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
                drawn |= {sign for sign in node.value if not sign.isascii()}
    assert drawn
    assert drawn <= set(glyphs.DRAWN)


def test_signs_of_the_texts_are_looked_for_too(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "about.yaml").write_text("title: Über “you”\n")
    (tmp_path / "cases" / "people.yaml").write_text("story: Ω\n")
    site = tmp_path / "clinic.yaml"
    site.write_text("clinic: Señas\n")
    more = glyphs.signs(tmp_path, site).removeprefix(glyphs.DRAWN)
    assert more == "Üñ"


# ---- what is taken along ---------------------------------------------------------------------------------------------

LP = replace(STANDARD, printer=Printer(HERE))
NAMED = replace(STANDARD, printer=Printer(HERE, command=("lp", "-d", "lobby/draft", "-o", "sides=one-sided")))


def test_a_command_that_is_not_there_is_a_problem(machine: Make, tmp_path: Path) -> None:
    there = programs(tmp_path, "print-it")
    [none] = print_checks.printer(machine(), STANDARD)
    looked(none, "ok", "nothing can be printed")
    for command in ("print-it", str(tmp_path / "bin" / "print-it")):
        [found] = print_checks.printer(
            machine(PATH=there), replace(STANDARD, printer=Printer(HERE, command=(command,)))
        )
        looked(found, "ok", "print-it")
    (tmp_path / "bin" / "print-it").chmod(0o644)
    [not_executable] = print_checks.printer(machine(PATH=there), replace(LP, printer=Printer(HERE, ("print-it",))))
    looked(not_executable, "problem", "print-it", "site.yaml:3")


@pytest.mark.parametrize(
    ("said", "status", "verdict", "says"),
    [
        ("printer lobby is idle.  enabled since Mon\n", 0, "ok", "idle"),
        ("printer lobby disabled since Mon -\n\tPaused\n", 0, "warning", "cupsenable lobby"),
        ('lpstat: Invalid destination name in list "lobby".\n', 1, "problem", "Invalid destination"),
        ("", 1, "problem", "lpstat fails"),
    ],
)
def test_the_printer_that_the_command_names_is_asked_for(
    machine: Make, tmp_path: Path, said: str, status: int, verdict: str, says: str
) -> None:
    asked_for: list[Sequence[str]] = []

    def ask(command: Sequence[str], _environment: Mapping[str, str]) -> Answer:
        asked_for.append(command)
        return Answer(status, said)

    here = replace(machine(PATH=programs(tmp_path, "lp", "lpstat")), ask=ask)
    found, *_letters = print_checks.printer(here, NAMED)
    looked(found, verdict, says)
    assert [list(command[1:]) for command in asked_for] == [["-p", "lobby"]]


LETTERS = "PageSize/Media Size: *Letter A4\nPrinterEncoding/Printer's Character Encoding: {} Custom.STRING\n"


@pytest.mark.parametrize(
    ("said", "encoding", "verdict", "says"),
    [
        ("PageSize/Media Size: *Letter A4\n", None, "ok", ["UTF-8"]),
        (LETTERS.format("*ASCII CP850"), None, "warning", ["ASCII", "-p lobby -o PrinterEncoding=CP850"]),
        (LETTERS.format("*CP437 CP850"), None, "warning", ["CP437"]),
        (LETTERS.format("ASCII *CP850"), None, "ok", ["CP850", "Spanish"]),
        (LETTERS.format("ASCII").replace(" C", " *C"), None, "warning", ["unknown encoding", "encoding: utf-8"]),
        (LETTERS.format("ASCII").replace(" C", " *C"), "utf-8", "ok", ["utf-8"]),
        (LETTERS.format("*ASCII CP850"), "utf-8", "problem", ["ASCII", "empty", "site.yaml:3"]),
        (LETTERS.format("ASCII *CP850"), "cp850", "problem", ["takes UTF-8", "cp850", "site.yaml:3"]),
        (LETTERS.format("*ASCII CP850"), "ascii", "ok", ["ascii"]),
        ("lpoptions: Unable to get PPD file for lobby: Not Found\n", None, "warning", ["Not Found", "encoding: utf-8"]),
        ("lpoptions: Unable to get PPD file for lobby: Not Found\n", "cp850", "ok", ["cp850"]),
    ],
)
def test_the_letters_that_the_queue_prints_must_be_those_of_the_page(
    machine: Make, tmp_path: Path, said: str, encoding: Encoding | None, verdict: str, says: Sequence[str]
) -> None:
    def ask(command: Sequence[str], _environment: Mapping[str, str]) -> Answer:
        name, *options = command
        if name.endswith("lpstat"):
            return Answer(0, "printer lobby is idle.\n")
        assert (Path(name).name, options) == ("lpoptions", ["-p", "lobby/draft", "-l"])
        return Answer(0, said)

    here = replace(machine(PATH=programs(tmp_path, "lp", "lpstat", "lpoptions")), ask=ask)
    printer = Printer(HERE, ("lp", "-d", "lobby/draft"), encoding=encoding)
    _queue, letters = print_checks.printer(here, replace(NAMED, printer=printer, languages=("en", "es")))
    looked(letters, verdict, *says)
    _queue, english = print_checks.printer(here, replace(NAMED, printer=printer))
    assert english.verdict == ("problem" if verdict == "problem" else "ok")


def test_without_a_name_there_must_be_a_usual_printer(machine: Make, tmp_path: Path) -> None:
    here = machine(PATH=programs(tmp_path, "lp", "lpstat"))
    usual, _letters = print_checks.printer(replace(here, ask=answers("system default destination: lobby\n")), LP)
    looked(usual, "ok", "lobby")
    [none] = print_checks.printer(replace(here, ask=answers("no system default destination\n")), LP)
    looked(none, "problem", "no system default")
    silent, _letters = print_checks.printer(replace(here, ask=lambda _c, _e: None), LP)
    looked(silent, "warning", "does not answer")
    (tmp_path / "bin" / "lpstat").unlink()
    untold, _letters = print_checks.printer(here, LP)
    looked(untold, "ok", "Without lpstat")


@pytest.mark.parametrize(
    ("text", "verdict", "says"),
    [
        ("PreserveJobFiles No\n", "ok", "deletes"),
        ("preservejobfiles off\n", "ok", "deletes"),
        ("# PreserveJobFiles No\n", "warning", "for a day"),
        ("PreserveJobFiles Yes\n", "warning", "until somebody"),
        ("PreserveJobFiles No\nPreserveJobFiles 3600\n", "warning", "3600"),
    ],
)
def test_printed_pages_must_not_stay_on_the_disk(
    machine: Make, tmp_path: Path, text: str, verdict: str, says: str
) -> None:
    here = machine({"etc/cups/cupsd.conf": text}, PATH=programs(tmp_path, "lp"))
    _queue, _letters, kept = print_checks.printer(here, LP)
    looked(kept, verdict, says)


def test_settings_of_cups_that_cannot_be_read_are_a_warning(machine: Make, tmp_path: Path) -> None:
    here = machine(PATH=programs(tmp_path, "lp"))
    (here.root / "etc/cups/cupsd.conf").mkdir(parents=True)
    _queue, _letters, kept = print_checks.printer(here, LP)
    looked(kept, "warning", "Only root", "cupsctl")


def test_a_code_that_is_offered_must_be_there() -> None:
    offered = replace(STANDARD, qr=True)
    looked(print_checks.code(STANDARD, lambda _name: None), "ok", "Not offered")
    looked(print_checks.code(offered, lambda _name: object()), "ok")
    looked(print_checks.code(offered, lambda _name: None), "problem", "segno")


# ---- what the clinic set ---------------------------------------------------------------------------------------------


def test_phone_lines_are_tried_once_a_year() -> None:
    def line(name: str, checked: str) -> LocalLine:
        return LocalLine(name, "Call 555-0100", checked, HERE)

    looked(site_checks.phones(STANDARD, TODAY), "ok", "national")
    fresh = replace(STANDARD, phones=(line("Desk", "2025-11-22"), line("Team", "2026-11-22")))
    looked(site_checks.phones(fresh, TODAY), "ok", "2")
    old = replace(fresh, phones=(*fresh.phones, line("Ward", "2025-11-20")))
    looked(site_checks.phones(old, TODAY), "warning", "Ward (2025-11-20, at site.yaml:3)")
    ahead = replace(STANDARD, phones=(line("Desk", "2027-01-01"),))
    looked(site_checks.phones(ahead, TODAY), "warning", "still to come", "Desk")


def test_languages() -> None:
    [one] = site_checks.languages(STANDARD)
    looked(one, "ok", "English")
    both = replace(STANDARD, languages=("en", "es"))
    [fine] = site_checks.languages(both)
    looked(fine, "ok", "English", "Español")
    [missing] = site_checks.languages(replace(both, crisis={"suicide": "Lee is in room 4."}, invite=("Hello",)))
    looked(missing, "warning", "Español", "invite", "crisis.suicide", "'es'")


def test_the_font_is_asked_for_the_signs_of_every_language_that_is_offered() -> None:
    assert "ñ" not in glyphs.signs(shipped(), None)
    assert set("áéíóúñ¿") <= set(glyphs.signs(shipped(), None, ("en", "es")))


# ---- the whole -------------------------------------------------------------------------------------------------------


def test_findings_are_told_in_lines_with_a_sum() -> None:
    lines = list(report_lines([ok("a", "Fine."), warning("b", "Hm.", "Look."), problem("c", "Bad.", "Mend it.")]))
    assert lines == [
        "ok       a: Fine.",
        "warning  b: Hm.",
        "         -> Look.",
        "problem  c: Bad.",
        "         -> Mend it.",
        "Not ready: 1 problem, 1 warning in 3 checks. Do not leave this terminal alone with visitors.",
    ]
    assert list(report_lines([ok("a", "Fine.")]))[-1] == "Ready: no problems, no warnings in 1 check."


def test_a_check_that_cannot_look_does_not_stop_the_others(machine: Make, tmp_path: Path) -> None:
    found = findings_of(machine(), PTS, STANDARD, tmp_path / "gone.yaml", tmp_path, SHIPPED)
    names = [finding.what for finding in found]
    assert {"font", "files", "languages", "swap"} <= set(names)
    blind = [finding for finding in found if "cannot be looked at" in finding.said]
    assert {finding.what for finding in blind} == {"font", "files"}


def test_a_program_that_does_not_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iop_tui.kiosk.preflight.machine._PATIENCE", 0.2)
    assert asked([sys.executable, "-c", "import time; time.sleep(60)"], {}) is None


def test_programs_are_asked_in_the_one_language_that_is_understood() -> None:
    assert asked(["/nowhere/lpstat"], {}) is None
    assert asked(["/bin/sh", "-c", 'echo "$LC_ALL"; exit 3'], {"LC_ALL": "de_DE.UTF-8"}) == Answer(3, "C\n")


@pytest.mark.parametrize(
    ("number", "device"),
    [(34825, "/dev/pts/9"), (1025, "/dev/tty1"), (1088, "/dev/ttyS0"), (0, "/dev/tty"), (35080, "/dev/pts/264")],
)
def test_the_controlling_terminal_has_a_name(number: int, device: str) -> None:
    assert controlling(f"100 (a) b) S 1 100 1 {number} 0 0") == device


def test_the_terminal_is_found_though_output_goes_elsewhere(tmp_path: Path) -> None:
    script = tmp_path / "look.py"
    script.write_text(
        "from iop_tui.kiosk.preflight.machine import terminal_of, this_machine\n"
        "with terminal_of(this_machine()) as terminal:\n"
        "    print(terminal.device, terminal.columns, terminal.rows)\n"
    )
    child, far_end = pty.fork()
    if child == 0:
        os.chdir(PACKAGE.parent)
        away = os.open(tmp_path / "said", os.O_WRONLY | os.O_CREAT)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream, target in ((0, nowhere), (1, away), (2, nowhere)):
            os.dup2(target, stream)
        environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
        os.execve(sys.executable, [sys.executable, str(script)], environment)  # noqa: S606  # our own script
    _child, status = os.waitpid(child, 0)
    os.close(far_end)
    assert status == 0
    assert (tmp_path / "said").read_text().startswith("/dev/pts/")


def test_this_machine_is_looked_at_whole_and_quickly() -> None:
    with terminal_of(Machine(UTF8, 7, frozenset())) as terminal:
        found = findings_of(Machine(UTF8, 7, frozenset()), terminal or PTS, STANDARD, None, shipped(), SHIPPED)
    assert not [finding for finding in found if "cannot be looked at" in finding.said]
    assert list(report_lines(found))


def test_a_site_file_on_disk_is_looked_at(machine: Make, tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text("clinic: Señas\n")
    found = {finding.what: finding for finding in findings_of(machine(), PTS, load_site(path), path, tmp_path, SHIPPED)}
    assert "ñ" in found["font"].said
    assert found["staff's PIN"].verdict == "warning"
