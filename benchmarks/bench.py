"""Every benchmark of this folder in one run, and docs/performance.md with what they print.

Usage: .venv/bin/python benchmarks/bench.py FOLDER [--linking FILE] [--seeds 20]

FOLDER takes the worlds (some gigabytes); what is there from before is used again. FILE is the published Parquet of
50,000 historical documents, without which linkage is left out. Takes about an hour on two cores.
"""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
EVENTS = (500_000, 2_000_000, 8_000_000)
SUBJECTS = (1_000, 10_000, 100_000, 1_000_000)


def told(script: str, *given: object) -> str:
    """What one benchmark prints, after the command that makes it do so."""
    call = [script, *map(str, given)]
    print(f"{datetime.now(UTC):%H:%M} {' '.join(call)}", file=sys.stderr, flush=True)
    done = subprocess.run([sys.executable, HERE / script, *call[1:]], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{script} ended with {done.returncode}: {done.stderr[-800:]}")
    named = [Path(word).name if word.startswith("/") else word for word in call]
    return f"`python benchmarks/{' '.join(named)}`\n\n{done.stdout.strip()}"


def bonafides(*given: object) -> None:
    """One command of the program."""
    subprocess.run([sys.executable, "-m", "bonafides", *map(str, given)], check=True, capture_output=True)


def worlds(folder: Path) -> tuple[Path, Path]:
    """Exports and workspace of reference world 1."""
    exports, workspace = folder / "reference" / "exports", folder / "workspace"
    if not exports.exists():
        bonafides("simulate", folder / "reference", "--scenario", "reference", "--seed", 1)
    bonafides("investigate", exports, "--workspace", workspace)
    return exports, workspace


def machine() -> str:
    """Where and with what the figures were taken."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    of = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "numpy", "scipy"))
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d} by `make bench` on {os.cpu_count()} cores of {platform.machine()} with {memory:.0f} GiB, "
        f"Python {platform.python_version()}, {of}. Seeds are 1, 2, … in order."
    )


def parts(folder: Path, linking: Path | None, seeds: int) -> Sequence[str]:
    """The sections of the page."""
    exports, workspace = worlds(folder)
    found = ["# Performance", machine(), "## The whole run"]
    found.append(
        "`investigate` against the engine's bare read of the same raw logs with an explicit schema; with nothing new since the "
        "run before; and with the last day of every company's log new. First the whole reference world, then its Okta logs "
        "many times over (`multiplied.py`), each event of about 2 KB with an id of its own."
    )
    found.append(told("investigate.py", exports))
    for events in EVENTS:
        target = folder / f"events-{events}"
        if not target.exists():
            told("multiplied.py", exports, target, "--events", events)
        found.append(told("investigate.py", target))
    found += [
        "The same 2 million events with a cap of 700 MB for the engine:",
        told("investigate.py", folder / f"events-{EVENTS[1]}", "700MB"),
    ]
    found += [
        "## A peer",
        "The same question of the same raw events: which sign-ins came through a proxy. Panther's engine runs rules in one process.",
        told("peers.py", folder / f"events-{EVENTS[0]}", folder),
        "## Sightings, ties, belief propagation",
        "Records made by the engine, twenty sightings and more than five values a worker.",
    ]
    found += [told("subjects.py", "--subjects", n) for n in SUBJECTS]
    found += ["## Screening", told("screen.py", workspace)]
    found += ["## The console", told("console.py", workspace)]
    if linking:
        found += ["## Linkage", told("linkage.py", linking)]
    found += [
        "## Rings",
        "Rings of 3 to 60 members planted in one world, with hubs (exits, agencies, popular referees, couples, family plans) and "
        "camouflage; pair F1 by ring size. FRAUDAR finds one dense block after another and often takes several rings for one, "
        "which counts against it here; with a single ring of 40 to 60 members in a world it is reported to reach 0.81 to 0.91.",
        told("rings.py", "--people", 5000, "--seeds", seeds),
        told("rings.py", "--people", 20000, "--seeds", seeds),
    ]
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--linking", type=Path)
    parser.add_argument("--seeds", type=int, default=20)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    page = "\n\n".join(parts(asked.folder.resolve(), asked.linking, asked.seeds))
    head = "<!-- Written by `make bench`; edits here are lost. -->\n"
    (HERE.parent / "docs" / "performance.md").write_text(f"{head}{page}\n", "utf-8")


if __name__ == "__main__":
    main()
