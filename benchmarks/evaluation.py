"""Ten worlds of every scenario, simulated, investigated and evaluated; the figures as docs/evaluation.md.

    make evaluation                                   # or: python benchmarks/evaluation.py build/evaluation
    python benchmarks/evaluation.py FOLDER --seeds 3  # fewer worlds; what FOLDER holds already is not made again

Each world is a process of its own, two at a time. FOLDER keeps one JSON of figures a world, nothing else.
"""

import argparse
import json
import math
import platform
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import duckdb
from scipy.stats import beta, t

import bonafides

ROOT = Path(__file__).parent.parent
# Scenario -> size of the honest population beside that of `simulate` alone.
WORLDS = {
    "careless": 0.5, "brokered": 0.5, "careful": 0.5, "most_careful": 0.5, "gaps": 0.5, "reference": 0.35,
    "company": 1.0, "quiet": 0.5,
}  # fmt: skip
BARS = {"careless": 0.99, "brokered": 0.99, "careful": 0.95, "most_careful": 0.80}
DAYS = (14, 28, 56, 92)
ALONE = 12  # companies looked at by themselves
Rows = Iterable[Sequence[Any]]


def run(*arguments: object) -> str:
    """What a command prints. 1 is done with trouble: somebody in the truth is not in the run, where days are left out."""
    done = subprocess.run([sys.executable, "-m", "bonafides", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"bonafides {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def figures(workspace: Path, truth: Path) -> dict[str, Any]:
    return dict(json.loads(run("evaluate", workspace, "--truth", truth, "--json")))


def world(folder: Path, scenario: str, seed: int) -> None:
    """One world's figures."""
    target = folder / f"{scenario}-{seed}.json"
    if target.exists():
        return
    room = Path(tempfile.mkdtemp(prefix="evaluation-"))
    try:
        run("simulate", room / "w", "--scenario", scenario, "--seed", seed, "--scale", WORLDS[scenario])
        run("investigate", room / "w/exports", "--workspace", room / "ws")
        told = figures(room / "ws", room / "w/truth.csv")
        if scenario in ("brokered", "careful") and seed == 1:
            told["alone"] = alone(room)
            told["after_days"] = after_days(room)
        target.write_text(json.dumps(told), "utf-8")
        print(
            f"{scenario} {seed}: average precision {told['average_precision']}, genuine listed {told['false_alarms']}",
            flush=True,
        )
    finally:
        shutil.rmtree(room, ignore_errors=True)


def alone(room: Path) -> dict[str, Any]:
    """The same world as companies see it that have a stand-in, each by itself."""
    con = duckdb.connect()
    truth = f"read_csv('{room}/w/truth.csv', all_varchar = true)"
    hit = [r[0] for r in con.sql(f"SELECT DISTINCT company FROM {truth} WHERE hypothesis = 'stand_in'").fetchall()]
    found: list[tuple[float, bool, bool]] = []
    for company in sorted(hit)[:ALONE]:
        view = room / "alone" / company
        view.mkdir(parents=True)
        (view / company).symlink_to(room / "w/exports" / company, target_is_directory=True)
        run("investigate", view, "--workspace", room / "alone-ws" / company)
        scan = f"'{room}/alone-ws/{company}/latest/assessment.parquet'"
        found += con.sql(
            f"SELECT a.stand_in, t.hypothesis = 'stand_in', a.tier IN ('review', 'urgent') FROM {scan} AS a "
            f"JOIN {truth} AS t ON t.company = a.company AND t.subject_id = a.subject_id WHERE a.subject_kind = 'worker'"
        ).fetchall()
    ranked = sorted(found, key=lambda f: -f[0])
    hits = [is_one for _, is_one, _ in ranked]
    above = [sum(hits[: n + 1]) / (n + 1) for n, is_one in enumerate(hits) if is_one]
    return {
        "average_precision": round(mean(above), 4),
        "listed": sum(listed for _, _, listed in found),
        "right": sum(is_one and listed for _, is_one, listed in found),
        "stand_ins": sum(hits),
    }


def after_days(room: Path) -> list[dict[str, Any]]:
    """The same world with the first days of its records only: how soon is a network named?"""
    con, told = duckdb.connect(), []
    records = room / "ws/records"
    first = con.sql(f"SELECT min(CAST(occurred_at AS DATE)) FROM '{records}/sign_in/*/*.parquet'").fetchall()[0][0]
    for days in DAYS:
        view = room / f"days-{days}"
        for table in sorted(p for p in records.iterdir() if p.is_dir()):
            for part in table.glob("company=*"):
                source = f"read_parquet('{part}/*.parquet', hive_partitioning = false)"
                there = [row[0] for row in con.sql(f"DESCRIBE SELECT * FROM {source}").fetchall()]
                time = next((c for c in ("occurred_at", "paid_on", "applied_at", "valid_from") if c in there), None)
                only = f"WHERE {time} < DATE '{first}' + {days}" if time else ""
                target = view / part.name.removeprefix("company=") / "records" / f"{table.name}.parquet"
                target.parent.mkdir(parents=True, exist_ok=True)
                con.sql(f"COPY (SELECT * FROM {source} {only}) TO '{target}' (FORMAT parquet)")
        run("investigate", view, "--workspace", room / f"days-{days}-ws")
        found = figures(room / f"days-{days}-ws", room / "w/truth.csv")
        told.append(
            {
                "days": days,
                "average_precision": found["average_precision"],
                "recall": found["at_review"]["recall"],
                "networks": found["networks"]["networks"],
                "true_networks": found["networks"]["true_networks"],
                "pair_f1": found["networks"]["pair_f1"],
            }
        )
        shutil.rmtree(view)
    return told


def interval(values: Sequence[float]) -> str:
    """Mean and its 95 % interval by Student's t."""
    if len(values) < 2:
        return f"{values[0]:.3f}" if values else "-"
    half = float(t.ppf(0.975, len(values) - 1)) * stdev(values) / math.sqrt(len(values))
    return f"{mean(values):.3f} ± {half:.3f}"


def of(hits: int, cases: int) -> str:
    """A share with its exact 95 % interval."""
    if not cases:
        return "-"
    low = float(beta.ppf(0.025, hits, cases - hits + 1)) if hits else 0.0
    high = float(beta.ppf(0.975, hits + 1, cases - hits)) if hits < cases else 1.0
    return f"{hits / cases:.1%} ({low:.1%} to {high:.1%})"


def table(head: Sequence[str], rows: Rows) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def page(told: dict[str, list[dict[str, Any]]], seeds: int) -> str:
    """docs/evaluation.md."""
    parts = [
        "# Evaluation",
        f"<!-- Written by `make evaluation`; edits here are lost. -->\nWorlds of `bonafides simulate`, seeds 1 to {seeds} "
        f"of every scenario, bonafides {bonafides.__version__}, {date.today()}, {platform.machine()}, two cores. Intervals "
        "hold 95 %: of means over worlds by Student's t, of counts exact (Clopper and Pearson). The simulator is ours, and "
        "so are its assumptions: the figures say how the same detection fares in differently hard worlds, not what it "
        "would find at your company.",
        "## Scenarios",
        _scenarios(told),
        "`bar` is what the scenario is held to, on the mean. `listed` is tier `review` or `urgent`.",
        "## Genuine workers listed",
        _alarms(told),
        "## The hardest innocents",
        _innocents(told),
        "## What others are explained as",
        _explained(told),
        "## Is a probability what it says?",
        _calibration(told),
        "## One company alone, and many together",
        _alone(told),
        "## After how many days",
        _days(told),
        "## Limits",
        "- Farms, operators, brokers and honest lives are drawn from the public record and from assumptions that the "
        "simulator's files name; nobody publishes how often honest people leave such traces.\n"
        "- Stand-ins who leave no trace in any record that a company keeps are not found: most of those missed have an "
        "account, a telephone and a line of their own, and were never checked.\n"
        "- Half-size honest populations (scale 0.5, reference 0.35) keep ten worlds of each scenario affordable.\n"
        "- Other jobs are noticed where the other employer's records are here too (never in `company`) and pay is told "
        "(seldom in `gaps`), undisclosed places where a VPN fails now and then; what is noticed is seldom explained as "
        "something else (above).",
    ]
    return "\n\n".join(parts) + "\n"


def _scenarios(told: dict[str, list[dict[str, Any]]]) -> str:
    rows = []
    for name, worlds in told.items():
        with_some = [w for w in worlds if w["stand_ins"]]
        found = sum(round((w["at_review"]["recall"] or 0) * w["stand_ins"]) for w in with_some)
        listed = sum(int(w["at_review"]["listed"]) for w in worlds)
        f1 = [w["networks"]["pair_f1"] for w in with_some if w["networks"]["pair_f1"] is not None]
        rows.append(
            (
                name,
                len(worlds),
                interval([w["average_precision"] for w in with_some]) if with_some else "-",
                BARS.get(name, ""),
                of(found, sum(w["stand_ins"] for w in with_some)) if with_some else "-",
                of(found, listed) if listed else "-",
                interval(f1) if f1 else "-",
            )
        )
    head = (
        "scenario",
        "worlds",
        "average precision",
        "bar",
        "stand-ins listed",
        "of those listed right",
        "network pair F1",
    )
    return table(head, rows)


def _alarms(told: dict[str, list[dict[str, Any]]]) -> str:
    rows = []
    for name, worlds in told.items():
        people = [
            round(10_000 * w["false_alarms"] / w["false_alarms_per_10000"]) if w["false_alarms"] else 0 for w in worlds
        ]
        genuine = [n or int(w["explanations"]["genuine"]["subjects"]) for n, w in zip(people, worlds, strict=True)]
        alarms = [w["false_alarms"] for w in worlds]
        groups = sum(sum(g["beyond_chance"] or 0 for g in w["by_name_group"].values()) for w in worlds)
        worst = max(10_000 * a / g for a, g in zip(alarms, genuine, strict=True))
        high = 10_000 * float(beta.ppf(0.975, sum(alarms) + 1, sum(genuine) - sum(alarms)))
        rows.append(
            (
                name,
                f"{sum(genuine):,}",
                sum(alarms),
                f"{10_000 * sum(alarms) / sum(genuine):.2f} (at most {high:.2f})",
                f"{worst:.1f}",
                int(groups),
            )
        )
    head = (
        "scenario",
        "genuine workers",
        "listed",
        "in 10,000",
        "worst world, in 10,000",
        "groups of names beyond chance",
    )
    return table(head, rows)


def _innocents(told: dict[str, list[dict[str, Any]]]) -> str:
    people, alarms = defaultdict[str, int](int), defaultdict[str, int](int)
    for worlds in told.values():
        for w in worlds:
            for name, row in w["by_circumstance"].items():
                people[name] += int(row["subjects"])
                alarms[name] += int(row["alarms"])
    order = sorted(people, key=lambda n: (-alarms[n] / people[n], -people[n]))
    rows = [(name, f"{people[name]:,}", alarms[name], of(alarms[name], people[name])) for name in order]
    return table(("circumstance", "people", "listed", "share"), rows)


def _explained(told: dict[str, list[dict[str, Any]]]) -> str:
    rows = []
    for truth in ("elsewhere", "overextended", "hijacked"):
        people, given = 0, defaultdict[str, float](float)
        for worlds in told.values():
            for w in worlds:
                row = w["explanations"].get(truth, {})
                people += int(row.get("subjects", 0))
                for name, share in row.items():
                    if name != "subjects":
                        given[name] += share * row["subjects"]
        noticed = people - round(given["genuine"])
        rows.append(
            (
                truth,
                people,
                of(round(given[truth]), people),
                of(round(given[truth]), noticed),
                of(round(given["stand_in"]), people),
            )
        )
    return table(
        ("what is true", "people", "explained so", "explained so, of those noticed at all", "taken for stand-ins"), rows
    )


def _calibration(told: dict[str, list[dict[str, Any]]]) -> str:
    subjects, were, said = (
        defaultdict[tuple[float, float], int](int),
        defaultdict[tuple[float, float], float](float),
        defaultdict[tuple[float, float], float](float),
    )
    for worlds in told.values():
        for w in worlds:
            for row in w["calibration"]:
                key = (row["from"], row["to"])
                subjects[key] += row["subjects"]
                were[key] += row["were"] * row["subjects"]
                said[key] += row["said"] * row["subjects"]
    rows = [
        (f"{low:g} to {high:g}", f"{n:,}", f"{said[low, high] / n:.4f}", of(round(were[low, high]), n))
        for (low, high), n in sorted(subjects.items())
        if n
    ]
    return table(("probability of stand_in", "people", "said on average", "were"), rows)


def _alone(told: dict[str, list[dict[str, Any]]]) -> str:
    rows = []
    for name, worlds in told.items():
        for seed, w in enumerate(worlds, 1):
            if "alone" in w:
                a = w["alone"]
                rows.append(
                    (
                        f"{name} {seed}",
                        w["average_precision"],
                        a["average_precision"],
                        of(a["right"], a["stand_ins"]),
                        a["listed"] - a["right"],
                    )
                )
    head = (
        "world",
        "average precision together",
        "each company alone",
        "stand-ins listed alone",
        "others listed alone",
    )
    return table(head, rows)


def _days(told: dict[str, list[dict[str, Any]]]) -> str:
    rows = []
    for name, worlds in told.items():
        for seed, w in enumerate(worlds, 1):
            for d in w.get("after_days", ()):
                rows.append(
                    (
                        f"{name} {seed}",
                        d["days"],
                        d["average_precision"],
                        f"{d['recall']:.2f}",
                        f"{d['networks']:.0f} of {d['true_networks']:.0f}",
                        d["pair_f1"],
                    )
                )
    return table(("world", "days of records", "average precision", "stand-ins listed", "networks", "pair F1"), rows)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    orders = [(name, seed) for seed in range(1, asked.seeds + 1) for name in WORLDS]
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(world, asked.folder, *order) for order in orders]:
            done.result()
    told = {
        name: [
            json.loads((asked.folder / f"{name}-{seed}.json").read_text("utf-8")) for seed in range(1, asked.seeds + 1)
        ]
        for name in WORLDS
    }
    (ROOT / "docs" / "evaluation.md").write_text(page(told, asked.seeds), "utf-8")


if __name__ == "__main__":
    main()
