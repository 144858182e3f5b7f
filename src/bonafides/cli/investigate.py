"""Read exports, assess everybody in them, and publish a run with its report."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bonafides import api
from bonafides.cli.base import (
    DONE,
    DONE_WITH_TROUBLE,
    NOTHING_READ,
    as_json,
    mapping,
    now,
    progress,
    put,
    put_json,
    put_table,
    settings,
    workspace,
)
from bonafides.settings import Settings

if TYPE_CHECKING:
    from bonafides.workflow.file_ledger import FileLedger
    from bonafides.workflow.investigate import Investigation

TIERS = ("urgent", "review", "watch", "clear")


@click.command("investigate")
@click.argument("exports", type=click.Path(path_type=Path, exists=True, file_okay=False))
@workspace
@settings
@click.option("--memory", help="Most memory of a run, such as 4GB; what does not fit goes to disk.")
@click.option("--threads", type=click.IntRange(min=1), help="Threads of the engine.")
@click.option("--engine", help="What makes sightings, ties and findings: duckdb (the default) or spark.")
@click.option("--spark-master", metavar="URL", help="Where Spark runs, such as spark://host:7077; local[2] is here.")
@mapping
@as_json
def COMMAND(
    exports: Path,
    workspace: Path,
    settings_file: Path | None,
    memory: str | None,
    threads: int | None,
    engine: str | None,
    spark_master: str | None,
    mapping_files: tuple[Path, ...],
    is_json: bool,
) -> int:
    """Read EXPORTS, assess everybody in them, and publish a run with its report.

    EXPORTS/<company>/<source id>/ holds raw files (see `bonafides sources`), EXPORTS/<company>/records/<table>.csv
    tables in our own shape (see `bonafides records`). Nothing there is changed. The run is published whole or not
    at all; WORKSPACE/latest points to the newest.

    \b
    Examples:
      bonafides investigate exports
      bonafides investigate exports --workspace cases/2026 --settings settings.yaml
      bonafides investigate exports --json | jq .tiers
    """
    mappings = tuple(map(str, mapping_files)) or None
    settings = Settings.read(
        settings_file, memory=memory, threads=threads, engine=engine, spark_master=spark_master, mappings=mappings
    )
    outcome = api.investigate(exports, workspace, now=now(), settings=settings, say=progress(is_json))
    trouble = list(outcome.notes)
    is_empty = not any(ledger.kept for ledger in outcome.ledgers)
    if is_json:
        put_json(_plain(outcome, trouble))
    else:
        _put(outcome, workspace, trouble, is_empty)
    return NOTHING_READ if is_empty else DONE_WITH_TROUBLE if trouble else DONE


def _unused(ledgers: Sequence["FileLedger"]) -> dict[str, int]:
    """Files of which nothing was kept though there was something, by the first reason: the file's own, if any."""
    unused = [led for led in ledgers if led.items and not led.kept and not led.duplicates]
    return dict(Counter(min(led.lines)[1] for led in unused).most_common())


def _plain(outcome: "Investigation", trouble: Sequence[str]) -> dict[str, Any]:
    return {
        "run_id": outcome.run_id,
        "path": str(outcome.path),
        "subjects": outcome.subjects,
        "companies": outcome.companies,
        "tiers": {tier: outcome.tiers.get(tier, 0) for tier in TIERS},
        "networks": outcome.networks,
        "files": len(outcome.ledgers),
        "items": {
            "read": sum(led.items for led in outcome.ledgers),
            "kept": sum(led.kept for led in outcome.ledgers),
            "duplicates": sum(led.duplicates for led in outcome.ledgers),
            "set_aside": outcome.set_aside,
        },
        "unused_files": _unused(outcome.ledgers),
        "indicators": {"skipped": outcome.skipped, "failed": outcome.failed},
        "trouble": list(trouble),
    }


def _put(outcome: "Investigation", workspace: Path, trouble: Sequence[str], is_empty: bool) -> None:
    told = _plain(outcome, trouble)
    items = told["items"]
    put(f"run {outcome.run_id}: {outcome.subjects:,} subjects at {outcome.companies:,} companies")
    put_table([(tier, told["tiers"][tier]) for tier in TIERS])
    put(f"networks: {outcome.networks}")
    put(
        f"items: {items['read']:,} read from {told['files']:,} files, {items['kept']:,} kept, "
        f"{items['duplicates']:,} seen before, {items['set_aside']:,} set aside (why: {workspace / 'ledger.json'})"
    )
    for reason, count in told["unused_files"].items():
        put(f"  {count} files could not be used: {reason}")
    put(f"indicators: {outcome.skipped} could not be asked of some company, {outcome.failed} failed")
    has_report = (outcome.path / "report.html").exists()
    latest = workspace / "latest"
    put(f"report: {latest / 'report.html'}" if has_report else f"tables: {latest}")
    if is_empty:
        put("nothing could be read: EXPORTS holds no file in the folder of a source that we know")
    if trouble:
        put("done, but:")
        for text in trouble:
            put(f"  {text}")
