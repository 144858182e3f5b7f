"""What `investigate` costs on a folder of exports, against the engine's bare read of the same raw logs.

Usage: .venv/bin/python benchmarks/investigate.py EXPORTS [MEMORY]

Prints a table: wall time and peak memory of the whole run (a process of its own), and wall time of reading the same
JSON logs with `read_json` and an explicit schema, which is the least that any reader of them must do. One run each;
both in the same minutes on the same machine, so only the ratio is worth quoting.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bonafides.workflow.ingest import sources


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


def main() -> None:
    exports = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as workspace:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "bonafides", "investigate", str(exports), "--workspace", workspace, "--json"]
            + [f"--memory={memory}" for memory in sys.argv[2:3]],
            capture_output=True,
            check=False,
        )
        wall = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"investigate ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    bare, files, rows = bare_read(exports)
    print("| what | figure |\n|---|---|")
    print(f"| investigate, whole run | {wall:.1f} s, {peak:.0f} MB at the most |")
    print(f"| bare read of {files} JSON logs ({rows:,} events) | {bare:.1f} s |")
    print(f"| ratio | {wall / bare:.1f} |")


if __name__ == "__main__":
    main()
