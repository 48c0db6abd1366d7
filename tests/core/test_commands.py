"""The commands: what they print, where, and with which status."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from iop_tui import __version__
from tests.core.small import SMALL
from tests.program import Done, run, started


def one_line(done: Done | subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text("help_with: [alcohol]\ndrinks: 9\nnight_support: not_sure\nthoughts: never\n")
    return path


def test_a_shell_gets_the_same_streams_and_status(answers: Path, tmp_path: Path) -> None:
    """What all other tests here ask of `main` in their own process, once in a process of its own."""
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("drinks: 99\n")
    for arguments, status in (
        (("assess", answers, "--questions", SMALL), 0),
        (("check", tmp_path), 1),
        (("assess", wrong, "--questions", SMALL), 2),
    ):
        there, here = started(*arguments), run(*arguments)
        assert (there.returncode, there.stdout, there.stderr) == here
        assert here.returncode == status


def test_assess_prints_json(answers: Path) -> None:
    done = run("assess", answers, "--json", "--questions", SMALL)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["level"] == "iop"
    assert result["could_be"] == ["iop", "php", "inpatient"]
    assert result["first_steps"] == ["medical_check"]
    assert [reason["need"] for reason in result["reasons"]] == ["many_drinks"]


def test_assess_prints_the_summary(answers: Path) -> None:
    done = run("--questions", SMALL, "assess", answers)
    assert done.returncode == 0, done.stderr
    assert "Care to ask about: Intensive outpatient (IOP)" in done.stdout


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("drink: 9", 1, "there is no question 'drink'; did you mean 'drinks'?"),
        ("who_for: self\nthoughts: plans", 2, "there is no option 'plans'; did you mean 'plan'?"),
        ("thoughts: sometimes", 1, "it could be: never, often, plan, not_sure, skipped"),
        ("drinks: 99", 1, "0 to 60"),
        ("drinks: [1, 2]", 1, "0 to 60"),
        ("who_for: [self, someone_else]", 1, "one option can be chosen"),
        ("help_with: [none, mood]", 1, "'none' together with other options"),
        ("help_with: []", 1, "at least one"),
        ("- a", 1, "question ids, each with its answer"),
        ("thoughts: {a: b}", 1, "a word, a number, or a list"),
        ("thoughts: plan\nthoughts: never", 2, "already given on line 1"),
        ("thoughts: ]", 1, "not valid YAML"),
    ],
)
def test_a_wrong_answer_is_refused_by_name(tmp_path: Path, content: str, line: int, says: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(content)
    said = one_line(run("assess", path, "--questions", SMALL))
    assert f"{path}:{line}:" in said
    assert says in said


def test_all_wrong_answers_are_named_in_one_run(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("drink: 9\nthoughts: plans\n")
    assert run("assess", path, "--questions", SMALL).stderr.count("\n") == 2


def test_missing_files_are_a_line(tmp_path: Path) -> None:
    assert "no such file" in one_line(run("assess", tmp_path / "none.yaml"))
    assert "no such directory" in one_line(run("assess", tmp_path / "none.yaml", "--questions", tmp_path / "none"))
    assert "no screening here" in one_line(run("assess", tmp_path / "none.yaml", "--questions", tmp_path))


@pytest.mark.parametrize(
    "arguments", [["--nonsense"], ["nonsense"], ["assess"], ["check", "a", "b"], ["assess", "--questions"]]
)
def test_wrong_usage_is_one_line_that_says_where_to_look(arguments: list[str]) -> None:
    assert "iop-tui --help" in one_line(run(*arguments))


def test_check_names_problems_and_closes_with_counts(tmp_path: Path) -> None:
    good = run("check", SMALL)
    assert good.returncode == 0
    *warnings, closing = good.stdout.splitlines()
    assert all(": warning: " in line for line in warnings)
    assert closing == f"0 problems, {len(warnings)} warnings; 7 questions, 2 alarms, 4 needs, 1 fit, 3 cases"
    bad = tmp_path / "q"
    shutil.copytree(SMALL, bad)
    (bad / "about.yaml").write_text((bad / "about.yaml").read_text().replace("at_least: iop", "at_least: ipo"))
    done = run("check", bad)
    assert done.returncode == 1
    first, last = done.stdout.splitlines()
    assert first.startswith(f"{bad}/about.yaml:27: error: need 'many_drinks': there is no level 'ipo'")
    assert last.startswith("1 problem;")


def test_check_without_a_directory_checks_what_comes_with_the_program() -> None:
    done = run("check")
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1


def test_the_wizard_without_a_terminal_asks_line_by_line() -> None:
    done = started(text="1\n1\nquit\nyes\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Start the questions" in done.stdout
    assert "How old are you?" in done.stdout
    assert "\x1b" not in done.stdout


def test_the_wizard_speaks_the_language_that_is_wished_for() -> None:
    assert "Empezar las preguntas" in started("--line", "--language", "es", text="").stdout
    assert "it could be: en, es" in one_line(run("--line", "--language", "tlh"))
    # The small screening has no Spanish.
    assert "it could be: en." in one_line(run("--line", "--language", "es", "--questions", SMALL))


@pytest.mark.parametrize(
    "options",
    [("--line",), ("--language", "es"), ("--theme", "light"), ("--scan", "2"), ("--width", "40")],
    ids="".join,
)
def test_what_is_for_the_wizard_goes_with_no_command(options: tuple[str, ...]) -> None:
    assert f"{options[0]} goes with the wizard, not with a command." in one_line(run(*options, "check"))


def test_pages_that_follow_files_are_not_lines() -> None:
    assert "leave out --line" in one_line(run("--line", "--watch", "--questions", SMALL))


def test_version_and_help_are_complete() -> None:
    assert run("--version").stdout == f"iop-tui, version {__version__}\n"
    told = run("--help").stdout
    words = ("--questions", "assess", "check", "--version", "Exit status", "call the emergency number")
    assert all(word in told for word in words)
    assert "--json" in run("assess", "--help").stdout


def test_the_installed_command_is_the_same_program() -> None:
    command = Path(sys.executable).parent / "iop-tui"
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    assert done.stdout == run("--version").stdout
