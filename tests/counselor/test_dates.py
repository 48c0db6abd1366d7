"""A day, asked for at the desk, and what goes out of such a call."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from iop_tui.call.operations import CallState, answered, begin_call, resumed
from iop_tui.export.call_report import report_on
from iop_tui.export.data import document_of, schema
from iop_tui.export.fhir.bundle import bundle_of
from iop_tui.export.fhir.questionnaire import questionnaire
from iop_tui.screening.model.answers import Unknown
from iop_tui.site.settings import STANDARD
from tests.core.dated import written
from tests.counselor.desk_pilot import START, at_desk

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def call() -> CallState:
    """A call in which the last drink was a week ago."""
    return answered(begin_call(written(), by="Ana", now=NOON), "last_drink", date(2026, 2, 22), NOON)


async def test_a_day_is_typed_and_answered() -> None:
    async with at_desk(written()) as someone:
        today = START.astimezone().date()
        assert f"{today - timedelta(days=365)} to {today}" in someone.sees()
        await someone.press(*"20261", "c")
        assert "Type a day from" in someone.sees()
        await someone.press(*"120", "enter")
        assert someone.work.interview.answers["last_drink"] == date(2026, 11, 20)
        assert someone.work.call.answers["last_drink"].answer == "2026-11-20"
        assert someone.question == "shaking"


def test_a_stored_call_comes_back_with_its_day_however_late() -> None:
    stored = msgspec.json.decode(msgspec.json.encode(call().call), type=type(call().call))
    again = resumed(stored, written(), by="Bo", now=NOON + timedelta(days=1000))
    assert again.interview.answers["last_drink"] == date(2026, 2, 22)
    assert again.call.orphaned == ()
    assert again.interview.screening.question("last_drink").today == NOON.astimezone().date()


def test_the_data_has_an_iso_date() -> None:
    import jsonschema

    document = document_of(report_on(call(), STANDARD))
    plain = msgspec.to_builtins(document, enc_hook=str)
    assert [each["answer"] for each in plain["answers"]] == ["2026-02-22"]
    assert plain["answers"][0]["said"] == "2026-02-22"
    assert plain["assessment"]["reasons"][0]["answers"] == {"last_drink": "2026-02-22"}
    jsonschema.validate(msgspec.json.decode(msgspec.json.encode(document, enc_hook=str)), schema())


def items(resource: dict[str, Any]) -> dict[str, Any]:
    """The items of a resource, by link id."""
    return {item["linkId"]: item for group in resource["item"] for item in group.get("item", ())}


def test_fhir_has_a_date_and_asks_from_the_day_of_the_form() -> None:
    bundle = bundle_of(report_on(call(), STANDARD))
    form, response = (entry["resource"] for entry in bundle["entry"][:2])
    asked = items(form)
    assert asked["last_drink"]["type"] == "date"
    assert "answerOption" not in asked["last_drink"]
    [when] = asked["shaking"]["extension"]
    assert when["valueExpression"]["expression"].endswith(".answer.value.where($this >= today() - 30 days).exists()")
    assert items(response)["last_drink"]["answer"] == [{"valueDate": "2026-02-22"}]
    assert questionnaire(written(), call().call.screening) == form, "a form is the same on every day"


def test_fhir_says_of_an_unknown_day_why_it_is_missing() -> None:
    work = answered(begin_call(written(), by="Ana", now=NOON), "last_drink", Unknown.NOT_SURE, NOON)
    response = bundle_of(report_on(work, STANDARD))["entry"][1]["resource"]
    [answer] = items(response)["last_drink"]["answer"]
    assert list(answer) == ["_valueDate"]
