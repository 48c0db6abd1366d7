"""The footer's keys of a form's question: others while a person types than while they choose."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from iop_tui.forms.asking.entry import Entry
from iop_tui.screening.i18n.language import N_
from iop_tui.tui.base_screen import BACK, HELP, MORE, READ_ON_IF, KeyHint
from iop_tui.tui.fields import Area, Line

HINTS: Sequence[KeyHint] = (
    READ_ON_IF,
    KeyHint("↑ ↓ Enter", N_("Choose"), "nothing"),
    KeyHint(N_("Space"), N_("Tick"), "tick"),
    KeyHint("Enter", N_("Continue"), "go_on"),
    KeyHint("Tab", N_("To the keys below"), "leave_field", N_("Keys")),
    KeyHint("Tab Enter", N_("Continue"), "finish"),
    HELP,
    KeyHint("F1", N_("Who to call"), "call", N_("Help")),
    KeyHint("W", N_("About this question"), "why", N_("About")),
    KeyHint("F2", N_("About this question"), "about", N_("About")),
    BACK,
    MORE,
)
_LIST = frozenset({"tick", "go_on", "leave_field", "finish", "call", "about"})
_FIELD = frozenset({"nothing", "tick", "help", "why", "back", "more"})
"""Actions whose keys are hidden while a person chooses, and while one types."""


def hidden_keys(entry: Entry, focused: Widget | None, *, finds: bool, explains: bool) -> frozenset[str]:
    """The actions whose keys are hidden with the focus there; `finds` says whether letters find an option, `explains`
    whether there is more to read about the question.
    """
    hidden = set(_LIST)
    if isinstance(focused, (Line, Area)):
        hidden = set(_FIELD)
        hidden |= {"go_on", "leave_field"} if isinstance(focused, Area) else {"finish"}
        if finds:
            hidden = (hidden | {"go_on"}) - {"nothing"}
    elif entry.way == "tick":
        hidden = (hidden | {"nothing"}) - {"tick", "go_on"}
    if not explains:
        hidden |= {"why", "about"}
    return frozenset(hidden)
