"""Read the ledger of everything that was done, or verify that nothing of it was changed."""

import click

from bonafides import api
from bonafides.cli.base import (
    DONE,
    DONE_WITH_TROUBLE,
    as_json,
    database,
    now,
    put,
    put_json,
    put_table,
    warn,
    workspace,
)
from bonafides.errors import BadSettings


@click.command("ledger")
@click.argument("action", type=click.Choice(("verify", "list")))
@workspace
@database
@click.option("--head", help="A hash that must be in the ledger, such as an export names.")
@as_json
def COMMAND(action: str, workspace: object, database: str | None, head: str | None, is_json: bool) -> int:
    """Verify that every entry of the ledger is there and as it was written, or list the entries.

    Entries are chained: each holds the hash of the one before. What was changed, taken out or put between is named.
    What was cut off the end shows only against a hash that was kept elsewhere (--head); every export names one.

    \b
    Examples:
      bonafides ledger verify
      bonafides ledger verify --head 3f0c…
      bonafides ledger list --json
    """
    with api.desk(str(workspace), actor="ledger", role="viewer", clock=now, database=database) as desk:
        entries, broken = desk.entries(), desk.broken()
    if action == "list":
        if is_json:
            put_json([{"seq": e.seq, **vars(e.deed), "hash": e.hash} for e in entries])
        else:
            rows = (
                (e.seq, e.deed.at[:19], e.deed.actor, e.deed.role, e.deed.kind, e.deed.case_id or "-") for e in entries
            )
            put_table(rows)
        return DONE
    if broken is None and head and head not in {entry.hash for entry in entries}:
        raise BadSettings(
            "the ledger does not hold the entry of this hash: something was cut off, or it is another ledger"
        )
    last = entries[-1].hash if entries else None
    if is_json:
        put_json({"entries": len(entries), "head": last, "broken": vars(broken) if broken else None})
    elif broken:
        warn(f"entry {broken.seq} {broken.why}: nothing from there on can be relied on")
    else:
        put(f"{len(entries):,} entries hold; the last is {last}")
    return DONE_WITH_TROUBLE if broken else DONE
