"""Calls that an older program stored open still, and nothing of them is lost."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime

import pytest

from iop_tui.call.operations import resumed
from iop_tui.call.record import FORMAT
from iop_tui.records import codec, envelope
from iop_tui.records.errors import Newer
from iop_tui.records.stored import Stored
from iop_tui.screening.shipped import sound
from tests.records.made import SECRET, card_of

ID = "0123456789abcdef0123456789abcdef"
FIRST = """\
{"saved":"2026-11-20T15:12:00Z","by":"ana","call":{
 "id":"0123456789abcdef0123456789abcdef",
 "screening":{"id":"level-of-care","version":"1","sha256":"0000000000000000000000000000000000000000000000000000000000000000"},
 "by":"ana","began":"2026-11-20T15:00:00Z","format":1,"state":"call_back","reference":"case 7",
 "stretches":[{"began":"2026-11-20T15:00:00Z","ended":"2026-11-20T15:12:00Z","by":"ana"}],
 "given":{
  "who_for":{"answer":"self","at":"2026-11-20T15:01:00Z","ask":"Who are these questions for?","said":"Me"},
  "danger_signs":{"answer":["chest_pain"],"at":"2026-11-20T15:02:00Z","ask":"Is any of this happening?","said":
   "Chest pain"},
  "suicide_thoughts":{"answer":"not_sure","at":"2026-11-20T15:03:00Z","ask":"Do you think of suicide?","said":
   "Not sure"}},
 "unfit":[{"question":"gone","why":"It is gone.",
  "given":{"answer":7,"at":"2026-11-20T15:04:00Z","ask":"How many?","said":"7"}}],
 "notes":{"who_for":"calls from a car"},"note":"sleeps in the car","marked":["living"],"at":"living",
 "raisings":[{"alarm":"danger_signs","at":"2026-11-20T15:02:00Z","fell":null,"questions":["danger_signs"],
  "said":"Chest pain","fell_to":""}],
 "ticks":[{"alarm":"danger_signs","step":"Stay on the line.","at":"2026-11-20T15:02:30Z","by":"ana"}],
 "judgments":[
  {"agrees":true,"at":"2026-11-20T15:10:00Z","by":"ana","level":null,"reason":""},
  {"agrees":false,"at":"2026-11-20T15:11:00Z","by":"ana","level":"php","reason":"alone at night"}]}}
"""
"""A call of format 1, as the program wrote it that knew four levels by name."""


def stored(contents: str) -> Stored:
    """What records hold, opened."""
    keys = envelope.made(SECRET)
    return codec.unsealed(keys, ID, 3, keys.seal("call", ID, 3, zlib.compress(contents.encode())))


def test_a_call_of_format_1_opens_whole_and_is_saved_as_this_program_writes_it() -> None:
    opened = stored(FIRST)
    written = json.loads(FIRST)["call"]
    again = json.loads(zlib.decompress(_plain(opened)))["call"]
    assert again == {**written, "format": FORMAT, "forms": []}
    assert (opened.by, opened.saved) == ("ana", datetime(2026, 11, 20, 15, 12, tzinfo=UTC))


def test_a_call_of_format_1_can_be_taken_up_again_with_its_level_alarm_and_notes() -> None:
    call = stored(FIRST).call
    work = resumed(call, sound(), by="bo", now=datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
    judgment = work.call.judgment
    assert judgment is not None
    assert judgment.level == "php"
    assert judgment.level in work.screening.levels
    assert set(work.interview.answers) == {"who_for", "danger_signs", "suicide_thoughts"}
    assert (work.call.note, work.call.notes) == ("sleeps in the car", {"who_for": "calls from a car"})
    assert [entry.question for entry in work.call.orphaned] == ["gone"]
    assert [tick.step for tick in work.call.ticks] == ["Stay on the line."]


def test_a_call_of_a_later_format_is_refused() -> None:
    with pytest.raises(Newer):
        stored(FIRST.replace('"format":1', f'"format":{FORMAT + 1}'))


def _plain(opened: Stored) -> bytes:
    """The contents as they are sealed when the call is saved again."""
    keys = envelope.made(SECRET)
    _card, call = codec.sealed(keys, opened.call, card_of(opened.call), 4, "ana")
    return keys.unseal("call", ID, 4, call)
