"""`iop-tui counselor`: what it refuses before it shows anything."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from iop_tui import records
from iop_tui.cli_support.exit_status import BAD_INPUT
from iop_tui.commands import counselor
from iop_tui.commands.counselor import run
from iop_tui.records.errors import BadAddress, NeedsExtra


@pytest.fixture
def _at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counselor, "no_terminal", lambda *_descriptors, needs: "")  # noqa: ARG005  # its own name


def test_without_a_terminal_it_says_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.isatty", lambda _descriptor: False)
    assert run(None, None, None, "ana") == BAD_INPUT
    assert "is not a terminal" in capsys.readouterr().err


@pytest.mark.usefixtures("_at_a_terminal")
@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x1b[31mb"])
def test_a_name_that_cannot_stand_in_a_record_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(None, None, None, name) == BAD_INPUT
    assert "--as NAME" in capsys.readouterr().err


@pytest.mark.usefixtures("_at_a_terminal")
def test_a_user_without_a_name_must_give_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert run(None, None, None, None) == BAD_INPUT
    assert "--as NAME" in capsys.readouterr().err


@pytest.mark.usefixtures("_at_a_terminal")
@pytest.mark.parametrize("trouble", [NeedsExtra("counselor"), BadAddress("Write the address as URL.")], ids=str)
def test_records_that_cannot_be_used_are_one_sentence(
    trouble: Exception, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def exists(_url: str | None) -> bool:
        raise trouble

    monkeypatch.setattr(records, "exists", exists)
    assert run(None, None, "x:", "ana") == BAD_INPUT
    assert capsys.readouterr().err == f"iop-tui: {trouble}\n"


@pytest.mark.usefixtures("_at_a_terminal")
def test_problems_of_the_site_file_and_of_the_questions_are_told_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site.yaml"
    site.write_text("clinics: many\n")
    assert run(site, tmp_path / "nothing", None, "ana") == BAD_INPUT
    told = capsys.readouterr().err
    assert "site.yaml:1" in told
    assert "nothing" in told
