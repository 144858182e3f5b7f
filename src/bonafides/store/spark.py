"""Apache Spark: the engine where records outgrow one machine. The extra `spark` brings it.

Shape: every table is Parquet under `room`, which driver and executors must both reach; nothing is kept in a metastore.
What one process can do with little (a Python function over distinct texts excepted, which the executors run) comes back.
"""

import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import bonafides
from bonafides.errors import BadSettings
from bonafides.records.base import COMMON, SQL_TYPE, Table
from bonafides.store import shims_spark
from bonafides.store.duckdb import EngineError, Store, quoted
from bonafides.store.raw import literal_path
from bonafides.store.spelling import Spelling

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_CREATE = re.compile(r"\s*CREATE OR REPLACE (?:TEMP )?TABLE (\w+)\s*(AS\b|\()(.*)", re.DOTALL)
_INSERT = re.compile(r"\s*INSERT INTO (\w+)\s*(?:\(([\w\s,]+)\)\s*(?=SELECT|WITH))?(.*)", re.DOTALL)
_RENAME = re.compile(r"\s*ALTER TABLE (\w+) RENAME TO (\w+)\s*")
_DROP = re.compile(r"\s*DROP (?:TABLE|VIEW) (\w+)\s*")
# The last line of what Python says of an error.
_OF_PYTHON = re.compile(r"^[A-Za-z_.]*(?:Error|Exception)(?:: .*)?$", re.MULTILINE)
# Tasks by which executors are asked whether they have this package.
_ASKED = 64
# So many rows held in memory need not be written down.
_FEW = 10_000
# Types as Arrow calls them.
_ARROW = {
    "VARCHAR": "string",
    "TIMESTAMP": "timestamp[us]",
    "DATE": "date32",
    "BIGINT": "int64",
    "INTEGER": "int32",
    "DOUBLE": "double",
    "BOOLEAN": "bool",
}
_SPELLING = Spelling(shims_spark.MACROS, shims_spark.TYPES, shims_spark.quoted)


def session(master: str, memory: str, more: Mapping[str, str] | None = None) -> "SparkSession":
    """A session as the portable profile needs it.

    Shape: `more` are properties of Spark beside ours. Units: `memory` as DuckDB writes sizes; it is the driver's, and
    with a local master the whole engine's.
    Raises: BadSettings where pyspark or Java is not installed, nothing answers at `master`, or executors lack this package.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as why:
        raise BadSettings("the engine spark needs the extra: pip install 'bonafides[spark]'") from why
    wanted = {
        "spark.sql.session.timeZone": "UTC",
        # Backslashes in texts are backslashes, and times are times of day in no zone: as in the other engine.
        "spark.sql.parser.escapedStringLiterals": "true",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",
        "spark.sql.parquet.compression.codec": "zstd",
        "spark.driver.memory": re.sub(r"\s*([KMGT])i?B$", r"\1", memory, flags=re.IGNORECASE).lower(),
        "spark.driver.maxResultSize": "0",
        # Tasks write files of their own; two of one task would write the same.
        "spark.speculation": "false",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    if master.startswith("local"):
        wanted |= {"spark.sql.shuffle.partitions": "4", "spark.default.parallelism": "4"}
    made = SparkSession.builder.master(master).appName("bonafides")
    for key, value in {**wanted, **(more or {})}.items():
        made = made.config(key, value)
    try:
        with _telling():
            found = made.getOrCreate()
    except EngineError as why:
        raise BadSettings(f"Spark cannot be started at {master}: {why}") from why
    if master.startswith("local"):
        found.sparkContext.pythonExec = sys.executable  # where this package is installed
    else:
        ask_executors(found)
    return found


def ask_executors(spark: "SparkSession") -> None:
    """Raises: BadSettings where executors have not this package, or not in this version."""
    n = min(spark.sparkContext.defaultParallelism, _ASKED)
    try:
        with _telling():
            there = spark.sparkContext.parallelize(range(n), n).map(lambda _: __import__("bonafides").__version__)
            found = set(there.collect())
    except EngineError as why:
        raise BadSettings(
            f"Spark's executors cannot use this package (PYSPARK_PYTHON names their Python): {why}"
        ) from why
    if others := found - {bonafides.__version__}:
        raise BadSettings(f"Spark's executors have bonafides {min(others)}, this is {bonafides.__version__}")


def on_executors(spark: "SparkSession", each: Callable[[Any], None], shares: Sequence[Any]) -> None:
    """Run a function on each share, a task a share, to the end.

    Raises: EngineError where one of them failed as often as Spark tries.
    """
    with _telling():
        spark.sparkContext.parallelize(list(shares), len(shares)).foreach(each)


@contextmanager
def _telling() -> Iterator[None]:
    """What Spark says of a failing job is long; one line is what somebody can use: of Python's errors their last, of
    others the first.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as why:
        said = _OF_PYTHON.findall(str(why)) or str(why).splitlines() or [type(why).__name__]
        raise EngineError(said[0]) from why


class SparkStore:
    """An open Spark engine: an `Engine` whose tables are Parquet under `room`."""

    def __init__(self, spark: "SparkSession", room: Path, own: Store) -> None:
        """Shape: `own` is an engine of this process, for what is small."""
        self.spark, self.room, self.own = spark, room, own
        self.folders: dict[str, Path] = {}
        self._types: dict[str, Any] = {}
        self._made = 0

    def _query(self, sql: str) -> "DataFrame":
        with _telling():
            return self.spark.sql(_SPELLING.spelled(sql))

    def read(self, name: str, folder: Path, table: Table) -> None:
        """A record table from the Parquet files that lie anywhere under a folder. Shape: a file need not be there."""
        columns = [(c.name, SQL_TYPE[c.type]) for c in (*COMMON, *table.columns)]
        if any(folder.rglob("*.parquet")):
            read = self.spark.read.schema(self._schema(columns)).option("recursiveFileLookup", "true")
            frame = read.parquet(f"file://{folder}")
        else:
            frame = self._nothing(columns)
        self._name(name, frame)

    def _schema(self, columns: Iterable[tuple[str, str]]) -> Any:
        from pyspark.sql.types import StructType

        return StructType.fromDDL(", ".join(f"`{n}` {shims_spark.TYPES.get(t, t)}" for n, t in columns))

    def _keep(self, name: str, frame: "DataFrame") -> None:
        """Write a frame, and let its name mean what was written."""
        self._made += 1
        folder = self.room / f"{name}-{self._made}"
        with _telling():
            frame.write.parquet(f"file://{folder}")
        old = self.folders.get(name)
        self.folders[name], self._types[name] = folder, frame.schema
        self._show(name)
        if old is not None:
            shutil.rmtree(old, ignore_errors=True)

    def _show(self, name: str) -> None:
        frame = self.spark.read.schema(self._types[name]).parquet(f"file://{self.folders[name]}")
        frame.createOrReplaceTempView(name)

    def _add(self, name: str, frame: "DataFrame", named: Sequence[str] | None) -> None:
        from pyspark.sql import functions as f

        schema = self._types[name]
        given = list(named or schema.names)
        if len(given) != len(frame.columns):
            raise EngineError(f"{name} has {len(given)} columns but {len(frame.columns)} values were supplied")
        frame = frame.toDF(*given).select(
            *((f.col(c.name) if c.name in given else f.lit(None)).cast(c.dataType).alias(c.name) for c in schema.fields)
        )
        if name not in self.folders:
            self._keep(name, self.spark.table(name))
        with _telling():
            frame.write.mode("append").parquet(f"file://{self.folders[name]}")
        self._show(name)

    def execute(self, sql: str) -> None:
        """Run one statement for its effect."""
        if found := _CREATE.fullmatch(sql):
            if found[2] == "AS":
                self._keep(found[1], self._query(found[3]))
            else:
                described = (part.split() for part in found[3].rsplit(")", 1)[0].split(","))
                self._empty(found[1], [(name, type_) for name, type_ in described])
        elif found := _RENAME.fullmatch(sql):
            self._rename(found[1], found[2])
        elif found := _DROP.fullmatch(sql):
            self.remove(found[1])
        elif found := _INSERT.fullmatch(sql):
            self._add(found[1], self._query(found[3]), [n.strip() for n in found[2].split(",")] if found[2] else None)
        else:
            raise EngineError(f"no statement of the portable profile: {sql.strip()[:60]}")

    def _empty(self, name: str, columns: Iterable[tuple[str, str]]) -> None:
        self._name(name, self._nothing(columns))

    def _name(self, name: str, frame: "DataFrame") -> None:
        """Let a name mean a frame that is not written anywhere."""
        old = self.folders.pop(name, None)
        self._types[name] = frame.schema
        frame.createOrReplaceTempView(name)
        if old is not None:
            shutil.rmtree(old, ignore_errors=True)

    def _nothing(self, columns: Iterable[tuple[str, str]]) -> "DataFrame":
        types = dict(columns)
        return self._held({name: [] for name in types}, types)

    def _rename(self, old: str, new: str) -> None:
        self._types[new] = self._types.pop(old)
        if folder := self.folders.pop(old, None):
            self.folders[new] = folder
        self.spark.table(old).createOrReplaceTempView(new)
        self.spark.catalog.dropTempView(old)

    def fill_in(self, table: str, values: Mapping[str, str], source: str, where: str) -> None:
        """Set columns of a table's rows from the one row of `source` that meets them."""
        what, _, alias = source.rpartition(" AS ")
        columns = ", ".join(
            f"CASE WHEN {alias}.is_met THEN {values[c]} ELSE {table}.{c} END AS {c}" if c in values else f"{table}.{c}"
            for c in self._types[table].names
        )
        self.execute(
            f"CREATE OR REPLACE TABLE {table} AS SELECT {columns} FROM {table} "
            f"LEFT JOIN (SELECT *, true AS is_met FROM {what}) AS {alias} ON {where}"
        )

    def remove(self, name: str) -> None:
        """Drop a table or view."""
        self.spark.catalog.dropTempView(name)
        self._types.pop(name, None)
        if folder := self.folders.pop(name, None):
            shutil.rmtree(folder, ignore_errors=True)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """All rows of a SELECT whose result is small."""
        frame = self._query(sql)
        with _telling():
            return [dict(zip(frame.columns, row, strict=True)) for row in frame.collect()]

    def value(self, sql: str) -> Any:
        """The single value of a SELECT."""
        found = self.rows(sql)
        return next(iter(found[0].values())) if found else None

    def shape(self, sql: str) -> list[str]:
        """Names of the columns that a SELECT would return, without running it."""
        return list(self._query(sql).columns)

    def tables(self) -> dict[str, list[str]]:
        """Names of all tables and views, with the names of their columns."""
        return {name: list(types.names) for name, types in self._types.items()}

    def packed(self, columns: Sequence[str], query: str) -> str:
        """SQL of one JSON text holding the given columns of a query by name."""
        if not columns:
            return "'{}'"
        types = dict(self._query(query).dtypes)
        # Times and dates as the other engine writes them into JSON.
        put = (f"CAST({c} AS STRING)" if types[c] in ("timestamp_ntz", "timestamp", "date") else c for c in columns)
        pairs = ", ".join(f"'{c}', {value}" for c, value in zip(columns, put, strict=True))
        return f"to_json(named_struct({pairs}), map('ignoreNullFields', 'false'))"

    def create(self, table: Table, common: Iterable[tuple[str, str]] = ()) -> None:
        """An empty table of the given shape, with the common columns before its own."""
        self._empty(table.name, [*common, *((c.name, SQL_TYPE[c.type]) for c in table.columns)])

    def load(self, name: str, columns: Mapping[str, Sequence[Any]], types: Mapping[str, str]) -> None:
        """A table from columns held in memory. Shape: all of one length; None is NULL."""
        frame = self._held(columns, types)
        if len(next(iter(columns.values()))) > _FEW:
            self._keep(name, frame)
        else:
            self._name(name, frame)

    def _held(self, columns: Mapping[str, Sequence[Any]], types: Mapping[str, str]) -> "DataFrame":
        import pyarrow

        shape = pyarrow.schema([(n, pyarrow.type_for_alias(_ARROW[t])) for n, t in types.items()])
        held = [pyarrow.array([_as(t, v) for v in columns[n]], shape.field(n).type) for n, t in types.items()]
        return self.spark.createDataFrame(pyarrow.table(held, schema=shape))

    def append(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """A few rows into a table; columns not named are NULL."""
        if rows:
            types = {c.name: SQL_TYPE[c.type] for c in table.columns}
            self._add(table.name, self._held({n: [r.get(n) for r in rows] for n in types}, types), list(types))

    def translate(self, name: str, query: str, each: Callable[..., list[str]]) -> None:
        """A table (raw, value): of each row of a query, whose first column is `raw`, the values that `each` makes of it."""

        def made(rows: Iterable[Any]) -> Iterator[tuple[str, str]]:
            return ((row[0], value) for row in rows for value in each(*row))

        frame = self._query(query)
        schema = self._schema([("raw", "VARCHAR"), ("value", "VARCHAR")])
        self._keep(name, self.spark.createDataFrame(frame.rdd.mapPartitions(made), schema))

    @contextmanager
    def beside(self, name: str) -> Iterator[Store]:
        """An engine in this process that holds one small table of this one's, for what only one process can do."""
        self.own.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM {self.files(name)}")
        yield self.own
        self.own.remove(name)

    def files(self, name: str) -> str:
        """A table as SQL of the engine of this process reads it."""
        if name not in self.folders:
            self._keep(name, self.spark.table(name))
        return f"read_parquet({quoted(f'{literal_path(self.folders[name])}/*.parquet')})"


def _as(type_: str, value: Any) -> Any:
    """A value as Arrow takes one of that type: whole numbers for fractions and texts for times will do."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None:
        return None
    if type_ == "VARCHAR":
        return str(value)
    if type_ in ("DOUBLE", "BIGINT", "INTEGER"):
        return float(value) if type_ == "DOUBLE" else int(value)
    if type_ == "TIMESTAMP" and not isinstance(value, datetime):
        return datetime.fromisoformat(str(value))
    if type_ == "DATE" and not isinstance(value, date):
        return date.fromisoformat(str(value))
    return value
