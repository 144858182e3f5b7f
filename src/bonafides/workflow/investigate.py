"""The main job: everything from raw files to assessments, networks and a report, published whole."""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import bonafides
from bonafides.assessment.networks import Subject
from bonafides.indicators.sigma import Rules, told
from bonafides.run import Run
from bonafides.settings import Settings
from bonafides.store import partitions
from bonafides.store.duckdb import Store, quoted
from bonafides.store.publishing import (
    RUNS,
    begin,
    begin_records,
    latest,
    publish,
    publish_records,
    records_before,
    remove_other_runs,
    same_file,
    working,
    write_json,
)
from bonafides.store.publishing import manifest as manifest_of
from bonafides.store.reading import ORIGIN
from bonafides.store.retention import retain
from bonafides.workflow import habits, index, report
from bonafides.workflow.derive import derive, kinds, known_texts
from bonafides.workflow.detect import as_of, assess, controls, detect, indicators, judge, sigma_rules
from bonafides.workflow.engines import place_of
from bonafides.workflow.file_ledger import FileLedger
from bonafides.workflow.ingest import Ingested, digest_of, ingest, record_tables, sources
from bonafides.workflow.published import PUBLISHED, source

# Where a workspace keeps what has been read.
READ = "read"
# Files of this program that change what a run makes.
_PROGRAM = (".py", ".sql", ".csv", ".jinja", ".css", ".js")
# In a manifest, but no part of what makes a run the run that it is.
_BESIDE = ("inputs", "files", "notes", "before", "made_by")


@dataclass(frozen=True)
class Investigation:
    """What one run came to. Shape: `tiers` counts subjects by tier; `path` holds the published files."""

    run_id: str
    path: Path
    subjects: int
    companies: int
    tiers: Mapping[str, int]
    networks: int
    set_aside: int
    skipped: int
    failed: int
    ledgers: Sequence[FileLedger]
    notes: Sequence[str]


def investigate(exports: Path, workspace: Path, settings: Settings, run: Run) -> Investigation:
    """Everything from raw files to assessments and report.html.

    Raises: BadSettings where EXPORTS cannot be read; nothing is published then.
    """
    rules = sigma_rules(settings)
    with working(workspace) as scratch:
        return _investigate(exports, workspace, scratch, settings, run, rules)


def _investigate(
    exports: Path, workspace: Path, scratch: Path, settings: Settings, run: Run, rules: Rules
) -> Investigation:
    store = Store(scratch, settings.engine_memory(), settings.threads)
    try:
        if settings.keep_days:
            shutil.rmtree(workspace / READ, ignore_errors=True)
        place = place_of(settings, run)
        shelf = None if settings.keep_days else workspace / READ
        read = ingest(store, exports, run, scratch, settings.mappings, shelf, place.spread)
        ledgers = read.ledgers
        retention = _retain(store, settings, run)
        if retention:
            read = replace(read, rows={name: f"SELECT *, '' AS batch FROM {name}" for name in record_tables()})
        records = _write_records(store, workspace, read, _set_aside(store, ledgers))
        _write_ledger(workspace, ledgers)
        manifest = {**_manifest(settings, ledgers, records, rules), "retention": retention}
        manifest["made_by"] = _made_by(settings)
        if (standing := _standing(workspace, manifest)) is not None:
            run.say("nothing is new: the last run stands")
            return _investigation(store, standing, ledgers)
        previous = _previous(workspace, manifest)
        manifest["before"] = previous.name if previous else None
        before = _before(store, previous, "network_member", "network_id")
        people = _before(store, previous, "subject", "person")
        store.close_files(workspace.resolve())
        folder = records_before(workspace)
        with place.over(store, record_tables(), folder or workspace, scratch) as engine:
            texts = known_texts(store, shelf.resolve()) if shelf and engine is store else None
            derive(engine, settings, run, people, texts)
            detect(engine, run, rules)
        assess(store, settings, run, before, rules)
        habits.derive(store)
        judge(store, run)
        made = _publish(store, workspace, manifest, run, ledgers, rules)
        if retention:
            remove_other_runs(workspace, made.path)
        return made
    finally:
        store.close()


def _retain(store: Store, settings: Settings, run: Run) -> dict[str, Any] | None:
    """Drop what is older than it may be kept. Unknown: None where everything is kept."""
    if not settings.keep_days:
        return None
    before = run.now.date() - timedelta(days=settings.keep_days)
    dropped = retain(store, record_tables(), before)
    run.say(
        f"{sum(dropped.values()):,} records before {before} dropped: they may be kept for {settings.keep_days} days"
    )
    return {"before": before.isoformat(), "dropped": dropped}


def _set_aside(store: Store, ledgers: Sequence[FileLedger]) -> list[tuple[str, str, str, str]]:
    """`set_aside`: each distinct item once, whatever files it came in, so that overlapping exports publish the same;
    answers its rows.
    """
    rows = sorted(
        {
            (led.export.company, led.export.source or "(no folder)", ref, reason)
            for led in ledgers
            for _, reason, ref in led.lines
        }
    )
    names = ("company", "source", "item_ref", "reason")
    store.load(
        "set_aside", {name: [r[n] for r in rows] for n, name in enumerate(names)}, dict.fromkeys(names, "VARCHAR")
    )
    return rows


def _write_records(store: Store, workspace: Path, read: Ingested, aside: list[tuple[str, str, str, str]]) -> str:
    """The record tables as Parquet, under a name that says what is in them, not written twice; answers their digest."""
    tables = record_tables()
    found = partitions.digests(store, tables, read.rows)
    records = hashlib.sha256(json.dumps([partitions.digest(found), aside]).encode()).hexdigest()
    inputs = sorted((led.export.company, led.export.source, led.export.name, led.export.sha256) for led in read.ledgers)
    name = hashlib.sha256(json.dumps([bonafides.__version__, records, inputs]).encode()).hexdigest()[:16]
    ready = begin_records(workspace, name)
    if ready:
        partitions.write(store, tables, read.rows, found, records_before(workspace), ready)
        for path, some in read.origins:
            there = ready / ORIGIN / f"{path.parent.parent.name}-{path.parent.name}.parquet"
            if some:
                store.write(some, there)
            else:
                same_file(path, there)
    publish_records(workspace, name, ready)
    return records


def _write_ledger(workspace: Path, ledgers: Sequence[FileLedger]) -> None:
    """What became of every file, line by line where something was set aside."""
    told = [
        {
            "file": led.export.name,
            "company": led.export.company,
            "source": led.export.source,
            "sha256": led.export.sha256,
            "bytes": led.export.size,
            "items": led.items,
            "kept": led.kept,
            "duplicates": led.duplicates,
            "set_aside": dict(sorted(led.set_aside.items())),
            "unread_fields": dict(sorted(led.unread.items())),
            "lines": [{"line": line, "reason": reason, "item_ref": ref} for line, reason, ref in led.lines],
        }
        for led in ledgers
    ]
    write_json(workspace / "ledger.json", told)


def _made_by(settings: Settings) -> str:
    """A digest of what a manifest tells by its name alone: this program, and databases and lists, which may be replaced
    under their names.
    """
    own = sorted(p for p in Path(bonafides.__file__).parent.rglob("*") if p.suffix in _PROGRAM)
    return digest_of([*own, *(Path(name) for name in sorted((*settings.address_databases, *settings.sanctions)))])


def _standing(workspace: Path, told: Mapping[str, Any]) -> Path | None:
    """The newest run, if making it again would make the same of the same files. Unknown: None where it would not."""
    run = latest(workspace)
    if run is None or not (run / "manifest.json").exists():
        return None
    known = manifest_of(run)
    made = {name for name in told if name != "before"}
    whole = (*(f"{table}.parquet" for table in PUBLISHED), "report.html", index.INDEX)
    is_same = all(known.get(name) == told[name] for name in made) and all((run / name).exists() for name in whole)
    return run if is_same else None


def _previous(workspace: Path, told: Mapping[str, Any]) -> Path | None:
    """The run that this one follows; when the newest is made again, the one that it followed."""
    run = latest(workspace)
    if run is None or not (run / "manifest.json").exists():
        return run
    known = manifest_of(run)
    if any(known.get(key) != value for key, value in told.items() if key not in _BESIDE):
        return run
    return workspace / RUNS / known["before"] if known.get("before") else None


def _before(store: Store, run: Path | None, table: str, column: str) -> dict[Subject, str]:
    """What each subject belonged to in the run before: its network, or its person."""
    if run is None or not (path := run / f"{table}.parquet").exists():
        return {}
    rows = store.rows(
        f"SELECT company, subject_id, {column} FROM read_parquet({quoted(str(path))}) WHERE {column} IS NOT NULL"
    )
    return {(row["company"], row["subject_id"]): row[column] for row in rows}


def _manifest(settings: Settings, ledgers: Sequence[FileLedger], records: str, rules: Rules) -> dict[str, Any]:
    """What a run is made from. Shape: what the run itself adds is its date, its notes and the run before it."""
    known = indicators(rules)
    inputs = sorted({(led.export.company, led.export.source, led.export.sha256) for led in ledgers})
    return {
        "bonafides": bonafides.__version__,
        "records": records,
        "settings": json.loads(json.dumps(settings.detection(), default=list)),
        "indicators": {name: i.digest for name, i in sorted(known.items()) if i.state == "live"},
        "sigma": {name: told(one) for name, one in rules.indicators.items()},
        "controls": {name: one.digest for name, one in sorted(controls().items())},
        "sources": sorted(sources()),
        "mappings": {
            name: hashlib.sha256(source.text.encode()).hexdigest()
            for name, source in sorted(sources(settings.mappings).items())
            if name not in sources()
        },
        "kinds": sorted(kinds()),
        "files": len(ledgers),
        "inputs": [{"company": c, "source": s, "sha256": h} for c, s, h in inputs],
    }


def _publish(
    store: Store, workspace: Path, told: Mapping[str, Any], run: Run, ledgers: Sequence[FileLedger], rules: Rules
) -> Investigation:
    run.say("publishing")
    dated = as_of(store)
    manifest = {**told, "as_of": dated.isoformat() if dated else None, "notes": list(run.notes)}
    run_id = run_name({k: v for k, v in manifest.items() if k not in _BESIDE})
    ready = begin(workspace, run_id)
    for table, order in PUBLISHED.items():
        store.write(f"SELECT * FROM {table} ORDER BY {order}", ready / f"{table}.parquet")
    index.write(store, kinds(), ready / index.INDEX)
    write_json(ready / "manifest.json", {"run_id": run_id, **manifest})
    run.say("writing the report")
    report.write(store, {"run_id": run_id, **manifest}, {}, ready / "report.html", indicators(rules))
    return _investigation(store, publish(workspace, run_id, ready), ledgers)


def _investigation(store: Store, place: Path, ledgers: Sequence[FileLedger]) -> Investigation:
    """What a published run came to."""
    assessed, asked = source(place, "assessment"), source(place, "evaluation")
    rows = store.rows(f"SELECT tier, count(*) AS n FROM {assessed} GROUP BY tier ORDER BY tier")
    tiers = {row["tier"]: row["n"] for row in rows}
    ended = store.rows(f"SELECT outcome, count(DISTINCT indicator) AS n FROM {asked} GROUP BY outcome")
    outcomes = {row["outcome"]: row["n"] for row in ended}
    return Investigation(
        run_id=place.name,
        path=place,
        subjects=sum(tiers.values()),
        companies=int(store.value(f"SELECT count(DISTINCT company) FROM {assessed}")),
        tiers=tiers,
        networks=int(store.value(f"SELECT count(*) FROM {source(place, 'network')}")),
        set_aside=sum(sum(led.set_aside.values()) for led in ledgers),
        skipped=outcomes.get("skipped", 0),
        failed=outcomes.get("failed", 0),
        ledgers=ledgers,
        notes=tuple(manifest_of(place)["notes"]),
    )


def run_name(told: Mapping[str, Any]) -> str:
    """A run's id: the same records, settings, units and version give the same."""
    day = str(told["as_of"] or "undated")[:10]
    return f"{day}-{hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:10]}"
