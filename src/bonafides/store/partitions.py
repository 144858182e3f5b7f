"""The record tables on disk: Parquet by company, and within one by what was read together; what is the same is linked.

Why: a new day adds its files, and those of the days before stay as they are. A company with few rows in a table has one
file of them, since a hundred companies with twenty tables by days would be tens of thousands of files, which cost more
to open than to read; for the same reason many files of a company become one.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import xor
from pathlib import Path
from urllib.parse import unquote

from bonafides.records.base import Table
from bonafides.store.duckdb import Store, quoted
from bonafides.store.publishing import same_file, write_json

# Rows of a company's table from which on what is new lies apart.
LARGE = 10_000
# Files of a company's table at the most.
_MOST = 8
_LIST = "parts.json"
_MODULUS = 4_294_967_291


@dataclass(frozen=True)
class Rows:
    """What some rows come to, whatever their order: how many, and two sums of their hashes."""

    n: int
    xor: int
    sum: int

    @classmethod
    def together(cls, some: Iterable["Rows"]) -> "Rows":
        """Of several sets of rows, what all of them come to."""
        found = list(some)
        return cls(sum(r.n for r in found), reduce(xor, (r.xor for r in found), 0), sum(r.sum for r in found))

    @property
    def told(self) -> str:
        """As text."""
        return f"{self.n} {self.xor} {self.sum}"


@dataclass(frozen=True)
class Part:
    """Rows of a company's table that lie together. Shape: in so many `files`, whose names begin with `stem`."""

    stem: str
    files: int
    batches: frozenset[str]
    told: str


# Table -> company -> batch -> its rows.
Digests = dict[str, dict[str, dict[str, Rows]]]


def digests(store: Store, tables: Mapping[str, Table], rows: Mapping[str, str]) -> Digests:
    """What the rows of each batch come to. Shape: `rows` has SQL of each record table's rows, with their `batch`."""
    found: Digests = {name: {} for name in tables}
    for name, own in found.items():
        if name not in rows:
            continue
        columns = ", ".join(["company", "event_ref", *(f'"{c.name}"' for c in tables[name].columns)])
        for row in store.rows(
            f"SELECT company, batch, count(*) AS n, CAST(bit_xor(h) AS VARCHAR) AS x, "
            f"CAST(sum(CAST(h % {_MODULUS} AS HUGEINT)) AS VARCHAR) AS s "
            f"FROM (SELECT company, batch, hash({columns}) AS h FROM ({rows[name]})) "
            "GROUP BY company, batch ORDER BY company, batch"
        ):
            own.setdefault(row["company"], {})[row["batch"]] = Rows(row["n"], int(row["x"]), int(row["s"]))
    return found


def digest(found: Digests) -> str:
    """One digest of all rows, whatever was read together."""
    told = [
        [name, company, Rows.together(batches.values()).told]
        for name, own in sorted(found.items())
        for company, batches in sorted(own.items())
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def write(
    store: Store,
    tables: Mapping[str, Table],
    rows: Mapping[str, str],
    found: Digests,
    before: Path | None,
    ready: Path,
) -> None:
    """The record tables into the empty folder `ready`. Shape: `rows` as for `digests`.

    Files that `before` holds with the same rows are links to its files.
    """
    known = _known(before)
    parts: list[tuple[str, str, Part]] = []
    for name in sorted(tables):
        folder = ready / name
        folder.mkdir(parents=True)
        fresh: dict[str, dict[str, Rows]] = {}
        for company, batches in found[name].items():
            kept = _kept(known.get((name, company), ()), batches)
            kept = [part for part in kept if before and _linked(before / name, folder, company, part)]
            parts += [(name, company, part) for part in kept]
            there = frozenset[str]().union(*(part.batches for part in kept))
            if new := {batch: of for batch, of in batches.items() if batch not in there}:
                fresh[company] = new
        if fresh:
            stem = _stem(fresh)
            _copy(store, rows[name], fresh, folder, stem)
            for company, new in fresh.items():
                told = Rows.together(new.values()).told
                files = len(_files(folder, company, stem))
                parts.append((name, company, Part(stem, files, frozenset(new), told)))
    listed = [[name, who, part.stem, part.files, sorted(part.batches), part.told] for name, who, part in parts]
    write_json(ready / _LIST, listed)


def _known(before: Path | None) -> dict[tuple[str, str], list[Part]]:
    known: dict[tuple[str, str], list[Part]] = {}
    if before is not None and (path := before / _LIST).exists():
        for name, company, stem, files, batches, told in json.loads(path.read_text("utf-8")):
            known.setdefault((name, company), []).append(Part(stem, files, frozenset(batches), told))
    return known


def _kept(parts: Sequence[Part], batches: Mapping[str, Rows]) -> list[Part]:
    """Of a company's parts those that stay as they are."""
    same = [
        part
        for part in parts
        if part.batches <= batches.keys() and part.told == Rows.together(batches[b] for b in part.batches).told
    ]
    is_whole = sum(len(part.batches) for part in same) == len(batches)
    most = _MOST if sum(rows.n for rows in batches.values()) >= LARGE else 1
    return same if len(same) + (not is_whole) <= most else []


def _stem(fresh: Mapping[str, Mapping[str, Rows]]) -> str:
    """What files of these rows are called: no others of a table are called so."""
    told = [[company, batch, rows.told] for company, batches in fresh.items() for batch, rows in batches.items()]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _linked(before: Path, folder: Path, company: str, part: Part) -> bool:
    """Link one part's files; false where they are not all there."""
    files = _files(before, company, part.stem)
    if len(files) != part.files:
        return False
    for path in files:
        same_file(path, folder / path.relative_to(before))
    return True


def _files(folder: Path, company: str, stem: str) -> list[Path]:
    place = _place(folder, company)
    return sorted(place.glob(f"{stem}_*.parquet")) if place else []


def _place(folder: Path, company: str) -> Path | None:
    """The folder of a company, whose name the engine wrote with its own escapes."""
    plain = folder / f"company={company}"
    if plain.is_dir():
        return plain
    return next((p for p in folder.glob("company=*") if unquote(p.name.partition("=")[2]) == company), None)


def _copy(store: Store, rows: str, fresh: Mapping[str, Mapping[str, Rows]], folder: Path, stem: str) -> None:
    """Write what is new, a file a company. Shape: `fresh` has the rows of each company by batch.

    Why: a company with many rows is written by itself: sorted alone, and beside another. Of small ones all at once:
    to look for each costs more than its rows.
    """
    pairs = [(company, batch) for company, batches in fresh.items() for batch in batches]
    store.load(
        "fresh",
        {"company": [company for company, _ in pairs], "batch": [batch for _, batch in pairs]},
        {"company": "VARCHAR", "batch": "VARCHAR"},
    )
    large = [company for company, batches in fresh.items() if Rows.together(batches.values()).n >= LARGE]
    some = [f"= {quoted(company)}" for company in large]
    if len(large) < len(fresh):
        some.append(f"NOT IN ({', '.join(map(quoted, large))})" if large else "IS NOT NULL")
    store.together(
        [
            f"COPY (SELECT t.* EXCLUDE (batch) FROM ({rows}) AS t SEMI JOIN fresh AS f ON f.company = t.company AND f.batch = t.batch "
            f"WHERE t.company {those} ORDER BY t.company, event_ref) TO {quoted(str(folder))} (FORMAT parquet, COMPRESSION zstd, "
            f"PARTITION_BY (company), WRITE_PARTITION_COLUMNS true, OVERWRITE_OR_IGNORE true, FILENAME_PATTERN {quoted(stem + '_{i}')})"
            for those in some
        ]
    )
    store.execute("DROP TABLE fresh")
