"""Twenty counselors on one PostgreSQL at once, each saving an answer every 100 ms for a minute."""

from __future__ import annotations

import subprocess
import sys
import time

import msgspec

from benchmarks.figures import Row, median, milliseconds, p99
from benchmarks.records import SECRET, a_call, card_of
from iop_tui.records import open_records
from tests.harness.driven_terminal import ROOT, NotMeasuredError, module
from tests.records.server import NoServerError, running

COUNSELORS, EVERY = 20, 0.1
"""How many at once, and seconds from one answer of each to the next."""
_ANSWERS = 60
"""After so many answers a counselor begins another call."""


class _Done(msgspec.Struct):
    """What one counselor did: seconds for each save, and how many answers each call got."""

    times: list[float]
    calls: dict[str, int]


def measure(quick: bool) -> list[Row]:
    """The server has its usual settings, fsync among them, and lies in the temporary directory."""
    seconds = 10 if quick else 60
    try:
        with running() as server:
            url = server.fresh()
            open_records(url, SECRET, by="benchmark", create=True).close()
            done = _run(url, seconds)
            records = open_records(url, SECRET, by="benchmark", create=False)
            lost = sum(
                max(0, answers - len(records.read(call).call.answers))
                for each in done
                for call, answers in each.calls.items()
            )
            problems = records.verify()
            records.close()
            fsync = server.psql("SHOW fsync")
    except NoServerError as why:
        raise NotMeasuredError(str(why)) from why
    times = [each for one in done for each in one.times]
    what = f"{COUNSELORS} counselors on one PostgreSQL, {seconds} s"
    return [
        Row(
            f"{what}: a save, p99", milliseconds(p99(times)),
            f"median {milliseconds(median(times))}, slowest {milliseconds(max(times))}, fsync {fsync}",
            p99(times) * 1e3, "ms", 50.0, {"saves": len(times)},
        ),
        Row(f"{what}: lost", str(lost), f"of {len(times)} answers", float(lost + len(problems)), "answers", 0.0),
    ]  # fmt: skip


def _run(url: str, seconds: int) -> list[_Done]:
    """Each counselor is a process, as it is in a clinic. They begin together."""
    processes = [
        subprocess.Popen(
            module("benchmarks.postgres", url, str(number), str(seconds)),
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for number in range(COUNSELORS)
    ]  # fmt: skip
    for process in processes:
        if process.stdout is None or process.stdin is None or process.stdout.readline() != "ready\n":
            raise NotMeasuredError("a counselor did not begin")
    for process in processes:
        if process.stdin is not None:
            process.stdin.write("\n")
            process.stdin.flush()
    done = []
    for process in processes:
        told, _nothing = process.communicate(timeout=seconds * 3 + 60)
        if process.returncode:
            raise NotMeasuredError(f"a counselor ended with {process.returncode}")
        done.append(msgspec.json.decode(told, type=_Done))
    return done


def _counsel(url: str, number: int, seconds: float) -> None:
    records = open_records(url, SECRET, by=f"counselor {number}", create=False)
    print("ready", flush=True)
    sys.stdin.readline()
    # Not all at the same moment: people are not.
    due = time.perf_counter() + EVERY * number / COUNSELORS
    end, done, version, call = due + seconds, _Done([], {}), 0, a_call(_name(number, 0), 0)
    while due < end:
        time.sleep(max(0.0, due - time.perf_counter()))
        if len(call.answers) >= _ANSWERS:
            version, call = 0, a_call(_name(number, len(done.calls)), 0)
        call = a_call(call.id, len(call.answers) + 1)
        card = card_of(call)
        before = time.perf_counter()
        version = records.save(call, card, version)
        done.times.append(time.perf_counter() - before)
        done.calls[call.id] = len(call.answers)
        due += EVERY
    records.close()
    print(msgspec.json.encode(done).decode(), flush=True)


def _name(number: int, call: int) -> str:
    return f"{number:016x}{call:016x}"


if __name__ == "__main__":
    _counsel(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
