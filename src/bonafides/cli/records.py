"""List the record tables that sources fill, or describe one."""

from dataclasses import asdict

import click

from bonafides.cli.base import DONE, as_json, one_of, put, put_json, put_table


@click.command("records")
@click.argument("name", metavar="[TABLE]", required=False)
@as_json
def COMMAND(name: str | None, is_json: bool) -> int:
    """List the record tables, or describe the one called TABLE: the columns that a file in our own shape may have.

    EXPORTS/<company>/records/<TABLE>.csv (or .jsonl, .parquet) is read as it is; columns that are not required may be
    missing.

    \b
    Examples:
      bonafides records
      bonafides records worker
      bonafides records sign_in --json
    """
    from bonafides.records.base import COMMON
    from bonafides.workflow.ingest import record_tables

    known = record_tables()
    if name is None:
        if is_json:
            put_json([asdict(t) for t in known.values()])
        else:
            put_table([(t.name, t.says) for t in known.values()], "")
        return DONE
    found = known[one_of(known, name, "record table")]
    if is_json:
        put_json(asdict(found))
        return DONE
    put(f"{found.name}: {found.says}")
    put(f"dated by {found.time or 'nothing'}; reaches people by {', '.join(found.reaches) or 'nothing'}")
    put("\nColumns (* required)")
    put_table([(f"{c.name}{'*' if c.required else ''}", c.type, c.kind or "", c.says) for c in found.columns])
    put(f"\nGiven by the reader: {', '.join(c.name for c in COMMON)}")
    return DONE
