"""Exports that change from day to day: what was read is not read again, and nothing of the outcome shows it."""

import csv
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

import small_world
from bonafides import api
from bonafides.settings import Settings
from bonafides.workflow import ingest, investigate

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def by_day(exports: Path) -> Iterator[Path]:
    """Every company's sign-ins cut into a file a day."""
    for whole in sorted(exports.glob("*/records/sign_in.csv")):
        with whole.open(newline="", encoding="utf-8") as raw:
            rows = list(csv.DictReader(raw))
        for day in sorted({row["occurred_at"][:10] for row in rows}):
            path = whole.parent / "sign_in" / f"{day}.csv"
            small_world.put(path, [row for row in rows if row["occurred_at"].startswith(day)])
            yield path
        whole.unlink()


def files_of(folder: Path) -> dict[str, bytes]:
    folder = folder.resolve()
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def rows_of(records: Path) -> dict[str, list[Any]]:
    """What every folder of records holds.

    Why not bytes: rows are encoded in pieces, which begin elsewhere where more is written; and which items stand
    behind a record lies by batch, so by what was read when.
    """
    found: dict[str, list[Any]] = {}
    for folder in sorted(p for p in records.iterdir() if p.is_dir()):
        columns = "company, source, sha256, item_id, item" if folder.name == "origin" else "*"
        asked = f"SELECT {columns} FROM read_parquet($1, hive_partitioning = false) ORDER BY ALL"
        files = sorted(map(str, folder.rglob("*.parquet")))
        found[folder.name] = duckdb.connect().execute(asked, [files]).fetchall() if files else []
    return found


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were really read, in a list that grows."""
    names: list[str] = []
    stage = ingest.stage

    def heard(store: Any, source: Any, files: Any, *more: Any) -> Any:
        names.extend(file.name for file in files)
        return stage(store, source, files, *more)

    monkeypatch.setattr(ingest, "stage", heard)
    return names


def again(exports: Path, workspace: Path, read: list[str]) -> list[str]:
    """Run where much is read already, and from nothing with the same run before; answers what was read by the first."""
    nothing = workspace.with_name("nothing")
    shutil.copytree(workspace, nothing, symlinks=True)
    for folder in ("read", *(p.name for p in nothing.glob(".records-*"))):
        shutil.rmtree(nothing / folder)
    (nothing / "records").unlink()
    read.clear()
    api.investigate(exports, workspace, now=NOW)
    fresh = sorted(set(read))
    api.investigate(exports, nothing, now=NOW)
    assert files_of(workspace / "latest") == files_of(nothing / "latest")
    assert rows_of(workspace / "records") == rows_of(nothing / "records")
    assert (workspace / "ledger.json").read_bytes() == (nothing / "ledger.json").read_bytes()
    shutil.rmtree(nothing)
    return fresh


def test_a_new_a_late_a_corrected_and_a_withdrawn_file_cost_themselves_and_change_what_they_would_from_nothing(
    tmp_path: Path, read: list[str]
) -> None:
    exports, workspace = small_world.write(tmp_path), tmp_path / "ws"
    days = list(by_day(exports))
    later = [path for path in days if path.name >= "2026-04-09"]
    late = next(path for path in days if path.name == "2026-03-12.csv")
    aside = tmp_path / "aside"
    aside.mkdir()
    for n, path in enumerate([*later, late]):
        path.rename(aside / str(n))
    api.investigate(exports, workspace, now=NOW)
    assert again(exports, workspace, read) == [], "nothing changed"
    for n, path in enumerate(later):
        (aside / str(n)).rename(path)
    assert again(exports, workspace, read) == sorted(str(path.relative_to(exports)) for path in later)
    (aside / str(len(later))).rename(late)
    assert again(exports, workspace, read) == [str(late.relative_to(exports))]
    corrected = days[3]
    corrected.write_text(corrected.read_text().replace("198.51.100.", "203.0.113."))
    assert again(exports, workspace, read) == [str(corrected.relative_to(exports))]
    withdrawn = days[5]
    withdrawn.unlink()
    assert again(exports, workspace, read) == []
    overlap = days[6].with_name("overlap.csv")
    shutil.copy(days[6], overlap)
    assert again(exports, workspace, read) == [], "the same bytes under another name are known"
    with overlap.open("a", encoding="utf-8") as more:
        more.write(days[7].read_text().split("\n", 1)[1])
    assert again(exports, workspace, read) == [str(overlap.relative_to(exports))]
    assert list((workspace / "read").glob("*/*.part")) == []


def test_where_nothing_is_new_the_last_run_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exports, workspace = small_world.write(tmp_path), tmp_path / "ws"
    asked: list[str] = []
    derive = investigate.derive

    def heard(*given: Any) -> None:
        asked.append("derived")
        derive(*given)

    monkeypatch.setattr(investigate, "derive", heard)
    ranges = tmp_path / "ranges.csv"
    ranges.write_text("network,as_org\n192.0.2.0/24,Example Net\n")
    settings = Settings(address_databases=(str(ranges),))

    def run(settings: Settings = settings) -> tuple[bool, Any]:
        asked.clear()
        outcome = api.investigate(exports, workspace, now=NOW, settings=settings)
        return bool(asked), outcome

    is_new, first = run()
    before = files_of(first.path)
    is_again, second = run()
    assert is_new and not is_again and files_of(second.path) == before
    assert (second.run_id, second.tiers, second.networks) == (first.run_id, first.tiers, first.networks)
    assert (second.skipped, second.failed, second.notes) == (first.skipped, first.failed, first.notes)
    ranges.write_text("network,as_org\n192.0.2.0/24,Another Net\n")
    assert run()[0], "another database under the same name"
    assert not run()[0]
    assert run(Settings(address_databases=(str(ranges),), review_at=0.6))[0], "another setting"
    assert run()[0] and not run()[0]
    (second.path / "tie.parquet").unlink()
    assert run()[0], "a table is lost"
    monkeypatch.setattr(investigate, "_made_by", lambda _: "another program")
    assert run()[0], "the program changed"
    (exports / "acme" / "records" / "worker").mkdir()
    shutil.copy(exports / "acme" / "records" / "worker.csv", exports / "acme" / "records" / "worker" / "twice.csv")
    assert run()[0], "a file more, which the report counts"


def test_a_file_of_tomorrow_is_read_again_when_its_time_has_come(tmp_path: Path, read: list[str]) -> None:
    exports, workspace = small_world.write(tmp_path), tmp_path / "ws"
    early = datetime(2026, 3, 30, tzinfo=UTC)
    before = api.investigate(exports, workspace, now=early)
    assert any("lies in the future" in reason for led in before.ledgers for reason in led.set_aside)
    read.clear()
    after = api.investigate(exports, workspace, now=NOW)
    assert not any(led.set_aside for led in after.ledgers)
    assert "acme/records/sign_in.csv" in read and "acme/records/worker.csv" not in read
    read.clear()
    assert api.investigate(exports, workspace, now=early).set_aside == before.set_aside
    assert "acme/records/sign_in.csv" in read, "what was read by a later clock is not trusted"


def test_what_was_read_otherwise_or_is_lost_is_read_again(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    exports, workspace = small_world.write(tmp_path), tmp_path / "ws"
    whole = files_of(api.investigate(exports, workspace, now=NOW).path)
    read.clear()
    for lost in (workspace / "read" / "records.worker").glob("*/worker.parquet"):
        lost.unlink()
    assert files_of(api.investigate(exports, workspace, now=NOW).path) == whole
    assert {name.split("/")[-1] for name in read} == {"worker.csv"}
    read.clear()
    monkeypatch.setattr(ingest, "_readers", lambda: "another version")
    assert files_of(api.investigate(exports, workspace, now=NOW).path) == whole
    assert len(set(read)) == 27


def test_a_shelf_that_holds_other_rows_than_it_says_stops_its_source(tmp_path: Path) -> None:
    exports, workspace = small_world.write(tmp_path), tmp_path / "ws"
    api.investigate(exports, workspace, now=NOW)
    (batch,) = (workspace / "read" / "records.payee").iterdir()
    batch.rename(batch.with_name("renamed"))
    told = api.investigate(exports, workspace, now=NOW)
    assert any("damaged" in note and "renamed" in note for note in told.notes)
    assert all(led.kept == 0 for led in told.ledgers if led.export.source == "records/payee")


def test_a_disk_without_links_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exports = small_world.write(tmp_path)
    linked = api.investigate(exports, tmp_path / "linked", now=NOW)

    def no_link(*_: Any) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", no_link)
    for _ in range(2):
        copied = api.investigate(exports, tmp_path / "copied", now=NOW)
    assert files_of(copied.path) == files_of(linked.path)
    assert rows_of(tmp_path / "copied" / "records") == rows_of(tmp_path / "linked" / "records")
