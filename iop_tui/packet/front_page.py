"""The first page of a packet, how to use it; and the last, where it is signed."""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.packet.packet_model import (
    Blank,
    Block,
    Heading,
    PageBreak,
    Remarks,
    bullet,
    line,
    said,
    strong,
)
from iop_tui.packet.packet_source import PacketSource
from iop_tui.screening.english import counted

_OPINIONS = "☐ I agree   ☐ I agree with the limits below   ☐ I do not agree   ☐ not read"
_FORM = 33
"""So many lines tall is the form that is signed; it is not divided."""
_ADDRESSES = 8
"""So many addresses to a paragraph."""


def front_blocks(source: PacketSource) -> Iterator[Block]:
    """What this is, who decides what, how to read, mark and sign it, and what it rests on."""
    screening = source.screening
    manifest = screening.manifest
    yield Heading(f"Review packet: {manifest.title}", 0)
    yield said(
        f"Screening {manifest.id}, version {manifest.version}, fingerprint {screening.sha256}. Packet of {source.day}. "
        f"{counted(len(screening.questions), 'question')}, {counted(len(screening.alarms), 'alarm')}, "
        f"{counted(len(screening.needs), 'rule')} of care, {counted(len(screening.fits), 'practical suggestion')}, "
        f"{counted(len(screening.help.lines), 'phone line')}."
    )
    yield Heading("What this is", 2)
    yield said(
        "A person answers these questions alone at a terminal, or with a counselor on the phone. The program then says "
        "which kind of care to ask about first, what to do today, and whom to call, and it sends the person to a "
        "licensed professional. It makes no diagnosis and places nobody. This packet holds what it asks, decides and "
        "says, so that a clinical lead can read it, mark it, and sign it or refuse to. Sections 1 to 3 are the "
        "clinical core: read these in one sitting. The others are for looking up, and for another day."
    )
    yield Heading("Who decides what", 2)
    yield bullet(
        "You decide whether these rules and texts are right for the people of your clinic, and under which limits."
    )
    yield bullet("The authors of the screening change what you mark; you see the change before it is used.")
    yield bullet("With each person, a licensed professional decides about their care. The program never does.")
    yield Heading("How to read it", 2)
    yield line(strong("1. "), "Our own readings: rules that no guideline states in these words. They need you most.")
    yield line(strong("2. and 3. "), "What decides each level; the alarms, and the pages that they show.")
    yield line(strong("4. "), "The questions, for looking up: every Q number in a rule leads there.")
    yield line(strong("5. to 7. "), "What the result tells, the phone lines, the other texts.")
    yield line(strong("8. "), "What is known: agreement with published cases, proofs, translations.")
    yield said(
        "A letter says what a number is of: Q question, A alarm, R rule of care, L naming no level, F practical "
        "suggestion, C crisis page, S first step, T advice, P phone line, N notice. A rule names each question in "
        "short, and quotes the answers that count; “or an answer below it” means any answer further down in its list. "
        "A number in brackets is the address of a source; section 10 lists them. The small gray words are ids, for the "
        "authors."
    )
    yield Heading("How to mark and sign it", 2)
    yield bullet("Tick “agree” or “change” at each rule. What you would change, write into the box after the table.")
    yield bullet("Too much care is a fault, too: who is sent higher than needed may not go at all.")
    yield bullet("In section 9 fill in your opinion, name, license, role and date, and sign.")
    yield bullet(
        "Give the packet back to the authors. Keep a copy with the fingerprint above: it says what you have read."
    )
    yield bullet(
        "What the program itself shows as reviewed is signed with your own key, with iop-tui sign, part by part as in "
        "section 9; docs/reviewing.md tells how."
    )
    if source.reviewed:
        yield Heading("Reviews so far", 2)
        yield from (bullet(sentence) for sentence in source.reviewed)
    if source.basis is not None:
        yield Heading("Limits that the authors know of", 2)
        yield from (bullet(limit) for limit in source.basis.limits)
    yield Remarks(3)


def basis_blocks(source: PacketSource) -> Iterator[Block]:
    """What the authors left out, and why."""
    if source.basis is None or not source.basis.left_out:
        return
    yield Heading("Left out on purpose", 2)
    for left in source.basis.left_out:
        yield said(f"{left.text} {left.because}", "small", mark="•")


def address_blocks(source: PacketSource) -> Iterator[Block]:
    """The addresses of the sources, by their numbers in brackets."""
    if source.addresses:
        yield Heading("10. Addresses of the sources")
        told = [f"[{number}] {each}" for number, each in enumerate(source.addresses, 1)]
        # A few to a paragraph: one paragraph of all would go to the next page as a whole.
        for at in range(0, len(told), _ADDRESSES):
            yield said("   ".join(told[at : at + _ADDRESSES]), "small")


def last_blocks(source: PacketSource) -> Iterator[Block]:
    """The form to sign."""
    manifest = source.screening.manifest
    yield PageBreak(_FORM)
    yield Heading("9. Opinion and signature")
    yield said(
        f"I have read this packet of the screening {manifest.id}, version {manifest.version}, fingerprint "
        f"{source.screening.sha256}."
    )
    for part in ("Rules and questions", "Texts in English", "Crisis pages and phone lines"):
        yield said(f"{part}:   {_OPINIONS}")
    for row in source.translations:
        yield said(f"Texts in {row.name} ({row.code}):   {_OPINIONS}")
    for name in ("Limits, such as “adults only”", "Valid until"):
        yield Blank(name)
    yield Remarks(4)
    for name in ("Name", "License", "Role", "Date", "Signature"):
        yield Blank(name)
