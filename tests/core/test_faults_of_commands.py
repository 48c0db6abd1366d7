"""A fault of the program's own, in any command: one line with its kind and its place, status 70, and no value."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import NoReturn

import click
import pytest

from iop_tui import CRASHED
from iop_tui.__main__ import main
from iop_tui.cli import cli
from iop_tui.cli_support.exit_status import CANNOT_WRITE, DONE, INTERRUPTED
from tests.core.small import SMALL

MARKER = "UNMISTAKABLE-ANSWER"
ANSWERS = "help_with: [alcohol]\ndrinks: 9\nnight_support: not_sure\nthoughts: never\n"
RECORDS = ("--passphrase-file", "/dev/null")
COMMANDS: dict[str, tuple[list[str], str]] = {
    "": ([], "iop_tui.commands.wizard.no_terminal"),
    "--line": (["--line"], "iop_tui.line.conversation.LineConversation.run"),
    "kiosk": (["kiosk"], "iop_tui.commands.kiosk.no_terminal"),
    "kiosk --check": (["kiosk", "--check"], "iop_tui.kiosk.preflight.findings"),
    "kiosk --new-pin": (["kiosk", "--new-pin"], "click.prompt"),
    "counselor": (["counselor"], "iop_tui.commands.counselor.no_terminal"),
    "assess": (["assess", "answers.yaml"], "iop_tui.commands.assess.assess"),
    "assess --json": (["assess", "--json", "answers.yaml"], "iop_tui.commands.assess.as_document"),
    "fill": (["fill", "form.json", "--line"], "iop_tui.commands.fill._begun"),
    "check": (["check", str(SMALL)], "iop_tui.commands.check.check"),
    "check --mutate": (["check", "--mutate", str(SMALL)], "iop_tui.screening.authoring.mutation.survivors.survey"),
    "diff": (["diff", "q", "q"], "iop_tui.commands.diff.compare"),
    "sign": (["sign", "q", *("--name", "A", "--license", "B", "--role", "C")], "iop_tui.commands.sign.check"),
    "sign --status": (["sign", "q", "--status"], "iop_tui.commands.sign.review_lines"),
    "new": (["new", "fresh"], "iop_tui.commands.new._place"),
    "import": (["import", "form.json", "fresh"], "iop_tui.commands.import_form._bytes"),
    "translate": (["translate", "es", "q"], "iop_tui.translation.extract.of_screening"),
    "schema": (["schema", "q"], "iop_tui.commands.schema.schemas"),
    "basis": (["basis"], "iop_tui.commands.basis.basis_page"),
    "review": (["review", "q"], "iop_tui.commands.review.packet_of"),
    "records schema": (["records", "schema"], "iop_tui.export.data.schema_text"),
    **{
        f"records {name}": (["records", *RECORDS, name, *more], "iop_tui.commands.records.required")
        for name, more in {
            "list": [], "show": ["a"], "export": ["a"], "delete": ["a", "--yes"], "passphrase": [], "stats": [],
            "audit": [], "expire": [],
        }.items()
    },
}  # fmt: skip
"""A command -> its arguments, and something in it that can be made to fail."""


@pytest.fixture(autouse=True)
def _room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory with a file of answers and a screening, and the process as it was afterwards."""
    (tmp_path / "answers.yaml").write_text("help_with: [alcohol]\n")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q").symlink_to(SMALL)
    (tmp_path / "site.yaml").write_text("retention: {open: 30}\n")
    monkeypatch.setattr("iop_tui.platform.signal_keys.ignore_signal_keys", lambda: None)
    monkeypatch.setattr("iop_tui.commands.kiosk.ignore_signal_keys", lambda: None)
    monkeypatch.setattr("iop_tui.platform.hardening.keep_to_ourselves", lambda: None)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)


def left_with(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """Run the program in this process; its exit status."""
    monkeypatch.setattr(sys, "argv", ["iop-tui", *arguments])
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code


def break_down(monkeypatch: pytest.MonkeyPatch, what: str, fault: BaseException) -> None:
    def faulty(*_arguments: object, **_more: object) -> NoReturn:
        private_note = MARKER
        fault.add_note(private_note)
        raise fault

    monkeypatch.setattr(what, faulty)


def only_the_fault(capfd: pytest.CaptureFixture[str], kind: str) -> str:
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1, err
    assert f"a fault of its own ({kind}" in err
    for never in (MARKER, "private_note", "Traceback", "help_with", "alcohol"):
        assert never not in err
    return err


def test_the_table_holds_every_command() -> None:
    names = set()
    for name, command in cli.commands.items():
        names |= {f"{name} {sub}" for sub in command.commands} if isinstance(command, click.Group) else {name}
    assert names <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_fault_in_a_command_is_one_line_with_its_place(
    command: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments, what = COMMANDS[command]
    if command == "records expire":
        arguments = ["records", *RECORDS, "--site", "site.yaml", "expire"]
    break_down(monkeypatch, what, ValueError(MARKER, {"help_with": ("alcohol",)}))
    assert left_with(monkeypatch, *arguments) == CRASHED
    # Of our code: not where the test made it fail.
    assert ".py:" in only_the_fault(capfd, "ValueError, ")


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (MemoryError(MARKER), "MemoryError"),
        (RecursionError(MARKER), "RecursionError"),
        (KeyError(MARKER), "KeyError"),
        (UnicodeDecodeError("utf-8", MARKER.encode(), 0, 1, MARKER), "UnicodeDecodeError"),
        (PermissionError(errno.EACCES, MARKER, f"/{MARKER}"), "PermissionError EACCES"),
        (ConnectionRefusedError(errno.ECONNREFUSED, MARKER), "ConnectionRefusedError ECONNREFUSED"),
        (ExceptionGroup(MARKER, [ValueError(MARKER)]), "ExceptionGroup"),
        (GeneratorExit(MARKER), "GeneratorExit"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_fault_of_any_kind_is_named_without_its_message(
    fault: BaseException, kind: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    break_down(monkeypatch, "iop_tui.commands.assess.assess", fault)
    assert left_with(monkeypatch, "assess", "answers.yaml") == CRASHED
    assert "commands/assess.py:" in only_the_fault(capfd, f"{kind}, ")


def test_a_recursion_without_an_end_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def deep(*arguments: object, **more: object) -> object:
        return deep(*arguments, **more)

    monkeypatch.setattr("iop_tui.commands.assess.assess", deep)
    assert left_with(monkeypatch, "assess", "answers.yaml") == CRASHED
    only_the_fault(capfd, "RecursionError, ")


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("iop_tui.cli", ["check"]),
        ("iop_tui.commands.wizard", []),
        ("iop_tui.commands.assess", ["assess", "answers.yaml"]),
        ("iop_tui.commands.records", ["records", "list"]),
        ("iop_tui.commands.counselor", ["counselor"]),
        ("iop_tui.commands.kiosk", ["kiosk"]),
        ("iop_tui.result.document", ["assess", "answers.yaml"]),
    ],
)
def test_a_module_that_cannot_be_imported_is_a_fault(
    module: str, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert left_with(monkeypatch, *arguments) == CRASHED
    only_the_fault(capfd, "ModuleNotFoundError, ")


def test_what_ends_a_command_without_a_fault_keeps_its_status(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for fault, status in ((KeyboardInterrupt(), INTERRUPTED), (click.Abort(), INTERRUPTED), (SystemExit(3), 3)):
        break_down(monkeypatch, "iop_tui.commands.assess.assess", fault)
        assert left_with(monkeypatch, "assess", "answers.yaml") == status
    assert left_with(monkeypatch, "assess") == 2
    assert capfd.readouterr().out == ""


# ---- as a process: what Python itself would print -------------------------------------------------------------------


def as_process(tmp_path: Path, broken: str, *arguments: str, **how: object) -> subprocess.CompletedProcess[bytes]:
    """Run the program with lines of Python that are run as the interpreter starts."""
    (tmp_path / "site").mkdir(exist_ok=True)
    (tmp_path / "site" / "sitecustomize.py").write_text(broken)
    root = Path(__file__).parent.parent.parent
    env = {**os.environ, "PYTHONPATH": f"{tmp_path / 'site'}:{root}", "PYTHONUNBUFFERED": ""}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    line = [sys.executable, "-m", "iop_tui", *arguments]
    return subprocess.run(line, check=False, timeout=60, env=env, cwd=tmp_path, **streams)  # type: ignore[call-overload,no-any-return]  # options of a caller


def test_a_fault_ends_the_process_with_one_line(tmp_path: Path) -> None:
    broken = f"""
import iop_tui.commands.assess as command

def faulty(screening, answers):
    raise ValueError("{MARKER}", answers)

command.assess = faulty
"""
    done = as_process(tmp_path, broken, "assess", "answers.yaml")
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (CRASHED, b"", 1)
    assert MARKER.encode() not in done.stderr
    assert b"ValueError, commands/assess.py:" in done.stderr


def test_a_fault_beside_the_main_thread_has_no_message_either(tmp_path: Path) -> None:
    broken = f"""
import threading
import iop_tui.commands.assess as command

assess = command.assess

class Left:
    def __del__(self):
        raise ValueError("{MARKER}")

def faulty(screening, answers):
    def beside():
        raise ValueError("{MARKER}")

    thread = threading.Thread(target=beside)
    thread.start()
    thread.join()
    Left()
    return assess(screening, answers)

command.assess = faulty
"""
    done = as_process(tmp_path, broken, "assess", "answers.yaml")
    assert done.returncode == DONE
    assert done.stderr.count(b"\n") == 2, done.stderr
    assert MARKER.encode() not in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("gone", "status", "said"), [(True, DONE, b""), (False, CANNOT_WRITE, b"No space left")])
def test_output_that_is_still_held_at_the_end_is_written_or_told(
    tmp_path: Path, gone: bool, status: int, said: bytes
) -> None:
    """What was printed and not yet sent when the command ends: Python itself would leave with 120."""
    broken = "import iop_tui.commands.kiosk as k\nk.check_machine = lambda *_: print('ready') or 0\n"
    ours, theirs = os.pipe()
    os.close(ours)
    with Path("/dev/full").open("wb") as full:
        done = as_process(tmp_path, broken, "kiosk", "--check", stdout=theirs if gone else full)
    os.close(theirs)
    assert done.returncode == status
    assert said in done.stderr
    assert done.stderr.count(b"\n") == bool(said)
