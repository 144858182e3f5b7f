"""Where decisions are kept: SQLite in the workspace, or PostgreSQL for teams. Entries are added, never changed.

Why under a lock: what an entry may say depends on those before it (a second person agrees once), and so does its hash.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bonafides.decisions.entry import START, Deed, Entry, canonical, chained
from bonafides.errors import BadSettings, TryLater

DATABASE = "decisions.sqlite"
_COLUMNS = ("seq", "at", "actor", "role", "kind", "case_id", "run_id", "body", "previous", "hash")
_ENTRY = sa.table("entry", *(sa.column(name) for name in _COLUMNS))
# What brings a database to its shape keeps its state for the whole process.
_ONE_AT_A_TIME = Lock()
_LOCK = {"sqlite": ("BEGIN IMMEDIATE",), "postgresql": ("BEGIN", "LOCK TABLE entry IN EXCLUSIVE MODE")}


@dataclass(frozen=True)
class Broken:
    """The first link of the chain that does not hold."""

    seq: int
    why: str


def url_of(workspace: Path) -> str:
    """The database that a workspace has of its own."""
    return f"sqlite:///{(workspace / DATABASE).absolute()}"


class Ledger:
    """The entries of one database. Brings it to the present shape when it is opened.

    Raises: BadSettings where the URL names no database that is known; TryLater where it does not answer.
    """

    def __init__(self, url: str) -> None:
        try:
            self._engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
            self._known: list[Entry] = []
            self._lock = Lock()
        except (sa.exc.ArgumentError, ModuleNotFoundError) as why:
            raise BadSettings("--database: expected sqlite:///FILE or postgresql+psycopg://HOST/NAME") from why
        if self._engine.dialect.name not in _LOCK:
            raise BadSettings(f"--database: {self._engine.dialect.name} is not supported")
        try:
            with _ONE_AT_A_TIME, self._engine.connect() as con:
                config = Config()
                config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
                config.attributes["connection"] = con
                command.upgrade(config, "head")
        except sa.exc.OperationalError as why:
            raise TryLater("the database of decisions does not answer") from why

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def entries(self) -> Sequence[Entry]:
        """All entries, in order."""
        with self._engine.connect() as con:
            return self._all(con)

    def _all(self, con: sa.Connection) -> Sequence[Entry]:
        """All entries: what was read before is not read again, as long as it is what the database holds."""
        with self._lock:
            if self._known:
                last = self._known[-1]
                held = con.execute(sa.select(_ENTRY.c.hash).where(_ENTRY.c.seq == last.seq)).scalar()
                if held != last.hash:
                    self._known = []
            self._known = [*self._known, *fresh] if (fresh := list(_read(con, len(self._known)))) else self._known
            return self._known

    def add(self, make: Callable[[Sequence[Entry]], Sequence[Deed]]) -> list[Entry]:
        """Write down what `make` answers to all entries so far; nobody else writes meanwhile."""
        with self._engine.connect() as con, _locked(con):
            before = self._all(con)
            seq, previous = (before[-1].seq, before[-1].hash) if before else (0, START)
            made = []
            for deed in make(before):
                entry = chained(seq + 1, deed, previous)
                made.append(entry)
                seq, previous = entry.seq, entry.hash
            if made:
                con.execute(sa.insert(_ENTRY), [_row(entry) for entry in made])
            return made

    def broken(self) -> Broken | None:
        """The first link that does not hold. Unknown: None where all do.

        Why not more: entries cut off the end leave a chain that holds. Whoever keeps the last hash elsewhere, as each
        export does, sees that too.
        """
        previous, seq = START, 0
        with self._engine.connect() as con:
            held = list(_read(con, 0))
        for entry in held:
            if entry.seq != seq + 1:
                return Broken(seq + 1, "is missing")
            if entry.previous != previous:
                return Broken(entry.seq, "does not follow the one before")
            if chained(entry.seq, entry.deed, previous).hash != entry.hash:
                return Broken(entry.seq, "was changed")
            previous, seq = entry.hash, entry.seq
        return None


@contextmanager
def _locked(con: sa.Connection) -> Iterator[None]:
    for statement in _LOCK[con.dialect.name]:
        con.exec_driver_sql(statement)
    try:
        yield
    except BaseException:
        con.exec_driver_sql("ROLLBACK")
        raise
    con.exec_driver_sql("COMMIT")


def _read(con: sa.Connection, after: int) -> Iterator[Entry]:
    asked = sa.select(_ENTRY).where(_ENTRY.c.seq > after).order_by(_ENTRY.c.seq)
    for row in con.execute(asked).mappings():
        deed = Deed(
            row["at"], row["actor"], row["role"], row["kind"], json.loads(row["body"]), row["case_id"], row["run_id"]
        )
        yield Entry(row["seq"], deed, row["previous"], row["hash"])


def _row(entry: Entry) -> dict[str, object]:
    deed = entry.deed
    return {
        "seq": entry.seq,
        "at": deed.at,
        "actor": deed.actor,
        "role": deed.role,
        "kind": deed.kind,
        "case_id": deed.case_id,
        "run_id": deed.run_id,
        "body": canonical(deed.body),
        "previous": entry.previous,
        "hash": entry.hash,
    }
