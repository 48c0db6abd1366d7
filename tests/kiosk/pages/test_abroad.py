"""A lobby in another country: no page of a visit says 911 or 988."""

from __future__ import annotations

from msgspec.structs import replace

from iop_tui.site.settings import Staff
from tests.core.abroad import US_NUMBER, abroad
from tests.kiosk.pages.visitor import AT, SITE, STAFF_KEYS, Visitor, visitor

ABROAD = replace(SITE, staff=Staff(AT))
"""Nothing is set for calling staff: what the program says by itself stands there."""
KEYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("LobbyWelcomePage", ("enter",)),
    ("ComparePage", ("2",)),
    ("LobbyWelcomePage", ("left",)),
    ("QuestionPage", ("1",)),
    ("HelpPage", ("h",)),
    ("QuestionPage", ("left",)),
    ("ConfirmPage", ("r",)),
    ("QuestionPage", ("1",)),
    ("PinPage", STAFF_KEYS),
    ("QuestionPage", ("escape",)),
    ("LobbyCrisisPage", ("1", "s")),
    ("QuestionPage", ("2",)),
    ("LobbyCrisisPage", ("4",)),
    ("ConfirmPage", ("1",)),
    ("LobbyCrisisPage", ("1",)),
    ("QuestionPage", ("2",)),
    ("ReviewPage", ("3", "2")),
    ("LobbyResultPage", ("enter",)),
    ("TakePage", ("t",)),
    ("QrPage", ("2",)),
)


async def test_no_page_of_a_visit_says_911_or_988() -> None:
    seen: dict[str, str] = {}
    async with visitor(abroad(), ABROAD, pin="any") as someone:
        seen["InvitingPage"] = someone.reads()
        for name, keys in KEYS:
            await someone.press(*keys, apart=0.2 if keys == STAFF_KEYS else 1.0)
            assert someone.page() == name, someone.sees()
            seen[name] = seen.get(name, "") + await scrolled(someone)
    assert {name: text for name, text in seen.items() if US_NUMBER.search(text)} == {}
    for name in ("HelpPage", "LobbyCrisisPage"):
        assert "112" in seen[name], name
        assert "116 123" in seen[name], name
    assert "Withdrawal care" in seen["LobbyResultPage"]


async def scrolled(someone: Visitor) -> str:
    """The page as it is read on, by its key."""
    seen = [someone.reads()]
    for _turn in range(20):
        await someone.press("pagedown")
        if someone.reads() == seen[-1]:
            break
        seen.append(someone.reads())
    await someone.press("pageup", "pageup", "pageup", "pageup")
    return "\n".join(seen)
