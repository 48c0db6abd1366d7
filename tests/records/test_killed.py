"""`kill -9` at any moment: what was said to be saved is there, and the records open."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from iop_tui.records.errors import Rekeyed, WrongPassphrase
from tests.records.conftest import Open
from tests.records.made import OTHER, SECRET, a_call, card_of

ROOT = Path(__file__).parent.parent.parent
SEEDS = [3, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in (0, 1, 2, 4, 5))]
"""One of the moments at which a process is killed is in the plain set."""


def killed_after(seconds: float, *arguments: str) -> list[str]:
    """What a saving process printed until it was killed, so many seconds after it was ready."""
    command = [sys.executable, "-m", "tests.records.saver", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)  # the moment of the kill is what is random; nothing is waited for
        process.send_signal(signal.SIGKILL)
        printed = process.stdout.read()
    # A line that was cut off in the middle was not said.
    return printed[: printed.rfind("\n") + 1].split()


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_said_to_be_saved_is_there(opened: Open, url: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same moments each time
    name = "0" * 31 + str(seed)
    for _ in range(2):
        printed = killed_after(chance.uniform(0, 0.2), "save", url, name)
        records = opened(url, create=False)
        if printed:
            stored = records.read(name)
            # One more may have been saved, and not been said any more.
            assert stored.version - int(printed[-1]) in (0, 1)
            assert stored.call.note == f"version {stored.version}"
        assert records.verify() == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_change_of_passphrase_is_whole_or_did_not_happen(opened: Open, url: str, seed: int) -> None:
    records = opened(url)
    calls = [a_call(f"note {number}") for number in range(30)]
    for call in calls:
        records.save(call, card_of(call), 0)
    killed_after(0.05 * seed, "rekey", url)
    try:
        after = opened(url, SECRET, create=False)
    except (WrongPassphrase, Rekeyed):  # a server may still end what the killed one had begun
        after = opened(url, OTHER, create=False)
    assert [after.read(call.id).call for call in calls] == calls
    assert after.verify() == ()
