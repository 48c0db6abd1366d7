"""The keys of the desk, in one table: their actions, their names in the key bar, their rows in docs/counselor.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from iop_tui.tui.footer import KeyHint

DeskAction = Literal[
    "up", "down", "pick", "before", "after", "next_open", "jump", "gate", "mark", "note", "call_note", "why", "words",
    "take_back", "explain", "what_if", "judge", "protocol", "forms", "orphaned", "finish", "help", "compare", "to_list",
]  # fmt: skip
"""What a key can do: the method `action_NAME` of the desk."""


class DeskKey(Struct, frozen=True):
    """An action, its keys, and its description in the manual. The key bar shows it if it has a `label`, with the key's
    name `shown`, and in a narrow window in `short`.
    """

    action: DeskAction
    keys: tuple[str, ...]
    """Textual's names; letters in lower case."""
    does: str
    shown: str = ""
    label: str = ""
    short: str = ""


DESK_KEYS: Sequence[DeskKey] = (
    DeskKey("up", ("up",), "the answer above"),
    DeskKey("down", ("down",), "the answer below"),
    DeskKey("pick", ("enter", "space"), "choose the answer under the cursor"),
    DeskKey("before", ("left", "pageup"), "the question before"),
    DeskKey("after", ("right", "pagedown"), "the question after", "← →", "Before, after", "Move"),
    DeskKey("next_open", ("o",), "the next open question", "O", "Next open", "Open"),
    DeskKey("jump", ("j",), "jump: a few letters of a question, an answer or a section", "J", "Jump to", "Jump"),
    DeskKey("note", ("t",), "a note on the question", "T", "Note on this", "Note"),
    DeskKey(
        "call_note",
        ("y",),
        "a note on the call, and the reference to find the caller again",
        "Y",
        "Note on call",
        "Call",
    ),
    DeskKey("mark", ("m",), "mark the question, to come back to it", "M", "Mark"),
    DeskKey("gate", ("b",), "the question that decides whether this one is asked"),
    DeskKey("why", ("w",), "show or hide why this is asked", "W", "Why"),
    DeskKey("words", ("e",), "what words of the question mean", "E", "Words"),
    DeskKey("take_back", ("delete", "backspace"), "take the answer back", "Del", "Take back", "Undo"),
    DeskKey(
        "explain",
        ("r",),
        "the result, with every rule that holds, its source, the answers behind it, and what is unknown",
        "R",
        "Result, rules",
        "Result",
    ),
    DeskKey("what_if", ("v",), "what would change the result", "V", "What would change it", "Change"),
    DeskKey("judge", ("g",), "your own judgment, beside the program's", "G", "Judgment", "Judge"),
    DeskKey("protocol", ("p",), "the protocol of an alarm", "P", "Protocol"),
    DeskKey(
        "forms", ("a",), "ask a form of another author's, where the site file names some", "A", "Ask a form", "Form"
    ),
    DeskKey("orphaned", ("x",), "answers that no longer fit the questions, where a call has some"),
    DeskKey("finish", ("f",), "finish, to call back, or export", "F", "Finish"),
    DeskKey("help", ("h", "f1"), "who to call", "H", "Who to call", "Help"),
    DeskKey("compare", ("k",), "the kinds of care compared", "K", "Compare", "Levels"),
    DeskKey("to_list", ("q",), "back to the list", "Q", "To the list", "List"),
)

ACTIONS: Mapping[str, DeskAction] = {key: entry.action for entry in DESK_KEYS for key in entry.keys}
"""Key -> what it does."""
HINTS: Sequence[KeyHint] = tuple(
    KeyHint(entry.shown, entry.label, entry.action, entry.short) for entry in DESK_KEYS if entry.label
)
"""The actions in the key bar, in order."""
_NAMES: Mapping[str, str] = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "Enter", "space": "Space", "delete": "Delete",
    "backspace": "Backspace", "pageup": "Page Up", "pagedown": "Page Down", "f1": "F1",
}  # fmt: skip


def manual_rows() -> Sequence[str]:
    """The rows of the table of keys in docs/counselor.md, in Markdown."""
    return [f"| {', '.join(map(_named, entry.keys))} | {entry.does} |" for entry in DESK_KEYS]


def _named(key: str) -> str:
    """A key as it is printed on a keyboard: words as they are, letters and arrows as code."""
    name = _NAMES.get(key, key.upper())
    return f"`{name}`" if len(name) == 1 else name
