"""Runs on disk: published whole or not at all, the newest named by `latest`."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bonafides.store.duckdb import Store

RUNS, LATEST, RECORDS = "runs", "latest", "records"


def digest_of(store: Store, tables: Mapping[str, list[str]]) -> str:
    """A digest of the rows of tables, whatever their order. Shape: `tables` maps a table to the columns that count."""
    total = hashlib.sha256()
    for table, columns in sorted(tables.items()):
        row = store.rows(
            f"SELECT count(*) AS n, CAST(coalesce(bit_xor(h), 0) AS VARCHAR) AS x, CAST(coalesce(sum(CAST(h % 4294967291 AS HUGEINT)), 0) AS VARCHAR) AS s "
            f"FROM (SELECT hash({', '.join(columns)}) AS h FROM {table})"
        )[0]
        total.update(f"{table} {row['n']} {row['x']} {row['s']}\n".encode())
    return total.hexdigest()


def begin(workspace: Path, run_id: str) -> Path:
    """An empty folder in which a run is made ready, beside the published ones."""
    ready = workspace / RUNS / f".{run_id}.part"
    shutil.rmtree(ready, ignore_errors=True)
    ready.mkdir(parents=True)
    return ready


def publish(workspace: Path, run_id: str, ready: Path) -> Path:
    """Make a finished run visible in one step, and let `latest` point to it."""
    place = workspace / RUNS / run_id
    old = workspace / RUNS / f".{run_id}.old"
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    ready.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    pointer = workspace / f".{LATEST}.part"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(Path(RUNS) / run_id, target_is_directory=True)
    pointer.replace(workspace / LATEST)
    return place


def latest(workspace: Path) -> Path | None:
    """The newest published run of a workspace. Unknown: None where there is none."""
    pointer = workspace / LATEST
    return pointer.resolve() if pointer.exists() else None


def manifest(run: Path) -> dict[str, Any]:
    """A published run's manifest."""
    told: dict[str, Any] = json.loads((run / "manifest.json").read_text("utf-8"))
    return told
