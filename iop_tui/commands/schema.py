"""`iop-tui schema`: write the JSON Schemas of the YAML format and of the site file beside a screening."""

from __future__ import annotations

import json
from pathlib import Path

import click

from iop_tui.cli_support.exit_status import DONE
from iop_tui.cli_support.refusals import cannot_write, refuse
from iop_tui.screening.authoring.json_schema import schema_of, schemas
from iop_tui.site.settings import Site


def run(directory: Path) -> int:
    """Write one schema for each kind of file into `schema/` in the directory; the exit status."""
    if not (directory / "screening.yaml").is_file():
        return refuse(f"{directory} is no screening: it has no screening.yaml.")
    try:
        (directory / "schema").mkdir(exist_ok=True)
        for name, text in files().items():
            (directory / "schema" / name).write_text(text, encoding="utf-8")
    except OSError as failure:
        return cannot_write(failure)
    click.echo(f"{len(files())} schemas written to {directory / 'schema'}")
    return DONE


def files() -> dict[str, str]:
    """File name -> content."""
    return {
        f"{kind}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for kind, schema in {**schemas(), "site": schema_of(Site)}.items()
    }
