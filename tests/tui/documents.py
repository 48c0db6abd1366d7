"""Documents of results, as blocks: one written by hand, and what a block says."""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.result.blocks import (
    Block,
    CallLine,
    CallLines,
    CareName,
    Document,
    Entries,
    Entry,
    LevelOnScale,
    Row,
    Scale,
    Section,
    Table,
    Talk,
    Turn,
    Words,
)
from iop_tui.result.offer import Offer
from iop_tui.screening.engine.progress import Left

OFFER = Offer(Left(5, 5), for_other=False)
"""Five questions after the result."""
SCALE = Scale(
    "Hours a week",
    "You sleep",
    (
        LevelOnScale("outpatient", "Outpatient", "1-8", 1, 8, "home", mine=False, possible=False),
        LevelOnScale("iop", "IOP", "9-19", 9, 19, "home", mine=True, possible=False),
        LevelOnScale("php", "PHP", "20+", 20, 20, "home", mine=False, possible=True),
        LevelOnScale("inpatient", "Inpatient", "day and night", 168, 168, "there", mine=False, possible=False),
    ),
)
CARD = Section(
    "card",
    "Your result",
    (
        CareName("Care to ask about", "IOP", "Intensive outpatient (IOP)", "You come 3 or 4 days a week."),
        SCALE,
        Entries("Why", tuple(Entry(f"Reason number {number}", priority=20 + number) for number in (1, 2, 3, 4))),
        Words("If you could go a few days without drinking, outpatient could be enough.", priority=9),
        Entries("Today", (Entry("See a doctor."), Entry("Call 1-800-662-4357.")), numbered=True),
        Words("Not a diagnosis. A licensed professional decides with you.", "quiet"),
    ),
)
ROWS = tuple(
    Row(f"row{number}", f"Row {number}", tuple(f"{name} {number} goes on in a second line" for name in "abcd"))
    for number in range(12)
)
DOCUMENT = Document(
    "A screening",
    (
        CARD,
        Section(
            "why",
            "Why",
            (
                Words("These answers point here."),
                Entries("", (Entry("You drink daily", details=("How often? “Daily”",)), Entry("You live alone"))),
                Entries("This counts, too", (Entry("You slept badly", details=("How did you sleep? “Badly”",)),)),
            ),
        ),
        Section("compare", "The kinds of care", (Table(("Outpatient", "IOP", "PHP", "Inpatient"), ROWS, lit=1),)),
        Section(
            "todo",
            "What to do",
            (Entries("", tuple(Entry(f"Step {n}", details=("Do it. " * 20,)) for n in range(8)), numbered=True),),
        ),
        Section(
            "call",
            "Your first call",
            (
                Talk(
                    "They say",
                    "You say",
                    (Turn(False, "Hello?"), Turn(True, "Hi.")),
                ),
            ),
        ),
        Section("who", "Who to call", (CallLines((CallLine("crisis", "Crisis line", "Call 988", "Day and night."),)),)),
    ),
    "small 1",
)


def texts_of_block(block: Block, *, may_be_cut: bool) -> Iterator[str]:
    """All that a block must say on some page; without what `may_be_cut` where there is no room. What stands behind a
    reason is not shown by itself.
    """
    if isinstance(block, Words):
        yield from (block.text,) if not (block.priority and may_be_cut) else ()
    elif isinstance(block, CareName):
        yield from (block.name, block.what)
    elif isinstance(block, Scale):
        yield from (text for level in block.levels for text in (level.short, level.hours))
    elif isinstance(block, Entries):
        yield from (entry.text for entry in block.entries if not (entry.priority and may_be_cut))
    elif isinstance(block, Table):
        yield from (row.label for row in block.rows if not (row.priority and may_be_cut))
    elif isinstance(block, Talk):
        yield from (turn.text for turn in block.turns)
    elif isinstance(block, CallLines):
        yield from (line.reach for line in block.lines)
