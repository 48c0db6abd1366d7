"""Keeps modules that Textual imports and this program never uses from loading: an eighth of its import time.

It must run before Textual is imported. The names that Textual needs at import exist as placeholders; any other name of
such a module loads the real one. `tests/tui/test_compat_imports.py` tests the assumptions.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from types import ModuleType

_UNUSED: dict[str, Sequence[str]] = {
    # The command palette, disabled in compat.py. It imports Input, Select, Tree and their like, 12 ms. Textual 8.2.8
    # imports these names in textual.app and textual.theme, as base classes and for the palette's own actions.
    "textual.command": (
        *("CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider", "SimpleProvider"),
    ),
    # App.deliver_text would save a file with it, which nobody uses, 3 ms. Textual 8.2.8 calls it nowhere else.
    "platformdirs": ("user_downloads_path",),
}


class _Unused(ModuleType):
    """A placeholder for a module that is not loaded."""

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
    """Keep unused modules from loading. Does nothing for modules that are loaded already."""
    for name, names in _UNUSED.items():
        if name not in sys.modules:
            sys.modules[name] = _Unused(name, names)
    _import_asyncio_without_tls()


def _import_asyncio_without_tls() -> None:
    # asyncio of Python 3.11 to 3.14 works without ssl, as in a Python built without it; the wizard has no network, and
    # OpenSSL takes 4 ms to load. A later import of ssl still works.
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # how Python is told that there is no such module
    try:
        import asyncio  # noqa: F401  # for what it leaves in sys.modules
    finally:
        del sys.modules["ssl"]
