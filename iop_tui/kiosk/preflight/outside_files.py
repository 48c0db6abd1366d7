"""Ways out that only the operating system can close."""

from __future__ import annotations

import struct
from pathlib import Path

from iop_tui.kiosk.preflight.finding import Finding, listed, ok, warning
from iop_tui.kiosk.preflight.machine import Machine, Terminal
from iop_tui.kiosk.preflight.screen_checks import console_keys

_VT_GETSTATE = 0x5603
"""Which consoles are in use: linux/vt.h. It knows of the first 15."""
_LOGIND = "systemd/logind.conf"


def sysrq(machine: Machine) -> Finding:
    """The keys that speak to the kernel."""
    what, value = "SysRq keys", (machine.text("proc/sys/kernel/sysrq") or "").strip()
    if value in ("", "0"):
        return ok(what, "Off." if value else "This kernel has none.")
    return warning(
        what,
        f"On (kernel.sysrq is {value}): Alt, SysRq and a letter can restart the machine, or end programs.",
        "Write 'kernel.sysrq = 0' to a file in /etc/sysctl.d.",
    )


def restart_keys(machine: Machine, terminal: Terminal) -> tuple[Finding, ...]:
    """Ctrl+Alt+Del on a Linux console. On other terminals the keys do not reach the system."""
    if console_keys(machine, terminal) is None:
        return ()
    what = "Ctrl+Alt+Del"
    answer = machine.answer("systemctl", "show", "--property=LoadState", "--value", "ctrl-alt-del.target")
    if answer is None or answer.status:
        return (warning(what, "It cannot be seen what these keys do.", "Press them, and look."),)
    if answer.text.strip() == "masked":
        return (ok(what, "Off."),)
    return (
        warning(
            what,
            "These keys restart the machine.",
            "systemctl mask ctrl-alt-del.target, and CtrlAltDelBurstAction=none in /etc/systemd/system.conf.",
        ),
    )


def consoles(machine: Machine, terminal: Terminal) -> tuple[Finding, ...]:
    """Other Linux consoles that can be reached with Alt and a function key."""
    state = bytearray(6)
    try:
        machine.control(terminal.number, _VT_GETSTATE, state)
    except OSError:
        return ()
    what = "other consoles"
    active, _signal, mask = struct.unpack("=HHH", state)
    used = [f"tty{number}" for number in range(1, 16) if mask >> number & 1 and number != active]
    starts = _logins(machine)
    if not used and not starts:
        return (ok(what, "None is in use, and no login is started on them."),)
    said = [f"in use: {listed(used)}"] if used else []
    said += [f"a login is started on the first {starts} of them"] if starts else []
    return (
        warning(
            what,
            f"Alt and a function key lead away from the kiosk ({'; '.join(said)}).",
            "Set NAutoVTs=0 and ReserveVT=0 in /etc/systemd/logind.conf, disable getty on them, and take these keys "
            "out of the keymap.",
        ),
    )


def _logins(machine: Machine) -> int:
    """On how many consoles systemd starts a login on demand: logind.conf(5)."""
    if (machine.text("proc/1/comm") or "").strip() != "systemd":
        return 0
    found = {"NAutoVTs": 6, "ReserveVT": 6}
    for path in _settings(machine.root):
        for line in (machine.text(path) or "").splitlines():
            key, _, value = line.partition("=")
            if key.strip() in found and value.strip().isdigit():
                found[key.strip()] = int(value)
    return max(found.values())


def _settings(root: Path) -> list[str]:
    """logind's files, in ascending order of precedence."""
    main = next((f"{top}/{_LOGIND}" for top in ("etc", "run", "usr/lib") if (root / top / _LOGIND).exists()), "")
    parts = {
        path.name: str(path.relative_to(root))
        for top in ("usr/lib", "run", "etc")
        for path in root.glob(f"{top}/{_LOGIND}.d/*.conf")
    }
    return [*([main] if main else []), *(parts[name] for name in sorted(parts))]
