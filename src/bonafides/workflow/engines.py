"""Which engine makes sightings, ties and findings: this process's own, or Spark, and how what it made comes back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bonafides.derived
from bonafides import units
from bonafides.errors import BadSettings
from bonafides.records.base import SQL_TYPE, Table
from bonafides.run import Run
from bonafides.settings import Settings
from bonafides.store.duckdb import EngineError, Store
from bonafides.store.engine import Engine

if TYPE_CHECKING:
    from bonafides.store.spark import SparkStore

ENGINES = ("duckdb", "spark")


class Here:
    """This process's own engine does everything."""

    spread = None

    @contextmanager
    def over(self, store: Store, tables: Mapping[str, Table], records: Path, scratch: Path) -> Iterator[Engine]:
        """The engine over the record tables that `store` holds; what it has made is in `store` afterwards."""
        del tables, records, scratch
        yield store


class OnSpark:
    """Spark's executors read files, and make sightings, ties and findings."""

    def __init__(self, settings: Settings, run: Run) -> None:
        # Spark takes seconds to import and to start.
        from bonafides.store.spark import session

        run.say(f"starting Spark at {settings.spark_master}")
        self._run, self._spark = run, session(settings.spark_master, settings.memory)

    def spread(self, each: Callable[[Any], None], shares: Sequence[Any]) -> None:
        """Run a function on each share on the executors; what fails there is left to this process, and noted."""
        from bonafides.store.spark import on_executors

        try:
            on_executors(self._spark, each, shares)
        except EngineError as why:
            self._run.note(f"what Spark's executors could not read is read here: {why}")

    @contextmanager
    def over(self, store: Store, tables: Mapping[str, Table], records: Path, scratch: Path) -> Iterator[Engine]:
        """The engine over the published record tables in the folder `records`; what it has made is in `store`
        afterwards, as views of its files.
        """
        from bonafides.store.spark import SparkStore

        room = scratch / "spark"
        room.mkdir()
        engine = SparkStore(self._spark, room, store)
        for name, table in tables.items():
            engine.read(name, records / name, table)
        yield engine
        _take_over(store, engine)


def _take_over(store: Store, engine: "SparkStore") -> None:
    derived = units.modules(bonafides.derived, "TABLE", Table)
    for name in sorted(engine.tables()):
        shape = {c.name: SQL_TYPE[c.type] for c in derived[name].columns} if name in derived else {}
        put = f" REPLACE ({', '.join(f'CAST({c} AS {t}) AS {c}' for c, t in shape.items())})" if shape else ""
        if name in store.tables():
            store.remove(name)
        store.execute(f"CREATE VIEW {name} AS SELECT *{put} FROM {engine.files(name)}")


def place_of(settings: Settings, run: Run) -> Here | OnSpark:
    """Where the settings say that the work is done.

    Raises: BadSettings where there is no such engine, or it is not installed.
    """
    if settings.engine not in ENGINES:
        raise BadSettings(f"engine is one of {', '.join(ENGINES)}, not {settings.engine}")
    return OnSpark(settings, run) if settings.engine == "spark" else Here()
