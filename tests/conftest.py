"""What holds in every test."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings

from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.i18n.language import use
from iop_tui.screening.model.field_types import ENGLISH
from tests.profiles import selects_thorough


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples each property is tried with, before any test module is imported."""
    settings.load_profile("thorough" if selects_thorough(config.option.markexpr) else "plain")


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many workers as cores (`-n auto`): tests in a terminal, of threads and of PostgreSQL mostly wait, and
    others run meanwhile.
    """
    return 2 * (os.cpu_count() or 1)


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Where all tests run, share the rewriting of their assertions: each worker first imports its part of the modules,
    and finds the others in the cache of compiled files. All workers collect in one order, so that in a fresh clone each
    would rewrite each module in the same moment. What cannot be imported is told by the collection.
    """
    worker, workers = os.environ.get("PYTEST_XDIST_WORKER"), os.environ.get("PYTEST_XDIST_WORKER_COUNT")
    if worker is None or workers is None or sys.dont_write_bytecode or session.config.args != ["tests"]:
        return
    modules = sorted(Path(__file__).parent.rglob("test_*.py"))
    for module in modules[int(worker.removeprefix("gw")) :: int(workers)]:
        with suppress(Exception):
            importlib.import_module(".".join(module.relative_to(session.config.rootpath).with_suffix("").parts))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A property belongs to the thorough set, too, and is tried with more examples there: more of Hypothesis's, or all
    example people.
    """
    if selects_thorough(config.option.markexpr):
        for item in items:
            if isinstance(item, pytest.Function) and (is_hypothesis_test(item.obj) or "people" in item.fixturenames):
                item.add_marker("thorough")


@pytest.fixture(scope="session")
def people(request: pytest.FixtureRequest) -> Sequence[Case]:
    """The shipped example people for a test that is slow with each: every eighth, and all in the thorough set."""
    from tests.shipped import CASES

    return CASES if selects_thorough(request.config.option.markexpr) else CASES[::8]


@pytest.fixture(autouse=True, scope="session")
def _collected_once() -> None:
    """What was loaded to test with stays, and no collection needs to look through it. Each app makes and drops some
    hundred thousand objects: collections are made for as many, not for 700.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """The language in use is a setting of the process: no test leaves another one behind."""
    yield
    use(ENGLISH)
