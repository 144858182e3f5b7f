"""Who held a computer when, and so whom what happened on it is about."""

from datetime import date, timedelta
from typing import Any

import pytest

from bonafides.sightings.attribution import attribute
from bonafides.workflow.ingest import record_tables
from indicator_cases import filled

START = date(2026, 1, 1)


def on(day: int) -> str:
    """Ten o'clock of a day, counted from the first."""
    return f"{START + timedelta(days=day)} 10:00:00"


def worker(name: str, started: int | None = None, **more: Any) -> dict[str, Any]:
    started_on = None if started is None else str(START + timedelta(days=started))
    return {"worker_id": name, "work_email": f"{name}@acme.example.com", "started_on": started_on, **more}


def computer(name: str, enrolled: int | None = None, returned: int | None = None) -> dict[str, Any]:
    days = {"enrolled_on": enrolled, "returned_on": returned}
    dates = {column: None if n is None else str(START + timedelta(days=n)) for column, n in days.items()}
    return {"device_id": "d1", "serial": "SN1", "directory_id": "dir-1", "worker_id": name, **dates}


def signs_in(name: str, days: range, device: str | None = "DIR-1 ", **more: Any) -> list[dict[str, Any]]:
    account = f"{name}@acme.example.com"
    return [{"occurred_at": on(day), "actor_email": account, "device_id": device, **more} for day in days]


def whose(*days: int, **records: list[dict[str, Any]]) -> list[str | None]:
    """Whom what ran on the computer on these days is about."""
    records["process"] = [{"occurred_at": on(day), "device_id": "d1"} for day in days]
    store = filled(records)
    for table in record_tables():
        store.execute(f"ALTER TABLE {table} DROP subject_id")
    attribute(store, record_tables())
    return [row["subject_id"] for row in store.rows("SELECT subject_id FROM process ORDER BY event_ref")]


TWO = [worker("ann"), worker("bo")]
BOOKED = [computer("bo"), *({"device_id": f"d{n}", "serial": f"SN{n}", "worker_id": "bo"} for n in range(2, 10))]


@pytest.mark.parametrize("enrolled", [None, 0, 58])
def test_who_signed_in_on_it_before_the_booked_holder_did_had_it_until_then(enrolled: int | None) -> None:
    sign_in = [*signs_in("ann", range(10, 40, 5)), *signs_in("bo", range(60, 80, 5))]
    found = whose(1, 12, 35, 36, 59, 60, 90, worker=TWO, device=[computer("bo", enrolled)], sign_in=sign_in)
    assert found == ["ann", "ann", "ann", None, None, "bo", "bo"]


def test_a_computer_that_the_booked_holder_has_not_signed_in_on_is_theirs_a_month_later() -> None:
    ann, bo = signs_in("ann", range(10, 40, 5)), signs_in("bo", range(10, 12), device="d2")
    found = whose(12, 36, 64, 65, worker=TWO, device=BOOKED, sign_in=[*ann, *bo])
    assert found == ["ann", None, None, "bo"]


@pytest.mark.parametrize(
    "sign_in",
    [
        [*signs_in("ann", range(10, 12)), *signs_in("bo", range(60, 80, 5))],  # who sets it up
        [*signs_in("ann", range(10, 40, 5)), *signs_in("bo", range(30, 80, 5))],  # both use it
        [*signs_in("ann", range(60, 80, 5)), *signs_in("bo", range(10, 40, 5))],  # lent later
        [*signs_in("ann", range(10, 40, 5), outcome="failure"), *signs_in("bo", range(60, 80, 5))],
        [*signs_in("ann", range(10, 40, 5), device="dir-2"), *signs_in("bo", range(60, 80, 5))],
        [*signs_in("zoe", range(10, 40, 5)), *signs_in("bo", range(60, 80, 5))],  # nobody known
        signs_in("ann", range(10, 40, 5)),  # logs that name no computer of the holder's
        [*signs_in("ann", range(10, 40, 5)), *signs_in("bo", range(10, 40), device=None)],
        [*signs_in("ann", range(10, 40, 5)), *signs_in("bo", range(10, 40), device="phone")],
        # Who looks after the company's computers.
        [
            *(one for n in range(1, 10) for one in signs_in("ann", range(10, 40, 5), device=f"d{n}")),
            *signs_in("bo", range(60, 80)),
        ],
        [{**one, "company": "beta"} for one in signs_in("ann", range(10, 40, 5))],
    ],
)
def test_a_helper_a_sharer_or_a_failed_attempt_takes_nothing_from_the_booked_holder(sign_in: list[Any]) -> None:
    workers = [*TWO, worker("ann", company="beta")]
    assert whose(1, 35, 90, worker=workers, device=BOOKED, sign_in=sign_in) == ["bo"] * 3


def test_who_is_booked_is_not_told_by_sign_ins_and_the_next_is_not_cut() -> None:
    booked = [computer("ann", 0, 50), computer("bo", 50)]
    sign_in = [*signs_in("ann", range(0, 45, 5)), *signs_in("bo", range(60, 80, 5)), *signs_in("cy", range(50, 59))]
    found = whose(30, 55, 90, worker=[*TWO, worker("cy")], device=booked, sign_in=sign_in)
    assert found == ["ann", "bo", "bo"]
    elsewhere = [*signs_in("cy", range(50, 59)), *signs_in("ann", range(50, 52), device="d2")]
    found = whose(30, 55, 90, worker=[*TWO, worker("cy")], device=[*booked, BOOKED[1]], sign_in=elsewhere)
    assert found == ["ann", "bo", "bo"]


def test_of_two_on_unknown_days_sign_ins_tell_or_nobody_has_it() -> None:
    booked = [computer("ann"), computer("bo")]
    assert whose(30, 90, worker=TWO, device=booked) == [None, None]
    sign_in = [*signs_in("ann", range(60, 80, 5)), *signs_in("bo", range(10, 40, 5))]
    assert whose(30, 90, worker=TWO, device=booked, sign_in=sign_in) == ["bo", "ann"]
    assert whose(30, 90, worker=TWO, device=[computer("ann"), computer("bo", 50)]) == ["ann", "bo"]


def test_what_was_a_month_before_anybody_worked_is_nobody_s_unless_they_signed_in() -> None:
    bo = [worker("bo", 60)]
    assert whose(20, 29, 30, 90, worker=bo, device=[computer("bo")]) == [None, None, "bo", "bo"]
    assert whose(20, worker=[worker("bo", 60, hired_on=on(40)[:10])], device=[computer("bo")]) == ["bo"]
    # A start that is the day on which HR changed its system, or on which the position changed.
    signed = signs_in("bo", range(40, 42), device="phone")
    assert whose(9, 10, worker=bo, device=[computer("bo")], sign_in=signed) == [None, "bo"]
    again = [worker("bo", 0, ended_on=on(20)[:10]), worker("bo", 60)]
    assert whose(20, worker=again, device=[computer("bo")]) == ["bo"]
    assert whose(20, worker=[worker("bo", 60), worker("bo")], device=[computer("bo")]) == ["bo"]
