"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

questions_option = click.option(
    "--questions",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The directory of another screening. Without it: the one that comes with the program.",
)
records_option = click.option(
    "--records",
    metavar="URL",
    help="Where calls are kept: a file, or postgresql+psycopg://USER@HOST/NAME. Without it: a file of your own.",
)
