"""Records on disk: what is new lies apart, what is the same is linked, and many files become one."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bonafides.records.base import COMMON, Column, Table
from bonafides.store import partitions
from bonafides.store.duckdb import Store

TABLE = Table("badge", "Badges.", time=None, reaches=(), columns=(Column("badge", "text", "the badge"),))
TABLES = {"badge": TABLE}
Batches = Mapping[str, list[tuple[str, int]]]  # batch -> company, badge


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A company of more than two rows has many."""
    monkeypatch.setattr(partitions, "LARGE", 3)


def rows_of(batches: Batches) -> dict[str, str]:
    values = ", ".join(
        f"('{company}', 'badge:{n}', 'badge', '{n}', '{batch}')" for batch, own in batches.items() for company, n in own
    )
    names = ", ".join([*(c.name for c in COMMON), "badge", "batch"])
    return {"badge": f"SELECT * FROM (VALUES {values}) AS t ({names})"}


def written(store: Store, batches: Batches, before: Path | None, ready: Path) -> dict[str, list[tuple[str, int]]]:
    """Write batches; answers each company's files, with their places on the disk."""
    rows = rows_of(batches)
    found = partitions.digests(store, TABLES, rows)
    partitions.write(store, TABLES, rows, found, before, ready)
    files: dict[str, list[tuple[str, int]]] = {}
    for path in sorted((ready / "badge").glob("*/*.parquet")):
        files.setdefault(path.parent.name.partition("=")[2], []).append((path.name, path.stat().st_ino))
    kept = store.rows(f"SELECT * FROM read_parquet('{ready}/badge/*/*.parquet', hive_partitioning = false)")
    assert sorted(map(key, kept)) == sorted((c, str(n)) for own in batches.values() for c, n in own)
    return files


def key(row: Mapping[str, Any]) -> tuple[str, str]:
    assert list(row) == [*(c.name for c in COMMON), "badge"]
    return row["company"], row["badge"]


FIRST = [("acme", 1), ("acme", 2), ("acme", 3), ("brink", 4), ("a b/c=d", 5), ("a b/c=d", 6), ("a b/c=d", 7)]


def test_a_new_batch_lies_beside_what_was_there(store: Store, tmp_path: Path) -> None:
    first = written(store, {"one": FIRST}, None, tmp_path / "1")
    assert {len(own) for own in first.values()} == {1} and len(first) == 3
    day = [("acme", 8), ("brink", 9), ("a b/c=d", 10)]
    second = written(store, {"one": FIRST, "two": day}, tmp_path / "1", tmp_path / "2")
    for company, own in first.items():
        if company == "brink":
            assert len(second[company]) == 1 and second[company] != own, "of few rows there is one file"
        else:
            assert len(second[company]) == 2 and set(own) < set(second[company]), company
    third = written(store, {"one": FIRST, "two": day}, tmp_path / "2", tmp_path / "3")
    assert third == second


def test_a_batch_of_other_rows_than_before_is_written_anew(store: Store, tmp_path: Path) -> None:
    more = [("acme", 8), ("acme", 9)]
    first = written(store, {"one": FIRST, "two": more}, None, tmp_path / "1")
    changed = [("acme", 8), ("acme", 10)]
    second = written(store, {"one": FIRST, "two": changed}, tmp_path / "1", tmp_path / "2")
    assert second["brink"] == first["brink"] and not set(second["acme"]) & set(first["acme"])
    withdrawn = written(store, {"one": FIRST[3:], "two": changed}, tmp_path / "2", tmp_path / "3")
    assert withdrawn["brink"] == first["brink"] and len(withdrawn["acme"]) == 1


def test_files_that_are_lost_are_written_anew(store: Store, tmp_path: Path) -> None:
    written(store, {"one": FIRST}, None, tmp_path / "1")
    (lost,) = (tmp_path / "1" / "badge").glob("company=acme/*.parquet")
    lost.unlink()
    assert len(written(store, {"one": FIRST}, tmp_path / "1", tmp_path / "2")["acme"]) == 1


def test_many_files_become_one(store: Store, tmp_path: Path) -> None:
    batches: dict[str, list[tuple[str, int]]] = {"0": FIRST}
    before: Path | None = None
    counts = []
    for day in range(1, 20):
        batches[str(day)] = [("acme", 100 + day)]
        counts.append(len(written(store, batches, before, tmp_path / str(day))["acme"]))
        before = tmp_path / str(day)
    assert counts[:9] == [1, 2, 3, 4, 5, 6, 7, 8, 1] and max(counts) == 8


def test_what_was_read_together_is_not_told_by_the_digest(store: Store) -> None:
    one = partitions.digests(store, TABLES, rows_of({"one": FIRST}))
    two = partitions.digests(store, TABLES, rows_of({"two": FIRST[4:], "three": FIRST[:4]}))
    other = partitions.digests(store, TABLES, rows_of({"one": FIRST[:-1]}))
    assert partitions.digest(one) == partitions.digest(two) != partitions.digest(other)
