"""docs/kiosk.md and the files that it hands out: they say what is true, and they close what they say they close.

What needs a program that is not everywhere is skipped aloud, with its name.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import UnionType

import pytest
from msgspec import NODEFAULT, Meta, Struct, structs

import iop_tui
from iop_tui.screening.format.loader import load
from iop_tui.screening.shipped import shipped
from iop_tui.site.settings import FormFile, Site
from iop_tui.site.site_file import fits, load_site
from tests.terminal.conftest import Start
from tests.terminal.lobby import INVITES, PIN, PIN_HASH, WELCOMES
from tests.terminal.terminal import LOOK, PATIENCE

pytestmark = pytest.mark.terminal

_TOP = Path(iop_tui.__file__).parent.parent
_DOCS = _TOP / "docs"
_FILES = _DOCS / "kiosk"
_TEXT = (_DOCS / "kiosk.md").read_text(encoding="utf-8")
_INSTALLED = "/opt/iop-tui/bin/iop-tui kiosk --site /etc/iop-tui/site.yaml"
_UNITS = ("console/iop-tui-kiosk.service", "window/cage.service", "window/x11.service")


def needs(program: str) -> str:
    """Where a program is; a skip that names it where it is not. Some are only on root's path."""
    found = shutil.which(program, path=os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"NOT TESTED: {program} is not installed")
    return found


# ---- what the page says ----


def struct_in(kind: object) -> type[Struct] | None:
    """The class that a field holds, or holds many of."""
    if isinstance(kind, type):
        return kind if issubclass(kind, Struct) else None
    return next((found for part in typing.get_args(kind) if (found := struct_in(part))), None)


LISTS = ("phones", "reviewers")
"""Keys that hold a list: themselves and the keys of an entry have a row each."""


def keys_of(cls: type[Struct], above: str = "") -> Iterator[tuple[str, structs.FieldInfo]]:
    for field in structs.fields(cls):
        if field.name == "where":
            continue
        inner = struct_in(field.type) if typing.get_origin(field.type) is not Mapping else None
        # A form is written as the name of its file alone.
        if inner is None or inner is FormFile or field.name in LISTS:
            yield above + field.name, field
        if inner is not None and inner is not FormFile:
            yield from keys_of(inner, f"{above}{field.name}.")


def rows_of(heading: str) -> dict[str, str]:
    """First cell -> second cell of the table below a heading."""
    part = _TEXT.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = [line.strip("|").split(" | ") for line in part.splitlines() if line.startswith("| `")]
    return {row[0].strip().strip("`"): row[1].strip() for row in cells}


def test_the_table_of_the_site_file_has_every_key_and_no_other() -> None:
    assert set(rows_of("The site file")) == {key for key, _field in keys_of(Site)}


def test_the_times_in_the_table_are_those_of_the_program() -> None:
    told, fields = rows_of("The site file"), dict(keys_of(Site))
    for key in (key for key in fields if key.startswith("times.")):
        kind = fields[key].type
        assert not isinstance(kind, UnionType)
        meta = next(part for part in typing.get_args(kind) if isinstance(part, Meta))
        assert told[key] == f"{fields[key].default} ({meta.ge} to {meta.le})"


def test_what_is_said_to_be_needed_is_needed() -> None:
    told = rows_of("The site file")
    needed = {key for key, field in keys_of(Site) if key.startswith(LISTS) and field.default is NODEFAULT}
    assert {key for key, default in told.items() if default == "needed"} == needed
    assert told["staff.call"] == "Tell a staff member now. Nobody here? Then `reach` of the emergency line."


def test_every_line_of_the_log_is_explained() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in sorted((_TOP / "iop_tui/kiosk").glob("*.py")))
    said += (_TOP / "iop_tui/commands/kiosk.py").read_text(encoding="utf-8")
    lines = [re.split(r"\{", line)[0] for line in re.findall(r'log\.say\(f?"([^"]+)"', said)]
    assert len(lines) >= 6
    assert [line for line in lines if f"`{line}" not in _TEXT] == []


def test_every_file_is_named_and_every_name_is_a_file() -> None:
    there = {str(path.relative_to(_FILES)) for path in _FILES.rglob("*") if path.is_file()}
    assert [name for name in sorted(there) if f"kiosk/{name}" not in _TEXT] == []
    named = re.findall(r"(?:\]\(|docs/)kiosk/([\w./-]+)", _TEXT)
    assert [name for name in named if name not in there] == []


def test_each_file_says_where_it_goes_and_the_page_puts_it_there() -> None:
    for path in sorted(_FILES.rglob("*")):
        if path.is_dir() or path.suffix == ".yaml" or path.name == "lobby.conf":
            continue
        goes = re.search(r"/(?:etc|usr/local)/[\w./@-]+\w", path.read_text(encoding="utf-8"))
        assert goes is not None, path
        assert goes[0] in _TEXT or (path.suffix == ".service" and str(Path(goes[0]).parent) in _TEXT), (path, goes[0])


def test_the_example_site_file_is_sound_and_fits_the_questions() -> None:
    site = load_site(_FILES / "site.yaml")
    fits(site, load(shipped()))
    assert site.staff.pin is None
    assert site.phones


# ---- systemd ----


@pytest.fixture
def unit(tmp_path: Path) -> Callable[[str], Path]:
    def copy(name: str) -> Path:
        text = (_FILES / name).read_text(encoding="utf-8")
        path = tmp_path / "iop-tui-kiosk.service"
        # What is started need not be installed where this runs.
        path.write_text(re.sub(r"(?m)^(Exec\w+=[+-]*)/\S+", r"\1/bin/true", text), encoding="utf-8")
        return path

    return copy


@pytest.mark.parametrize("name", _UNITS)
def test_a_unit_is_understood(unit: Callable[[str], Path], name: str) -> None:
    verify = [needs("systemd-analyze"), "verify", "--man=no", str(unit(name))]
    said = subprocess.run(verify, capture_output=True, text=True, timeout=60, check=False)
    ours = [line for line in said.stderr.splitlines() if "iop-tui-kiosk" in line]
    assert ours == []


@pytest.mark.parametrize(("name", "tenths"), list(zip(_UNITS, (10, 40, 40), strict=True)))
def test_a_unit_gives_little_away(unit: Callable[[str], Path], name: str, tenths: int) -> None:
    look = [needs("systemd-analyze"), "security", "--offline=true", f"--threshold={tenths}", "--no-pager"]
    said = subprocess.run([*look, str(unit(name))], capture_output=True, text=True, timeout=60, check=False)
    if "unrecognized option" in said.stderr:
        pytest.skip("NOT TESTED: this systemd-analyze cannot look at a file")
    assert said.returncode == 0, said.stdout[-2000:] + said.stderr


@pytest.mark.parametrize("name", _UNITS)
def test_a_unit_starts_a_login_when_staff_left_and_at_no_other_end(name: str, tmp_path: Path) -> None:
    text = (_FILES / name).read_text(encoding="utf-8")
    assert "OnSuccess" not in re.sub(r"(?m)^#.*", "", text)
    (after,) = re.findall(r"(?m)^ExecStopPost=\+/bin/sh -c '(.+)'$", text)
    asked = tmp_path / "asked"
    (tmp_path / "systemctl").write_text(f'#!/bin/sh\necho "$@" >{asked}\n', encoding="utf-8")
    (tmp_path / "systemctl").chmod(0o755)
    usual = {"PATH": f"{tmp_path}:/usr/bin:/bin", "RUNTIME_DIRECTORY": str(tmp_path)}
    for how, status in (("exited", "143"), ("exited", "70"), ("killed", "KILL")):
        env = {**usual, "EXIT_CODE": how, "EXIT_STATUS": status}
        subprocess.run(["/bin/sh", "-c", after], env=env, timeout=10, check=True)
        assert not asked.exists(), (how, status)
    (tmp_path / "left").touch()
    env = {**usual, "EXIT_CODE": "exited", "EXIT_STATUS": "0"}
    subprocess.run(["/bin/sh", "-c", after], env=env, timeout=10, check=True)
    assert asked.read_text().split() == ["--no-block", "start", "getty@tty1"]


# ---- the keys of a console ----

_KEYMAP = """\
keycode  16 = +q
\tcontrol\talt\tkeycode  83 = Boot
\talt\tkeycode  59 = Console_1
\tcontrol\talt\tkeycode  60 = Console_2
keycode  59 = F1               F13              Console_13
keycode  70 = Scroll_Lock      Show_Memory      Show_Registers
\tshift\tkeycode 104 = Scroll_Backward
\talt\tkeycode 105 = Decr_Console
\talt\tkeycode 103 = KeyboardSignal
keycode 104 = Prior
"""


def test_no_key_of_a_console_speaks_to_the_kernel(tmp_path: Path) -> None:
    keymap = tmp_path / "keymap"
    keymap.write_text(_KEYMAP, encoding="utf-8")
    for name, does in (("dumpkeys", f"cat {keymap}"), ("loadkeys", f"cat >{keymap}.new; mv {keymap}.new {keymap}")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    subprocess.run(["/bin/sh", str(_FILES / "console/lock-keys")], env=env, timeout=10, check=True)
    left = keymap.read_text(encoding="utf-8")
    assert not re.search("Console|Boot|Show_|Scroll_|Keyboard", left)
    assert [line for line in left.splitlines() if "VoidSymbol" not in line] == [
        "keycode  16 = +q",
        "keycode 104 = Prior",
    ]
    assert "F1               F13" in left


def test_keys_that_cannot_be_changed_keep_the_kiosk_from_starting(tmp_path: Path) -> None:
    for name, does in (("dumpkeys", "echo 'alt keycode 59 = Console_1'"), ("loadkeys", "cat >/dev/null")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    tried = subprocess.run(
        ["/bin/sh", str(_FILES / "console/lock-keys")], env=env, capture_output=True, text=True, timeout=10, check=False
    )
    assert tried.returncode == 1
    assert len(tried.stderr.splitlines()) == 1
    assert re.search(r"(?m)^ExecStartPre=\+/usr/local/libexec/iop-tui-lock-keys$", (_FILES / _UNITS[0]).read_text())


# ---- the scripts that start the kiosk ----


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], Path]:
    """A script of the recipes that starts this program, with a site file that has a PIN."""
    site = tmp_path / "site.yaml"
    site.write_text(f"staff: {{pin: '{PIN_HASH}'}}\ntimes: {{same_key: 0}}\n", encoding="utf-8")

    def copy(name: str) -> Path:
        text = (_FILES / name).read_text(encoding="utf-8")
        assert _INSTALLED in text
        ours = f"env PYTHONPATH={_TOP} {sys.executable} -m iop_tui kiosk --site {site}"
        path = tmp_path / "script"
        path.write_text(text.replace(_INSTALLED, ours), encoding="utf-8")
        return path

    return copy


def test_the_ssh_account_gives_the_kiosk_whatever_is_asked_for(start: Start, script: Callable[[str], Path]) -> None:
    told = {"SSH_ORIGINAL_COMMAND": "sh", "PYTHONSTARTUP": "x.py", "LC_ALL": "C", "ENV": "x.sh", "SECRET": "s3cr3t"}
    terminal = start(command=["/bin/sh", str(script("ssh/iop-tui-kiosk")), "-c", "sh -i"], env=told)
    terminal.wait(INVITES)
    passed_on = Path(f"/proc/{terminal.pid}/environ").read_bytes()
    assert not any(name.encode() + b"=" in passed_on for name in told)
    limits = Path(f"/proc/{terminal.pid}/limits").read_text()
    assert re.search(r"Max core file size +0 +0 ", limits)
    terminal.press("\x03\x1a\x1c \r")
    terminal.wait(WELCOMES)


def test_a_window_notes_that_staff_left(start: Start, script: Callable[[str], Path], tmp_path: Path) -> None:
    terminal = start(
        command=["/bin/sh", str(script("window/iop-tui-window"))], env={"RUNTIME_DIRECTORY": str(tmp_path)}
    )
    terminal.wait(INVITES)
    terminal.press("\x0c\x0c\x0c")
    terminal.wait("Type the PIN")
    terminal.press(PIN + "\r")
    terminal.wait("End the kiosk")
    terminal.press("2")
    assert terminal.ended() == 0
    assert (tmp_path / "left").exists()


def test_a_window_notes_nothing_when_the_kiosk_was_ended(
    start: Start, script: Callable[[str], Path], tmp_path: Path
) -> None:
    terminal = start(
        command=["/bin/sh", str(script("window/iop-tui-window"))], env={"RUNTIME_DIRECTORY": str(tmp_path)}
    )
    terminal.wait(INVITES)
    (kiosk,) = Path(f"/proc/{terminal.pid}/task/{terminal.pid}/children").read_text().split()
    os.kill(int(kiosk), signal.SIGTERM)
    assert terminal.ended() != 0
    assert not (tmp_path / "left").exists()


# ---- the programs that recipes configure ----


def test_sshd_closes_everything_for_the_kiosk_and_nothing_for_others(tmp_path: Path) -> None:
    sshd, key = needs("sshd"), tmp_path / "key"
    make = [needs("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
    subprocess.run(make, timeout=30, check=True)
    settings = tmp_path / "sshd_config"
    # As Debian has it: drop-ins first, then settings that are more generous.
    settings.write_text(
        f"HostKey {key}\nInclude {_FILES / 'ssh/iop-tui-kiosk.conf'}\nX11Forwarding yes\n", encoding="utf-8"
    )

    def holds_for(user: str) -> dict[str, str]:
        ask = [sshd, "-T", "-f", str(settings), "-C", f"user={user},host=lobby,addr=192.0.2.10"]
        said = subprocess.run(ask, capture_output=True, text=True, timeout=30, check=False)
        if "privilege separation" in said.stderr.lower():
            pytest.skip("NOT TESTED: sshd wants a directory /run/sshd, and this user cannot make it")
        assert said.returncode == 0, said.stderr
        return dict(line.split(" ", 1) for line in said.stdout.splitlines() if " " in line)

    closed, others = holds_for("kiosk-ssh"), holds_for("nurse")
    assert closed["forcecommand"] == "/usr/local/libexec/iop-tui-kiosk"
    no = ("x11forwarding", "allowtcpforwarding", "allowagentforwarding", "allowstreamlocalforwarding", "permituserrc")
    assert {name: closed[name] for name in no} == dict.fromkeys(no, "no")
    assert (closed["disableforwarding"], closed["permittunnel"], closed["maxsessions"]) == ("yes", "no", "1")
    assert (closed["permitopen"], closed["permitlisten"]) == ("none", "none")
    assert closed["authenticationmethods"] == "publickey"
    assert (others["forcecommand"], others["x11forwarding"], others["disableforwarding"]) == ("none", "yes", "no")


def test_foot_understands_its_settings() -> None:
    check = [needs("foot"), "--check-config", "--config", str(_FILES / "window/foot.ini")]
    said = subprocess.run(check, capture_output=True, text=True, timeout=30, check=False)
    assert said.returncode == 0, said.stderr


def test_foot_has_no_key_of_its_own_left() -> None:
    usual = Path("/etc/xdg/foot/foot.ini")
    if not usual.exists():
        pytest.skip(f"NOT TESTED: foot's own list of keys, {usual}, is not here")

    def bound(path: Path) -> dict[str, str]:
        text = path.read_text(encoding="utf-8")
        parts = re.findall(r"(?ms)^\[(?:key|mouse)-bindings\]\n(.*?)(?=^\[|\Z)", text)
        return dict(re.findall(r"(?m)^#? ?([a-z-]+)=(\S+)", "".join(parts)))

    ours = bound(_FILES / "window/foot.ini")
    assert set(ours.values()) == {"none"}
    assert [name for name, keys in bound(usual).items() if keys != "none" and name not in ours] == []


@pytest.fixture
def display() -> Iterator[str]:
    """A screen that nobody sees."""
    ears, mouth = os.pipe()
    command = [needs("Xvfb"), "-displayfd", str(mouth), "-screen", "0", "800x600x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[mouth], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(mouth)
    try:
        with os.fdopen(ears) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@pytest.mark.parametrize(("locked", "windows"), [(True, 1), (False, 2)], ids=["as the recipe has it", "a plain xterm"])
def test_xterm_opens_no_menu(display: str, tmp_path: Path, locked: bool, windows: int) -> None:
    xterm, xdotool, xwininfo = needs("xterm"), needs("xdotool"), needs("xwininfo")
    typed = tmp_path / "typed"
    reads = f"stty raw -echo; : >{typed}; exec cat >{typed}"
    env = {"DISPLAY": display, "PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    if locked:
        env["XENVIRONMENT"] = str(_FILES / "window/Xresources")
    window = subprocess.Popen(
        [xterm, "-fn", "fixed", "+maximized", "-e", "/bin/sh", "-c", reads], env=env, stderr=subprocess.DEVNULL
    )

    def shown() -> int:
        tree = subprocess.run(
            [xwininfo, "-root", "-children"], env=env, capture_output=True, text=True, timeout=10, check=True
        ).stdout
        return len(re.findall(r"(?m)^ +0x\w+ .*\d+x\d+\+", tree))

    def until(holds: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, otherwise
            time.sleep(LOOK)

    def does(*what: str) -> None:
        subprocess.run([xdotool, *what], env=env, timeout=10, check=True)

    try:
        until(lambda: typed.exists() and shown() == 1, "no window came")
        does("mousemove", "100", "100", "key", "a")
        until(lambda: typed.read_bytes().endswith(b"a"), "keys do not arrive")
        does("keydown", "ctrl", "mousedown", "1")
        if not locked:
            until(lambda: shown() == windows, "the menu never came: this test would see nothing")
        does("mouseup", "1", "keyup", "ctrl", "key", "b")
        if locked:
            # What came before the key has been dealt with once the key is there.
            until(lambda: typed.read_bytes().endswith(b"b"), "keys do not arrive after the click")
            assert shown() == windows
    finally:
        window.terminate()
        window.wait()
