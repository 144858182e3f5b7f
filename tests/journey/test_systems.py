"""One company whose HR, payroll, hiring and devices are four vendors' systems: every worker is one subject."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bonafides import api
from bonafides.workflow.investigate import Investigation

NOW = datetime(2026, 4, 20, tzinfo=UTC)
# HR's id, payroll's id, the employee number, given name, family name.
PEOPLE = [("101", "9f1c", "E-1", "Ann", "Marlowe"), ("102", "9f2d", "E-2", "Bo", "Falk")]


def mail(given: str) -> str:
    return f"{given.lower()}@acme.example.com"


def own(given: str) -> str:
    return f"{given.lower()}@mail.example.net"


def lines(path: Path, *items: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("".join(f"{json.dumps(item)}\n" for item in items))


def entry(number: str, account: str, holder: str) -> str:
    """A credit of 5,000 dollars as NACHA lays it out."""
    return f"622021000021{account:<17}{500_000:010}{number:<15}{holder:<22}  012104288{1:07}"


def ach(day: str, *entries: str) -> str:
    head = f"101 121042882 121042882{day}0000A094101{'BANK':<23}{'ACME':<23}{'':8}"
    batch = f"5220{'ACME':<36}121042882 PPD{'PAYROLL':<10}{day}{day}   1121042880000001"
    return "\n".join([head, batch, *entries, f"8220{'':90}", f"9{'':0>93}"]) + "\n"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Investigation:
    folder = tmp_path_factory.mktemp("systems")
    acme = folder / "exports" / "acme"
    names = [{"firstName": g, "lastName": f} for *_, g, f in PEOPLE]
    lines(
        acme / "bamboohr_employee" / "employees.jsonl",
        *(
            {**name, "id": hr, "employeeNumber": number, "workEmail": mail(name["firstName"]), "hireDate": "2026-01-05"}
            for (hr, _, number, *_), name in zip(PEOPLE, names, strict=True)
        ),
    )
    lines(
        acme / "gusto_employee" / "employees.jsonl",
        *(
            {"uuid": pay, "version": "1", "first_name": g, "last_name": f, "work_email": mail(g), "email": own(g)}
            for _, pay, _, g, f in PEOPLE
        ),
        {
            "payroll_uuid": "p1",
            "check_date": "2026-03-31",
            "employee_compensations": [{"employee_uuid": "9f1c", "net_pay": "4000.00"}],
        },
    )
    lines(
        acme / "greenhouse_candidate" / "candidates.jsonl",
        *(
            {
                "id": n,
                "first_name": g,
                "last_name": f,
                "email_addresses": [{"value": own(g), "type": "personal"}],
                "applications": [{"id": f"a{n}", "applied_at": "2025-12-01T10:00:00Z"}],
                "updated_at": "2026-01-02",
            }
            for n, (*_, g, f) in enumerate([*PEOPLE, ("", "", "", "Cy", "Osten")])
        ),
    )
    lines(
        acme / "intune_device" / "devices.jsonl",
        {"id": "d1", "deviceName": "ACME-1", "serialNumber": "SN1", "userPrincipalName": mail("Ann")},
    )
    (acme / "nacha_ach").mkdir()
    (acme / "nacha_ach" / "march.ach").write_text(
        ach("260331", entry("E-1", "0001", "ANN MARLOWE"), entry("E-2", "0002", "BO FALK"))
    )
    return api.investigate(folder / "exports", folder / "ws", now=NOW)


def found(run: Investigation, what: str) -> list[tuple[Any, ...]]:
    return duckdb.connect().execute(what.replace("RUN", str(run.path))).fetchall()


def test_every_worker_is_one_subject_and_who_was_not_hired_another(run: Investigation) -> None:
    people = found(run, "SELECT subject_id, subject_kind, given_name, wages FROM 'RUN/subject.parquet' ORDER BY 1")
    assert people == [
        ("101", "worker", "Ann", 9000.0),
        ("102", "worker", "Bo", 5000.0),
        ("a2", "applicant", "Cy", 0.0),
    ]
    assert found(run, "SELECT subject_id, known_as FROM 'RUN/known_as.parquet' ORDER BY ALL") == [
        ("101", "9f1c"), ("101", "E-1"), ("101", "a0"), ("102", "9f2d"), ("102", "E-2"), ("102", "a1"),
    ]  # fmt: skip


def test_nothing_reaches_nobody(run: Investigation) -> None:
    assert found(run, "SELECT * FROM 'RUN/unattributed.parquet'") == []
    for ledger in run.ledgers:
        assert ledger.items == ledger.kept + ledger.duplicates + sum(ledger.set_aside.values())
    assert sum(ledger.kept for ledger in run.ledgers) == sum(ledger.items for ledger in run.ledgers)


def test_an_id_of_any_system_finds_the_worker(run: Investigation) -> None:
    told = [api.explain(run.path.parent.parent, name) for name in ("acme/101", "9f1c", "acme/E-1", "a0")]
    assert len({one.subject for one in told}) == 1
