"""What the kiosk asks of the system is asked, and holds for each visit."""

from __future__ import annotations

import os
import subprocess
import sys

ASK = """
import ctypes, os, resource
from iop_tui.platform import hardening

hardening.forget_switches()
hardening.keep_to_ourselves()
hardening.adopt_orphans()
libc = ctypes.CDLL(None)
reaper = ctypes.c_int()
libc.prctl(37, ctypes.byref(reaper), 0, 0, 0)
ears, mouth = os.pipe()
if os.fork() == 0:
    said = f"{libc.prctl(3, 0, 0, 0, 0)} {resource.getrlimit(resource.RLIMIT_CORE)} {sorted(os.environ)}"
    os.write(mouth, said.encode())
    os._exit(0)
os.wait()
print(os.read(ears, 9999).decode(), reaper.value)
"""


def test_no_core_no_neighbour_no_switches_and_orphans_come_home() -> None:
    switches = ("PYTHONINSPECT", "PYTHONSTARTUP", "PYTHONBREAKPOINT", "COLUMNS", "LINES")
    # The interpreter reads PYTHONINSPECT itself: it may be set only from within.
    ask = f"import os\nos.environ.update({dict.fromkeys(switches, '1')!r})\n{ASK}"
    environment = {"PATH": os.environ.get("PATH", os.defpath), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, env=environment, check=True)
    dumpable, _, rest = done.stdout.partition(" ")
    assert dumpable == "0", "another program of the same user could look into a visit"
    assert rest.startswith("(0, 0) "), "a crash could write answers to a disk"
    assert not [name for name in switches if name in rest]
    assert rest.strip().endswith(" 1"), "what a visit leaves behind would go to init"
