"""The same exports investigated by either engine on this machine, step by step.

Usage: .venv/bin/python benchmarks/spark.py EXPORTS [--master local[2]] [--memory 4GB]

Prints seconds by step, whether the two runs have one name, and in which published tables rows differ.
"""

import argparse
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bonafides.run import Run
from bonafides.settings import Settings
from bonafides.store.duckdb import Store
from bonafides.workflow.investigate import Investigation, investigate
from bonafides.workflow.published import PUBLISHED, published

STEPS = {
    "starting Spark": "start of Spark",
    "reading": "reading, record tables",
    "finding out": "whom records are about",
    "collecting": "distinct values, sightings",
    "looking up": "facts of values",
    "weighing what": "hubs and ties",
    "asking": "indicators",
    "weighing expl": "assessment",
    "looking which": "controls",
    "publishing": "publishing, report",
}


def timed(exports: Path, workspace: Path, settings: Settings) -> tuple[Investigation, dict[str, float]]:
    """One run from nothing, with the seconds of its steps."""
    took: dict[str, float] = {}
    step, since = "reading, record tables", time.perf_counter()

    def say(text: str) -> None:
        nonlocal step, since
        found = next((name for start, name in STEPS.items() if text.startswith(start)), step)
        took[step] = took.get(step, 0.0) + time.perf_counter() - since
        step, since = found, time.perf_counter()

    outcome = investigate(exports, workspace, settings, Run(datetime.now(UTC), say))
    say("")
    return outcome, took


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("exports", type=Path)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--memory", default="4GB")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = {}
        for engine in ("duckdb", "spark"):
            settings = Settings(engine=engine, spark_master=asked.master, memory=asked.memory)
            made[engine] = timed(asked.exports, Path(folder) / engine, settings)
        runs = {engine: outcome for engine, (outcome, _) in made.items()}
        kept = sum(ledger.kept for ledger in runs["duckdb"].ledgers)
        print(f"{runs['duckdb'].subjects:,} subjects, {kept:,} items kept; `--spark-master {asked.master}`\n")
        print("| step | DuckDB, s | Spark, s |\n| --- | --- | --- |")
        for step in dict.fromkeys(STEPS.values()):
            print(f"| {step} | {made['duckdb'][1].get(step, 0):.1f} | {made['spark'][1].get(step, 0):.1f} |")
        print(f"| whole | {sum(made['duckdb'][1].values()):.1f} | {sum(made['spark'][1].values()):.1f} |\n")
        store = Store()
        differ = [t for t in PUBLISHED if published(store, runs["duckdb"].path, t) != published(store, runs["spark"].path, t)]
        same = runs["duckdb"].run_id == runs["spark"].run_id
        print(f"Same run id: {'yes' if same else 'no'}. Tables that differ: {', '.join(differ) or 'none'}.")


if __name__ == "__main__":
    main()
