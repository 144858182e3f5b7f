"""The engine writes it, with the types of the table's columns."""

from pathlib import Path

from bonafides.derived.tie import TABLE
from bonafides.exchange.parquet_table import EXPORT
from bonafides.records.base import SQL_TYPE
from bonafides.store.duckdb import Store, quoted
from bonafides.workflow.export import _by_engine


def test_columns_keep_their_types_though_every_row_is_masked(tmp_path: Path) -> None:
    assert EXPORT.encode is None and EXPORT.format == "parquet"
    types = {c.name: SQL_TYPE[c.type] for c in TABLE.columns}
    store = Store()
    row = {**dict.fromkeys(types), "a": "worker 3f9a1c", "weight": 12.5, "holders": 3}
    path = tmp_path / "tie.parquet"
    path.write_bytes(_by_engine(store, "tie", list(types), [row]))
    described = store.rows(f"DESCRIBE SELECT * FROM read_parquet({quoted(str(path))})")
    assert {d["column_name"]: d["column_type"] for d in described} == types
    (read,) = store.rows(f"SELECT a, weight, holders, value FROM read_parquet({quoted(str(path))})")
    assert read == {"a": "worker 3f9a1c", "weight": 12.5, "holders": 3, "value": None}
    store.close()
