"""DuckDB in this process: the default engine."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from bonafides.errors import BadSettings
from bonafides.records.base import SQL_TYPE, Table
from bonafides.store import shims

EngineError = duckdb.Error


def version() -> str:
    """The engine and its version: what it wrote, another need not read the same."""
    return f"duckdb {duckdb.__version__}"


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _ran(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyConnection:
    try:
        return con.execute(sql)
    except duckdb.OutOfMemoryException as why:
        # A setting that is too small is nobody's fault but the setting's: no source and no indicator failed.
        raise BadSettings("there is not memory enough for this: give more by --memory, or fewer --threads") from why


class Store:
    """One open engine.

    Units: `memory` as DuckDB writes sizes. What does not fit is spilled to `scratch`.
    Raises: every statement BadSettings where it does not get along with `memory` even so.
    """

    def __init__(self, scratch: Path | None = None, memory: str = "4GB", threads: int = 2) -> None:
        self.threads = threads
        # The rewrite made count(*) beside count(distinct) over a BETWEEN join 400 times slower in 2.0.0.
        self.con = duckdb.connect(config={"memory_limit": memory, "threads": threads})
        self.con.execute("SET disabled_optimizers = 'distinct_aggregate_rewrite'")
        self.con.execute("SET TimeZone = 'UTC'")
        self.con.execute("SET enable_progress_bar = false")
        if scratch is not None:
            self.con.execute(f"SET temp_directory = {quoted(str(scratch))}")
        self.con.execute(";".join(shims.statements()))

    def close_files(self, except_for: Path | None = None) -> None:
        """From here on SQL can read and write no files but those under one folder: units run only after this."""
        if except_for is not None:
            self.con.execute(f"SET allowed_directories = [{quoted(str(except_for))}]")
        self.con.execute("SET enable_external_access = false")

    def _run(self, sql: str) -> duckdb.DuckDBPyConnection:
        return _ran(self.con, sql)

    def execute(self, sql: str) -> None:
        """Run a statement for its effect."""
        self._run(sql)

    def together(self, statements: Sequence[str]) -> None:
        """Run statements for their effects, as many at once as there are threads; what they sort is spilled from the
        beginning. They see no temporary table.

        Why: one COPY keeps less than two threads busy. And joins make the engine (2.0) take a sort for a fifth of what
        it is, and for one that fits into memory, which it then does not leave: nine million rows did not get along with
        3 GB.
        """
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(self._spilling, statements))

    def _spilling(self, sql: str) -> None:
        with self.con.cursor() as own:
            own.execute("SET debug_force_external = true")
            _ran(own, sql)

    def fill_in(self, table: str, values: Mapping[str, str], source: str, where: str) -> None:
        """Set columns of a table's rows from the one row of `source` (SQL of a table and its alias) that meets them.

        Shape: `values` has SQL by column; rows that nothing meets stay as they are.
        """
        put = ", ".join(f"{column} = {value}" for column, value in values.items())
        self._run(f"UPDATE {table} SET {put} FROM {source} WHERE {where}")

    def remove(self, name: str) -> None:
        """Drop a table or view."""
        is_view = self.rows(f"SELECT 1 FROM duckdb_views() WHERE view_name = {quoted(name)}")
        self._run(f"DROP {'VIEW' if is_view else 'TABLE'} {name}")

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """All rows of a SELECT whose result is small."""
        found = self._run(sql)
        names = [d[0] for d in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def value(self, sql: str) -> Any:
        """The single value of a SELECT."""
        row = self._run(sql).fetchone()
        return row[0] if row else None

    def columns(self, sql: str) -> dict[str, np.ndarray[Any, Any]]:
        """A SELECT's columns as arrays; NULLs as masked entries filled by NumPy's rules."""
        return dict(self._run(sql).fetchnumpy())

    def shape(self, sql: str) -> list[str]:
        """Names of the columns that a SELECT would return, without running it."""
        return [str(row[0]) for row in self._run(f"DESCRIBE {sql}").fetchall()]

    def tables(self) -> dict[str, list[str]]:
        """Names of all tables and views, with the names of their columns."""
        found: dict[str, list[str]] = {}
        asked = (
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index"
        )
        for table, column in self._run(asked).fetchall():
            found.setdefault(table, []).append(column)
        return found

    def packed(self, columns: Sequence[str], query: str) -> str:
        """SQL of one JSON text holding the given columns of a query by name."""
        del query  # this engine knows how to write every type
        return (
            f"CAST(to_json(struct_pack({', '.join(f'{c} := {c}' for c in columns)})) AS VARCHAR)" if columns else "'{}'"
        )

    def create(self, table: Table, common: Iterable[tuple[str, str]] = ()) -> None:
        """An empty table of the given shape, with the common columns before its own."""
        described = [(c.name, SQL_TYPE[c.type]) for c in table.columns]
        body = ", ".join(f"{name} {type_}" for name, type_ in [*common, *described])
        self._run(f"CREATE OR REPLACE TABLE {table.name} ({body})")

    def load(self, name: str, columns: Mapping[str, Sequence[Any]], types: Mapping[str, str]) -> None:
        """A table from columns held in memory. Shape: all of one length; None is NULL."""
        arrays: dict[str, np.ndarray[Any, Any]] = {}
        for column in types:
            made = np.empty(len(columns[column]), dtype=object)
            made[:] = list(columns[column])
            arrays[column] = made
        body = ", ".join(f"{column} {type_}" for column, type_ in types.items())
        self._run(f"CREATE OR REPLACE TABLE {name} ({body})")
        if len(next(iter(arrays.values()))):
            casts = ", ".join(f"CAST({column} AS {type_})" for column, type_ in types.items())
            # Registered, since names of Python's are not looked up once files are closed.
            self.con.register("given_arrays", arrays)
            self._run(f"INSERT INTO {name} SELECT {casts} FROM given_arrays")
            self.con.unregister("given_arrays")

    def append(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows (few: one call a table, not one a row) into a table of ours; columns not named are NULL."""
        if not rows:
            return
        names = [c.name for c in table.columns]
        self.load(
            "appended", {n: [r.get(n) for r in rows] for n in names}, {c.name: SQL_TYPE[c.type] for c in table.columns}
        )
        self._run(f"INSERT INTO {table.name} ({', '.join(names)}) SELECT * FROM appended")
        self._run("DROP TABLE appended")

    def translate(self, name: str, query: str, each: Callable[..., list[str]]) -> None:
        """A table (raw, value): of each row of a query, whose first column is `raw`, the values that `each` makes of it."""
        made = [(row[0], value) for row in self._run(query).fetchall() for value in each(*row)]
        self.load(
            name,
            {"raw": [m[0] for m in made], "value": [m[1] for m in made]},
            dict.fromkeys(("raw", "value"), "VARCHAR"),
        )

    @contextmanager
    def beside(self, name: str) -> Iterator["Store"]:
        """The engine of this process that holds the small table `name`: this one."""
        yield self
        self.remove(name)

    def write(self, sql: str, path: Path, group: int = 122_880) -> None:
        """A SELECT's rows as one Parquet file; the same rows in the same order give the same bytes.

        Shape: `group` rows are read together, by whoever looks for a few of them as well.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._run(f"COPY ({sql}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {group})")

    def close(self) -> None:
        """End the engine and free what it holds."""
        self.con.close()
