"""The card holds for anybody: 10,000 sheets by chance, and not only for example people. At most 150 words, and in the
smallest windows nothing scrolls, in every language.
"""

from __future__ import annotations

import pytest

from iop_tui.result.blocks import card_texts
from iop_tui.result.build import result_for
from iop_tui.result.card import WORDS
from iop_tui.result.document import document
from iop_tui.screening.i18n.language import use
from tests.core.test_result import words
from tests.random_sheets import random_sheets
from tests.shipped import PEOPLE, SHIPPED, spanish
from tests.tui.test_card import LANGUAGES, ROOMS, lacking, lines_of

FEW, MANY, PARTS = 60, 10_000, 10
SMALLEST = (ROOMS["60x20, kiosk"], ROOMS["80x24, kiosk"])
"""What fits here fits in every other window that shows pages."""
FULLEST, LAID_OUT = 8, 16
"""Laying a card out takes longer than all the rest: of so many different cards the fullest one is, by its letters, and
of so many one by chance.
"""


@pytest.mark.parametrize(
    ("language", "count", "seed"),
    [
        *((language, FEW, 0) for language in LANGUAGES),
        # Half of them in each language.
        *(
            pytest.param(LANGUAGES[seed % len(LANGUAGES)], MANY // PARTS, seed, marks=pytest.mark.thorough)
            for seed in range(1, PARTS + 1)
        ),
    ],
)
def test_the_card_of_anybody_is_short_and_fits(language: str, count: int, seed: int) -> None:
    screening = SHIPPED if language == "en" else spanish()
    use(language)
    try:
        cards = {}
        for sheet in random_sheets(SHIPPED, PEOPLE, count, seed):
            first = document(result_for(screening, sheet)).sections[0]
            if first.id == "card":
                assert words(first) <= WORDS, sheet
                cards[first] = sheet
    finally:
        use("en")
    assert len(cards) > count / 5
    fullest = sorted(cards, key=lambda card: sum(map(len, card_texts(card))), reverse=True)
    for card in {*fullest[: 1 + len(cards) // FULLEST], *list(cards)[::LAID_OUT]}:
        sheet = cards[card]
        for width, height in SMALLEST:
            lines = lines_of(card, width, height)
            assert len(lines) <= height, (sheet, "\n".join(lines))
            assert not lacking(card, lines), sheet
