"""The engine against the judge: the same places enabled, the same response written, for random answers to small forms.

A code without its system is left out of the random answers: by the wording it is another coding than the option's; the
program takes it for the option if there is but one, and says so.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from functools import cache
from typing import Any, Literal

import pytest
import yaml

from iop_tui.forms.filling.filling import Filling, begin
from iop_tui.forms.model.findings import Finding, FormRefused
from iop_tui.forms.model.form import Form
from iop_tui.forms.reading.read_form import read_form
from iop_tui.forms.response.read import read_response
from iop_tui.forms.response.write import as_json as written_as_json
from iop_tui.forms.response.write import response as written
from tests.forms.random_questionnaires import random_questionnaire
from tests.forms.random_responses import SMALL, all_items, as_json, random_response, small_form
from tests.forms.reference_evaluator import Judgement, judge
from tests.forms.reference_operators import NO, YES, Json

INDEX = yaml.safe_load((SMALL / "index.yaml").read_text("utf-8"))
ENTRIES: dict[str, Json] = {entry["name"]: entry for entry in INDEX["small"]}
JUDGED = [name for name, entry in ENTRIES.items() if not entry.get("expressions") and not entry.get("duplicates")]
SEEDS, MORE_SEEDS = range(20), range(20, 60)
AUTHORED = dt.datetime(2024, 5, 2, 12, tzinfo=dt.UTC)


@cache
def read(name: str) -> Form:
    return read_form((SMALL / f"{name}.json").read_bytes(), f"{name}.json")


def filled(name: str, response: Json) -> Filling:
    form = read(name)
    return begin(form, read_response(as_json(response).encode(), "response.json", form))


def sheets(name: str, seeds: range) -> Iterator[tuple[str, Json]]:
    """Random responses that are complete, so that no initial value is offered; what each is called in a failure."""
    form = asked(name)
    modes: tuple[Literal["fresh", "stale"], ...] = ("fresh", "stale")
    for seed in seeds:
        for mode in modes:
            response = random_response(form, seed, mode, bare_codes=False)
            yield f"{name}, seed {seed}, {mode}", {**response, "status": "completed"}


def asked(name: str) -> Json:
    """A small form without what the reader refuses, which is no more than the index allows."""
    refused = {finding.link_id for finding in read(name).findings if finding.severity == "refused"}
    assert refused <= set(ENTRIES[name].get("noted", ()))
    return without(small_form(name), frozenset(refused))


def without(form: Json, link_ids: frozenset[str]) -> Json:
    """The form without the items that a reader may refuse, and without what depends on them."""
    gone = set(link_ids)
    for _ in range(len(list(all_items(form["item"])))):
        gone |= {
            item["linkId"]
            for item in all_items(form["item"])
            if any(condition["question"] in gone for condition in item.get("enableWhen", ()))
        }

    def kept(items: list[Json]) -> list[Json]:
        found = []
        for item in items:
            if item["linkId"] not in gone:
                rest = {key: value for key, value in item.items() if key != "item"}
                found.append({**rest, "item": kept(item["item"])} if "item" in item else rest)
        return found

    return {**form, "item": kept(form["item"])}


def with_hidden_initials(form: Json, response: Json) -> Json:
    """What nobody is asked starts with its initial value (all of these stand at the top of their small forms)."""
    given = {item["linkId"] for item in response.get("item", [])}
    added = []
    for item in form["item"]:
        hidden = "questionnaire-hidden" in str(item.get("extension")) or item.get("readOnly")
        if hidden and "initial" in item and item["linkId"] not in given:
            added.append({"linkId": item["linkId"], "answer": item["initial"]})
    return {**response, "item": [*response.get("item", []), *added]}


def plain(items: list[Json], labels: bool) -> list[Json]:
    """Items for comparison: linkIds, answers and what stands below; without texts, and without labels if so asked."""
    found: list[Json] = []
    for item in items:
        answers = [plain_answer(answer, labels) for answer in item.get("answer", [])]
        inside = plain(item.get("item", []), labels)
        if answers or inside:
            shown: Json = {"linkId": item["linkId"]}
            found.append({**shown, **({"answer": answers} if answers else {}), **({"item": inside} if inside else {})})
    return found


def plain_answer(answer: Json, labels: bool) -> Json:
    found: Json = {}
    for key, value in answer.items():
        if key == "item":
            below = plain(value, labels)
            found |= {"item": below} if below else {}
        elif isinstance(value, dict):
            left_out = ("extension",) if labels else ("extension", "display")
            found[key] = {inner: text for inner, text in value.items() if inner not in left_out}
        else:
            found[key] = value
    return found


def disagreements(judged: Judgement, filling: Filling) -> list[str]:
    found = [f"enabled by the wording only: {place}" for place in judged.places(YES) if not filling.enabled(place)]
    found += [f"disabled by the wording only: {place}" for place in judged.places(NO) if filling.enabled(place)]
    found += [f"a place that is not there: {place}" for place in filling.places if place not in judged.enabled]
    missing = set(filling.missing)
    found += [f"missing by the wording only: {place}" for place in judged.missing - missing]
    found += [
        f"not missing in any reading: {place}" for place in missing - judged.missing - judged.missing_in_a_reading
    ]
    return found


@pytest.mark.parametrize("name", JUDGED)
@pytest.mark.parametrize("seeds", [SEEDS, pytest.param(MORE_SEEDS, marks=pytest.mark.thorough)], ids=["some", "more"])
def test_the_same_places_are_enabled_and_the_pruned_response_is_written(name: str, seeds: range) -> None:
    compared, form = 0, asked(name)
    for which, response in sheets(name, seeds):
        judged = judge(form, with_hidden_initials(form, response), same_instance=True)
        filling = filled(name, response)
        assert not disagreements(judged, filling), which
        if all(its in (YES, NO) for its in judged.enabled.values()):
            compared += 1
            wanted = plain(judged.pruned["item"], labels=False)
            assert plain(written_items(filling), labels=False) == wanted, which
    assert compared > 3


def written_items(filling: Filling) -> list[Json]:
    resource: Any = json.loads(written_as_json(written(filling, AUTHORED)), parse_float=Decimal)
    items: list[Json] = resource.get("item", [])
    return items


@pytest.mark.parametrize("start", range(0, 80, 8))
def test_random_forms(start: int) -> None:
    for seed in range(start, start + 8):
        json_form = random_questionnaire(seed)
        form = read_form(as_json(json_form).encode(), "random.json")
        for number in range(4):
            mode: Literal["fresh", "stale"] = "fresh" if number % 2 else "stale"
            response = {**random_response(json_form, number, mode, not_offered=0.0), "status": "completed"}
            filling = begin(form, read_response(as_json(response).encode(), "response.json", form))
            judged = judge(json_form, with_hidden_initials(json_form, response), same_instance=True)
            assert not disagreements(judged, filling), f"form {seed}, sheet {number}"


@pytest.mark.parametrize("entry", INDEX["refused"], ids=lambda entry: str(entry["name"]))
def test_a_refusal_names_the_item(entry: Json) -> None:
    data = (SMALL / "refused" / f"{entry['name']}.json").read_bytes()
    severities = entry.get("severity", ["refused"])
    named = [one for one in findings(data) if one.severity in severities]
    assert named, "nothing is refused"
    link_id = entry["link_id"]
    assert link_id is None or any(one.link_id == link_id or f"“{link_id}”" in one.message for one in named)
    assert opens(data) or not entry["opens"]


def findings(data: bytes) -> tuple[Finding, ...]:
    try:
        return read_form(data, "a.json").findings
    except FormRefused as refused:
        return refused.findings


def opens(data: bytes) -> bool:
    with suppress(FormRefused):
        return bool(read_form(data, "a.json").items)
    return False
