"""Write a table of the latest run as CSV, JSON Lines or Parquet, masked."""

import sys
from pathlib import Path

import click

from bonafides import api
from bonafides.cli.base import DONE, as_json, put, put_json, unmasked, warn_of_reveal, workspace
from bonafides.errors import BadSettings


@click.command("export")
@click.argument("table")
@click.option("--format", default="csv", show_default=True, help="csv, jsonl or parquet.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; stdout otherwise.")
@workspace
@unmasked
@as_json
def COMMAND(table: str, format: str, output: Path | None, workspace: Path, unmasked: bool, is_json: bool) -> int:
    """Write TABLE of the latest run: assessment, finding, contribution, evaluation, tie, network and others.

    Subjects and values are pseudonyms, the same as in the report. In CSV, what a spreadsheet would take for a formula
    is kept as text. The tables are described in docs/reference/derived.md. With --json, what was written is said as
    JSON; it needs --output.

    \b
    Examples:
      bonafides export assessment --workspace demo/workspace > assessment.csv
      bonafides export finding --format jsonl --output finding.jsonl
      bonafides export tie --format parquet --output tie.parquet
    """
    if is_json and output is None:
        raise BadSettings("--json says what was written: give --output")
    if output is None and format == "parquet" and sys.stdout.isatty():
        raise BadSettings("Parquet is no text: give --output")
    warn_of_reveal(unmasked)
    content = api.export(workspace, table, format=format, masked=not unmasked)
    if output is None:
        click.echo(content, nl=False)
        return DONE
    output.write_bytes(content)
    told = {"table": table, "format": format, "output": str(output), "bytes": len(content), "masked": not unmasked}
    if is_json:
        put_json(told)
    else:
        put(f"{output}: {len(content):,} bytes, {'in clear' if unmasked else 'masked'}")
    return DONE
