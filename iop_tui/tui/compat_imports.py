"""What Textual imports and this program never uses is kept from loading: an eighth of the time that its import takes.

It must run before Textual is imported. Names that Textual asks for at import are there, and stand for nothing; whoever
asks such a module for any other name gets the real one. `tests/tui/test_compat_imports.py` holds what this rests on.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from types import ModuleType

_UNUSED: dict[str, Sequence[str]] = {
    # The command palette, closed in compat.py. It brings Input, Select, Tree and their like with it, 12 ms. Textual
    # 8.2.8 imports these names in textual.app and textual.theme, as base classes and for the palette's own actions.
    "textual.command": (
        *("CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider", "SimpleProvider"),
    ),
    # Where App.deliver_text would save a file, which nobody asks for, 3 ms. Textual 8.2.8 calls it nowhere else.
    "platformdirs": ("user_downloads_path",),
}


class _Unused(ModuleType):
    """Stands for a module that is not to be loaded."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        super().__init__(name)
        for unused in names:
            setattr(self, unused, type(unused, (), {"__module__": name}))

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def leave_out_unused() -> None:
    """Keep from loading what is never used. Does nothing for what is loaded already."""
    for name, names in _UNUSED.items():
        if name not in sys.modules:
            sys.modules[name] = _Unused(name, names)
    _import_asyncio_without_tls()


def _import_asyncio_without_tls() -> None:
    # asyncio of Python 3.11 to 3.14 does without ssl where Python was built without it; the wizard talks to nobody,
    # and OpenSSL takes 4 ms to load. Whoever imports ssl later gets it.
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # how Python is told that there is no such module
    try:
        import asyncio  # noqa: F401  # for what it leaves in sys.modules
    finally:
        del sys.modules["ssl"]
