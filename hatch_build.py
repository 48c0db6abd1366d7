"""Compiles the shipped screening when the program is built: into the wheel, or beside the modules of a checkout that is
installed to be edited. A screening that is not sound builds nothing.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_IN_PACKAGE = "iop_tui/_compiled"


class CompileScreening(BuildHookInterface[Any]):
    """Makes `iop_tui/_compiled`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before a build: `version` is "standard" or "editable"."""
        sys.path.insert(0, self.root)
        from iop_tui.compiling import compile_shipped

        if version == "editable":
            compile_shipped(Path(self.root, _IN_PACKAGE))
            return
        # Not into the checkout: building a wheel of it changes nothing there.
        self._made = tempfile.TemporaryDirectory()
        compile_shipped(Path(self._made.name))
        build_data["force_include"][self._made.name] = _IN_PACKAGE

    def finalize(self, version: str, _build_data: dict[str, Any], _artifact: str) -> None:
        """After a build."""
        if version != "editable":
            self._made.cleanup()
