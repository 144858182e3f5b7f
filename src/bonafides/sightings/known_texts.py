"""What raw texts were cleaned to in the run before: most of today's are yesterday's, and need no look."""

from collections.abc import Callable
from pathlib import Path

from bonafides.store.duckdb import EngineError, Store, quoted

_SHAPE = "(kind VARCHAR, raw VARCHAR, many BOOLEAN, value VARCHAR)"


class KnownTexts:
    """The texts of the run before in one file of a folder, replaced by those of this run when it has read them all.

    Shape: a text has a row for each value in it, or one without a value where it is none; `made_by` says how texts are
    cleaned: what was cleaned otherwise is not used.
    """

    def __init__(self, store: Store, folder: Path, made_by: str) -> None:
        self._store, self._path = store, folder / f"cleaned-{made_by[:16]}.parquet"
        for table in ("known_text", "text_now"):
            store.execute(f"CREATE OR REPLACE TEMP TABLE {table} {_SHAPE}")
        if self._path.exists():
            try:
                store.execute(f"INSERT INTO known_text SELECT * FROM read_parquet({quoted(str(self._path))})")
            except EngineError:
                store.execute("DELETE FROM known_text")  # damaged: every text is looked at, and the file written anew

    def translate(self, kind: str, name: str, query: str, each: Callable[[str, bool], list[str]]) -> None:
        """As the engine's `translate`, of a query of (raw, many): only texts that are new are given to `each`."""
        store = self._store
        same = f"k.kind = '{kind}' AND k.raw = w.raw AND k.many = w.many"
        store.execute(f"CREATE OR REPLACE TEMP TABLE wanted_text AS {query}")
        store.execute(
            f"CREATE OR REPLACE TEMP TABLE new_text AS SELECT w.* FROM wanted_text AS w ANTI JOIN known_text AS k ON {same}"
        )
        store.translate(name, "SELECT raw, many FROM new_text", each)
        store.execute(
            f"INSERT INTO text_now SELECT '{kind}', w.raw, w.many, n.value FROM new_text AS w LEFT JOIN {name} AS n ON n.raw = w.raw "
            f"UNION ALL SELECT k.* FROM known_text AS k SEMI JOIN wanted_text AS w ON {same}"
        )
        store.execute(
            f"CREATE OR REPLACE TABLE {name} AS SELECT raw, value FROM text_now WHERE kind = '{kind}' AND value IS NOT NULL"
        )
        for table in ("wanted_text", "new_text"):
            store.execute(f"DROP TABLE {table}")

    def keep(self) -> None:
        """Put this run's texts in place of those of the run before, in one step."""
        ready = self._path.with_suffix(".part")
        self._store.write("SELECT * FROM text_now ORDER BY kind, raw, many, value", ready)
        for old in self._path.parent.glob("cleaned-*.parquet"):
            old.unlink()
        ready.replace(self._path)
        for table in ("known_text", "text_now"):
            self._store.execute(f"DROP TABLE {table}")
