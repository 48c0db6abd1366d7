"""Whether the terminal can show the pages: its type, its size, its colours, its letters."""

from __future__ import annotations

from iop_tui.kiosk.preflight.finding import Finding, ok, problem, warning
from iop_tui.kiosk.preflight.machine import Machine, Terminal
from iop_tui.site.settings import Site

LEAST, ADVISED = (60, 20), (80, 24)
"""Columns and rows."""
_KDGKBMODE = 0x4B44
"""The ioctl for a Linux console's keyboard mode: linux/kd.h."""
_K_UNICODE = 3
_NO_PAGES = ("", "dumb", "unknown")


def kind(machine: Machine, terminal: Terminal | None) -> Finding:
    """Whether there is a terminal, and one that can show full pages."""
    what = "terminal"
    if terminal is None:
        return problem(what, "There is no terminal here.", "Run this check on the terminal that visitors will use.")
    name = machine.environment.get("TERM", "")
    if name in _NO_PAGES:
        return problem(
            what,
            f"TERM is {name or 'not set'}: the terminal cannot show full pages.",
            "Set TERM to what the terminal is: linux for a Linux console, xterm-256color for most others.",
        )
    return ok(what, f"{name}, on {terminal.device}.")


def size(machine: Machine, terminal: Terminal) -> Finding:
    """Whether the pages fit."""
    what, columns, rows = "size", terminal.columns, terminal.rows
    if not columns or not rows:
        return warning(what, "The terminal does not say how large it is.", "Set it, as with 'stty cols 80 rows 24'.")
    # Textual believes these before it asks the terminal.
    forced = [name for name in ("COLUMNS", "LINES") if machine.environment.get(name)]
    real = {"COLUMNS": str(columns), "LINES": str(rows)}
    if any(machine.environment[name] != real[name] for name in forced):
        return problem(
            what,
            f"{' and '.join(forced)} in the environment do not tell the true size, {columns}x{rows}.",
            f"Start the kiosk without them: unset {' '.join(forced)}.",
        )
    if columns < LEAST[0] or rows < LEAST[1]:
        return problem(
            what,
            f"{columns}x{rows} is too small: pages would be cut off.",
            "Make the window larger or the letters smaller: 60 columns and 20 rows are the least.",
        )
    if columns < ADVISED[0] or rows < ADVISED[1]:
        return warning(
            what,
            f"{columns}x{rows} is small: people must scroll more, and a code for phones may not fit.",
            "80 columns and 24 rows are better.",
        )
    return ok(what, f"{columns}x{rows}.")


def colours(machine: Machine, site: Site) -> Finding:
    """How many colours the terminal has, and whether the site file needs more."""
    what, environment = "colours", machine.environment
    if "NO_COLOR" in environment:
        return warning(what, "NO_COLOR is set: the pages have no colours.", "Start the kiosk without it.")
    if environment.get("COLORTERM") in ("truecolor", "24bit"):
        return ok(what, "All.")
    if "256" in environment.get("TERM", ""):
        return ok(what, "256; the nearest are taken.")
    if site.colours is not None:
        return warning(
            what,
            "16, and the site file sets colours of its own, which will not look as they should.",
            "Look at the pages. Take 'colours' out of the site file, or use a terminal with more.",
        )
    return ok(what, "16.")


def letters(machine: Machine, terminal: Terminal) -> Finding:
    """Whether input and output use UTF-8."""
    what = "letters"
    keys = console_keys(machine, terminal)
    # A console cannot be asked how it reads output; this is the default of each of them.
    if keys is not None and (machine.text("sys/module/vt/parameters/default_utf8") or "1").strip() in ("0", "N"):
        return problem(
            what,
            "This console does not begin in UTF-8: letters that are not plain ASCII come out as several wrong ones.",
            "Start the kernel with vt.default_utf8=1, or run unicode_start first.",
        )
    if keys not in (None, _K_UNICODE):
        return warning(
            what, "The keyboard of this console is not in UTF-8 mode.", "Run 'kbd_mode -u', or unicode_start."
        )
    written = next((machine.environment[name] for name in _LOCALE if machine.environment.get(name)), "")
    if "UTF-8" not in written.upper().replace("UTF8", "UTF-8"):
        return warning(
            what,
            f"The locale is {written or 'not set'}, not one of UTF-8: the screen is right, but a printer may print "
            "wrong letters.",
            "Set LANG=C.UTF-8, or en_US.UTF-8, for the kiosk.",
        )
    return ok(what, f"UTF-8 ({written}).")


_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")


def console_keys(machine: Machine, terminal: Terminal) -> int | None:
    """The keyboard mode of a Linux console; None for every other terminal."""
    mode = bytearray(4)
    try:
        machine.control(terminal.number, _KDGKBMODE, mode)
    except OSError:
        return None
    return int.from_bytes(mode, "little")
