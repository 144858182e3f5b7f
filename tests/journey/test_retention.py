"""Records older than they may be kept leave no trace in a workspace, and what is derived is derived without them."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

import small_world
from bonafides import api
from bonafides.settings import Settings

NOW = datetime(2026, 4, 20, tzinfo=UTC)
KEPT = Settings(keep_days=30)  # from 2026-03-21 on; the world begins on 2026-03-02


def rows(workspace: Path, what: str, table: str) -> int:
    (found,) = (
        duckdb.connect()
        .execute(f"SELECT {what} FROM read_parquet('{workspace}/records/{table}/**/*.parquet')")
        .fetchall()
    )
    return int(found[0])


def manifest(run: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads((run / "manifest.json").read_text())
    return told


def test_old_records_and_what_was_made_of_them_go(tmp_path: Path) -> None:
    exports, workspace = small_world.write(tmp_path), tmp_path / "ws"
    whole = api.investigate(exports, workspace, now=NOW)
    assert manifest(whole.path)["retention"] is None
    before = rows(workspace, "count(*)", "sign_in")
    old = rows(workspace, "count(*) FILTER (occurred_at < DATE '2026-03-21')", "sign_in")
    assert 0 < old < before
    kept = api.investigate(exports, workspace, now=NOW, settings=KEPT)
    assert rows(workspace, "count(*)", "sign_in") == before - old
    assert rows(workspace, "count(*) FILTER (occurred_at < DATE '2026-03-21')", "sign_in") == 0
    told = manifest(kept.path)["retention"]
    assert isinstance(told, dict) and told["before"] == "2026-03-21" and told["dropped"]["sign_in"] == old
    assert sorted(p.name for p in (workspace / "runs").iterdir()) == [kept.run_id] != [whole.run_id]
    assert not (workspace / "read").exists()
    index = f"read_parquet('{kept.path}/index/*.parquet', union_by_name = true)"
    days = duckdb.connect().execute(f"SELECT min(first_at) FROM {index} WHERE via LIKE 'sign_in:%'")
    assert days.fetchall()[0][0].date() >= date(2026, 3, 21)
    for ledger in kept.ledgers:
        assert ledger.items == ledger.kept + ledger.duplicates + sum(ledger.set_aside.values())


def test_whoever_left_before_goes_with_account_and_all_and_whoever_stays_is_kept(tmp_path: Path) -> None:
    exports, workspace = small_world.write(tmp_path), tmp_path / "ws"
    path = exports / "acme" / "records" / "worker.csv"
    head, *people = path.read_text().splitlines()
    assert "ended_on" not in head
    path.write_text(
        "\n".join(
            [f"{head},ended_on", f"{people[0]},2026-03-20", f"{people[1]},2026-03-21", *(f"{p}," for p in people[2:])]
        )
    )
    run = api.investigate(exports, workspace, now=NOW, settings=KEPT)
    dropped = manifest(run.path)["retention"]["dropped"]  # type: ignore[index]  # a mapping of mappings
    assert dropped["worker"] == 1 and dropped["payee"] == 1
    assert rows(workspace, "count(*) FILTER (company = 'acme')", "worker") == len(people) - 1
    assert rows(workspace, "count(DISTINCT worker_id) FILTER (company = 'acme')", "payee") == len(people) - 1
