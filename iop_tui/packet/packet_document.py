"""A screening and what is known of it -> the packet, section by section."""

from __future__ import annotations

from iop_tui.packet.alarm_tables import alarm_blocks
from iop_tui.packet.care_tables import care_blocks, line_blocks, text_blocks
from iop_tui.packet.evidence_tables import evidence_blocks
from iop_tui.packet.front_page import address_blocks, basis_blocks, front_blocks, last_blocks
from iop_tui.packet.level_tables import level_blocks, own_reading_blocks
from iop_tui.packet.packet_model import Packet, Section
from iop_tui.packet.packet_source import PacketSource
from iop_tui.packet.question_tables import question_blocks

_HASH = 12
"""So many letters of the fingerprint stand on each page; the first page has all."""


def packet_of(source: PacketSource) -> Packet:
    """The packet. The same source gives the same packet."""
    manifest = source.screening.manifest
    made = (
        ("front", front_blocks),
        ("own_readings", own_reading_blocks),
        ("levels", level_blocks),
        ("alarms", alarm_blocks),
        ("questions", question_blocks),
        ("care", care_blocks),
        ("lines", line_blocks),
        ("texts", text_blocks),
        ("evidence", evidence_blocks),
        ("left_out", basis_blocks),
        ("signature", last_blocks),
        ("addresses", address_blocks),
    )
    sections = tuple(Section(name, tuple(blocks(source))) for name, blocks in made)
    about = f"{manifest.id} {manifest.version}, {source.screening.sha256[:_HASH]}"
    return Packet(f"Review packet: {manifest.title}", about, source.day.isoformat(), sections)
