"""Raw files in, rows and ledgers out: what the tests of the reading path share."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bonafides.run import Run
from bonafides.store.duckdb import Store
from bonafides.workflow.file_ledger import FileLedger
from bonafides.workflow.ingest import ingest, record_tables

SAMPLES = Path(__file__).parent / "units" / "sources"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True)
class Reading:
    """What came of a folder of exports.

    Shape: rows by table, without NULLs; ledgers by name under EXPORTS; `places` has the ids of the items kept, by
    company and place in a file, from 1.
    """

    rows: Mapping[str, list[dict[str, Any]]]
    ledgers: Mapping[str, FileLedger]
    notes: list[str]
    places: Mapping[tuple[str, int], set[str]]

    def ledger(self, name: str) -> FileLedger:
        """The one ledger whose file ends with a name."""
        (found,) = [ledger for key, ledger in self.ledgers.items() if key.endswith(name)]
        return found

    def count(self, company: str) -> int:
        """How many rows one company has."""
        return sum(row["company"] == company for rows in self.rows.values() for row in rows)

    @property
    def unplaced(self) -> Mapping[str, list[dict[str, Any]]]:
        """Rows in an order that does not depend on that of the files."""
        return {table: sorted(rows, key=repr) for table, rows in self.rows.items()}


def read(exports: Path, mapping_files: Sequence[Path] = ()) -> Reading:
    """Ingest a folder of exports into a store of its own."""
    scratch = Path(tempfile.mkdtemp(prefix="reading-"))
    store, run = Store(scratch, memory="1GB", threads=1), Run(NOW)
    try:
        ledgers = ingest(store, exports, run, scratch, mapping_files).ledgers
        rows = {
            table: [
                {key: value for key, value in row.items() if value is not None}
                for row in store.rows(f"SELECT * FROM {table} ORDER BY company, event_ref")
            ]
            for table in record_tables()
        }
        origins = store.rows("SELECT company, item, item_id FROM origin")
    finally:
        store.close()
        shutil.rmtree(scratch)
    for ledger in ledgers:
        assert ledger.items == ledger.kept + ledger.duplicates + sum(ledger.set_aside.values()), ledger
        assert len(ledger.lines) == sum(ledger.set_aside.values()), ledger
        assert min((ledger.kept, ledger.duplicates, *ledger.set_aside.values())) >= 0, ledger
    assert len(origins) == sum(ledger.kept + ledger.duplicates for ledger in ledgers)
    for table, made in rows.items():
        keys = [(row["company"], row["event_ref"]) for row in made]
        assert len(set(keys)) == len(keys), f"{table}: two rows with one event_ref"
    places: dict[tuple[str, int], set[str]] = {}
    for row in origins:
        places.setdefault((row["company"], row["item"]), set()).add(row["item_id"])
    kept = {t: r for t, r in rows.items() if r}
    return Reading(kept, {led.export.name: led for led in ledgers}, run.notes, places)


def export(exports: Path, name: str, content: bytes | str, company: str = "acme") -> Path:
    """Put one raw file under EXPORTS; `name` is `<source id>/<file>`."""
    path = exports / company / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def sample_files(source: str) -> list[Path]:
    """The raw files of a source's samples."""
    return sorted(p for p in (SAMPLES / source).iterdir() if p.name != "expect.yaml")
