"""What `investigate` costs by how many workers and how many companies there are.

Usage: .venv/bin/python benchmarks/workers.py FOLDER [--scales 0.35 1 5] [--companies 1 10 50 150 300]

FOLDER takes the worlds: the reference scenario at each scale, seed 1; what is there from before is used again. The
companies are the first so many of the world of scale 1; beyond those that it has, the world of seed 2 lends its own.
Each run is a process of its own, from nothing; one run each.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb


def world(folder: Path, scale: float, seed: int) -> Path:
    """Exports of the reference scenario."""
    place = folder / f"workers-{scale:g}-{seed}"
    if not (place / "truth.csv").exists():
        shutil.rmtree(place, ignore_errors=True)
        command = [sys.executable, "-m", "bonafides", "simulate", place, "--seed", seed, "--scale", scale]
        subprocess.run([str(part) for part in command], check=True, capture_output=True)
    return place / "exports"


def run(exports: Path) -> str:
    """A row of the table."""
    with tempfile.TemporaryDirectory() as room:
        start = time.perf_counter()
        command = [sys.executable, "-m", "bonafides", "investigate", str(exports), "--workspace", room, "--json"]
        done = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, state, used = os.wait4(done.pid, 0)  # which tells the memory of this one process
        wall = time.perf_counter() - start
        done.returncode = os.waitstatus_to_exitcode(state)
        if done.returncode not in (0, 1):
            sys.exit(f"investigate ended with {done.returncode}")
        con = duckdb.connect()
        latest = Path(room) / "latest"
        people = con.execute(f"SELECT count(*) FROM '{latest}/subject.parquet'").fetchone() or (0,)
        kept = con.execute(f"SELECT sum(kept) FROM read_json('{room}/ledger.json')").fetchone() or (0,)
    companies = sum(1 for _ in exports.iterdir())
    each = 1000 * wall / max(1, people[0])
    return (
        f"| {people[0]:,} | {companies} | {kept[0]:,} | {wall:.1f} s | {each:.2f} s | {used.ru_maxrss / 1024:,.0f} MB |"
    )


def some(worlds: Sequence[Path], count: int, room: Path) -> Path:
    """The first so many companies of worlds, one after the other, each under a name of its own."""
    all_of = [(n, place) for n, exports in enumerate(worlds) for place in sorted(exports.iterdir())]
    room.mkdir()
    for n, place in all_of[:count]:
        (room / f"{place.name}{f'-{n}' if n else ''}").symlink_to(place.resolve(), target_is_directory=True)
    return room


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scales", type=float, nargs="*", default=[0.35, 1.0, 5.0])
    parser.add_argument("--companies", type=int, nargs="*", default=[1, 10, 50, 150, 300])
    asked = parser.parse_args()
    print("| subjects | companies | items kept | time | for 1,000 | memory |\n|---|---|---|---|---|---|")
    for scale in asked.scales:
        print(run(world(asked.folder, scale, 1)))
    first = world(asked.folder, 1.0, 1)
    there = sum(1 for _ in first.iterdir())
    with tempfile.TemporaryDirectory() as room:
        for count in asked.companies:
            worlds = [first] if count <= there else [first, world(asked.folder, 1.0, 2)]
            print(run(some(worlds, count, Path(room) / str(count))))


if __name__ == "__main__":
    main()
