"""From raw files to record tables: every item kept, a duplicate, or set aside with its reason."""

import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import bonafides.records
import bonafides.sources
from bonafides import units
from bonafides.errors import BadSettings, SetAside, StopSource
from bonafides.fetch.folders import Export, discover, opened
from bonafides.fetch.repair import explained, repair
from bonafides.fetch.streams import lines_of
from bonafides.records.base import COMMON, SQL_TYPE, Table
from bonafides.run import Run
from bonafides.sources.base import Source, catalogue, of_table
from bonafides.sources.mapping import mappings
from bonafides.store.duckdb import Store
from bonafides.store.raw import Staged
from bonafides.store.reading import NOT_JSON, ORIGIN, Outcome, fill
from bonafides.store.staging import UNCHECKED, knows, stage

_OPENERS = 2  # files hashed and checked at once


@dataclass
class FileLedger:
    """What became of one raw file. Units: items; items = kept + duplicates + the sum of set_aside."""

    export: Export
    items: int = 0
    kept: int = 0
    duplicates: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    lines: list[tuple[int, str, str]] = field(default_factory=list)  # line or item, reason, hash

    def leave(self, line: int, reason: str, item_ref: str) -> None:
        """Count one item as set aside that never reached the engine."""
        self.items += 1
        self.set_aside[reason] = self.set_aside.get(reason, 0) + 1
        self.lines.append((line, reason, item_ref))


def record_tables() -> dict[str, Table]:
    """All record tables by name."""
    return units.modules(bonafides.records, "TABLE", Table)


def sources(mapping_files: Sequence[str | Path] = ()) -> dict[str, Source]:
    """All sources by id: vendor logs, record tables in our own shape, and what a user's mapping files describe.

    Raises: BadSettings where a mapping file cannot be read or is written wrongly.
    """
    folder = Path(next(iter(bonafides.sources.__path__)))
    own = {f"records/{name}": of_table(table) for name, table in record_tables().items()}
    known = {**catalogue(folder), **own}
    return known | mappings(((str(path), _text(Path(path))) for path in mapping_files), known, record_tables())


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as why:
        raise BadSettings(f"{path}: cannot be read as a mapping file") from why


def ingest(
    store: Store, exports: Path, run: Run, scratch: Path, mapping_files: Sequence[str | Path] = ()
) -> list[FileLedger]:
    """Read everything under EXPORTS into the store's record tables; answers what became of each file."""
    tables, known = record_tables(), sources(mapping_files)
    for table in tables.values():
        store.create(table, [(c.name, SQL_TYPE[c.type]) for c in COMMON])
    for statement in ORIGIN:
        store.execute(statement)
    ledgers: list[FileLedger] = []
    feeds: dict[str, list[FileLedger]] = {}
    with ThreadPoolExecutor(_OPENERS) as pool:
        for export in pool.map(lambda found: opened(found[2], exports, *found[:2]), discover(exports)):
            ledger = FileLedger(export)
            ledgers.append(ledger)
            if reason := _refused(export, known):
                ledger.leave(0, reason, export.sha256)
            elif export.container != "empty":
                feeds.setdefault(export.source, []).append(ledger)
    for number, (source, feed) in enumerate(sorted(feeds.items()), 1):
        run.say(f"reading {source} ({number} of {len(feeds)}: {len(feed)} files)")
        room = scratch / f"reading-{number}"
        room.mkdir(parents=True)
        try:
            _feed(store, known[source], feed, tables, run, room)
        except StopSource as why:
            run.note(str(why))
            for ledger in feed:
                ledger.leave(0, f"the source was stopped: {why}", ledger.export.sha256)
        finally:
            shutil.rmtree(room)
    return ledgers


def _refused(export: Export, known: Mapping[str, Source]) -> str | None:
    """Why a file is not even tried."""
    if export.container == "unreadable":
        return "the file cannot be opened"
    if not export.source:
        return "lies in no source's folder"
    if export.source not in known:
        return "no record table of this name" if export.source.startswith("records/") else "no source of this name"
    return None


def _feed(
    store: Store, source: Source, feed: Sequence[FileLedger], tables: Mapping[str, Table], run: Run, room: Path
) -> None:
    """Stage the files, repairing those that the engine refuses or may have cut short, then fill the tables."""
    files = [_headed(ledger.export, source) for ledger in feed]
    staged, repaired = Staged(room), set[int]()
    todo = {n: file.trouble for n, file in enumerate(files) if file.trouble}
    while True:
        for n, why in todo.items():
            if n in repaired:
                raise StopSource(f"{source.id}: a repaired file still cannot be read: {why}")
            if why == UNCHECKED:
                files[n] = replace(files[n], lines=lines_of(files[n].path, files[n].compression))
                continue
            run.say(f"repairing {files[n].name}: {why}")
            files[n] = _mended(source, feed[n], files[n], room / f"mended-{n}")
            repaired.add(n)
        todo = stage(store, source, files, staged, repaired)
        if not todo:
            break
    outcome = fill(store, source, files, staged, tables, run.now.strftime("%Y-%m-%d %H:%M:%S"))
    for n, ledger in enumerate(feed):
        _note(ledger, files[n], outcome, n)
        if ledger.export.container == "csv" and not ledger.items and not knows(source, ledger.export.header):
            ledger.leave(0, "no column of this source in the file", ledger.export.sha256)


def _headed(export: Export, source: Source) -> Export:
    """A file as its source means it: text that the source reads by lines; or fields between unit separators, which come
    without a header and are the source's columns in their order.
    """
    if source.format == "lines" and export.container in ("csv", "fields"):
        return replace(export, container="lines", header=())
    if export.container != "fields":
        return export
    return replace(export, header=tuple(column.name for column in source.columns))


def _mended(source: Source, ledger: FileLedger, export: Export, target: Path) -> Export:
    try:
        found = repair(export, target, source.opens, any(c.name == "file" for c in source.columns))
    except SetAside as why:
        ledger.leave(0, str(why), export.sha256)
        target.touch()
    else:
        for line, reason, item_ref in found.left_out:
            ledger.leave(line, reason, item_ref)
    return export.repaired(target)


def _note(ledger: FileLedger, read: Export, outcome: Outcome, n: int) -> None:
    ledger.items += outcome.items.get(n, 0)
    ledger.kept = outcome.kept.get(n, 0)
    ledger.duplicates = outcome.duplicates.get(n, 0)
    ledger.unread = outcome.unread.get(n, {})
    refused = outcome.lines.get(n, [])
    malformed = {place for place, reason, _ in refused if reason == NOT_JSON}
    why = explained(read, malformed) if malformed else {}
    for place, reason, ref in refused:
        line, told, item_ref = why.get(place, (place, reason, ref))
        ledger.set_aside[told] = ledger.set_aside.get(told, 0) + 1
        ledger.lines.append((line, told, item_ref))
