"""What `investigate` costs on a folder of exports, against the engine's bare read of the same raw logs.

Usage: .venv/bin/python benchmarks/investigate.py EXPORTS [MEMORY]

Prints a table: wall time and peak memory of the whole run (a process of its own), wall time of reading the same JSON
logs with `read_json` and an explicit schema, which is the least that any reader of them must do, and wall time of runs
that follow: with nothing new, and with the last day's files (`last-day.jsonl.gz`) new. Last the records that the first
run kept, given as Parquet exports in our own shape, against a bare scan of their columns. One run each; all in the same
minutes on the same machine, so only the ratios are worth quoting.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bonafides.workflow.ingest import record_tables, sources


def schema(columns: dict[str, object]) -> str:
    """The engine's text of a nested schema."""
    parts = [f'"{name}" {schema(inner) if isinstance(inner, dict) else inner}' for name, inner in columns.items()]
    return f"STRUCT({', '.join(parts)})"


def bare_read(exports: Path) -> tuple[float, int, int]:
    """Seconds, files and rows of reading every JSON log of the sources we know, doing nothing with it."""
    seconds, files_read, rows = 0.0, 0, 0
    con = duckdb.connect(config={"threads": 2})
    for name, source in sources().items():
        files = sorted(str(p) for p in exports.glob(f"*/{name}/**/*.json*") if p.is_file())
        if not files or name.startswith("records/"):
            continue
        tree: dict[str, object] = {}
        for field in source.columns:
            for path in getattr(field, "paths", None) or (field.path,):
                place = tree
                for part in path[:-1]:
                    inner = place.setdefault(part, {})
                    place = inner if isinstance(inner, dict) else {}
                place.setdefault(path[-1], "VARCHAR")
        columns = ", ".join(
            f"'{key}': '{schema(inner) if isinstance(inner, dict) else inner}'" for key, inner in tree.items()
        )
        counted = ", ".join(f'count("{key}")' for key in tree)
        start = time.perf_counter()
        found = con.execute(
            f"SELECT count(*), {counted} FROM read_json($1, format = 'newline_delimited', columns = {{{columns}}}, "
            "ignore_errors = true)",
            [files],
        ).fetchone()
        seconds += time.perf_counter() - start
        files_read += len(files)
        rows += found[0] if found else 0
    return seconds, files_read, rows


def run(exports: Path, workspace: Path, more: list[str]) -> tuple[float, str]:
    """Seconds of one run in a process of its own, and what it says it read."""
    start = time.perf_counter()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "bonafides",
            "investigate",
            str(exports),
            "--workspace",
            str(workspace),
            "--json",
            *more,
        ],
        capture_output=True,
        check=False,
    )
    wall = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"investigate ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    return wall, f"{json.loads(done.stdout)['items']['kept']:,} kept"


def as_exports(records: Path, exports: Path) -> tuple[float, int]:
    """Every company's records as Parquet files in our own shape; answers seconds and rows of a bare scan of them."""
    con = duckdb.connect(config={"threads": 2})
    for name in record_tables():
        for company in sorted((records / name).glob("company=*")):
            place = exports / company.name.partition("=")[2] / "records"
            place.mkdir(parents=True, exist_ok=True)
            con.execute(
                f"COPY (SELECT * EXCLUDE (company) FROM read_parquet('{company}/**/*.parquet', hive_partitioning = false)) "
                f"TO '{place}/{name}.parquet' (FORMAT parquet)"
            )
    seconds, rows = 0.0, 0
    for name in record_tables():
        if files := sorted(map(str, exports.glob(f"*/records/{name}.parquet"))):
            start = time.perf_counter()
            found = con.execute("SELECT count(*), bit_xor(hash(t)) FROM read_parquet($1) AS t", [files]).fetchone()
            seconds += time.perf_counter() - start
            rows += found[0] if found else 0
    return seconds, rows


def peak() -> float:
    """The most memory of any process that was waited for, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    exports, more = Path(sys.argv[1]), [f"--memory={memory}" for memory in sys.argv[2:3]]
    with tempfile.TemporaryDirectory() as room:
        whole, kept = run(exports, Path(room) / "whole", more)
        most = peak()
        again, _ = run(exports, Path(room) / "whole", more)
        days = sorted(exports.rglob("last-day.jsonl.gz"))
        links = Path(room) / "exports"
        for path in sorted(p for p in exports.rglob("*") if p.is_file() and p not in days):
            _link(path, links / path.relative_to(exports))
        run(links, Path(room) / "daily", more)
        for path in days:
            _link(path, links / path.relative_to(exports))
        day, _ = run(links, Path(room) / "daily", more)
        scan, held = as_exports(Path(room) / "whole" / "records", Path(room) / "records")
        parquet, _ = run(Path(room) / "records", Path(room) / "of-records", more)
    bare, files, rows = bare_read(exports)
    print("| what | figure |\n|---|---|")
    print(f"| investigate from nothing ({kept}) | {whole:.1f} s, {most:.0f} MB at the most |")
    print(f"| bare read of {files} JSON logs ({rows:,} events) | {bare:.1f} s |")
    print(f"| ratio | {whole / bare:.1f} |")
    print(f"| investigate again, nothing new | {again:.1f} s, {again / whole:.0%} of the whole |")
    if days:
        print(
            f"| investigate with the last day new ({len(days)} files) | {day:.1f} s, {day / whole:.0%} of the whole |"
        )
    print(
        f"| the same as Parquet records ({held:,}) | {parquet:.1f} s; bare scan {scan:.2f} s, ratio {parquet / scan:.0f} |"
    )


def _link(path: Path, there: Path) -> None:
    there.parent.mkdir(parents=True, exist_ok=True)
    there.symlink_to(path.resolve())


if __name__ == "__main__":
    main()
