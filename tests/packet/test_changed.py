"""A packet of what changed: the changes first, then the rows that changed, and nothing else."""

from __future__ import annotations

from iop_tui.packet.changed import ChangedThing, Since, only_changed
from iop_tui.packet.packet_model import Entries, Heading, Remarks
from iop_tui.packet.packet_pdf import as_packet_pdf
from tests.packet.packets import every_line, packet, words_of

ALWAYS = ["front", "changed", "signature", "addresses"]
SUBJECTS = frozenset({"need.no_self_care", "question.overdoses", "line.lifeline"})
THING = ChangedThing("need no_self_care: loosened", ("Someone like this now counts.",), (("because", "Old.", "New."),))
SINCE = Since("HEAD~1:questions", ("2 in 100 get more care.",), (("Needs", (THING,)),), SUBJECTS)


def test_the_changes_come_first_old_beside_new() -> None:
    made = only_changed(packet(), SINCE)
    assert [section.id for section in made.sections][:2] == ["front", "changed"]
    row = next(entry for entry in made.entries if entry.subject == "changed")
    assert [[line.text for line in cell] for cell in row.cells] == [
        ["need no_self_care: loosened", "Someone like this now counts."],
        ["because: Old."],
        ["because: New."],
    ]


def test_of_the_tables_only_the_rows_stay_that_changed_as_they_are_in_the_whole_packet() -> None:
    made = only_changed(packet(), SINCE)
    found = {entry.subject: words_of(entry) for entry in made.entries if entry.subject != "changed"}
    whole = {entry.subject: words_of(entry) for entry in packet().entries if entry.subject in SUBJECTS}
    assert found == whole


def test_no_heading_is_left_without_a_row() -> None:
    for section in only_changed(packet(), SINCE).sections:
        if section.id in ALWAYS:
            continue
        for one, two in zip(section.blocks, section.blocks[1:], strict=False):
            assert not (isinstance(one, Heading) and one.depth == 2 and isinstance(two, (Heading, Remarks)))
        assert any(isinstance(block, Entries) for block in section.blocks)


def test_where_only_the_parts_are_known_the_sections_of_the_others_are_left_out() -> None:
    def sections(*parts: str) -> list[str]:
        made = only_changed(packet(), Since("the review by Ana Diaz", parts=frozenset(parts)))
        return [
            section.id for section in made.sections if section.id not in ("front", "changed", "signature", "addresses")
        ]

    assert sections("crisis") == ["alarms", "lines"]
    assert sections("texts") == ["levels", "alarms", "questions", "care", "texts"]
    assert sections("rules") == ["own_readings", "levels", "alarms", "questions", "care"]
    assert sections() == []
    assert sections("es") == ["own_readings", "levels", "alarms", "questions", "care", "lines", "texts"]


def test_nothing_changed_is_said_and_can_be_drawn() -> None:
    same = Since("HEAD:questions", ("Nothing changed.",), subjects=frozenset())
    made = only_changed(packet(), same)
    assert [section.id for section in made.sections] == ALWAYS
    assert "Nothing changed." in [line.text for line in every_line(made)]
    assert as_packet_pdf(made, "test")
