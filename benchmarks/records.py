"""The counselor's records on SQLite: saving, the list and the search over 10,000 calls, and 200 kills of a call."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from benchmarks.figures import Row, median, milliseconds, p99
from iop_tui.call.record import Call, Card, RecordedAnswer, Ref
from iop_tui.records import open_records
from iop_tui.records.store import Records
from tests.harness.driven_terminal import ROOT, NotMeasuredError, module

SECRET = "four words nobody says"  # noqa: S105  # of records that are made and thrown away here
CALLS, ANSWERS = 10_000, 40
_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_NAMES = ("brown bag", "river", "José", "bus stop", "night shift", "two children", "came back", "asked for detox")
_SEARCHES = ("river", "jose bus", "came back 77", "nobody has this", "case 4321")


def measure(quick: bool) -> list[Row]:
    """Times are of one process that has the key already: deriving it takes about a third of a second, by design."""
    calls, kills = (2_000, 10) if quick else (CALLS, 200)
    with tempfile.TemporaryDirectory() as room:
        url = f"sqlite:///{room}/data/records.db"
        records = open_records(url, SECRET, by="benchmark", create=True)
        saves = _filled(records, calls)
        records.close()
        return [
            Row(
                f"a save to SQLite, {ANSWERS} answers", milliseconds(median(saves)), f"p99 {milliseconds(p99(saves))}",
                median(saves) * 1e3, "ms",
            ),
            *_list(url, calls, 3 if quick else 9),
            _killed(f"sqlite:///{room}/killed/records.db", kills),
        ]  # fmt: skip


def a_call(name: str, answers: int, note: str = "") -> Call:
    """A call of so many answers, in words as long as usual ones."""
    given = {
        f"question_{number}": RecordedAnswer(
            "most_days", _BEGAN, "In the last 30 days, about how often did you drink?", "Most days"
        )
        for number in range(answers)
    }
    return Call(name, Ref("level-of-care", "2026.11", "0" * 64), "benchmark", _BEGAN, answers=given, note=note)


def card_of(call: Call, number: int = 0) -> Card:
    """Its card."""
    changed = _BEGAN + timedelta(minutes=number)
    return Card(
        call.id, "open", f"case {number}", call.by, call.began, changed, 600, len(call.answers), 50, "safety", "iop",
        ("iop", "php"), (), None, call.note,
    )  # fmt: skip


def _filled(records: Records, count: int) -> list[float]:
    """Save so many calls; seconds for each."""
    chance, times = random.Random(1), []  # noqa: S311  # the same calls each time
    for number in range(count):
        note = f"{chance.choice(_NAMES)}, {chance.choice(_NAMES)}, {number}. " * chance.randrange(1, 6)
        call = a_call(f"{chance.getrandbits(128):032x}", ANSWERS, note)
        card = card_of(call, number)
        before = time.perf_counter()
        records.save(call, card, 0)
        times.append(time.perf_counter() - before)
    return times


def _list(url: str, count: int, rounds: int) -> list[Row]:
    """The first list after opening, the list again after a call was changed, and searches."""
    first, again, searches, keys = [], [], [], []
    for _ in range(rounds):
        before = time.perf_counter()
        records = open_records(url, SECRET, by="benchmark", create=False)
        keys.append(time.perf_counter() - before)
        first.append(_timed(records.cards))
        newest = records.read(records.cards()[0].id)
        records.save(newest.call, card_of(newest.call, count), newest.version)
        again.append(_timed(records.cards))
        for words in _SEARCHES:
            before = time.perf_counter()
            records.find(words)
            searches.append(time.perf_counter() - before)
        records.close()
    return [
        Row(
            f"the list of {count} calls, first", milliseconds(median(first)),
            f"after the key: {milliseconds(median(keys))}",
            median(first) * 1e3, "ms", 300.0, {"worst_ms": max(first) * 1e3},
        ),
        Row(
            f"the list of {count} calls, again", milliseconds(median(again)), "one call changed since",
            median(again) * 1e3, "ms", 300.0, {"worst_ms": max(again) * 1e3},
        ),
        Row(
            f"a search over {count} calls, slowest of {len(searches)}", milliseconds(max(searches)),
            f"median {milliseconds(median(searches))}", max(searches) * 1e3, "ms", 100.0,
        ),
    ]  # fmt: skip


def _timed(what: Callable[[], object]) -> float:
    before = time.perf_counter()
    what()
    return time.perf_counter() - before


def _killed(url: str, kills: int) -> Row:
    """Kill a process that saves, answer after answer; how many answers that it said were saved are not there."""
    chance, lost, saved, name = random.Random(2), 0, 0, "0" * 32  # noqa: S311  # the same moments each time
    for _ in range(kills):
        with subprocess.Popen(
            module("benchmarks.records", url, name), cwd=ROOT, stdout=subprocess.PIPE, env=_environment(), text=True
        ) as process:
            told = process.stdout
            if told is None:
                raise NotMeasuredError("the saving process has no output")
            told.readline()
            time.sleep(chance.uniform(0, 0.25))
            process.send_signal(signal.SIGKILL)
            printed = told.read()
        said = printed[: printed.rfind("\n") + 1].split()
        saved += len(said)
        records = open_records(url, SECRET, by="benchmark", create=False)
        if said:
            stored = records.read(name)
            lost += max(0, int(said[-1]) - len(stored.call.answers)) + len(records.verify())
        records.close()
    return Row(f"answers lost in {kills} kills", str(lost), f"of {saved} that were saved", float(lost), "answers", 0.0)


def _environment() -> Mapping[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}


def _save(url: str, name: str) -> None:
    """A call that goes on from where it was: one answer more with each save, each printed once it is saved."""
    records = open_records(url, SECRET, by="killed", create=True)
    known = any(card.id == name for card in records.cards())
    stored = records.read(name) if known else None
    call, version = (stored.call, stored.version) if stored else (a_call(name, 0), 0)
    print("ready", flush=True)
    while True:
        answers = dict(call.answers) | {f"answer_{version}": RecordedAnswer("yes", _BEGAN, "Is it so?", "Yes")}
        call = msgspec.structs.replace(call, answers=answers)
        version = records.save(call, card_of(call), version)
        print(len(answers), flush=True)


if __name__ == "__main__":
    _save(*sys.argv[1:])
