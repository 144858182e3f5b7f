"""Promises that every table export keeps without its author writing a test."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import bonafides.derived
from bonafides import units
from bonafides.errors import BadSettings
from bonafides.records.base import SQL_TYPE, Table
from bonafides.store.duckdb import Store, quoted
from bonafides.workflow.export import export, exports
from bonafides.workflow.published import PUBLISHED

EXPORTS = exports()
FORMATS = sorted(EXPORTS)
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@x",
    'a"b',
    "a,b",
    "a\nb",
    "<b>",
    "\t=1",
    "naïve — 東京",
    "'quoted'",
    "; DROP TABLE tie",
)
# How another program reads what we write, where the engine knows how.
READERS = {
    "csv": "read_csv({}, header = true, all_varchar = true, quote = '\"', escape = '\"')",
    "jsonl": "read_json({}, format = 'newline_delimited')",
    "parquet": "read_parquet({})",
}
DERIVED = units.modules(bonafides.derived, "TABLE", Table)


def published(folder: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """A workspace whose newest run holds the given rows of `network` (texts, numbers, times) and no other rows."""
    run = folder / "runs" / "r1"
    run.mkdir(parents=True)
    (folder / "latest").symlink_to(Path("runs") / "r1", target_is_directory=True)
    store = Store()
    for name in PUBLISHED:
        types = {c.name: SQL_TYPE[c.type] for c in DERIVED[name].columns}
        given = rows if name == "network" else []
        store.load(name, {c: [row.get(c) for row in given] for c in types}, types)
        store.write(f"SELECT * FROM {name}", run / f"{name}.parquet")
    store.close()
    return folder


def network(number: int, text: str) -> dict[str, Any]:
    return {
        "network_id": text, "members": number, "companies": 1, "probability": 0.25, "hubs": "[]", "assets": "[]",
        "wages": -1.5, "first_at": datetime(2026, 1, 2, 3, 4, 5), "came_from": None,
    }  # fmt: skip


ROWS = [network(n, text) for n, text in enumerate(HOSTILE)]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("exchange"), ROWS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_unit_is_called_as_its_file_and_says_what_it_is(name: str) -> None:
    unit = EXPORTS[name]
    assert unit.name == f"{name}_table" and unit.title and unit.suffix.startswith(".")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_rows_give_the_same_bytes(workspace: Path, name: str) -> None:
    first = export(workspace, "network", name)
    assert first and first == export(workspace, "network", name)


@pytest.mark.parametrize("table", sorted(PUBLISHED))
@pytest.mark.parametrize("name", FORMATS)
def test_every_published_table_can_be_exported_also_when_it_is_empty(workspace: Path, name: str, table: str) -> None:
    assert isinstance(export(workspace, table, name), bytes)


@pytest.mark.parametrize("name", sorted(set(FORMATS) & set(READERS)))
def test_what_is_written_reads_back_as_it_was(workspace: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"network{EXPORTS[name].suffix}"
    path.write_bytes(export(workspace, "network", name, masked=False))
    reader = READERS[name]
    store = Store()
    rows = store.rows(f"SELECT * FROM {reader.format(quoted(str(path)))}")
    store.close()
    assert list(rows[0]) == [c.name for c in DERIVED["network"].columns]
    assert [str(row["network_id"]).removeprefix("'") for row in rows] == [t.removeprefix("'") for t in HOSTILE]
    assert [int(row["members"]) for row in rows] == list(range(len(HOSTILE)))
    assert {float(row["wages"]) for row in rows} == {-1.5}
    assert {row["came_from"] or None for row in rows} == {None}


@pytest.mark.parametrize("name", FORMATS)
def test_pieces_are_made_of_rows_as_they_come(name: str) -> None:
    encode = EXPORTS[name].encode
    if encode is None:
        assert name == "parquet", "only what an engine must write comes without a function"
        return
    rows = [{"a": text, "b": date(2026, 1, 2)} for text in HOSTILE]
    whole = b"".join(encode(["a", "b"], rows))
    assert whole == b"".join(encode(["a", "b"], iter(rows))) and b"2026-01-02" in whole
    assert b"".join(encode(["b"], rows)).count(b"2026-01-02") == len(rows)
    whole.decode("utf-8")


def test_an_unknown_table_or_format_is_refused_with_those_there_are(workspace: Path) -> None:
    with pytest.raises(BadSettings, match="one of assessment, finding"):
        export(workspace, "nothing")
    with pytest.raises(BadSettings, match="one of csv, jsonl, parquet"):
        export(workspace, "network", "xlsx")
