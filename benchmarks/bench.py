"""The benchmarks of this folder in one run, and docs/performance.md with what they print.

Usage: .venv/bin/python benchmarks/bench.py FOLDER [--linking FILE] [--seeds 20] [--only SECTION ...]

FOLDER takes the worlds (some gigabytes); what is there from before is used again. FILE is the published Parquet of
50,000 historical documents, without which linkage stays as the page has it. With --only, sections that are not named
stay as well. Takes more than an hour on two cores.
"""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
EVENTS = (500_000, 2_000_000, 8_000_000)
HEAD = "<!-- Written by `make bench`; edits here are lost. -->\n# Performance\n\nSeeds are 1, 2, … in order."
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
        f"Python {platform.python_version()}, {of}."
    )


def whole_run(folder: Path, exports: Path) -> list[str]:
    found = [
        "`investigate` against the engine's bare read of the same raw logs with an explicit schema; with nothing new "
        "since the run before; with the last day of every company's log new; and of what it keeps, given as Parquet. "
        "First the whole reference world, then its Okta logs many times over (`multiplied.py`), each event of about 2 KB "
        "with an id of its own.",
        told("investigate.py", exports),
    ]
    for events in EVENTS:
        found.append(told("investigate.py", multiplied(folder, exports, events)))
    return [
        *found,
        "The same 2 million events with a cap of 700 MB:",
        told("investigate.py", multiplied(folder, exports, EVENTS[1]), "700MB"),
    ]


def multiplied(folder: Path, exports: Path, events: int) -> Path:
    """The world's Okta logs many times over."""
    target = folder / f"events-{events}"
    if not target.exists():
        told("multiplied.py", exports, target, "--events", events)
    return target


def peer(folder: Path, exports: Path) -> list[str]:
    return [
        "The same question of the same raw events: which sign-ins came through a proxy. Panther's engine runs rules in "
        "one process.",
        told("peers.py", multiplied(folder, exports, EVENTS[0]), folder),
    ]


def workers(folder: Path) -> list[str]:
    made = "The reference scenario, from raw files to report, by scale and by how many of its companies are given."
    return [made, told("workers.py", folder)]


def subjects() -> list[str]:
    made = "Records made by the engine, twenty sightings and more than five values a worker."
    return [made, *(told("subjects.py", "--subjects", n) for n in SUBJECTS)]


def rings(seeds: int) -> list[str]:
    return [
        "Rings of 3 to 60 members planted in one world, with hubs (exits, agencies, popular referees, couples, family "
        "plans) and camouflage; pair F1 by ring size. FRAUDAR finds one dense block after another and often takes several "
        "rings for one, which counts against it here; with a single ring of 40 to 60 members in a world it is reported "
        "to reach 0.81 to 0.91.",
        told("rings.py", "--people", 5000, "--seeds", seeds),
        told("rings.py", "--people", 20000, "--seeds", seeds),
    ]


def standing(page: Path) -> dict[str, str]:
    """The sections that the page has."""
    text = page.read_text("utf-8") if page.exists() else ""
    pieces = (piece.partition("\n") for piece in text.split("\n## ")[1:])
    return {name: body.strip() for name, _, body in pieces}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--linking", type=Path)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--only", nargs="*", default=())
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    folder = asked.folder.resolve()
    exports, workspace = worlds(folder)
    sections: dict[str, Callable[[], list[str]]] = {
        "The whole run": lambda: whole_run(folder, exports),
        "A peer": lambda: peer(folder, exports),
        "Workers and companies": lambda: workers(folder),
        "Sightings, ties, belief propagation": subjects,
        "Screening": lambda: [told("screen.py", workspace)],
        "The console": lambda: [told("console.py", workspace)],
        "Linkage": lambda: [told("linkage.py", asked.linking)],
        "Rings": lambda: rings(asked.seeds),
    }
    page = HERE.parent / "docs" / "performance.md"
    found = standing(page)
    for name, of in sections.items():
        if (asked.only and name not in asked.only) or (name == "Linkage" and not asked.linking):
            continue
        found[name] = "\n\n".join([machine(), *of()])
        told_of = "\n\n".join(f"## {name}\n\n{found[name]}" for name in sections if name in found)
        page.write_text(f"{HEAD}\n\n{told_of}\n", "utf-8")


if __name__ == "__main__":
    main()
