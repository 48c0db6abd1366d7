"""The packet of the shipped screening and of others, made once in each process that runs tests."""

from __future__ import annotations

import datetime
import io
from functools import cache
from pathlib import Path

from pypdf import PdfReader

from iop_tui.packet.packet_document import packet_of
from iop_tui.packet.packet_model import Entries, Entry, Line, Packet
from iop_tui.packet.packet_pdf import as_packet_pdf
from iop_tui.packet.packet_source import Agreed, Figures, PacketSource, Promised, Translation
from iop_tui.screening.authoring.evidence import load_basis
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Report
from iop_tui.screening.shipped import shipped
from tests.shipped import SHIPPED, spanish

DAY = datetime.date(2026, 11, 30)
SCREENINGS = Path(__file__).parent.parent / "screenings"


@cache
def source(language: str | None = None) -> PacketSource:
    """What the packet of the shipped screening is made from, as full as it can be."""
    return PacketSource(
        SHIPPED,
        DAY,
        load_basis(shipped(), SHIPPED, Report()),
        told=spanish() if language else None,
        people=3,
        proved=(Promised("worse never gives less", 2, 3, ("use.yaml:9: broken: example",)),),
        figures=Figures(
            tuple(
                Agreed(rater, "Decided cases", 25, 20, 24, 1, 4) for rater in ("first", "second") for _set in range(4)
            ),
            ("Sheets of first: of 10 emergencies 10 stopped the questions.",) * 2,
            ("The numbers are small.",) * 8,
        ),
        translations=(Translation("es", "Español", 1287, 1287),),
    )


@cache
def packet(language: str | None = None) -> Packet:
    """The packet of the shipped screening."""
    return packet_of(source(language))


@cache
def pdf() -> bytes:
    """The same as PDF."""
    return as_packet_pdf(packet(), "test")


@cache
def pages() -> tuple[str, ...]:
    """The text of its pages."""
    return tuple(page.extract_text() for page in PdfReader(io.BytesIO(pdf())).pages)


@cache
def other(name: str) -> Screening:
    """A screening of the tests."""
    return load(SCREENINGS / name)


def lines_of(entry: Entry) -> list[Line]:
    """All lines of a row."""
    return [line for cell in (*entry.cells, entry.notes) for line in cell]


def words_of(entry: Entry) -> str:
    """All words of a row, a line each."""
    return "\n".join(line.text for line in lines_of(entry))


def every_line(made: Packet) -> list[Line]:
    """All lines of a packet, in order."""
    found: list[Line] = []
    for block in made.blocks:
        if isinstance(block, Line):
            found.append(block)
        elif isinstance(block, Entries):
            found += [line for entry in block.entries for line in lines_of(entry)]
    return found
