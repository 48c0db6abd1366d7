"""Forms of others in the records: encrypted as the rest of a call, kept whole, and given out by the commands."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle
from msgspec.structs import replace

from iop_tui.call.card import card_of
from iop_tui.call.operations import begin_call, resumed
from iop_tui.call.record import Call
from iop_tui.cli_support.exit_status import DONE
from iop_tui.commands import records as command
from iop_tui.commands.records import Access
from iop_tui.export.formats import FORMATS
from iop_tui.forms.model.values import Value
from iop_tui.records.store import Records
from iop_tui.screening.assessment.assess import assess
from tests.core.small import SMALL, small
from tests.forms.mood import BEGAN, chosen, filled, mood, open_form
from tests.records.conftest import Open
from tests.records.made import OTHER, SECRET
from tests.records.made import card_of as plain_card

SAID = "Nobody must read of the rent"


@pytest.fixture
def call() -> Call:
    """A call with a form, of which one required question is answered."""
    answers = {
        "dead": chosen("some"),
        "weight": (Value("decimal", Decimal("71.50")),),
        "else": (Value("string", SAID),),
    }
    return filled(answers, screening=small()).call


@pytest.fixture
def saved(opened: Open, file_url: str, call: Call) -> Records:
    records = opened(file_url)
    work = resumed(call, small(), by="Ana", now=BEGAN)
    records.save(call, card_of(work, assess(small(), {})), 0)
    return records


def test_what_was_answered_is_read_again_and_is_nowhere_in_the_clear(
    saved: Records, call: Call, tmp_path: Path
) -> None:
    assert saved.read(call.id).call == call
    work = resumed(saved.read(call.id).call, small(), by="Bo", now=BEGAN)
    assert open_form(work, mood()).interview.filling.missing
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        for secret in (SAID, "Low mood", "71.50", "44260-8"):
            assert secret.encode() not in data, path.name


def test_a_form_is_found_by_its_title_and_stays_under_another_passphrase(
    saved: Records, call: Call, opened: Open, file_url: str
) -> None:
    assert [card.id for card in saved.find("low mood")] == [call.id]
    assert not saved.find("rent")
    saved.change_passphrase(OTHER)
    again = opened(file_url, OTHER)
    assert again.read(call.id).call == call
    again.delete(call.id)
    assert not again.cards()


@pytest.mark.usefixtures("saved")
def test_the_command_gives_the_form_out_in_every_format(
    call: Call, file_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iop_tui.platform.hardening.keep_to_ourselves", lambda: None)
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n")
    secret.chmod(0o600)
    access = Access(file_url, secret, SMALL)
    for form in FORMATS:
        path = tmp_path / f"call.{form.id}"
        assert command.export(access, call.id, form.id, str(path)) == DONE
        if form.id in ("text", "markdown", "json"):
            assert SAID in path.read_text()
    bundle = json.loads((tmp_path / "call.fhir").read_text())
    Bundle.model_validate(bundle)
    assert [entry["resource"]["resourceType"] for entry in bundle["entry"]].count("QuestionnaireResponse") == 2


def test_counts_have_a_row_for_the_alarm_of_forms_wherever_forms_are_asked(
    opened: Open, file_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("iop_tui.platform.hardening.keep_to_ourselves", lambda: None)
    secret, site = tmp_path / "secret", tmp_path / "site.yaml"
    secret.write_text(f"{SECRET}\n")
    secret.chmod(0o600)
    site.write_text("forms:\n  - mood.json\n")
    records = opened(file_url)
    for number in range(11):
        call = begin_call(small(), by="Ana", now=BEGAN, call_id=f"{number:032x}").call
        records.save(call, plain_card(call), 0)
    access = Access(file_url, secret, SMALL)
    for named, expected in ((None, False), (site, True)):
        command.stats(replace(access, site=named), as_json=True, since=None, until=None, smallest=None)
        assert ("form:suicide" in json.loads(capsys.readouterr().out)["alarms"]) is expected
