"""The packet as data: everything is in it once, in its place, in words that a person can follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from iop_tui.packet.packet_document import packet_of
from iop_tui.packet.packet_model import Entries, Entry, Heading, Packet, Remarks
from iop_tui.packet.packet_source import PacketSource
from iop_tui.screening.engine.third_person import proxy_wording
from iop_tui.screening.model.definition import Screening
from tests.packet.packets import DAY, every_line, other, packet, source, words_of
from tests.shipped import SHIPPED, spanish

OTHERS = ("small", "dated", "lobby", "scripts")


def subjects(screening: Screening) -> Counter[str]:
    kinds: Iterable[tuple[str, Iterable[str]]] = (
        ("need", (need.id for need in screening.needs)),
        ("alarm", (alarm.id for alarm in screening.alarms)),
        ("fit", (fit.id for fit in screening.fits)),
        ("cannot_tell", (rule.id for rule in screening.care.cannot_tell)),
        ("question", (question.id for question in screening.questions)),
        ("page", screening.pages),
        ("line", screening.phone_lines),
        ("step", screening.first_steps),
        ("advice", (advice.id for advice in screening.care.advice)),
        ("notice", (notice.id for notice in screening.manifest.notices)),
        ("level", screening.levels),
    )
    return Counter(f"{kind}.{name}" for kind, names in kinds for name in names)


def of(made: Packet, subject: str) -> Entry:
    return next(entry for entry in made.entries if entry.subject == subject)


def under(made: Packet) -> dict[str, str]:
    """The heading under which each row stands, by its subject."""
    found: dict[str, str] = {}
    heading = ""
    for block in made.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Entries):
            found |= dict.fromkeys((entry.subject for entry in block.entries), heading)
    return found


@pytest.mark.parametrize("screening", [SHIPPED, *map(other, OTHERS)], ids=["shipped", *OTHERS])
def test_each_rule_question_page_and_line_is_there_exactly_once(screening: Screening) -> None:
    made = packet_of(PacketSource(screening, DAY))
    kinds = {subject.split(".")[0] for subject in subjects(screening)}
    found = Counter(entry.subject for entry in made.entries if entry.subject.split(".")[0] in kinds)
    assert found == subjects(screening)


def test_each_rule_stands_under_its_level_and_each_alarm_under_its_urgency() -> None:
    heading = under(packet())
    for need in SHIPPED.needs:
        named = SHIPPED.levels[need.at_least].name if need.at_least else "A first step"
        assert heading[f"need.{need.id}"].startswith(named)
    for alarm in SHIPPED.alarms:
        assert heading[f"alarm.{alarm.id}"].startswith(alarm.urgency.capitalize())
    for section in SHIPPED.sections:
        assert {heading[f"question.{question.id}"] for question in section.questions} <= {section.title}


def test_a_rule_has_its_sentence_its_source_and_its_id() -> None:
    for kind, rules in (("need", SHIPPED.needs), ("alarm", SHIPPED.alarms), ("fit", SHIPPED.fits)):
        for rule in rules:
            said = words_of(of(packet(), f"{kind}.{rule.id}"))
            assert rule.because in said
            assert source().cited(rule.source or "") in said
            assert f"[{rule.id}]" in said


def test_alarms_and_rules_of_care_have_room_for_a_vote() -> None:
    for entry in packet().entries:
        if entry.subject.split(".")[0] in ("need", "alarm", "cannot_tell"):
            assert entry.votes, entry.subject


def test_our_own_readings_come_first_and_are_marked() -> None:
    titles = [block.text for block in packet().blocks if isinstance(block, Heading) and block.depth == 1]
    assert "own readings" in titles[0]
    index = "\n".join(words_of(entry) for entry in packet().entries if entry.subject.startswith("own."))
    for kind, rules in (("need", SHIPPED.needs), ("alarm", SHIPPED.alarms)):
        for rule in rules:
            own = rule.own_reading
            number = source().number(kind, rule.id)
            assert bool(re.search(rf"^{number}  ", index, re.MULTILINE)) is own, rule.id
            assert ("own" in of(packet(), f"{kind}.{rule.id}").cells[0][0].text) is own
    for level in SHIPPED.levels:
        order = [
            next(need for need in SHIPPED.needs if f"need.{need.id}" == entry.subject).own_reading
            for entry in packet().entries
            if entry.subject in {f"need.{need.id}" for need in SHIPPED.needs if need.at_least == level}
        ]
        assert order == sorted(order, reverse=True)


def test_conditions_are_told_without_any_id() -> None:
    ids = {question.id for question in SHIPPED.questions if "_" in question.id}
    ids |= {option.id for question in SHIPPED.questions for option in question.options if "_" in option.id}
    for entry in packet().entries:
        if entry.subject.split(".")[0] in ("need", "alarm", "fit"):
            said = " ".join(line.text for line in entry.cells[1])
            words = set(re.findall(r"[a-z]+(?:_[a-z]+)+", said.replace(words_of(Entry("", (), entry.notes)), "")))
            assert not words & ids, (entry.subject, words & ids)


def test_a_crisis_page_is_told_as_a_person_sees_it() -> None:
    for page in SHIPPED.help.pages:
        said = words_of(of(packet(), f"page.{page.id}"))
        assert [text for text in (page.title, *page.do) if text not in said] == []
        proxy = proxy_wording(SHIPPED).pages[page.id]
        assert [text for text in (proxy.title, *proxy.do) if text not in said] == []
        assert [name for name in page.lines if SHIPPED.phone_lines[name].reach not in said] == []


def test_a_question_is_told_with_its_answers_and_what_uses_it() -> None:
    for question in SHIPPED.questions:
        said = words_of(of(packet(), f"question.{question.id}"))
        assert [text for text in (question.ask, question.why) if text not in said] == []
        assert [option.text for option in question.options if option.text not in said] == []
        assert [number for number in source().uses.get(question.id, ()) if number not in said] == []
        assert ("Asked when:" in said) is (question.show_if is not None)


def test_a_phone_line_has_its_source_and_the_day_on_which_it_was_checked() -> None:
    for line in SHIPPED.help.lines:
        said = words_of(of(packet(), f"line.{line.id}"))
        assert line.reach in said
        assert f"Checked: {line.checked}" in said


def test_every_first_call_is_told_turn_by_turn() -> None:
    said = "\n".join(line.text for line in every_line(packet()))
    calls = (SHIPPED.care.first_call, *(other.turns for other in SHIPPED.care.other_calls))
    turns = [text for call in calls for turn in call for text in (turn.they, turn.you) if text is not None]
    assert turns
    assert [text for text in turns if text not in said] == []


def test_each_address_is_listed_once_under_its_number() -> None:
    listed = "   ".join(line.text for line in every_line(packet()) if re.match(r"\[\d+\] http", line.text))
    found = dict(re.findall(r"\[(\d+)\] (\S+)", listed))
    assert list(found.values()) == list(dict.fromkeys(found.values()))
    cited = {number for line in every_line(packet()) for number in re.findall(r"\[(\d+)\]", line.text)}
    assert cited == set(found)


def test_each_section_has_room_for_remarks() -> None:
    without = [
        section.id for section in packet().sections if not any(isinstance(block, Remarks) for block in section.blocks)
    ]
    assert without == ["left_out", "addresses"]


def test_in_another_language_each_text_stands_beside_the_english_one() -> None:
    said = "\n".join(line.text for line in every_line(packet("es")))
    told = spanish()
    for each in (SHIPPED, told):
        becauses = (
            *(alarm.because for alarm in each.alarms),
            *(need.because for need in each.needs),
            *(fit.because for fit in each.fits),
        )
        assert [because for because in becauses if because not in said] == []
    for question in told.questions:
        assert [text for text in (question.ask, question.why) if text not in said] == []
        assert [option.text for option in question.options if option.text not in said] == []
    for page in told.help.pages:
        assert [text for text in (page.title, *page.do) if text not in said] == []
    assert packet("es").sections[0].id == packet().sections[0].id


def test_what_is_not_known_is_said() -> None:
    bare = PacketSource(SHIPPED, DAY, why_no_figures="The cases are elsewhere.")
    said = "\n".join(line.text for line in every_line(packet_of(bare)))
    for sentence in (
        "The cases are elsewhere.",
        "the solver is not installed",
        "no result was compared",
        "English only",
    ):
        assert sentence in said
    said = "\n".join(line.text for line in every_line(packet()))
    for sentence in ("2 of 3 proved", "use.yaml:9: broken: example", "1287 of 1287 texts translated; complete"):
        assert sentence in said


def test_the_same_source_gives_the_same_packet_and_the_day_is_the_one_given() -> None:
    assert packet_of(replace(source())) == packet()
    assert packet().day == "2026-11-30"
