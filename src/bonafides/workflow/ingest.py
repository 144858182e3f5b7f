"""From raw files to record tables: every item kept, a duplicate, or set aside with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import bonafides.records
import bonafides.sources
from bonafides import units
from bonafides.errors import StopSource
from bonafides.fetch.folders import Export, discover, opened
from bonafides.fetch.repair import Repair, repair
from bonafides.records.base import COMMON, SQL_TYPE, Table
from bonafides.run import Run
from bonafides.sources.base import Source, catalogue, of_table
from bonafides.store.duckdb import Store
from bonafides.store.reading import ORIGIN, Outcome, fill, note_files, stage


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


def sources() -> dict[str, Source]:
    """All sources by id, vendor logs and record tables in our own shape."""
    folder = Path(next(iter(bonafides.sources.__path__)))
    own = {f"records/{name}": of_table(table) for name, table in record_tables().items()}
    return catalogue(folder) | own


def ingest(store: Store, exports: Path, run: Run, scratch: Path) -> list[FileLedger]:
    """Read everything under EXPORTS into the store's record tables; answers what became of each file."""
    tables, known = record_tables(), sources()
    for table in tables.values():
        store.create(table, [(c.name, SQL_TYPE[c.type]) for c in COMMON])
    store.execute(ORIGIN)
    ledgers: list[FileLedger] = []
    feeds: dict[str, list[FileLedger]] = {}
    for company, source, path in discover(exports):
        ledger = FileLedger(opened(path, exports, company, source))
        ledgers.append(ledger)
        if source not in known:
            what = "no record table of this name" if source.startswith("records/") else "no source of this name"
            ledger.leave(0, what, ledger.export.sha256)
        elif ledger.export.container != "empty":
            feeds.setdefault(source, []).append(ledger)
    for number, (source, feed) in enumerate(sorted(feeds.items()), 1):
        run.say(f"reading {source} ({number} of {len(feeds)}: {len(feed)} files)")
        try:
            _feed(store, known[source], feed, tables, run, scratch)
        except StopSource as why:
            run.note(str(why))
            for ledger in feed:
                ledger.leave(0, f"the source was stopped: {why}", ledger.export.sha256)
    return ledgers


def _feed(
    store: Store, source: Source, feed: Sequence[FileLedger], tables: Mapping[str, Table], run: Run, scratch: Path
) -> None:
    files = [ledger.export for ledger in feed]
    repaired: set[int] = set()
    for n, file in enumerate(files):
        if file.encoding != "utf-8" or file.container == "document" or len(set(file.header)) != len(file.header):
            files[n] = _mended(feed[n], scratch / f"{len(repaired)}-{file.sha256[:16]}")
            repaired.add(n)
    while broken := stage(store, source, files, frozenset(repaired)):
        for n, why in broken.items():
            if n in repaired:
                raise StopSource(f"{source.id}: a repaired file still cannot be read: {why}")
            run.say(f"repairing {files[n].name}: {why}")
            files[n] = _mended(feed[n], scratch / f"{n}-{files[n].sha256[:16]}")
            repaired.add(n)
    note_files(store, files)
    outcome = fill(store, source, files, tables, run.now.strftime("%Y-%m-%d %H:%M:%S"))
    for path in {files[n].path for n in repaired}:
        path.unlink(missing_ok=True)
    for n, ledger in enumerate(feed):
        _note(ledger, outcome, n)


def _mended(ledger: FileLedger, target: Path) -> Export:
    found: Repair = repair(ledger.export, target)
    for line, reason, item_ref in found.left_out:
        ledger.leave(line, reason, item_ref)
    return ledger.export.repaired(target)


def _note(ledger: FileLedger, outcome: Outcome, n: int) -> None:
    ledger.items += outcome.items.get(n, 0)
    ledger.kept = outcome.kept.get(n, 0)
    ledger.duplicates = outcome.duplicates.get(n, 0)
    for reason, count in outcome.set_aside.get(n, {}).items():
        ledger.set_aside[reason] = ledger.set_aside.get(reason, 0) + count
    ledger.unread = outcome.unread.get(n, {})
    ledger.lines += [(place, reason, ref) for file, place, reason, ref in outcome.lines if file == n]
