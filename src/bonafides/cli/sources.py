"""List the vendor logs that can be read, or describe one."""

from dataclasses import asdict

import click

from bonafides.cli.base import DONE, as_json, one_of, put, put_json, put_table


@click.command("sources")
@click.argument("name", metavar="[ID]", required=False)
@as_json
def COMMAND(name: str | None, is_json: bool) -> int:
    """List all sources, or describe the one called ID: where its files go, what is read, which tables it fills.

    The ID is the folder's name: EXPORTS/<company>/<ID>/ holds that vendor's files.

    \b
    Examples:
      bonafides sources
      bonafides sources okta_system_log
      bonafides sources records/worker --json
    """
    from bonafides.workflow.ingest import sources

    known = sources()
    if name is None:
        if is_json:
            put_json([asdict(s) for s in known.values()])
        else:
            put_table([(s.id, s.format, ", ".join(s.selects), s.title) for s in known.values()], "")
        return DONE
    found = known[one_of(known, name, "source")]
    if is_json:
        put_json(asdict(found))
        return DONE
    put(f"{found.id}: {found.title}")
    put(f"vendor's page: {found.vendor_page or '-'}")
    ending = f".{found.format}" if found.id.startswith("records/") else f"/**.{found.format}"
    put(f"files: EXPORTS/<company>/{found.id}{ending} (also .gz and .zst)")
    put(f"fills: {', '.join(found.selects)}")
    put("\nFields read")
    put_table([(" or ".join(".".join(p) for p in c.paths), c.type) for c in found.columns])
    if found.ignores:
        put(f"\nLeft unread on purpose: {', '.join(found.ignores)}")
    if found.set_aside:
        put("\nSet aside")
        put_table(found.set_aside.items())
    return DONE
