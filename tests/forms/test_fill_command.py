"""`iop-tui fill` as a command: what it refuses, with which sentence and exit status, before it asks anything."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from iop_tui.__main__ import main
from iop_tui.cli_support.exit_status import BAD_INPUT, DONE, FAILED
from tests.forms.faces import answered_in, choice, file_of, item

FORM = file_of(item("name", "string", "Your name?"), choice("q", "Which?", "One", "Two"))


@pytest.fixture(autouse=True)
def _room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "form.json").write_bytes(FORM)
    monkeypatch.setattr("iop_tui.platform.signal_keys.ignore_signal_keys", lambda: None)
    monkeypatch.setattr("iop_tui.platform.hardening.keep_to_ourselves", lambda: None)
    monkeypatch.delenv("ACCESSIBLE", raising=False)


def left_with(monkeypatch: pytest.MonkeyPatch, *arguments: str, typed: str = "") -> object:
    """Run the program in this process with lines typed; its exit status."""
    monkeypatch.setattr(sys, "argv", ["iop-tui", "fill", *arguments])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8"))
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.json", "--line"], "missing.json cannot be read"),
        ([".", "--line"], ". cannot be read"),
        (["broken.json", "--line"], "broken.json:1: "),
        (["patient.json", "--line"], "patient.json:1: "),
        (["form.json", "--line", "--from", "form.json"], "form.json:1: "),
        (["form.json", "--line", "--from", "missing.json"], "missing.json cannot be read"),
        (["form.json", "--line", "--to", "nowhere/answers.json"], "there is no folder nowhere"),
        (["form.json", "--line", "--to", "."], "--to needs the name of a file"),
        (["form.json", "--line", "--to", "folder"], "folder.json is a folder"),
        (["form.json", "--line", "--to", " "], "--to needs the name of a file"),
        (["form.json", "--line", "--to", "a" * 300], "--to cannot be used as the name of a file: File name too long"),
        (["form.json", "--line", "--by", "\udcff"], "--by has bytes that are no UTF-8"),
        (["no\x1b[31m\nform.json", "--line"], "iop-tui: no\ufffd[31m\ufffdform.json cannot be read"),
        (["form.json", "--line", "--language", "12"], "'12' is no code of a language"),
        (["form.json", "--line", "--theme", "dark"], "--theme is for full pages"),
        (["form.json"], "is not a terminal. A form on full pages needs one; 'iop-tui fill FORM --line' works without."),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_cannot_be_used_is_refused_in_a_sentence(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "patient.json").write_text('{"resourceType": "Patient"}', encoding="utf-8")
    assert left_with(monkeypatch, *arguments) == BAD_INPUT
    out, err = capfd.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_with_a_file_to_write_the_exit_status_says_whether_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = "Ann\n2\nsave\nquit\nyes\n"
    assert left_with(monkeypatch, "form.json", "--line", "--to", "answers.json", typed="Ann\n2\n") == FAILED
    assert not (tmp_path / "answers.json").exists()
    assert left_with(monkeypatch, "form.json", "--line", "--to", "answers.json", typed=typed) == DONE
    assert answered_in(tmp_path / "answers.json")["name"] == "Ann"
    assert left_with(monkeypatch, "form.json", "--line", typed="Ann\n") == DONE


def test_a_saved_response_gives_every_answer_back_through_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = "Ann\nskip\nsave\nquit\nyes\n"
    assert left_with(monkeypatch, "form.json", "--line", "--to", "one.json", typed=first) == DONE
    more = "change 2\n1\nsave\nquit\nyes\n"
    assert left_with(monkeypatch, "form.json", "--line", "--from", "one.json", "--to", "two.json", typed=more) == DONE
    found = answered_in(tmp_path / "two.json")
    assert (found["name"], found["q"]["code"]) == ("Ann", "one")
