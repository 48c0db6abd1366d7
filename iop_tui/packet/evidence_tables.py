"""What is known about the rules: figures of the validation, what is proved, the state of the translations."""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.packet.packet_model import Block, Entries, Entry, Heading, Remarks, bullet, said
from iop_tui.packet.packet_source import Agreed, PacketSource
from iop_tui.screening.english import counted, plural


def evidence_blocks(source: PacketSource) -> Iterator[Block]:
    """Figures, proofs, example people, translations."""
    yield Heading("8. What is known about the rules")
    yield Heading("Agreement with published cases", 2)
    yield from _figures(source)
    yield Heading("What is proved over every answer sheet", 2)
    yield from _proofs(source)
    yield Heading("Example people", 2)
    yield said(
        plural(
            "1 example person in cases/ has the result that they must get; they got it when this packet was made.",
            f"{source.people} example people in cases/ have the results that they must get; each got theirs when this "
            "packet was made.",
            source.people,
        )
        if source.people
        else "There are no example people: no result was compared with an expected one."
    )
    yield Heading("Translations", 2)
    yield from _translations(source)
    yield Remarks(3)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _figures(source: PacketSource) -> Iterator[Block]:
    figures = source.figures
    if figures is None:
        yield said(source.why_no_figures)
        return
    yield from (bullet(limit) for limit in figures.limits)
    heads = ("Sheets of", "Cases", "n", "Same level", "At most one apart", "Less care", "More care")
    shares = (0.09, 0.43, 0.06, 0.105, 0.115, 0.1, 0.1)
    yield Entries(heads, shares, tuple(_agreed(row) for row in figures.agreed))
    yield from (said(sentence) for sentence in figures.alarms)


def _agreed(row: Agreed) -> Entry:
    counts = (row.of, row.exact, row.within_one, row.less, row.more)
    cells = ((said(row.rater),), (said(row.cases),), *((said(str(count)),) for count in counts))
    return Entry(f"figure.{row.rater}", cells)


def _proofs(source: PacketSource) -> Iterator[Block]:
    if source.proved is None:
        yield said(
            "Nothing was proved for this packet: the solver is not installed. After pip install 'iop-tui[prove]' it is "
            "done whenever a packet is made."
        )
        return
    yield said(
        "A solver looked at every way to answer the questions, or leave them open. What it proved holds for all of "
        "them; it does not say that a rule is right. docs/proof.md explains each promise."
    )
    for row in source.proved:
        yield bullet(f"{row.promise.capitalize()}: {row.proved} of {row.of} proved.")
        yield from (bullet(sentence, depth=1) for sentence in row.open)


def _translations(source: PacketSource) -> Iterator[Block]:
    if not source.translations:
        yield said("There are no translations: the screening is in English only.")
    for row in source.translations:
        whole = "complete" if row.translated == row.of and not row.problems else "not complete"
        yield bullet(f"{row.name} ({row.code}): {row.translated} of {counted(row.of, 'text')} translated; {whole}.")
        yield from (bullet(problem, "small", depth=1) for problem in row.problems)
    if source.told is not None:
        yield said(
            f"In this packet the texts in {source.told.language} stand under the English ones. A text without a second "
            "one is the same in both, or has no translation."
        )
