"""What `iop-tui kiosk --check` finds: who could read, change or leave what visitors use."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from iop_tui.kiosk.preflight import memory_checks, outside_files, permissions, watchers
from iop_tui.kiosk.preflight.finding import Finding, report_lines
from iop_tui.kiosk.preflight.machine import Machine
from iop_tui.site.settings import STANDARD, Staff
from tests.kiosk.machines import HERE, PTS, Make, answers, console, looked, machine, programs

__all__ = ["machine"]


# ---- who else could read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "owner", "verdict", "says"),
    [
        (0o600, 7, "ok", "Nobody else"), (0o600, 0, "ok", "Nobody else"), (0o620, 7, "warning", "mesg n"),
        (0o602, 7, "warning", "write"), (0o640, 7, "problem", "read"), (0o666, 7, "problem", "chmod go-rw /dev/pts/9"),
        (0o600, 8, "problem", "number 8"),
    ],
)  # fmt: skip
def test_others_must_not_read_the_terminal_nor_write_on_it(
    machine: Make, mode: int, owner: int, verdict: str, says: str
) -> None:
    looked(watchers.mode(machine(), replace(PTS, mode=0o20000 | mode, owner=owner)), verdict, says)


def with_process(
    here: Machine, number: int | str, name: str, parent: int, group: int, opened: Mapping[str, str] | None = None
) -> None:
    folder = here.root / "proc" / str(number)
    for part in ("fd", "fdinfo"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    own = 100 if number == "self" else number
    (folder / "stat").write_text(f"{own} ({name}) S {parent} {group} 1 34825 0 0")
    for descriptor, held in (opened or {}).items():
        target, _, about = held.partition(" ")
        (folder / "fd" / descriptor).symlink_to(target)
        (folder / "fdinfo" / descriptor).write_text(f"pos:\t0\nflags:\t02\n{about}\n")


def on_shell(here: Machine) -> None:
    """This process, the shell that it was started from, what the shell belongs to, and the pager beside it."""
    with_process(here, "self", "iop-tui (x) y", 50, 100)
    with_process(here, 100, "iop-tui (x) y", 50, 100, {"0": "/dev/pts/9"})
    with_process(here, 101, "less", 50, 100, {"3": "/dev/pts/9"})
    with_process(here, 50, "bash", 40, 50, {"0": "/dev/pts/9"})
    with_process(here, 60, "someone", 1, 60, {"0": "/dev/pts/1"})
    with_process(here, 1, "systemd", 0, 1)


def test_another_program_on_the_same_terminal_is_a_problem(machine: Make) -> None:
    here = machine()
    on_shell(here)
    looked(watchers.readers(here, PTS), "ok")
    with_process(here, 77, "keylog\x1b[2J", 1, 77, {"5": "/dev/pts/9"})
    found = watchers.readers(here, PTS)
    looked(found, "problem", "(77)", "keylog")
    assert "\x1b" not in "".join(report_lines([found]))


def test_a_process_that_may_not_be_looked_into_is_passed_over(machine: Make) -> None:
    here = machine()
    on_shell(here)
    (here.root / "proc/88").mkdir()
    (here.root / "proc/88/fd").write_text("as good as forbidden")
    looked(watchers.readers(here, PTS), "ok")


@pytest.mark.parametrize(
    ("holder", "environment", "verdict", "says"),
    [
        ("xterm", {}, "ok", "a window of xterm"),
        ("tmux: server", {}, "problem", "tmux"),
        ("script", {}, "problem", "script"),
        ("xterm", {"TMUX": "/tmp/x,1,0"}, "problem", "tmux"),  # noqa: S108  # as tmux names its socket
        ("xterm", {"STY": "1.pts"}, "problem", "screen"),
        ("sshd-session", {}, "warning", "SSH"),
        ("xterm", {"SSH_CONNECTION": "a b c d"}, "warning", "SSH"),
        ("xterm", {"SUDO_COMMAND": "iop-tui"}, "warning", "sudo"),
    ],
)
def test_programs_that_can_record_are_named(
    machine: Make, holder: str, environment: dict[str, str], verdict: str, says: str
) -> None:
    here = machine(**environment)
    on_shell(here)
    with_process(here, 40, holder, 1, 40, {"8": "/dev/ptmx tty-index:\t9"})
    with_process(here, 41, "tmux: server", 1, 41, {"8": "/dev/ptmx tty-index:\t99"})
    looked(watchers.recorders(here, PTS), verdict, says)


def test_a_far_end_is_found_though_this_program_was_not_started_from_it(machine: Make) -> None:
    here = machine()
    on_shell(here)
    with_process(here, 45, "screen", 1, 45, {"8": "/dev/pts/ptmx tty-index:\t9"})
    looked(watchers.recorders(here, PTS), "problem", "screen")


def test_a_console_has_no_far_end(machine: Make) -> None:
    here = machine()
    with_process(here, "self", "iop-tui", 1, 100)
    with_process(here, 45, "screen", 1, 45, {"8": "/dev/ptmx tty-index:\t1"})
    looked(watchers.recorders(here, replace(PTS, device="/dev/tty1")), "ok", "No sign")


# ---- what only the operating system closes ---------------------------------------------------------------------------


def test_sysrq(machine: Make) -> None:
    looked(outside_files.sysrq(machine()), "ok", "none")
    looked(outside_files.sysrq(machine({"proc/sys/kernel/sysrq": "0\n"})), "ok", "Off")
    looked(outside_files.sysrq(machine({"proc/sys/kernel/sysrq": "176\n"})), "warning", "176", "kernel.sysrq = 0")


def test_the_restart_keys_matter_on_a_console(machine: Make, tmp_path: Path) -> None:
    there = programs(tmp_path, "systemctl")
    assert outside_files.restart_keys(machine(), PTS) == ()
    here = machine(control=console(), PATH=there)
    for said, status, verdict in (("masked\n", 0, "ok"), ("loaded\n", 0, "warning"), ("", 1, "warning")):
        [found] = outside_files.restart_keys(replace(here, ask=answers(said, status)), PTS)
        looked(found, verdict)
    [unknown] = outside_files.restart_keys(replace(here, environment={"PATH": "/nowhere"}), PTS)
    looked(unknown, "warning", "cannot be seen")


def test_other_consoles_are_named(machine: Make) -> None:
    assert outside_files.consoles(machine(), PTS) == ()
    [alone] = outside_files.consoles(machine(control=console(active=1, used=0b11)), PTS)
    looked(alone, "ok")
    [more] = outside_files.consoles(machine(control=console(active=1, used=0b1000111)), PTS)
    looked(more, "warning", "tty2, tty6", "NAutoVTs=0")
    assert "tty1," not in more.said


def test_logins_that_systemd_starts_on_consoles(machine: Make) -> None:
    init = {"proc/1/comm": "systemd\n"}
    [usual] = outside_files.consoles(machine(init, control=console()), PTS)
    looked(usual, "warning", "first 6")
    conf = "etc/systemd/logind.conf"
    [half] = outside_files.consoles(
        machine({**init, conf: "[Login]\nNAutoVTs=0\n#ReserveVT=0\n"}, control=console()), PTS
    )
    looked(half, "warning", "first 6")
    [off] = outside_files.consoles(
        machine({conf + ".d/kiosk.conf": "[Login]\nReserveVT = 0\n"}, control=console()), PTS
    )
    looked(off, "ok")
    [again] = outside_files.consoles(machine({conf + ".d/z.conf": "[Login]\nNAutoVTs=2\n"}, control=console()), PTS)
    looked(again, "warning", "first 2")


# ---- users, files, PIN -----------------------------------------------------------------------------------------------


def test_root_is_a_problem(machine: Make) -> None:
    looked(permissions.user(machine()), "ok")
    looked(permissions.user(replace(machine(), user=0)), "problem", "root")


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    """A questions directory and a site file that only their owner can change."""
    questions, site = tmp_path / "texts" / "questions", tmp_path / "texts" / "site.yaml"
    (questions / "cases").mkdir(parents=True)
    (questions / "about.yaml").write_text("")
    site.write_text("clinic: Us\n")
    for path in (site, questions / "about.yaml"):
        path.chmod(0o644)
    for path in (questions.parent, questions, questions / "cases"):
        path.chmod(0o755)
    return questions, site


@pytest.mark.parametrize(
    ("name", "mode", "verdict"),
    [
        ("site.yaml", 0o646, "problem"), ("questions/about.yaml", 0o666, "problem"), ("questions", 0o757, "problem"),
        ("questions/cases", 0o1777, "problem"), (".", 0o757, "problem"), (".", 0o1777, "ok"),
        ("site.yaml", 0o664, "warning"), (".", 0o775, "warning"),
    ],
)  # fmt: skip
def test_who_can_change_what_visitors_read(
    machine: Make, texts: tuple[Path, Path], name: str, mode: int, verdict: str
) -> None:
    questions, site = texts
    changed = questions.parent / name
    here = replace(machine(), user=os.getuid() + 1, groups=frozenset((changed.stat().st_gid,)))
    looked(permissions.files(here, site, questions), "ok")
    changed.chmod(mode)
    found = permissions.files(here, site, questions)
    looked(found, verdict)
    assert (str(changed.resolve()) in found.said) == (verdict != "ok")


def test_the_kiosks_user_should_not_own_the_texts(
    machine: Make, texts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    questions, site = texts
    usual = Path.stat

    def owned(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        status = usual(path, follow_symlinks=follow_symlinks)
        fields = list(status)
        fields[4] = 4321 if path.name == "about.yaml" else 0
        return os.stat_result(fields)

    monkeypatch.setattr(Path, "stat", owned)
    looked(permissions.files(replace(machine(), user=4321), site, questions), "warning", "about.yaml")
    looked(permissions.files(replace(machine(), user=4322), site, questions), "ok")


def test_a_pin_is_advised_and_its_hash_kept_from_others(texts: tuple[Path, Path]) -> None:
    _questions, path = texts
    looked(permissions.leaving(STANDARD, None), "warning", "--new-pin")
    site = replace(STANDARD, staff=Staff(HERE, pin="scrypt:…"))
    looked(permissions.leaving(site, path), "warning", "hash", f"chmod o-r {path}")
    path.chmod(0o640)
    looked(permissions.leaving(site, path), "ok")


# ---- memory ----------------------------------------------------------------------------------------------------------

LIMITS = """\
Limit                     Soft Limit           Hard Limit           Units
Max stack size            8388608              unlimited            bytes
Max core file size        {soft:<20} {hard:<20} bytes
"""


@pytest.mark.parametrize(
    ("pattern", "soft", "hard", "verdict", "says"),
    [
        ("core", "0", "0", "ok", "0"),
        ("core", "0", "unlimited", "warning", "LimitCORE=0"),
        ("/var/crash/%p", "0", "4096", "warning", "LimitCORE=0"),
        ("|/usr/lib/systemd/systemd-coredump %P", "0", "0", "warning", "systemd-coredump"),
    ],
)
def test_core_dumps(machine: Make, pattern: str, soft: str, hard: str, verdict: str, says: str) -> None:
    files = {"proc/sys/kernel/core_pattern": pattern + "\n", "proc/self/limits": LIMITS.format(soft=soft, hard=hard)}
    looked(memory_checks.cores(machine(files)), verdict, says)


def test_the_limit_is_read_as_this_kernel_writes_it(machine: Make) -> None:
    limits = subprocess.run(
        ["/bin/sh", "-c", "ulimit -c 0; ulimit -H -c 0; exec cat /proc/self/limits"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    looked(memory_checks.cores(machine({"proc/self/limits": limits})), "ok")


SWAPS = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
AREA = "{}                              partition\t8388604\t\t0\t\t-2\n"


def block(here: Machine, number: str, name: str, files: Mapping[str, str], slaves: Sequence[str] = ()) -> None:
    folder = here.root / "sys/devices" / name
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (folder / "slaves").mkdir(parents=True, exist_ok=True)
    for slave in slaves:
        (folder / "slaves" / slave).symlink_to(here.root / "sys/devices" / slave)
    links = here.root / "sys/dev/block"
    links.mkdir(parents=True, exist_ok=True)
    (links / number).symlink_to(folder)


def test_swap_must_be_encrypted_or_in_memory(machine: Make) -> None:
    devices = {"/dev/sda2": (8, 2), "/dev/dm-0": (253, 0), "/dev/dm-1": (253, 1), "/dev/zram0": (252, 0)}
    devices |= {"/dev/zram1": (252, 1), "/dev/dm-2": (253, 2)}

    def swapped(*areas: str) -> Finding:
        here = machine({"proc/swaps": SWAPS + "".join(map(AREA.format, areas))})
        return memory_checks.swap(here, devices.get)

    looked(memory_checks.swap(machine()), "warning", "cannot be seen")
    here = machine()
    block(here, "8:2", "sda2", {})
    block(here, "253:0", "dm-0", {"dm/uuid": "CRYPT-LUKS2-abc\n"})
    block(here, "253:1", "dm-1", {"dm/uuid": "LVM-xyz\n"}, ["dm-0"])
    block(here, "253:2", "dm-2", {"dm/uuid": "LVM-xyz\n"}, ["dm-0", "sda2"])
    block(here, "252:0", "zram0", {"backing_dev": "none\n"})
    block(here, "252:1", "zram1", {"backing_dev": "/dev/sda3\n"})
    looked(swapped(), "ok", "None")
    for area in ("/dev/dm-0", "/dev/dm-1", "/dev/zram0"):
        looked(swapped(area), "ok", "encrypted")
    for area in ("/dev/sda2", "/dev/dm-2", "/dev/zram1", "/swapfile"):
        looked(swapped("/dev/dm-0", area), "warning", f"written to {area},", "swapoff")


def test_a_swap_file_lies_on_the_device_of_its_file_system(tmp_path: Path) -> None:
    number = tmp_path.stat().st_dev
    assert memory_checks.device_of(str(tmp_path)) == (os.major(number), os.minor(number))
    assert memory_checks.device_of(str(tmp_path / "nothing")) is None


def test_other_programs_of_the_same_user(machine: Make) -> None:
    scope = "proc/sys/kernel/yama/ptrace_scope"
    looked(memory_checks.tracing(machine()), "warning", "no Yama")
    looked(memory_checks.tracing(machine({scope: "0\n"})), "warning", "ptrace_scope is 0", "ptrace_scope = 1")
    looked(memory_checks.tracing(machine({scope: "1\n"})), "ok", "1")
