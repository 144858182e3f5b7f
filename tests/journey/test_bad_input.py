"""Files as they come: cut, damaged, mislabelled, wrapped, doubled, misspelt. Nothing crashes, nothing vanishes.

Each case is a company of its own; all are read in one go, so that no bad file harms a good one beside it.
"""

import os
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bad_files import CASES, GIT, GOOD, OKTA, event, lines
from bonafides.errors import BadSettings
from bonafides.fetch import repair as repairing
from bonafides.fetch import streams
from bonafides.fetch.folders import opened
from bonafides.workflow import ingest as ingestion
from reading import Reading, export, read

COMPANY = {name: f"c{number:03}" for number, name in enumerate(CASES)}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    exports = tmp_path_factory.mktemp("exports")
    for name, case in CASES.items():
        for path, content in case.files.items():
            export(exports, path, content, COMPANY[name])
    return read(exports)


@pytest.mark.parametrize("name", CASES)
def test_every_item_is_kept_a_duplicate_or_set_aside_with_its_reason(name: str, found: Reading) -> None:
    case = CASES[name]
    ledgers = [ledger for ledger in found.ledgers.values() if ledger.export.company == COMPANY[name]]
    aside: dict[str, int] = {}
    for ledger in ledgers:
        for reason, count in ledger.set_aside.items():
            aside[reason] = aside.get(reason, 0) + count
    for start, count in case.aside.items():
        assert sum(n for reason, n in aside.items() if reason.startswith(start)) >= count, aside
    kept, duplicates = (sum(getattr(led, field_) for led in ledgers) for field_ in ("kept", "duplicates"))
    assert duplicates == case.duplicates
    if case.at_least:
        assert kept >= case.kept
    else:
        assert kept == case.kept, aside
        assert sum(aside.values()) == sum(case.aside.values()), aside


def test_no_source_was_stopped_and_every_file_is_in_the_ledger(found: Reading) -> None:
    windows = COMPANY["a table of Windows"]
    assert found.notes == [f"no UTF-8, read as windows-1252: {windows}/records/worker.csv"]
    files = sum(len([p for p in case.files if not Path(p).name.startswith(".")]) for case in CASES.values())
    assert len(found.ledgers) == files


def test_reasons_and_references_never_hold_what_the_records_say(found: Reading) -> None:
    for ledger in found.ledgers.values():
        for reason in ledger.set_aside:
            assert "@" not in reason and "192.0.2" not in reason and "amsin" not in reason


def rows_of(found: Reading, name: str, table: str) -> list[dict[str, Any]]:
    return [row for row in found.rows.get(table, []) if row["company"] == COMPANY[name]]


def test_quoted_line_ends_come_through_as_they_are(found: Reading) -> None:
    assert rows_of(found, "line ends inside quotes", "worker")[0]["given_name"] == "Tamsin\nJane"
    (row,) = rows_of(found, "line ends inside quotes beside a ragged row", "worker")
    assert row["given_name"] == 'Tamsin\nJane "T"'


def test_a_key_with_a_dot_is_not_the_field_that_it_looks_like(found: Reading) -> None:
    assert [row["ip"] for row in rows_of(found, "keys with dots", "sign_in")] == ["192.0.2.14"]
    (ledger,) = [led for led in found.ledgers.values() if led.export.company == COMPANY["keys with dots"]]
    assert ledger.unread == {"client.ipAddress": 1, "id.orig_h": 1}


def test_of_a_readable_and_an_unreadable_copy_the_readable_one_is_kept(found: Reading) -> None:
    (row,) = rows_of(found, "a readable and an unreadable copy", "sign_in")
    assert row["event_ref"] == "okta_system_log:a"


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("days with the month first", ["2026-03-02", "2026-03-15"]),
        ("days with the day first", ["2026-03-02", "2026-03-15"]),
        ("days between dots", ["2026-03-02", "2026-12-02"]),
    ],
)
def test_days_are_read_by_the_habit_of_their_file(found: Reading, name: str, days: list[str]) -> None:
    rows = sorted(rows_of(found, name, "worker"), key=lambda row: row["worker_id"])
    assert [str(row["started_on"]) for row in rows] == days


def test_names_in_a_table_of_windows_come_through(found: Reading) -> None:
    names = {row["given_name"] for row in rows_of(found, "a table of Windows", "worker")}
    assert names == {"Tamsin", "Bruno", "Zoë O’Hara"}


def test_unread_columns_of_a_table_are_reported(found: Reading) -> None:
    (ledger,) = [led for led in found.ledgers.values() if led.export.company == COMPANY["an unread column twice"]]
    assert set(ledger.unread) == {"note"}


def test_a_file_that_cannot_be_opened_is_set_aside(tmp_path: Path) -> None:
    export(tmp_path, f"{OKTA}/a.jsonl", GOOD)
    (tmp_path / "acme" / OKTA / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "acme" / OKTA / "pipe.jsonl")
    (tmp_path / "acme" / OKTA / "circle").symlink_to(tmp_path / "acme")
    told = {name.rpartition("/")[2]: ledger.set_aside for name, ledger in read(tmp_path).ledgers.items()}
    refused = {"the file cannot be opened": 1}
    assert told == {"a.jsonl": {}, "gone.jsonl": refused, "pipe.jsonl": refused}


def test_a_file_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    export(tmp_path, f"{OKTA}/a.jsonl", GOOD)
    name = os.fsencode(tmp_path / "acme" / OKTA) + b"/\xff*.jsonl"
    Path(os.fsdecode(name)).write_bytes(lines(event("z")))
    found = read(tmp_path)
    assert {name: ledger.kept for name, ledger in found.ledgers.items()} == {
        f"acme/{OKTA}/a.jsonl": 3,
        f"acme/{OKTA}/\\udcff*.jsonl": 1,
    }


@pytest.mark.parametrize("exports", ["missing", "empty"])
def test_a_folder_without_companies_is_refused_with_what_to_do(exports: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadSettings, match=r"no such folder|expected EXPORTS/<company>"):
        read(tmp_path / exports)


def parquet(path: Path, select: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    duckdb.sql(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


NESTED = """SELECT 'p' || i AS uuid, TIMESTAMPTZ '2026-03-02 14:00:00+00' AS published,
    'user.session.start' AS eventtype,
    {'alternateId': 'tamsin.okoro@acme.example.com', 'type': 'User'} AS actor, [{'type': 'User'}] AS target,
    {'asNumber': 64500, 'isProxy': true} AS securitycontext FROM range(3) AS r(i)"""
FLAT = """SELECT 'f' || i AS uuid, TIMESTAMP '2026-03-02 14:00:00' AS published, 'user.session.start' AS "eventType",
    'tamsin.okoro@acme.example.com' AS "actor.alternateId", 64500 AS security_context_unknown FROM range(3) AS r(i)"""
TYPED = """SELECT 'w' || i AS worker_id, DATE '2024-01-02' AS started_on, i = 1 AS is_us_person_verified, 3.5 AS more
    FROM range(2) AS r(i)"""
TEXTS = "SELECT 'v' || i AS worker_id, '2024-01-02' AS started_on, 'yes' AS is_us_person_verified FROM range(2) AS r(i)"


def test_parquet_is_read_whatever_its_types(tmp_path: Path) -> None:
    parquet(tmp_path / "acme" / OKTA / "nested.parquet", NESTED)
    parquet(tmp_path / "acme" / OKTA / "flat [1].parquet", FLAT)
    parquet(tmp_path / "acme" / "records" / "worker" / "typed.parquet", TYPED)
    parquet(tmp_path / "acme" / "records" / "worker" / "texts.parquet", TEXTS)
    found = read(tmp_path)
    assert {row["event_ref"].rpartition(":")[2] for row in found.rows["sign_in"]} == {
        "p0",
        "p1",
        "p2",
        "f0",
        "f1",
        "f2",
    }
    assert {str(row["occurred_at"]) for row in found.rows["sign_in"]} == {"2026-03-02 14:00:00"}
    assert [row["asn"] for row in found.rows["sign_in"] if "asn" in row] == [64500] * 3
    people = {row["worker_id"]: (str(row["started_on"]), row["is_us_person_verified"]) for row in found.rows["worker"]}
    assert people == {
        "w0": ("2024-01-02", False),
        "w1": ("2024-01-02", True),
        "v0": ("2024-01-02", True),
        "v1": ("2024-01-02", True),
    }
    assert found.ledger("typed.parquet").unread == {"more": 2}
    assert found.ledger("flat [1].parquet").unread == {"security_context_unknown": 3}
    assert found.ledger("nested.parquet").unread == {}


def test_parquet_files_of_the_same_columns_are_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "acme" / OKTA
    parquet(folder / "a.parquet", FLAT)
    parquet(folder / "b.parquet", FLAT.replace("'f' ||", "'g' ||").replace("range(3)", "range(5)"))
    parquet(folder / "c.parquet", FLAT.replace("'tamsin.okoro@acme.example.com'", "CASE WHEN i <> 1 THEN 'nobody' END"))
    found = read(tmp_path)
    assert {name[-9]: (ledger.items, ledger.kept) for name, ledger in found.ledgers.items()} == {
        "a": (3, 3),
        "b": (5, 5),
        "c": (3, 0),
    }
    assert [line for line, _, _ in found.ledger("c.parquet").lines] == [1, 2, 3]


@pytest.mark.parametrize("spoil", [lambda b: b[:-20], lambda b: b[:10] + b"\xff" * 40 + b[50:], lambda b: b[:4]])
def test_broken_parquet_is_set_aside_whole(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = parquet(tmp_path / "acme" / OKTA / "broken.parquet", NESTED)
    path.write_bytes(spoil(path.read_bytes()))
    parquet(tmp_path / "acme" / OKTA / "good.parquet", NESTED)
    found = read(tmp_path)
    assert found.ledger("good.parquet").kept == 3
    assert found.ledger("broken.parquet").set_aside == {"Parquet that the engine cannot read": 1}


def test_a_very_long_line_is_never_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit of 1 MiB stands in for ours of 16 MiB, a line of 40 MB for one of 200 MB and more."""
    monkeypatch.setattr(streams, "LONGEST_BYTES", 1 << 20)
    path = export(tmp_path, f"{OKTA}/a.jsonl", lines(event("a"), b'{"uuid":"' + b"x" * 40_000_000 + b'"}', event("b")))
    found = opened(path, tmp_path, "acme", OKTA)
    tracemalloc.start()
    try:
        told = repairing.repair(found, tmp_path / "clean")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [(line, reason[:11]) for line, reason, _ in told.left_out] == [(2, "line longer")]
    assert told.kept == 2
    assert peak < 8 << 20


def test_a_source_whose_rows_make_its_sql_fail_is_stopped_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = ingestion.sources()
    select = "SELECT item, error(author_email) AS author_email, instant(committed) AS occurred_at FROM raw"
    known[GIT] = replace(known[GIT], selects={"commit": select})
    monkeypatch.setattr(ingestion, "sources", lambda _=(): known)
    commit = {
        "commit": "1",
        "repository": "r",
        "author_email": "a@acme.example.com",
        "committed": "2026-01-01T00:00:00Z",
    }
    export(tmp_path, f"{GIT}/a.jsonl", lines(commit))
    export(tmp_path, f"{OKTA}/a.jsonl", GOOD)
    found = read(tmp_path)
    assert found.ledger("git_log/a.jsonl").kept == 0
    assert sum(found.ledger("git_log/a.jsonl").set_aside.values()) == 1
    assert len(found.rows["sign_in"]) == 3
    assert len(found.notes) == 1 and "@" not in found.notes[0]
