"""Seconds to screen one application against a workspace of 100,000 subjects.

    python benchmarks/screen.py WORKSPACE [--subjects 100000] [--times 5]

WORKSPACE holds an investigated world. Its index and its people are multiplied, each copy with people and values of its
own, until there are so many subjects; then applications that share values with somebody are screened, one at a time, in
a process that has everything imported, and once by the command line from a cold start.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from bonafides import api
from bonafides.workflow.published import latest_run

# Columns by which one copy differs from another.
_OWN = {"subject_id", "value", "key", "person", "address"}


def multiplied(workspace: Path, subjects: int, target: Path) -> int:
    """A workspace with the run's index and people many times; answers how many subjects it has."""
    run = latest_run(workspace)
    place = target / "runs" / run.name
    shutil.copytree(run, place)
    (target / "latest").symlink_to(Path("runs") / run.name)
    con = duckdb.connect()
    people = con.sql(f"SELECT count(*) FROM '{run}/subject.parquet'").fetchall()[0][0]
    copies = -(-subjects // people)
    order = {"seen": "kind, value", "own": "company, subject_id", "fact": "kind, value", "near": "kind, key"}
    tables = {f"index/{name}": by for name, by in order.items()}
    tables |= dict.fromkeys(("subject", "assessment", "contribution", "network_member"), "company, subject_id")
    for name, by in tables.items():
        source = f"'{run}/{name}.parquet'"
        columns = [row[0] for row in con.sql(f"DESCRIBE SELECT * FROM {source}").fetchall()]
        told = ", ".join(
            f"CASE WHEN r.copy = 0 THEN {c} ELSE {c} || '~' || r.copy END AS {c}" if c in _OWN else c for c in columns
        )
        con.sql(
            f"COPY (SELECT {told} FROM {source}, range({copies}) AS r(copy) ORDER BY {by}) "
            f"TO '{place}/{name}.parquet' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {8192 if name.startswith('index') else 122880})"
        )
    return int(people * copies)


def applications(workspace: Path, count: int, folder: Path) -> list[Path]:
    """Applications that were made, under other names."""
    con = duckdb.connect()
    scan = f"read_parquet('{workspace}/records/application/**/*.parquet', hive_partitioning = false)"
    found = con.sql(f"SELECT * FROM {scan} WHERE resume_text IS NOT NULL ORDER BY company, event_ref LIMIT {count}")
    made = []
    for n, row in enumerate(found.fetchall()):
        told = {k: str(v) for k, v in zip(found.columns, row, strict=True) if v is not None}
        told = {k: v for k, v in told.items() if k not in ("company", "source", "event_ref", "worker_id")}
        path = folder / f"application-{n}.json"
        path.write_text(
            json.dumps({**told, "application_id": f"new-{n}", "given_name": "Alder", "family_name": "Birch"})
        )
        made.append(path)
    return made


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--subjects", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="screen-") as name:
        folder = Path(name)
        subjects = multiplied(asked.workspace, asked.subjects, folder / "ws")
        files = applications(asked.workspace, asked.times + 1, folder)
        spent = []
        for file in files:
            began = time.perf_counter()
            api.screen(file, folder / "ws", now=datetime.now(UTC), company="new")
            spent.append(time.perf_counter() - began)
        call = [sys.executable, "-m", "bonafides", "screen", files[0], "--company", "new", "--workspace", folder / "ws"]
        began = time.perf_counter()
        subprocess.run(list(map(str, call)), check=True, capture_output=True)
        cold = time.perf_counter() - began
    print(
        f"subjects {subjects:,}; first {spent[0]:.2f} s, then median {statistics.median(spent[1:]):.2f} s "
        f"(worst {max(spent[1:]):.2f} s of {len(spent) - 1}); command line from a cold start {cold:.2f} s"
    )


if __name__ == "__main__":
    main()
