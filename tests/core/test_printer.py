"""A page goes to a print command whole, and whatever the command does wrong is one sentence."""

from __future__ import annotations

import asyncio
import itertools
import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from iop_tui.takeaway.printer import print_page
from tests.bounded import rounds

PAGE = "WHICH CARE?\n" + "Ask about “IOP” first – naïve café, 988.\n" * 40
HUGE = PAGE * 2000
SORRY = "Please ask staff. Your summary is still on the screen."


def printer(folder: Path, does: str, *, options: str = "PageSize/Media Size: *Letter A4") -> list[str]:
    """A print command of our own: a shell script that does this. Its queue has these options."""
    for name, lines in (("lp", does), ("lpoptions", f"cat <<'END'\n{options}\nEND")):
        (folder / name).write_text(f"#!/bin/sh\n{lines}\n")
        (folder / name).chmod(0o700)
    return [str(folder / "lp")]


def ended(pid: int) -> bool:
    """Whether a process is gone, or waits only for somebody to notice that it is."""
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


async def test_spanish_arrives_as_utf_8_whatever_the_locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    out, page = tmp_path / "paper", "¿Cuántos años tiene? ¡Pingüinos!\n"
    assert await print_page(printer(tmp_path, f"cat > {out}"), page) is None
    assert out.read_bytes() == page.encode("utf-8")


@pytest.mark.parametrize(
    ("options", "encoding", "bytes_"),
    [
        ("PrinterEncoding/Printer's Character Encoding: *ASCII CP437", None, b"Cuantos anos, A?\n"),
        ("PrinterEncoding/Printer's Character Encoding: ASCII *CP437", None, "¿Cuántos años, A?\n".encode()),
        ("", None, b"Cuantos anos, A?\n"),
        ("", "utf-8", "¿Cuántos años, Á?\n".encode()),
        ("", "cp850", "¿Cuántos años, Á?\n".encode("cp850")),
        ("", "latin-1", "¿Cuántos años, Á?\n".encode("latin-1")),
        ("Duplex/2-Sided: *None", "ascii", b"Cuantos anos, A?\n"),
    ],
)
async def test_a_page_has_the_letters_that_the_queue_prints_unless_the_clinic_says_which(
    tmp_path: Path, options: str, encoding: str | None, bytes_: bytes
) -> None:
    out = tmp_path / "paper"
    command = printer(tmp_path, f"cat > {out}", options=options)
    assert await print_page(command, "¿Cuántos años, Á?\n", encoding=encoding) is None
    assert out.read_bytes() == bytes_


async def test_a_queue_that_cannot_be_asked_gets_ascii(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iop_tui.takeaway.printer._QUEUE_PATIENCE", 0.05)
    out = tmp_path / "paper"
    command = printer(tmp_path, f"cat > {out}")
    (tmp_path / "lpoptions").write_text("#!/bin/sh\nexec sleep 60\n")
    assert await print_page(command, "¿Años?\n") is None
    assert out.read_bytes() == b"Anos?\n"
    (tmp_path / "lpoptions").unlink()
    assert await print_page(command, "¿Años?\n") is None
    assert out.read_bytes() == b"Anos?\n"


async def test_a_command_that_is_not_cups_gets_utf_8(tmp_path: Path) -> None:
    out = tmp_path / "paper"
    command = ["sh", "-c", f"cat > {out}"]
    assert await print_page(command, "¿Años?\n") is None
    assert out.read_bytes() == "¿Años?\n".encode()


@pytest.mark.parametrize("page", [PAGE, HUGE], ids=["one page", "more than a pipe holds"])
async def test_the_page_arrives_whole_and_as_utf_8(tmp_path: Path, page: str) -> None:
    out = tmp_path / "paper"
    assert await print_page(printer(tmp_path, f"cat > {out}; echo request id is 7"), page) is None
    assert out.read_bytes() == page.encode()


async def test_nothing_of_the_page_is_in_the_arguments_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", "print.example")
    monkeypatch.setenv("IOP_TUI_SECRET", "secret")
    seen = tmp_path / "seen"
    script = printer(tmp_path, f"cat > /dev/null; env > {seen}; echo $# >> {seen}")
    assert await print_page(script, PAGE) is None
    told = seen.read_text()
    assert "CUPS_SERVER=print.example" in told
    assert "PATH=" in told
    assert "SECRET" not in told
    assert told.endswith("\n0\n")
    assert "IOP”" not in told


async def test_a_word_with_signs_of_the_shell_stays_one_word(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    script = printer(tmp_path, f"cat > /dev/null; printf '%s|' \"$@\" > {seen}")
    assert await print_page([*script, "-o", "media=A4; rm -rf $HOME"], PAGE) is None
    assert seen.read_text() == "-o|media=A4; rm -rf $HOME|"


async def test_a_missing_command_is_a_sentence(tmp_path: Path) -> None:
    told = await print_page([str(tmp_path / "nowhere")], PAGE)
    assert told == f"The printer did not take the page: there is no program nowhere here. {SORRY}"


async def test_a_command_that_may_not_be_run_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "lp").mkdir()
    told = await print_page([str(tmp_path / "lp")], PAGE)
    assert told == f"The printer did not take the page: lp could not be started. {SORRY}"


async def test_what_the_command_says_is_told_in_one_printable_line(tmp_path: Path) -> None:
    says = r"\n\033]0;evil\007lp: no \342\200\234default\342\200\235 destination\nmore\n"
    told = await print_page(printer(tmp_path, f"cat > /dev/null; printf '{says}' >&2; exit 1"), PAGE)
    assert told == f"The printer did not take the page: lp says “]0;evillp: no “default” destination”. {SORRY}"


async def test_a_command_that_fails_without_a_word_is_told_with_its_number(tmp_path: Path) -> None:
    told = await print_page(printer(tmp_path, "cat > /dev/null; exit 3"), PAGE)
    assert told == f"The printer did not take the page: lp stopped with the number 3. {SORRY}"


async def test_a_command_that_shouts_is_cut_short_and_does_not_block(tmp_path: Path) -> None:
    does = "cat > /dev/null; head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 1"
    told = await print_page(printer(tmp_path, does), PAGE)
    assert told is not None
    assert f"“{'x' * 100}”" in told


@pytest.mark.parametrize("page", [PAGE, HUGE], ids=["one page", "more than a pipe holds"])
@pytest.mark.parametrize("does", ["exit 0", "exec <&-; exit 0", "head -c 5 > /dev/null"])
async def test_a_command_that_does_not_read_the_page_has_not_printed_it(tmp_path: Path, page: str, does: str) -> None:
    told = await print_page(printer(tmp_path, does), page)
    assert told == f"The printer did not take the page: lp did not read all of it. {SORRY}"


@pytest.mark.parametrize("page", [PAGE, HUGE], ids=["one page", "more than a pipe holds"])
async def test_a_command_that_hangs_is_killed_with_all_that_it_started(
    tmp_path: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pids = tmp_path / "pids"
    looks = itertools.count()
    # Twenty seconds after the first look are over as soon as the command has started another.
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + (20 if next(looks) and pids.exists() else 0))
    monkeypatch.setattr("iop_tui.takeaway.printer.time", clock)
    does = f"trap '' TERM HUP INT; sleep 600 & echo $! $$ > {pids}.new; mv {pids}.new {pids}; wait"
    told = await print_page(printer(tmp_path, does), page, patience=20.0)
    assert told == f"The printer did not take the page: lp did not answer in 20 seconds. {SORRY}"
    for pid in pids.read_text().split():
        until = time.monotonic() + 10
        while not ended(int(pid)) and time.monotonic() < until:
            await asyncio.sleep(0.01)
        assert ended(int(pid))


async def test_who_gives_up_waiting_leaves_no_command_behind(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    task = asyncio.create_task(
        print_page(printer(tmp_path, f"echo $$ > {pid}.new; mv {pid}.new {pid}; sleep 600"), PAGE)
    )
    for _ in rounds("a print command that runs", 1000):
        if pid.exists():
            break
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended(int(pid.read_text()))


async def test_what_the_command_left_running_is_not_waited_for(tmp_path: Path) -> None:
    began = time.monotonic()
    pid = tmp_path / "pid"
    script = printer(tmp_path, f"cat > /dev/null; sleep 30 & echo $! > {pid}; exit 0")
    assert await print_page(script, PAGE) is None
    assert time.monotonic() - began < 10
    os.kill(int(pid.read_text()), 9)


async def test_no_open_file_is_left(tmp_path: Path) -> None:
    before = sum(1 for _handle in Path("/proc/self/fd").iterdir())
    for does in ("cat > /dev/null", "exit 1", "exit 0"):
        await print_page(printer(tmp_path, does), PAGE)
    await print_page([str(tmp_path / "nowhere")], PAGE)
    assert sum(1 for _handle in Path("/proc/self/fd").iterdir()) == before
