"""An answer in a form of 500 items with 300 conditions, until the next question is known, in ours and smart-forms'."""

from __future__ import annotations

import gc
import json
import random
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import msgspec
from msgspec import Struct

from benchmarks import synthetic_form
from benchmarks.figures import Row, median, p99
from benchmarks.node_peers import SMART_FORMS, installed
from iop_tui.forms.filling.filling import begin
from iop_tui.forms.filling.steps import Asking
from iop_tui.forms.model.form import Form
from iop_tui.forms.model.places import Place
from iop_tui.forms.model.values import Coding, Value
from iop_tui.forms.reading.read_form import read_form
from tests.harness.driven_terminal import NotMeasuredError

_SEED = 1
_CHANGES = 0.05
"""How often a person changes an answer given before, in place of giving the next one."""
_WARM = 2
"""People at first who are not counted: Node compiles what runs often."""


class Step(Struct, frozen=True):
    """One answer: to the question at a place, as `value[x]` of a response. `next` is the linkId of the question
    after it, None at the end.
    """

    place: Place
    value: synthetic_form.Json
    next: str | None


class _Told(Struct):
    """What the peer's script tells of one person: milliseconds of each answer, and the questions it has next."""

    times: list[float]
    conditions: list[float]
    nexts: list[str | None]


def measure(quick: bool) -> list[Row]:
    """The same people in both, in turns: one person here, the same one there."""
    data = json.dumps(synthetic_form.questionnaire(_SEED)).encode()
    form = read_form(data, "made-up.json")
    people = [steps(form, json.loads(data), seed) for seed in range(_WARM + (3 if quick else 12))]
    with installed(SMART_FORMS, "smart_forms", bundled=True) as command, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.json"
        plain = [[{"linkId": step.place[-1][0], "value": step.value} for step in person] for person in people]
        file.write_text(json.dumps({"form": json.loads(data), "people": plain}))
        with subprocess.Popen(
            [*command, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as peer:
            return _rows(form, people, peer)


def steps(form: Form, source: synthetic_form.Json, seed: int) -> list[Step]:
    """What one person answers, from the first question to the last; some answers are changed on the way."""
    choose = random.Random(seed)  # noqa: S311  # the same people in every run, not a secret
    first, other = synthetic_form.answers(source, seed), synthetic_form.answers(source, -1 - seed)
    filling = begin(form)
    done: list[Place] = []
    taken: list[Step] = []
    while isinstance(filling.step, Asking):
        place, value = filling.step.place, first
        if done and choose.random() < _CHANGES and filling.askable(earlier := choose.choice(done)):
            place, value = earlier, other
        else:
            done.append(place)
        given = value[place[-1][0]]
        filling = filling.answered(place, (as_value(given),))
        step = filling.step
        taken.append(Step(place, given, step.place[-1][0] if isinstance(step, Asking) else None))
    return taken


def as_value(value: synthetic_form.Json) -> Value:
    """A `value[x]` of the made-up answers as the product has it."""
    ((key, data),) = value.items()
    if key == "valueCoding":
        return Value("coding", Coding(data["system"], data["code"], data["display"]))
    return Value("boolean" if key == "valueBoolean" else "integer", data)


def _rows(form: Form, people: Sequence[Sequence[Step]], peer: subprocess.Popen[str]) -> list[Row]:
    ours: list[float] = []
    theirs: list[float] = []
    conditions: list[float] = []
    unlike = 0
    # What is loaded stays loaded: the product keeps the collector away from it too.
    gc.collect()
    gc.freeze()
    for number, person in enumerate(people):
        mine, told = _timed(form, person), _told(peer, number)
        if number >= _WARM:
            ours += mine
            theirs += [each / 1e3 for each in told.times]
            conditions += [each / 1e3 for each in told.conditions]
            unlike += sum(step.next != other for step, other in zip(person, told.nexts, strict=True))
    gc.unfreeze()
    what = f"answer in a form of {synthetic_form.ITEMS} items, {synthetic_form.CONDITIONS} conditions"
    samples = {"answers": float(len(ours)), "people": float(len(people) - _WARM), "unlike": float(unlike)}
    return [
        _ratio(f"{what}, p99", p99(ours), p99(theirs), "smart-forms", 0.05, samples),
        _ratio(f"{what}, median", median(ours), median(theirs), "smart-forms", None, samples),
        _ratio(f"{what}, p99", p99(ours), p99(conditions), "smart-forms, conditions alone", None, samples),
        Row(
            "next question that smart-forms has unlike ours",
            f"{unlike} of {len(ours)} answers",
            "",
            unlike / len(ours) * 100,
            "%",
            None,
            samples,
        ),
    ]


def _ratio(name: str, ours: float, theirs: float, against: str, goal: float | None, samples: dict[str, float]) -> Row:
    both = {"ours_us": ours * 1e6, "against_us": theirs * 1e6}
    texts = f"{ours * 1e6:.0f} us", f"{theirs * 1e6:.0f} us {against}"
    return Row(name, *texts, ours / theirs, "x", goal, {**samples, **both})


def _timed(form: Form, person: Sequence[Step]) -> list[float]:
    """Seconds of each answer of one person, with the question after it."""
    filling, times = begin(form), []
    for step in person:
        values = (as_value(step.value),)
        before = perf_counter()
        filling = filling.answered(step.place, values)
        _ = filling.step
        times.append(perf_counter() - before)
    return times


def _told(peer: subprocess.Popen[str], person: int) -> _Told:
    if peer.stdin is None or peer.stdout is None:
        raise AssertionError("the peer has pipes")
    peer.stdin.write(f"{person}\n")
    peer.stdin.flush()
    line = peer.stdout.readline()
    if not line:
        raise NotMeasuredError(f"smart-forms ended with {peer.wait()}")
    return msgspec.json.decode(line, type=_Told)
