"""Five levels of care, and other numbers to call than in the United States, line by line."""

from __future__ import annotations

import pytest

from tests.core.abroad import US_NUMBER, abroad
from tests.line.conversation import Conversation, typing

WAYS = {
    "dark": ["1", "1", "3", "2", "1", "summary", *["more"] * 20],
    "danger": ["1", "1", "4", "help"],
    "unsaid": ["1", "1", "skip", "help"],
    "help and comparison": ["help", "2", "compare", *["more"] * 10],
}


@pytest.mark.parametrize("way", WAYS)
def test_a_conversation_never_says_911_or_988(way: str) -> None:
    said = Conversation(abroad(), typing(WAYS[way])).run()
    assert not US_NUMBER.search(said)
    assert "1 1 2" in said or "112" in said
    if way == "dark":
        assert "Withdrawal care" in said
