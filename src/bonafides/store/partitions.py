"""The record tables on disk: Parquet by company, and by week where a company has many rows; what is the same is linked.

Why not by week throughout: a hundred companies with twenty tables would be tens of thousands of files of a few rows,
which cost more to open than to read. A week of its own pays where writing the company's whole table anew does not; a
month of its own would be written anew with each of its days.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bonafides.records.base import Table
from bonafides.store.duckdb import Store, quoted
from bonafides.store.publishing import same_file, write_json

# Rows of a company's table from which on its weeks lie apart.
LARGE = 10_000
_DIGESTS = "partitions.json"
_UNDATED = "undated"

# Table -> (company, week or "") -> what its rows come to.
Digests = dict[str, dict[tuple[str, str], str]]


def digests(store: Store, tables: Mapping[str, Table]) -> Digests:
    """What the rows of each partition come to, whatever their order."""
    found: Digests = {}
    for name, table in sorted(tables.items()):
        columns = ", ".join(["company", "event_ref", *(f'"{c.name}"' for c in table.columns)])
        rows = store.rows(
            f"SELECT company, week, count(*) AS n, CAST(bit_xor(h) AS VARCHAR) AS x, CAST(sum(CAST(h % 4294967291 AS HUGEINT)) AS VARCHAR) AS s "
            f"FROM (SELECT company, {_week(table)} AS week, hash({columns}) AS h FROM {name}) GROUP BY company, week ORDER BY company, week"
        )
        own: dict[str, list[tuple[str, int, str]]] = {}
        for row in rows:
            own.setdefault(row["company"], []).append((row["week"], row["n"], f"{row['n']} {row['x']} {row['s']}"))
        found[name] = {}
        for company, weeks in own.items():
            if sum(n for _, n, _ in weeks) >= LARGE:
                found[name] |= {(company, week): told for week, _, told in weeks}
            else:
                found[name][company, ""] = "; ".join(f"{week} {told}" for week, _, told in weeks)
    return found


def _week(table: Table) -> str:
    dated = f"strftime(CAST({table.time} AS TIMESTAMP), '%G-W%V')" if table.time else "NULL"
    return f"coalesce({dated}, '{_UNDATED}')"


def digest(found: Digests) -> str:
    """One digest of all partitions."""
    return hashlib.sha256(json.dumps(_listed(found)).encode()).hexdigest()


def _listed(found: Digests) -> list[list[str]]:
    return [[name, *key, value] for name, own in sorted(found.items()) for key, value in sorted(own.items())]


def write(store: Store, tables: Mapping[str, Table], found: Digests, before: Path | None, ready: Path) -> None:
    """The record tables into the empty folder `ready`.

    Shape: partitions that `before` holds with the same rows are links to its files.
    """
    known = _known(before)
    for name, table in sorted(tables.items()):
        folder = ready / name
        folder.mkdir(parents=True)
        fresh = []
        for key, told in found[name].items():
            if before is None or known.get((name, *key)) != told or not _linked(before / name, folder, key):
                fresh.append(key)
        _copy(store, name, table, fresh, folder)
    write_json(ready / _DIGESTS, _listed(found))


def _known(before: Path | None) -> dict[tuple[str, str, str], str]:
    if before is None or not (path := before / _DIGESTS).exists():
        return {}
    told: list[list[Any]] = json.loads(path.read_text("utf-8"))
    return {(name, company, week): value for name, company, week, value in told}


def _linked(before: Path, folder: Path, key: tuple[str, str]) -> bool:
    """Link one partition's files; false where there are none."""
    company, week = key
    place = _place(before, company)
    place = place / f"week={week}" if place and week else place
    files = sorted(place.glob("*.parquet")) if place and place.is_dir() else []
    for path in files:
        same_file(path, folder / path.relative_to(before))
    return bool(files)


def _place(folder: Path, company: str) -> Path | None:
    """The folder of a company, whose name the engine wrote with its own escapes."""
    plain = folder / f"company={company}"
    if plain.is_dir():
        return plain
    return next((p for p in folder.glob("company=*") if unquote(p.name.partition("=")[2]) == company), None)


def _copy(store: Store, name: str, table: Table, fresh: Sequence[tuple[str, str]], folder: Path) -> None:
    """Write partitions anew: each company's whole table, or its weeks."""
    store.load(
        "fresh_partition",
        {"company": [company for company, _ in fresh], "week": [week for _, week in fresh]},
        {"company": "VARCHAR", "week": "VARCHAR"},
    )
    for is_split in (False, True):
        if not any(bool(week) == is_split for _, week in fresh):
            continue
        on = f"f.company = t.company AND f.week = {_week(table) if is_split else quoted('')}"
        week = f", {_week(table)} AS week" if is_split else ""
        store.execute(
            f"COPY (SELECT t.*{week} FROM {name} AS t SEMI JOIN fresh_partition AS f ON {on} ORDER BY t.company, event_ref) "
            f"TO {quoted(str(folder))} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (company{', week' if is_split else ''}), "
            "WRITE_PARTITION_COLUMNS true, OVERWRITE_OR_IGNORE true)"
        )
    store.execute("DROP TABLE fresh_partition")
