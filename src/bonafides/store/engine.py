"""What a stage may ask of an engine, whichever it is: the same SQL text, the same answers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from bonafides.records.base import Table
from bonafides.store.duckdb import Store


class Engine(Protocol):
    """An open engine that holds tables.

    Shape: SQL is in the portable profile, with the functions of `store.shims`. Each table is written by one statement
    at a time: CREATE OR REPLACE TABLE, INSERT INTO, ALTER TABLE … RENAME TO, DROP TABLE.
    """

    def execute(self, sql: str) -> None:
        """Run one statement for its effect."""

    def fill_in(self, table: str, values: Mapping[str, str], source: str, where: str) -> None:
        """Set columns of a table's rows from the one row of `source` (SQL of a table and its alias) that meets them.

        Shape: `values` has SQL by column; rows that nothing meets stay as they are.
        """

    def remove(self, name: str) -> None:
        """Drop a table or view."""

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """All rows of a SELECT whose result is small."""

    def value(self, sql: str) -> Any:
        """The single value of a SELECT."""

    def shape(self, sql: str) -> list[str]:
        """Names of the columns that a SELECT would return, without running it."""

    def tables(self) -> Mapping[str, Sequence[str]]:
        """Names of all tables and views, with the names of their columns."""

    def packed(self, columns: Sequence[str], query: str) -> str:
        """SQL of one JSON text holding the given columns of a query by name."""

    def create(self, table: Table, common: Iterable[tuple[str, str]] = ()) -> None:
        """An empty table of the given shape, with the common columns before its own."""

    def load(self, name: str, columns: Mapping[str, Sequence[Any]], types: Mapping[str, str]) -> None:
        """A table from columns held in memory. Shape: all of one length; None is NULL."""

    def append(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """A few rows into a table; columns not named are NULL."""

    def translate(self, name: str, query: str, each: Callable[..., list[str]]) -> None:
        """A table (raw, value): of each row of a query, whose first column is `raw`, the values that `each` makes of it.

        Why: where several machines work, they do this, and only what is asked for comes back.
        """

    def beside(self, name: str) -> AbstractContextManager[Store]:
        """An engine in this process that holds one small table of this one's, for what only one process can do."""
