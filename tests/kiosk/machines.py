"""Machines made up of a few files, and a terminal that answers as it is told, to look at."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from iop_tui.kiosk.preflight import glyphs
from iop_tui.kiosk.preflight.finding import Finding
from iop_tui.kiosk.preflight.machine import Answer, Machine, Terminal
from iop_tui.screening.model.field_types import SourceLocation

HERE = SourceLocation("site.yaml", 3)
PTS = Terminal("/dev/pts/9", 0, 0o20600, 7, 80, 24)
UTF8 = {"TERM": "xterm-256color", "LANG": "en_US.UTF-8"}

Control = Callable[[int, int, Any], Any]


def nothing(_number: int, _question: int, _room: Any) -> int:
    raise OSError(25, "Inappropriate ioctl for device")


def console(
    *, keys: int = 3, font: str = glyphs.DRAWN, active: int = 1, used: int = 0b11, says_font: bool = True
) -> Control:
    """A Linux console: its keyboard's mode, the signs of its font, the console in front, and those in use as bits."""

    def control(_number: int, question: int, room: Any) -> int:
        if question == 0x4B44:
            room[:] = struct.pack("=i", keys)
        elif question == 0x5603:
            room[:] = struct.pack("=HHH", active, 0, used)
        elif question == 0x4B66 and says_font:
            most, place = struct.unpack("@HP", room)
            pairs = b"".join(struct.pack("=HH", ord(sign), at) for at, sign in enumerate(font))
            assert len(font) <= most
            ctypes.memmove(place, pairs, len(pairs))
            struct.pack_into("@H", room, 0, len(font))
        else:
            raise OSError(22, "Invalid argument")
        return 0

    return control


Make = Callable[..., Machine]


@pytest.fixture
def machine(tmp_path: Path) -> Make:
    """A machine with files: `machine({"proc/swaps": "…"}, control=console(), TERM="linux")`."""

    def make(files: Mapping[str, str] | None = None, *, control: Control = nothing, **environment: str) -> Machine:
        for name, text in (files or {}).items():
            path = tmp_path / "root" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return Machine({**UTF8, **environment}, 7, frozenset((70,)), tmp_path / "root", control)

    return make


def programs(tmp_path: Path, *names: str) -> str:
    """A folder for PATH with commands that can be started."""
    folder = tmp_path / "bin"
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    return str(folder)


def answers(text: str, status: int = 0) -> Callable[[Sequence[str], Mapping[str, str]], Answer | None]:
    return lambda _command, _environment: Answer(status, text)


def looked(finding: Finding, verdict: str, *words: str) -> None:
    """The verdict, words that must be told, and a remedy for whatever is not right."""
    assert finding.verdict == verdict, finding
    for word in words:
        assert word in finding.said + finding.remedy, finding
    assert bool(finding.remedy) == (verdict != "ok"), finding
    assert finding.said.endswith((".", "”")), finding
