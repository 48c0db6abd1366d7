"""The site file: what a clinic sets, what it gets without, and what it is told where a value cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iop_tui.screening.authoring.checker import load_sound
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Problem, Unusable
from iop_tui.site.contrast import contrast
from iop_tui.site.pin import HASH, hashed, is_right, wait_after
from iop_tui.site.settings import STANDARD
from iop_tui.site.site_file import fits, load_site
from tests.core.conftest import Load
from tests.core.small import SMALL
from tests.profiles import examples

HASHED = "scrypt:15:8SPDpNb0TFrmqJ4v5HXPJQ==:4lueJwsn6KS/cdwaAhQmqVjPcKtLy1H+ZL6qKO6zmFg="
"""Of 123456. It is the same in every run: tests are named by it."""
WHOLE = f"""\
clinic: Riverside Clinic
invite: [Not sure, what helps?]
languages: [en]
staff:
  large: [Call us]
  call: Press the red button.
  pin: "{HASHED}"
phones:
  - name: Front desk
    reach: Dial 0
    about: Day and night.
    checked: 2026-11-01
crisis:
  suicide: Nurse Lee is in room 4.
times:
  idle: 60
  reading: 200
  warning: 40
  crisis: 900
  same_key: 0
printer:
  command: [lp, -d, lobby]
  stands: at the front desk
  encoding: cp850
qr: yes
colours:
  background: "#000000"
  text: "#ffffff"
  accent: "#ffff00"
"""


def problems(load: Callable[[], object]) -> tuple[Problem, ...]:
    with pytest.raises(Unusable) as unusable:
        load()
    return unusable.value.problems


def test_every_key_is_read(loaded: Load) -> None:
    site = loaded(WHOLE)
    assert (site.clinic, site.invite, site.languages) == ("Riverside Clinic", ("Not sure", "what helps?"), ("en",))
    assert (site.staff.large, site.staff.call, site.staff.pin) == (("Call us",), "Press the red button.", HASHED)
    [line] = site.phones
    assert (line.name, line.reach, line.about, line.checked) == ("Front desk", "Dial 0", "Day and night.", "2026-11-01")
    assert line.where.line == 9
    assert site.crisis == {"suicide": "Nurse Lee is in room 4."}
    times = site.times
    assert (times.idle, times.reading, times.warning, times.crisis, times.same_key) == (60, 200, 40, 900, 0)
    assert site.printer is not None
    assert (site.printer.command, site.printer.stands) == (("lp", "-d", "lobby"), "at the front desk")
    assert site.printer.encoding == "cp850"
    assert site.qr is True
    assert site.colours is not None
    assert (site.colours.background, site.colours.text, site.colours.accent) == ("#000000", "#ffffff", "#ffff00")


def test_what_is_not_written_has_a_default(loaded: Load) -> None:
    site = loaded("clinic: Us\n")
    assert site.clinic == "Us"
    assert (site.invite, site.languages, site.staff, site.times) == (
        STANDARD.invite,
        ("en",),
        STANDARD.staff,
        STANDARD.times,
    )
    assert (site.phones, site.crisis, site.printer, site.qr, site.colours) == ((), {}, None, False, None)
    assert site.staff.pin is None
    times = site.times
    assert (times.idle, times.reading, times.warning, times.crisis, times.same_key) == (90, 180, 30, 600, 110)


def test_a_part_that_is_begun_keeps_the_defaults_of_the_rest(loaded: Load) -> None:
    site = loaded("staff: {call: Ring the bell.}\ntimes: {warning: 20}\nprinter: {stands: here}\n")
    assert (site.staff.large, site.staff.call) == (STANDARD.staff.large, "Ring the bell.")
    assert (site.times.idle, site.times.warning) == (90, 20)
    assert site.printer is not None
    assert (site.printer.command, site.printer.encoding) == (("lp",), None)


def test_a_single_word_may_stand_for_a_list(loaded: Load) -> None:
    site = loaded("invite: Come in!\nlanguages: en\nprinter: {command: print-it}\n")
    assert site.invite == ("Come in!",)
    assert site.printer is not None
    assert site.printer.command == ("print-it",)


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("clinic: R", "clinik: R", "clinik", "unknown key 'clinik'; did you mean 'clinic'?"),
        ("Riverside Clinic", '""', "clinic:", "clinic: is empty"),
        ("Riverside Clinic", "R" * 61, "clinic:", "61 letters long; 60 is the most"),
        ("Riverside Clinic", '"A\\nB"', "clinic:", "more than one line; write it on one"),
        ("[Not sure, what helps?]", "[]", "invite", "the list is empty"),
        ("[Not sure, what helps?]", "[a, b, c, d]", "invite", "4 lines are too many"),
        ("Not sure,", "More than twelve,", "invite", "at most 12"),
        ("Not sure,", "a@b,", "invite", "no other signs"),
        ("Not sure,", "日本,", "invite", "no other signs"),
        ("languages: [en]", "languages: [en, fr]", "languages", "there is no language 'fr'; it could be: en"),
        ("languages: [en]", "languages: [en, en]", "languages", "'en' is there twice"),
        ("[Call us]", "[a, b, c]", "large", "staff: large: 3 lines are too many"),
        ("Press the red button.", "x" * 161, "call", "161 letters long; 160 is the most"),
        ("Press the red button.", "Press {it", "call", "braces"),
        ("Dial 0", "{x: y}", "reach", "should be a text"),
        ("checked: 2026-11-01", "checked: 2026-02-30", "checked", "no day '2026-02-30' in the calendar"),
        ("checked: 2026-11-01", "checked: last week", "checked", "written YYYY-MM-DD"),
        ("    checked: 2026-11-01\n", "", "name: Front", "the key 'checked' is missing"),
        ("phones:\n  - name: Front desk\n", "phones:\n  - nam: Front desk\n", "nam:", "did you mean 'name'?"),
        ("idle: 60", "idle: 19", "idle", "should be from 20 to 3600, and is 19"),
        ("idle: 60", "idle: 3601", "idle", "should be from 20 to 3600, and is 3601"),
        ("idle: 60", "idle: 1:30", "idle", "should be a whole number, and is '1:30'"),
        ("idle: 60", "idle: 90s", "idle", "should be a whole number, and is '90s'"),
        ("idle: 60", "idle: 901", "crisis: 900", "crisis is 900 s, less than idle (901 s)"),
        ("idle: 60", "idle: 201", "reading", "reading is 200 s, less than idle (201 s)"),
        ("warning: 40", "warning: 19", "warning", "should be from 20 to 300, and is 19"),
        ("warning: 40", "warning: 301", "warning", "should be from 20 to 300, and is 301"),
        ("same_key: 0", "same_key: 1001", "same_key", "should be from 0 to 1000, and is 1001"),
        ("[lp, -d, lobby]", "lp -d lobby", "command", "write [lp, -d, lobby]"),
        ("[lp, -d, lobby]", "[]", "command", "the list is empty"),
        ("cp850", "cp437", "encoding", "there is no 'cp437'; it could be: utf-8, latin-1, cp850, ascii"),
        ("qr: yes", "qr: maybe", "qr", "there is no 'maybe'; it could be: true, false, yes, no"),
        ('"#000000"', '"#000"', "background", 'written "#1f3f3a", in quotes'),
        ('"#000000"', "#000000", "background", "without them YAML takes it for a remark"),
        ('  accent: "#ffff00"\n', "", "background", "the key 'accent' is missing"),
        ('"#ffffff"', '"#707070"', "text:", "text on background has a contrast of 4.2; 4.5 is the least"),
        ('"#ffff00"', '"#101010"', "accent", "accent on background has a contrast of 1.1"),
        ("qr: yes", "qr: yes\nqr: no", "qr: no", "already given on line"),
        ("qr: yes", "qr: *c", "qr", "an alias"),
        ("Riverside Clinic", "!!python/name:os.system x", "clinic", "tag"),
        ("Riverside Clinic", "A\x1b[2J", "clinic", "control character (U+001B)"),
        ("  idle: 60", "\tidle: 60", "idle", "not valid YAML"),
    ],
)  # fmt: skip
def test_a_bad_value_is_named_with_its_line_and_the_remedy(
    tmp_path: Path, loaded: Load, old: str, new: str, at: str, says: str
) -> None:
    assert old in WHOLE
    text = WHOLE.replace(old, new, 1)
    found = problems(lambda: loaded(text))
    named = [problem for problem in found if says in problem.message]
    assert named, "\n".join(map(str, found))
    assert named[0].file == str(tmp_path / "site.yaml")
    line = max(n for n, line in enumerate(text.split("\n"), 1) if at in line)
    assert named[0].line == line, str(named[0])


def test_no_trap_of_yaml_turns_a_text_into_something_else(loaded: Load) -> None:
    site = loaded("clinic: no\nphones: [{name: 012, reach: 1:30, checked: 2026-11-01}]\n")
    assert site.clinic == "no"
    assert (site.phones[0].name, site.phones[0].reach) == ("012", "1:30")


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "just words\n", "- a\n- b\n", "a: [\n", "\x00", "clinic: Us\n---\nclinic: We\n"]
)
def test_what_is_no_site_file_is_said_so(tmp_path: Path, loaded: Load, text: str) -> None:
    for problem in problems(lambda: loaded(text)):
        assert problem.file == str(tmp_path / "site.yaml")
        assert problem.line >= 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    [problem] = problems(lambda: load_site(tmp_path / "gone.yaml"))
    assert str(problem) == f"{tmp_path / 'gone.yaml'}:1: error: there is no such file"


def test_all_problems_come_in_one_run(loaded: Load) -> None:
    text = (
        WHOLE.replace("idle: 60", "idle: 5")
        .replace("clinic: R", "clinik: R")
        .replace("qr: yes", "qr: maybe")
        .replace("#ffff00", "#000000")
        .replace("[en]", "[xx]")
        .replace("Dial 0", '""')
    )
    found = problems(lambda: loaded(text))
    assert [problem.line for problem in found] == [1, 3, 10, 16, 25, 29]


def test_nobody_is_told_of_what_only_follows_from_another_mistake(loaded: Load) -> None:
    [one] = problems(lambda: loaded("times: {crisis: 5, idle: 90}\n"))
    assert "from 20 to 3600" in one.message
    [two] = problems(lambda: loaded("colours: {background: '#00', text: '#000000', accent: '#000000'}\n"))
    assert "background" in two.message


@pytest.mark.parametrize(
    "written",
    [
        "482913", "'1234'", "0000", f"'{HASHED[:-1]}'", "scrypt:99:" + HASHED.split(":", 2)[2],
        "scrypt:15:" + "=" * 24 + ":" + "=" * 44,
    ],
)  # fmt: skip
def test_a_pin_or_a_spoiled_hash_is_refused_and_not_repeated(loaded: Load, written: str) -> None:
    [problem] = problems(lambda: loaded(f"staff:\n  call: Ring.\n  pin: {written}\n"))
    assert problem.line == 3
    assert "iop-tui kiosk --new-pin" in problem.message
    assert written.strip("'") not in problem.message  # a temporary directory may have the same four digits in its name


def test_a_sentence_for_a_page_of_danger_that_is_not_there_is_refused(loaded: Load) -> None:
    screening = load_sound(SMALL)
    page = next(iter(screening.pages))
    fits(loaded(f"crisis:\n  {page}: Ring the bell.\n"), screening)
    [problem] = problems(lambda: fits(loaded(f"clinic: Us\ncrisis:\n  {page}x: Ring the bell.\n"), screening))
    assert problem.line == 3
    assert f"there is no page of danger '{page}x'; did you mean '{page}'?" in problem.message
    fits(STANDARD, screening)


def test_the_defaults_are_what_a_file_may_say() -> None:
    assert STANDARD.times.idle <= STANDARD.times.reading <= STANDARD.times.crisis
    assert STANDARD.where == SourceLocation("", 1)
    large = re.compile(r"[A-Za-z .,!?'-]{1,12}")
    assert all(large.fullmatch(line) for line in (*STANDARD.invite, *STANDARD.staff.large))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#ffffff", "#000000", 21.0),
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#abcdef", "#abcdef", 1),
    ],
)
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@examples(0.1)  # each takes four hashes, and a hash is made to take long
@given(st.from_regex(r"\A[0-9]{4,12}\Z"), st.from_regex(r"\A[0-9]{4,12}\Z"))
@example("0000", "00000")
def test_a_hash_knows_its_own_pin_and_no_other(pin: str, other: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("iop_tui.site.pin._COST", 14)  # the least that a site file may have
        made, again = hashed(pin), hashed(pin)
    assert HASH.fullmatch(made)
    assert is_right(pin, made)
    assert is_right(other, made) == (other == pin)
    assert pin not in made.split(":")
    assert again != made  # two clinics with one PIN cannot be told by their files


def test_a_new_hash_costs_memory_and_time() -> None:
    assert hashed("123456").startswith("scrypt:15:")


@pytest.mark.parametrize("pin", ["", "123", "1234567890123", "12a4", "１２３４", "1234\n", " 1234"])  # noqa: RUF001  # digits of another script
def test_only_four_to_twelve_digits_are_a_pin(pin: str) -> None:
    with pytest.raises(ValueError, match="4 to 12 digits"):
        hashed(pin)


def test_an_odd_guess_is_wrong_and_no_accident() -> None:
    assert not is_right("", HASHED)
    assert not is_right("48291\ud800", HASHED)
    assert not is_right("ä" * 500, HASHED)


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [(0, 0), (1, 0), (2, 0), (3, 5), (4, 10), (5, 20), (9, 320), (10, 600), (11, 600), (5000, 600)],
)
def test_wrong_tries_slow_down(tries: int, seconds: float) -> None:
    assert wait_after(tries) == seconds
