"""Form engines of the web as peers: installed from npm into a temporary folder, run in Node."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.harness.driven_terminal import NotMeasuredError

_SCRIPTS = Path(__file__).parent / "form_peers"
_INSTALL = 900.0
"""Seconds: the packages come to some hundreds of megabytes."""
SMART_FORMS = ("@aehrc/smart-forms-renderer@1.4.0", "react@18.3.1", "react-dom@18.3.1", "esbuild@0.25.12")
LFORMS = ("lforms@40.1.3", "jsdom@26.1.0")
_BUNDLE = ("--bundle", "--platform=node", "--format=esm", "--log-level=error", "--loader:.css=empty")
_REQUIRE = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);"


@contextmanager
def installed(packages: Sequence[str], script: str, *, bundled: bool = False) -> Iterator[list[str]]:
    """The command that runs a script of `form_peers` with these packages; they are gone afterwards.

    `bundled` puts script and packages into one file first, as a web application has it: such packages are not written
    for Node's own way to find modules.

    Raises:
        NotMeasuredError: there is no Node or npm, or a package cannot be had.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NotMeasuredError("it needs Node and npm")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "package.json").write_text("{}")
        shutil.copy(_SCRIPTS / f"{script}.mjs", folder)
        # Peers of peers are not wanted: what runs is in the packages named. No script of a package is run.
        _run(
            [
                npm,
                "install",
                "--silent",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--legacy-peer-deps",
                *packages,
            ],
            folder,
        )
        if bundled:
            built = f"{script}.bundle.mjs"
            _run(
                [
                    str(folder / "node_modules" / ".bin" / "esbuild"),
                    f"{script}.mjs",
                    *_BUNDLE,
                    f"--banner:js={_REQUIRE}",
                    f"--outfile={built}",
                ],
                folder,
            )
            yield [node, str(folder / built)]
        else:
            yield [node, str(folder / f"{script}.mjs")]


def _run(command: Sequence[str], folder: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_INSTALL, check=False)
    except subprocess.TimeoutExpired:
        raise NotMeasuredError(f"{Path(command[0]).name} took more than {_INSTALL:.0f} s") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise NotMeasuredError(f"{Path(command[0]).name} ended with {done.returncode}: {' '.join(said)[-200:]}")
