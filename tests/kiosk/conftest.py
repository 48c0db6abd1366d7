"""Fixtures for the tests of a kiosk in a real pseudo-terminal: those of tests/terminal."""

from tests.terminal.conftest import forks as forks
from tests.terminal.conftest import rooms as rooms
from tests.terminal.conftest import start as start
