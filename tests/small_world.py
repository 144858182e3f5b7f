"""A small invented world in our own tables: three companies, a dozen honest people each in their own home, one farm."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

COMPANIES = ("acme", "borealis", "cumulus")
HONEST = 4
FARM = (("acme", "W-901"), ("borealis", "W-902"), ("borealis", "W-903"), ("cumulus", "W-904"))
FIRST = date(2026, 3, 2)
DAYS = 40
# Values that only this world holds: nothing masked may show one of them.
NAMES = ("Marlowe", "Quillon", "Thessaly", "Brindle", "Ottoline", "Vesper", "Harrow", "Lindqvist")
FARM_LINE, FARM_ACCOUNT, FARM_PHONE = "198.51.100.77", "acct-farm-0001", "+1 312 555 0177"

Rows = list[dict[str, Any]]


def write(target: Path) -> Path:
    """The world's exports. Answers the folder."""
    for company in COMPANIES:
        tables: dict[str, Rows] = {}
        for number in range(HONEST):
            _honest(tables, company, number)
        for of, worker in FARM:
            if of == company:
                _placed(tables, company, worker)
        for name, rows in tables.items():
            put(target / "exports" / company / "records" / f"{name}.csv", rows)
    put(target / "truth.csv", list(truth()))
    return target / "exports"


def put(path: Path, rows: Rows) -> None:
    """One table as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = sorted({name for row in rows for name in row})
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def truth() -> Iterable[Mapping[str, Any]]:
    """Who is what."""
    for company in COMPANIES:
        for number in range(HONEST):
            yield {
                "company": company,
                "subject_id": f"W-{number}",
                "hypothesis": "genuine",
                "name_group": "AB"[number % 2],
            }
    for company, worker in FARM:
        yield {
            "company": company,
            "subject_id": worker,
            "hypothesis": "stand_in",
            "network": "n1",
            "facilitator": "f1",
            "wages": 30_000,
        }


def _honest(tables: dict[str, Rows], company: str, number: int) -> None:
    place = COMPANIES.index(company) * HONEST + number
    worker = f"W-{number}"
    _worker(
        tables, company, worker, NAMES[place % len(NAMES)], f"{100 + place} Larch Avenue", f"+1 614 555 01{place:02}"
    )
    _line(tables, company, worker, f"192.0.2.{10 + place}", range(DAYS))
    _add(tables, "payee", worker_id=worker, valid_from="2025-02-01", method="ach", account_token=f"acct-own-{place:04}")
    _add(
        tables,
        "verification",
        worker_id=worker,
        occurred_at="2025-01-20T10:00:00",
        kind="in_person" if place % 3 else "document",
        outcome="pass",
    )


def _placed(tables: dict[str, Rows], company: str, worker: str) -> None:
    """Four people of four claimed homes whose computers, pay and phones are one facilitator's."""
    number = int(worker[-1])
    _worker(tables, company, worker, "Ashgrove", f"{number} Quarry Lane", f"+1 614 555 018{number}")
    _line(tables, company, worker, FARM_LINE, range(DAYS))
    _add(tables, "payee", worker_id=worker, valid_from="2025-02-01", method="ach", account_token=FARM_ACCOUNT)
    account = f"{worker.lower()}@{company}.example"
    _add(
        tables,
        "credential",
        occurred_at="2026-03-02T09:00:00",
        actor_email=account,
        action="added",
        factor="sms",
        phone=FARM_PHONE,
    )
    _add(
        tables,
        "device",
        device_id=f"dev-{worker}",
        worker_id=worker,
        serial=f"SN{company[:2].upper()}{number}77X",
        enrolled_on="2026-03-01",
    )
    for day in range(0, DAYS, 2):
        at = _at(day, 15).isoformat()
        _add(
            tables,
            "process",
            occurred_at=at,
            device_id=f"dev-{worker}",
            image="C:\\Program Files\\AnyDesk\\AnyDesk.exe",
        )
    _add(
        tables,
        "peripheral",
        occurred_at=_at(1, 9).isoformat(),
        device_id=f"dev-{worker}",
        bus="usb",
        vendor="PiKVM",
        product="PiKVM Composite Device",
    )


def _worker(tables: dict[str, Rows], company: str, worker: str, name: str, street: str, phone: str) -> None:
    _add(
        tables,
        "worker",
        worker_id=worker,
        given_name=name,
        family_name=f"{name}son",
        work_email=f"{worker.lower()}@{company}.example",
        personal_email=f"{name.lower()}.{company}.{worker.lower()}@example.net",
        phone=phone,
        street=street,
        city="Columbus",
        region="OH",
        postal_code="43004",
        country="US",
        government_id_token=f"tok-{company}-{worker}",
        role="Engineer",
        engagement="employee",
        work_arrangement="remote",
        hired_on="2025-01-10",
        started_on="2025-02-01",
    )
    for month in (2, 3, 4):
        paid = f"2026-{month:02}-15"
        _add(
            tables,
            "payment",
            payment_id=f"{worker}-{month}",
            worker_id=worker,
            paid_on=paid,
            amount=10_000,
            currency="USD",
        )


def _line(tables: dict[str, Rows], company: str, worker: str, ip: str, on: Iterable[int]) -> None:
    for day in on:
        _add(
            tables,
            "sign_in",
            occurred_at=_at(day, 14).isoformat(),
            actor_email=f"{worker.lower()}@{company}.example",
            device_id=f"dev-{worker}",
            ip=ip,
            city="Columbus",
            region="OH",
            country="US",
            latitude=39.96,
            longitude=-83.0,
            outcome="success",
        )


def _at(day: int, hour: int) -> datetime:
    return datetime(FIRST.year, FIRST.month, FIRST.day, hour) + timedelta(days=day)


def _add(tables: dict[str, Rows], table: str, **values: Any) -> None:
    tables.setdefault(table, []).append(values)
