"""Whether what the site file offers to take along can be had: paper, and a code for phones."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path

from iop_tui.kiosk.ready.finding import Finding, ok, problem, warning
from iop_tui.kiosk.ready.machine import Machine
from iop_tui.site.model import Site

_CUPS = ("lp", "lpr")
_CONFIGURED = "etc/cups/cupsd.conf"
_KEEPS_FOR_A_DAY = "86400"
"""What CUPS does where PreserveJobFiles is not set: cupsd.conf(5)."""


def printer(machine: Machine, site: Site) -> tuple[Finding, ...]:
    """Whether the printer's command is there and has somewhere to print, and what is kept of a printed page."""
    if site.printer is None:
        return (ok("printer", "None in the site file: nothing can be printed."),)
    command = site.printer.command
    path = machine.program(command[0])
    if path is None:
        said = f"The command {command[0]!r} cannot be started: it is not there, or is not executable."
        return (problem("printer", said, f"Install it, or mend 'command' at {site.printer.where}."),)
    if Path(command[0]).name not in _CUPS:
        return (ok("printer", f"{path} takes the page. Print one to see it."),)
    return (_queue(machine, command, path), *_kept(machine))


def _queue(machine: Machine, command: Sequence[str], path: str) -> Finding:
    what, name = "printer", _destination(command) or machine.environment.get("LPDEST", "")
    if machine.program("lpstat") is None:
        return ok(what, f"{path} is there. Without lpstat nobody can tell where it prints: print one page to see it.")
    answer = machine.answer("lpstat", "-p", name) if name else machine.answer("lpstat", "-d")
    if answer is None:
        return warning(what, "The print service does not answer.", "Look whether CUPS runs: lpstat -r.")
    said = " ".join(answer.text.split())[:120]
    if answer.status or (not name and "no system default" in answer.text):
        return problem(what, f"There is nowhere to print: {said or 'lpstat fails'}.", "Set the printer up: lpadmin(8).")
    if "disabled" in answer.text:
        return warning(what, f"The printer is stopped: {said}.", f"Start it: cupsenable {name}.")
    return ok(what, f"{said}.")


def _destination(command: Sequence[str]) -> str:
    """The printer that `lp -d NAME` or `lpr -P NAME` names, without its instance; "" for the usual one."""
    for word, after in zip(command, (*command[1:], ""), strict=True):
        if word[:2] in ("-d", "-P"):
            return (word[2:] or after).partition("/")[0]
    return ""


def _kept(machine: Machine) -> tuple[Finding, ...]:
    what, remedy = "printed pages", "As root: cupsctl PreserveJobFiles=No PreserveJobHistory=No."
    if not (machine.root / _CONFIGURED).exists():
        return ()
    text = machine.text(_CONFIGURED)
    if text is None:
        return (warning(what, "Only root may read whether CUPS keeps printed pages on the disk.", remedy),)
    lines = (line.split() for line in text.splitlines())
    kept = [words[1] for words in lines if len(words) > 1 and words[0].lower() == "preservejobfiles"]
    value = kept[-1] if kept else _KEEPS_FOR_A_DAY
    if value.lower() in ("no", "off", "0"):
        return (ok(what, "CUPS deletes a page once it is printed."),)
    how_long = {"yes": "until somebody deletes it", "on": "until somebody deletes it"}.get(
        value.lower(), "for a day, as it does where nothing is set" if not kept else f"for {value} (seconds)"
    )
    return (warning(what, f"CUPS keeps each printed page on the disk {how_long}.", remedy),)


def code(site: Site, there: Callable[[str], object] = importlib.util.find_spec) -> Finding:
    """Whether codes for phones can be made."""
    what = "code for phones"
    if not site.qr:
        return ok(what, "Not offered.")
    if there("segno"):
        return ok(what, "Can be made. Read one with a phone.")
    return problem(
        what,
        "The site file offers it, and the package that makes it, segno, is not installed.",
        "Install 'iop-tui[kiosk]', or take 'qr' out of the site file.",
    )
