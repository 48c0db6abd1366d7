"""What is kept from loading is not needed by what runs, and can be had by whoever asks for it."""

from __future__ import annotations

import ast
import subprocess
import sys

_START = "from iop_tui.tui.compat_imports import leave_out_unused; leave_out_unused(); import sys, iop_tui.tui.app\n"


def told(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", _START + code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_what_the_wizard_never_uses_is_not_loaded() -> None:
    loaded = set(ast.literal_eval(told("print(sorted(sys.modules))")))
    assert {"textual.app", "textual.widgets._option_list", "asyncio"} <= loaded
    for name in (
        "ssl",
        "_ssl",
        "platformdirs.unix",
        "textual.fuzzy",
        "textual.widgets._input",
        "textual.widgets._tree",
    ):
        assert name not in loaded, name


def test_whoever_asks_for_more_of_it_gets_the_real_thing() -> None:
    code = """
from textual.command import Matcher
import textual.command
from platformdirs import user_config_path
import ssl
print(textual.command.__file__ is not None, user_config_path.__module__, ssl.OPENSSL_VERSION[:7])
"""
    assert told(code) == "True platformdirs OpenSSL"


def test_what_was_loaded_before_stays() -> None:
    code = """
import sys, ssl, textual.command
from iop_tui.tui.compat_imports import leave_out_unused
leave_out_unused()
import asyncio.sslproto
print(textual.command.__file__ is not None, sys.modules["ssl"] is ssl, asyncio.sslproto.ssl is ssl)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True True True"


def test_the_pages_that_need_a_field_to_type_in_have_one() -> None:
    code = "import iop_tui.tui.save; from textual.widgets import Input; print(Input.__module__)"
    assert told(code) == "textual.widgets._input"


def test_textual_asks_the_palette_for_nothing_that_does_not_stand_there() -> None:
    # Else the palette is loaded after all, which costs no more than before.
    assert told("print(type(sys.modules['textual.command']).__name__)") == "_Unused"
