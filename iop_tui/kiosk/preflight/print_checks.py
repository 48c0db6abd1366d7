"""Whether what the site file offers to take along works: printing, and a code for phones."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence

from iop_tui.kiosk.preflight.finding import Finding, ok, problem, warning
from iop_tui.kiosk.preflight.machine import Machine
from iop_tui.site.settings import Printer, Site
from iop_tui.takeaway import cups_encoding
from iop_tui.takeaway.page_encoding import UTF_8, folded

_CONFIGURED = "etc/cups/cupsd.conf"
_KEEPS_FOR_A_DAY = "86400"
"""CUPS's default if PreserveJobFiles is not set: cupsd.conf(5)."""
_SPANISH = "áéíóúüñÁÉÍÓÚÜÑ¿¡"
"""Letters beyond ASCII that a page needs: an encoding with these suits Spanish."""


def printer(machine: Machine, site: Site) -> tuple[Finding, ...]:
    """Whether the print command exists and has a queue, and what is kept of a printed page."""
    if site.printer is None:
        return (ok("printer", "None in the site file: nothing can be printed."),)
    command = site.printer.command
    path = machine.program(command[0])
    if path is None:
        said = f"The command {command[0]!r} cannot be started: it is not there, or is not executable."
        return (problem("printer", said, f"Install it, or correct 'command' at {site.printer.where}."),)
    if not cups_encoding.prints(command):
        return (ok("printer", f"{path} takes the page. Print one to see it."),)
    found = _queue(machine, command, path)
    # About a missing queue nothing more can be said.
    letters = () if found.verdict == "problem" else (_letters(machine, site, site.printer),)
    return (found, *letters, *_kept(machine))


def _queue(machine: Machine, command: Sequence[str], path: str) -> Finding:
    what, name = (
        "printer",
        cups_encoding.destination(command).partition("/")[0] or machine.environment.get("LPDEST", ""),
    )
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


def _letters(machine: Machine, site: Site, printer: Printer) -> Finding:
    """Whether the queue prints the letters of the languages offered; a page that it cannot print comes out empty."""
    what, encoding = "printed letters", printer.encoding
    answer = machine.answer(*cups_encoding.question(printer.command))
    said = answer.text if answer else ""
    queue = cups_encoding.queue(printer.command, said)
    if not queue.is_known:
        if encoding:
            return ok(what, f"The page goes out in {encoding}, as the site file says. Print one to see it.")
        why = " ".join(said.split())[:120] or "lpoptions does not answer"
        message = f"Nobody can tell which letters the queue prints ({why}), so accents and ñ are printed without."
        return _matters(site, what, message, f"Say it in the site file at {printer.where}: encoding: utf-8.")
    if encoding in ("latin-1", "cp850"):
        message = f"The queue takes UTF-8, and the site file says {encoding}: accents make the page empty or wrong."
        return problem(what, message, f"Take 'encoding' out at {printer.where}: the page then suits the queue.")
    if queue.encoding is None:
        return ok(what, "The queue prints UTF-8." if encoding != "ascii" else "All in ASCII, as the site file says.")
    name = queue.encoding
    if encoding == "utf-8" and name != cups_encoding.UNTOLD and queue.takes != UTF_8:
        message = f"The queue is for text only, in {name}: a page with a letter that {name} lacks comes out empty."
        return problem(what, message, f"Take 'encoding: utf-8' out at {printer.where}: such letters are then replaced.")
    if encoding:
        return ok(what, f"The queue is for text only. The page goes out in {encoding}, as the site file says.")
    if folded(_SPANISH, queue.takes.letters) == _SPANISH:
        return ok(what, f"The queue is for text only, in {name}, which has Spanish letters.")
    message = (
        f"The queue is for text only, in {name}: letters that it lacks, such as Á and Ñ, are printed without accents."
    )
    if name == cups_encoding.UNTOLD:
        message = "The queue is for text only, in an unknown encoding: accents and ñ are printed without."
        return _matters(site, what, message, f"If it is UTF-8, say it at {printer.where}: encoding: utf-8.")
    there = cups_encoding.destination(printer.command).partition("/")[0] or "NAME"
    remedy = f"Set the one in the printer's manual, such as CP850: lpadmin -p {there} -o PrinterEncoding=CP850."
    return _matters(site, what, message, remedy)


def _matters(site: Site, what: str, said: str, remedy: str) -> Finding:
    """A warning if visitors may choose a language that needs such letters."""
    return warning(what, said, remedy) if set(site.languages) - {"en"} else ok(what, said)


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
