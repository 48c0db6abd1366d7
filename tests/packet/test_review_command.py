"""`iop-tui review`: where the packet goes, and what is refused in a sentence."""

from __future__ import annotations

import errno
import importlib.util
import io
import re
import shutil
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader

from iop_tui.packet import gather
from iop_tui.packet.published_figures import published_figures
from tests import program
from tests.core.authored import spoil, write
from tests.core.small import SMALL, small
from tests.shipped import SHIPPED

_REAL = importlib.util.find_spec


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write(tmp_path / "q")


def refused(*arguments: str | Path, status: int = 2) -> str:
    done = program.run("review", *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_markdown_goes_to_standard_output_or_to_a_file_of_ones_own(sound: Path, tmp_path: Path) -> None:
    shown = program.run("review", sound)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith("# Review packet: A sound screening\n")
    to = tmp_path / "packet.md"
    done = program.run("review", sound, "--to", to)
    assert (done.returncode, done.stdout) == (0, f"The review packet is in {to}.\n")
    assert to.read_text() == shown.stdout
    assert stat.S_IMODE(to.stat().st_mode) == 0o600


def test_a_pdf_is_written(sound: Path, tmp_path: Path) -> None:
    to = tmp_path / "packet.PDF"
    assert program.run("review", sound, "--to", to).returncode == 0
    assert "Review packet: A sound screening" in PdfReader(to).pages[0].extract_text()


def test_it_says_what_is_proved_and_who_was_tried(sound: Path) -> None:
    shown = program.run("review", sound).stdout
    assert re.search(r"Worse never gives less: (\d+) of \1 proved\.", shown)
    assert "written for other questions than these" in shown
    assert "English only" in shown


def test_a_screening_with_problems_is_refused_as_check_names_them(sound: Path, tmp_path: Path) -> None:
    spoil(sound, "mind.yaml", "when: {mood: plan}", "when: {mood: [good, low, dark, plan]}")
    said = refused(sound, "--to", tmp_path / "packet.md")
    assert "mind.yaml:" in said
    assert "every answer makes this rule fire" in said
    assert all(line in program.run("check", sound).stdout for line in said.splitlines())
    assert not (tmp_path / "packet.md").exists()


def test_a_directory_that_is_none_is_refused(tmp_path: Path) -> None:
    assert str(tmp_path / "none") in refused(tmp_path / "none")


@pytest.mark.parametrize("name", ["packet", "packet.docx", "", "packet.pdf/"])
def test_a_name_of_no_known_kind_is_refused(sound: Path, name: str) -> None:
    assert refused(sound, "--to", name).count("\n") == 1


def test_an_existing_file_is_kept(sound: Path, tmp_path: Path) -> None:
    to = tmp_path / "packet.md"
    to.write_text("mine")
    assert "There is already a file" in refused(sound, "--to", to, status=74)
    assert to.read_text() == "mine"


def test_a_folder_that_is_not_there_and_a_full_disk_are_told(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no such folder" in refused(sound, "--to", tmp_path / "no" / "packet.md", status=74)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    to = tmp_path / "packet.pdf"
    assert "the disk is full" in refused(sound, "--to", to, status=74)
    assert not to.exists()


def test_without_fpdf_one_line_says_what_to_install(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "fpdf" else _REAL(name))
    assert "pip install 'iop-tui[counselor]'" in refused(sound, "--to", "packet.pdf")
    assert program.run("review", sound).returncode == 0


def test_without_the_solver_the_packet_says_that_nothing_was_proved(
    sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "z3" else _REAL(name))
    assert "the solver is not installed" in program.run("review", sound).stdout


def test_a_language_that_the_screening_does_not_have_is_refused(sound: Path) -> None:
    assert "it has none" in refused(sound, "--language", "es")


def test_the_figures_are_those_of_the_screening_at_hand_and_only_a_checkout_has_them(tmp_path: Path) -> None:
    figures, why = published_figures(SHIPPED)
    assert figures is not None
    assert why == ""
    assert {row.rater for row in figures.agreed} == {"first", "second"}
    assert all(row.exact <= row.within_one <= row.of for row in figures.agreed)
    assert published_figures(small())[0] is None
    none, why = published_figures(SHIPPED, tmp_path)
    assert none is None
    assert "docs/validation.md" in why


def test_the_state_of_a_translation_is_told(tmp_path: Path) -> None:
    assert gather.languages(SHIPPED) == ("es",)
    copy = tmp_path / "q"
    shutil.copytree(SMALL, copy)
    (copy / "locale").mkdir()
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (copy / "locale" / "es.po").write_text(
        f'{head}msgctxt "safety.title"\nmsgid "Safety"\nmsgstr "Seguridad"\n', encoding="utf-8"
    )
    done = program.run("review", copy, "--language", "es")
    assert done.returncode == 0, done.stderr
    assert "not complete" in done.stdout
    assert "1 of " in done.stdout


def test_the_same_screening_gives_the_same_file(sound: Path, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        assert program.run("review", sound, "--to", tmp_path / name).returncode == 0
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert len(PdfReader(io.BytesIO((tmp_path / "one.pdf").read_bytes())).pages) < 12
