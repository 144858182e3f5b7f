"""The ledger holds, on SQLite and on PostgreSQL: nothing is changed, and what was changed behind its back is named."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from bonafides.decisions.entry import Deed, Entry
from bonafides.errors import BadSettings, TryLater
from bonafides.store.decided import Ledger

DEED = Deed("2026-11-22T09:00:00+00:00", "mia", "analyst", "noted", {"text": "Größe ≠ size"}, "C-0001")


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of our own on the loopback address, where there is one on this machine."""
    initdb, pg_ctl = shutil.which("initdb"), shutil.which("pg_ctl")
    if not initdb or not pg_ctl:
        pytest.skip("no PostgreSQL on this machine")
    room = Path(tmp_path_factory.mktemp("postgresql"))
    user = "nobody" if os.geteuid() == 0 else None  # it refuses to run as root
    if user:
        for folder in (room, *room.parents[:3]):
            folder.chmod(0o755)
        shutil.chown(room, user)
    port = _port()

    def run(*call: str) -> None:
        subprocess.run(
            call, check=True, capture_output=True, user=user, cwd=room, env={"PATH": os.environ["PATH"], "LC_ALL": "C"}
        )

    run(initdb, "-D", str(room / "data"), "-U", "tester", "--auth=trust", "--encoding=UTF8")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={room} -c fsync=off"
    run(pg_ctl, "-D", str(room / "data"), "-o", options, "-l", str(room / "log"), "-w", "start")
    yield f"postgresql+psycopg://tester@127.0.0.1:{port}/postgres"
    run(pg_ctl, "-D", str(room / "data"), "-m", "immediate", "stop")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/decisions.sqlite"
    base = str(request.getfixturevalue("server"))
    name = f"t{abs(hash(str(tmp_path))):x}"
    engine = sa.create_engine(base, isolation_level="AUTOCOMMIT")
    with engine.connect() as con:
        con.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return base.rpartition("/")[0] + f"/{name}"


def say(ledger: Ledger, *texts: str) -> list[Entry]:
    return ledger.add(lambda _: [Deed(**{**vars(DEED), "body": {"text": text}}) for text in texts])


def behind(url: str, *statements: str) -> None:
    """Statements past everything that keeps entries as they are."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as con:
        if engine.dialect.name == "sqlite":
            con.exec_driver_sql("DROP TRIGGER IF EXISTS entry_stays_UPDATE")
            con.exec_driver_sql("DROP TRIGGER IF EXISTS entry_stays_DELETE")
        else:
            con.exec_driver_sql("ALTER TABLE entry DISABLE TRIGGER ALL")
        for statement in statements:
            con.exec_driver_sql(statement)
    engine.dispose()


def test_what_is_added_comes_back_as_it_was_and_opening_again_changes_nothing(url: str) -> None:
    ledger = Ledger(url)
    (first,) = ledger.add(lambda before: [DEED] if not before else [])
    assert first.seq == 1 and first.previous == "0" * 64
    ledger.close()
    again = Ledger(url)
    assert again.entries() == [first] and again.entries()[0].deed == DEED
    assert again.add(lambda _: []) == []
    (second,) = say(again, "more")
    assert second.previous == first.hash and again.entries()[1:] == [second]
    assert again.broken() is None
    again.close()


@pytest.mark.parametrize("deed", ["UPDATE entry SET actor = 'otto'", "DELETE FROM entry WHERE seq = 1"])
def test_entries_are_not_changed(url: str, deed: str) -> None:
    ledger = Ledger(url)
    before = say(ledger, "a", "b")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as con, pytest.raises(sa.exc.DBAPIError, match="never changed"):
        con.exec_driver_sql(deed)
    engine.dispose()
    assert ledger.entries() == before
    ledger.close()


@pytest.mark.parametrize(
    ("deed", "seq", "why"),
    [
        ("UPDATE entry SET actor = 'otto' WHERE seq = 2", 2, "was changed"),
        ('UPDATE entry SET body = \'{"text":"other"}\' WHERE seq = 3', 3, "was changed"),
        ("UPDATE entry SET case_id = NULL WHERE seq = 4", 4, "was changed"),
        ("UPDATE entry SET at = '2020-01-01' WHERE seq = 1", 1, "was changed"),
        ("DELETE FROM entry WHERE seq = 2", 2, "is missing"),
        ("DELETE FROM entry WHERE seq = 1", 1, "is missing"),
        ("UPDATE entry SET previous = hash WHERE seq = 3", 3, "does not follow"),
    ],
)
def test_what_was_changed_behind_its_back_is_named(url: str, deed: str, seq: int, why: str) -> None:
    ledger = Ledger(url)
    say(ledger, "a", "b", "c", "d")
    assert ledger.broken() is None
    behind(url, deed)
    broken = ledger.broken()
    assert broken and (broken.seq, broken.why) == (seq, broken.why) and why in broken.why
    ledger.close()


def test_what_fails_while_it_is_made_leaves_nothing(url: str) -> None:
    ledger = Ledger(url)
    say(ledger, "a")

    def refuse(_: Sequence[Entry]) -> list[Deed]:
        raise BadSettings("no")

    with pytest.raises(BadSettings):
        ledger.add(refuse)
    assert len(ledger.entries()) == 1
    say(ledger, "b")
    assert ledger.broken() is None
    ledger.close()


def test_many_at_once_come_one_after_the_other(url: str) -> None:
    Ledger(url).close()

    def work(name: int) -> None:
        mine = Ledger(url)
        for n in range(5):
            say(mine, f"{name}-{n}")
        mine.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    ledger = Ledger(url)
    assert [e.seq for e in ledger.entries()] == list(range(1, 21)) and ledger.broken() is None
    ledger.close()


@pytest.mark.parametrize("url_", ["nonsense", "oracle://x/y", "nowhere+driver://x"])
def test_a_database_that_is_none_is_said(url_: str) -> None:
    with pytest.raises(BadSettings, match="--database"):
        Ledger(url_)


def test_a_database_that_does_not_answer_is_tried_later() -> None:
    with pytest.raises(TryLater):
        Ledger(f"postgresql+psycopg://tester@127.0.0.1:{_port()}/postgres")
