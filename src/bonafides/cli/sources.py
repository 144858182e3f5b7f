"""List the vendor logs that can be read, or describe one."""

from dataclasses import asdict
from pathlib import Path

import click

from bonafides.cli.base import DONE, NOTHING_READ, as_json, mapping, one_of, put, put_json, put_table

_NEAREST = 5


@click.command("sources")
@click.argument("name", metavar="[ID]", required=False)
@click.option(
    "--detect",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Say which source reads this file, or the nearest ones and why they do not.",
)
@mapping
@as_json
def COMMAND(name: str | None, file: Path | None, mapping_files: tuple[Path, ...], is_json: bool) -> int:
    """List all sources, or describe the one called ID: where its files go, what is read, which tables it fills.

    The ID is the folder's name: EXPORTS/<company>/<ID>/ holds that vendor's files. A mapping file makes a source of
    its own of any CSV, JSON Lines or Parquet (docs/mapping.md).

    \b
    Examples:
      bonafides sources
      bonafides sources okta_system_log
      bonafides sources records/worker --json
      bonafides sources --detect downloads/export.json.gz
      bonafides sources --mapping hr_sheet.yaml --detect downloads/staff.csv
    """
    if file is not None:
        return _detect(file, mapping_files, is_json)
    from bonafides.workflow.ingest import sources

    known = sources(mapping_files)
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


def _detect(file: Path, mapping_files: tuple[Path, ...], is_json: bool) -> int:
    from bonafides.workflow.detection import detect, readers

    found = detect(file, mapping_files)
    best = readers(found)
    if is_json:
        put_json([asdict(one) | {"reads": one in best} for one in found])
    elif best:
        for one in best:
            put(f"{one.source}: reads {one.read} of {one.items} items, {one.unread} fields unread")
    else:
        put("No source reads this file. The nearest:")
        put_table([(one.source, f"{one.read} of {one.items}", one.why_not or "") for one in found[:_NEAREST]])
    return DONE if best else NOTHING_READ
