"""What has been read, kept: each file once, in the batch of files that it was read with, whatever runs use it later.

Why: reading is most of what a run costs, and yesterday's files are read already. A batch holds what does not depend on
other files: the rows that a file makes and what was set aside of it. Which copy of an item counts does depend on them,
and is found out anew by every run, from the items' ids alone.
"""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bonafides.errors import StopSource
from bonafides.records.base import COMMON, SQL_TYPE, Table
from bonafides.store.duckdb import Store, quoted
from bonafides.store.publishing import write_json
from bonafides.store.raw import literal_path
from bonafides.store.reading import ORIGIN, batch_name

_PAGES = "batch.json"
_PART = ".part"


@dataclass(frozen=True)
class Page:
    """What became of one file. Shape: `key` tells files apart; `lines` are line or item, reason and hash of what was set
    aside; `is_final` is false where a later reading may set less aside. Units: items = kept + the length of `lines`.
    """

    key: tuple[str, ...]
    items: int
    unread: Mapping[str, int]
    lines: Sequence[tuple[int, str, str]]
    is_final: bool = True


@dataclass(frozen=True)
class Batch:
    """Files that were read together. Shape: `folder` holds their rows by record table, and the items behind them."""

    folder: Path
    pages: Sequence[Page]

    def path(self, name: str) -> Path:
        """Its file of a record table or of the items. The file need not exist."""
        return self.folder / f"{name}.parquet"


@dataclass
class Shelf:
    """The batches of one source.

    Shape: `made_by` says how files are read; what was read otherwise, or by a clock that was ahead of `now` (ISO), is
    not used.
    """

    folder: Path
    made_by: str
    now: str
    batches: list[Batch] = field(default_factory=list)

    def __post_init__(self) -> None:
        for told in sorted(self.folder.glob(f"*/{_PAGES}")):
            if told.parent.name.endswith(_PART):
                continue  # of a run that was killed
            found = json.loads(told.read_text("utf-8"))
            whole = all((told.parent / name).exists() for name in found["files"])
            if whole and found["made_by"] == self.made_by and found["read_at"] <= self.now:
                pages = [
                    Page(tuple(p["key"]), p["items"], p["unread"], [(n, why, ref) for n, why, ref in p["lines"]])
                    if p["is_final"]
                    else Page((), 0, {}, [], False)
                    for p in found["pages"]
                ]
                self.batches.append(Batch(told.parent, pages))

    def found(self) -> dict[tuple[str, ...], tuple[int, int]]:
        """Every file that is on the shelf: its key -> batch and page."""
        return {
            page.key: (b, n) for b, batch in enumerate(self.batches) for n, page in enumerate(batch.pages) if page.key
        }

    def room(self, name: str) -> Path:
        """An empty folder in which a batch is made ready."""
        room = self.folder / f"{name}{_PART}"
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir(parents=True)
        return room

    def keep(self, room: Path, pages: Sequence[Page]) -> None:
        """Put a batch that is ready on the shelf, in one step."""
        told = {
            "made_by": self.made_by,
            "read_at": self.now,
            "files": sorted(path.name for path in room.glob("*.parquet")),
            "pages": [asdict(page) for page in pages],
        }
        write_json(room / _PAGES, told)
        place = room.with_name(batch_name(room))
        shutil.rmtree(place, ignore_errors=True)
        room.rename(place)
        self.batches = [batch for batch in self.batches if batch.folder != place]
        self.batches.append(Batch(place, list(pages)))


def tidy(cache: Path, used: Iterable[Path]) -> None:
    """Remove every batch that no file of this run was found in, and what a run that was killed left half-made."""
    kept = set(used)
    for folder in cache.glob("*/*"):
        if folder not in kept:
            shutil.rmtree(folder)


@dataclass
class Taken:
    """What is taken of the shelves, source by source.

    Shape: `parts` are SELECTs of rows by record table, with their `batch`; `items` those of the items behind the records;
    `origins` has each batch's file of items, with the SELECT of what of it counts where that is not all.
    """

    parts: dict[str, list[str]] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)
    origins: list[tuple[Path, str | None]] = field(default_factory=list)

    @property
    def rows(self) -> dict[str, str]:
        """SQL of each record table's rows, with their `batch`; a table that nothing fills is left out."""
        return {name: " UNION ALL ".join(parts) for name, parts in self.parts.items()}


def take(
    store: Store, shelf: Shelf, uses: Sequence[tuple[int, int]], tables: Mapping[str, Table], taken: Taken
) -> list[int]:
    """Add the files of one source to what is taken; answers how many items of each are copies of another's.

    Shape: `uses` has batch and page of each file, in order; of two files alike each is a use of one page.
    Raises: StopSource where the shelf does not hold what it says.
    """
    n = len(taken.items)
    used, copy = f"used_{n}", f"copy_{n}"
    names = [batch.folder.name for batch in shelf.batches]
    store.load(
        used,
        {"batch": [names[b] for b, _ in uses], "file": [page for _, page in uses], "use": range(len(uses))},
        {"batch": "VARCHAR", "file": "INTEGER", "use": "INTEGER"},
    )
    batches = [shelf.batches[b] for b in sorted({b for b, _ in uses})]
    there = [batch for batch in batches if batch.path(ORIGIN).exists()]
    if not there:
        taken.items.append("")
        return [0] * len(uses)
    items = f"SELECT i.*, u.use FROM {_scan([b.path(ORIGIN) for b in there])} AS i JOIN {used} AS u ON u.batch = i.batch AND u.file = i.file"
    store.execute(
        f"""CREATE OR REPLACE TABLE {copy} AS
        WITH item AS ({items}), twice AS (SELECT company, item_id FROM item GROUP BY company, item_id HAVING count(*) > 1)
        SELECT batch, row, use FROM (
          SELECT batch, row, use, row_number() OVER (PARTITION BY company, item_id ORDER BY content, use, item) AS place
          FROM item SEMI JOIN twice USING (company, item_id)) WHERE place > 1"""
    )
    there_are = {row["use"]: row["n"] for row in store.rows(f"SELECT use, count(*) AS n FROM ({items}) GROUP BY use")}
    for use, (b, p) in enumerate(uses):
        page = shelf.batches[b].pages[p]
        if there_are.get(use, 0) != page.items - len(page.lines):
            raise StopSource(f"{shelf.batches[b].folder}: damaged; remove it, and its files are read again")
    for name, table in tables.items():
        if found := [path for b in there if (path := b.path(name)).exists()]:
            taken.parts.setdefault(name, []).append(
                f"SELECT {_columns(table)}, t.batch FROM {_scan(found)} AS t JOIN {used} AS u ON u.batch = t.batch AND u.file = t.file "
                f"ANTI JOIN {copy} AS c ON c.batch = t.batch AND c.row = t.row AND c.use = u.use"
            )
    taken.items.append(items)
    for batch in there:
        missing = set(range(len(batch.pages))) - {p for b, p in uses if shelf.batches[b] is batch}
        some = f"SELECT i.* FROM {_scan([batch.path(ORIGIN)])} AS i SEMI JOIN {used} AS u ON u.batch = i.batch AND u.file = i.file"
        taken.origins.append((batch.path(ORIGIN), some if missing else None))
    counts = {row["use"]: row["n"] for row in store.rows(f"SELECT use, count(*) AS n FROM {copy} GROUP BY use")}
    return [counts.get(use, 0) for use in range(len(uses))]


def _columns(table: Table) -> str:
    return ", ".join(f't."{c.name}"' for c in (*COMMON, *table.columns))


def _scan(paths: Iterable[Path]) -> str:
    return f"read_parquet([{', '.join(quoted(literal_path(path)) for path in paths)}])"


def lay_out(store: Store, tables: Mapping[str, Table], taken: Taken) -> None:
    """The record tables, and `origin`, over what was taken of the shelves."""
    rows = taken.rows
    for name, table in tables.items():
        if name in rows:
            store.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT {_columns(table)} FROM ({rows[name]}) AS t")
        else:
            store.create(table, [(c.name, SQL_TYPE[c.type]) for c in COMMON])
    items = " UNION ALL ".join(
        f"SELECT company, source, item_id, sha256, item FROM ({sql})" for sql in taken.items if sql
    )
    store.execute(f"CREATE OR REPLACE VIEW origin AS {items or _NO_ITEM}")


_NO_ITEM = (
    "SELECT CAST(NULL AS VARCHAR) AS company, CAST(NULL AS VARCHAR) AS source, CAST(NULL AS VARCHAR) AS item_id, "
    "CAST(NULL AS VARCHAR) AS sha256, CAST(NULL AS BIGINT) AS item WHERE false"
)
