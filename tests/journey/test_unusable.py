"""A column full of texts that are no such values could not be asked about: skipped and untested, never clean."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from bonafides import api

NOW = datetime(2026, 4, 20, tzinfo=UTC)
WHO = {
    "worker_id": "w1", "given_name": "Ann", "family_name": "Marlowe", "work_email": "ann@acme.example.com",
    "street": "12 Maple Street", "city": "Austin", "region": "TX", "postal_code": "78701", "country": "US",
}  # fmt: skip
INSIDE, OUTSIDE = "10.20.30.40", "203.0.113.9"
Asked = Callable[[str], tuple[list[tuple[str, str | None]], list[str], list[str]]]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """What a company that logs this address for a month could be asked: `shared_home_line`, notes, untested claims."""

    def of(address: str) -> tuple[list[tuple[str, str | None]], list[str], list[str]]:
        room = tmp_path_factory.mktemp("unusable")
        records = room / "exports" / "acme" / "records"
        records.mkdir(parents=True)
        seen = [
            {
                "occurred_at": f"2026-03-{day:02}T15:00:00Z",
                "actor_email": WHO["work_email"],
                "ip": address,
                "asn": 64500,
            }
            for day in range(1, 29)
        ]
        (records / "worker.jsonl").write_text(json.dumps(WHO) + "\n")
        (records / "sign_in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in seen))
        done = api.investigate(room / "exports", room / "ws", now=NOW)
        rows = duckdb.execute(
            f"SELECT outcome, why FROM '{done.path}/evaluation.parquet' WHERE indicator = 'shared_home_line'"
        ).fetchall()
        (untested,) = duckdb.execute(f"SELECT untested FROM '{done.path}/assessment.parquet'").fetchall()
        return rows, list(done.notes), untested[0].split(";")

    return of


def test_addresses_inside_a_network_are_not_asked_about(asked: Asked) -> None:
    ended, notes, untested = asked(INSIDE)
    assert ended == [("skipped", "no data: sign_in.ip or activity or meeting or process or connection or application")]
    assert "sign_in.ip holds nothing usable at acme: no text there is such a value, or is anybody's" in notes
    assert "authorship" in untested


def test_logs_about_nobody_known_are_told(tmp_path: Path) -> None:
    seen = "".join(
        json.dumps({"occurred_at": f"2026-03-{day:02}T15:00:00Z", "actor_email": "s-1@corp.example.net", "ip": OUTSIDE})
        + "\n"
        for day in range(1, 29)
    )
    for company in ("acme", "nohr"):
        records = tmp_path / "exports" / company / "records"
        records.mkdir(parents=True)
        (records / "sign_in.jsonl").write_text(seen)
    (tmp_path / "exports/acme/records/worker.jsonl").write_text(json.dumps(WHO) + "\n")
    notes = api.investigate(tmp_path / "exports", tmp_path / "ws", now=NOW).notes
    assert "nobody is assessed at nohr: no table there says who works or applies there" in notes
    assert "most of sign_in at acme reaches nobody: no known account" in notes


def test_public_ones_are(asked: Asked) -> None:
    ended, notes, untested = asked(OUTSIDE)
    assert ended == [("ran", None)]
    assert not [note for note in notes if note.startswith("sign_in.ip")]
    assert "authorship" not in untested
