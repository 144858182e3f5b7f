"""Working hours as a direction on the clock: what counts as work, whose day is meant, and what is not known."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from bonafides.enrich import hours
from bonafides.store.duckdb import Store

MONDAY = date(2026, 1, 5)
AUSTIN = -97.74
# Of a longitude of -97.74 the sun is six and a half hours behind: a day's middle at 12.75 there is 19.27 by UTC.
NOON = range(15, 24)
NIGHT = range(3, 12)


def mask(of: Sequence[int]) -> int:
    """Hours as sightings keep them."""
    return sum(1 << hour for hour in of)


def worked(
    people: Mapping[str, tuple[Sequence[int], int, float | None]], via: str = "sign_in:ip"
) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Working hours by subject, and weeks. Shape: `people` has each one's hours, days and longitude; `x2` is at `x`."""
    rows = [
        (who[0], who, MONDAY + timedelta(days=n), via, mask(of))
        for who, (of, days, _) in people.items()
        for n in range(days)
    ]
    store = Store()
    names = ("company", "subject_id", "day", "via", "hours")
    types = dict(zip(names, ("VARCHAR", "VARCHAR", "DATE", "VARCHAR", "BIGINT"), strict=True))
    store.load("sighting", {name: [row[i] for row in rows] for i, name in enumerate(names)}, types)
    subjects = {
        "company": [who[0] for who in people],
        "subject_id": list(people),
        "longitude": [longitude for _, _, longitude in people.values()],
    }
    store.load("subject", subjects, {"company": "VARCHAR", "subject_id": "VARCHAR", "longitude": "DOUBLE"})
    hours.derive(store)
    found = {row["subject_id"]: row for row in store.rows("SELECT * FROM working_hours")}
    weeks = store.rows("SELECT * FROM working_week ORDER BY company, subject_id, week")
    store.close()
    return found, weeks


def test_a_day_at_home_is_near_the_middle_and_a_night_is_far_off() -> None:
    found, _ = worked({"a1": (NOON, 5, AUSTIN), "a2": (NIGHT, 5, AUSTIN), "a3": (NOON, 5, AUSTIN)})
    assert found["a1"]["off_home"] < 1 and found["a1"]["off_company"] < 1
    assert found["a2"]["off_home"] > 11 and found["a2"]["off_company"] > 11
    assert (found["a2"]["days"], found["a2"]["first_on"], found["a2"]["last_on"]) == (5, MONDAY, date(2026, 1, 9))


def test_hours_around_midnight_have_their_middle_there() -> None:
    found, weeks = worked({"a1": ((22, 23, 0, 1), 3, AUSTIN)})
    assert found["a1"]["middle"] == pytest.approx(0, abs=1e-5)
    assert weeks[0]["middle"] == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("via", ["activity:ip", "meeting:ip"])
def test_what_people_do_in_services_and_meetings_counts(via: str) -> None:
    assert worked({"a1": (NOON, 5, AUSTIN)}, via)[0]["a1"]["days"] == 5


@pytest.mark.parametrize("via", ["process:ip", "connection:src_ip", "application:ip"])
def test_what_programs_do_does_not(via: str) -> None:
    assert worked({"a1": (NIGHT, 5, AUSTIN)}, via) == ({}, [])


def test_nothing_is_off_a_home_that_is_not_known() -> None:
    found, weeks = worked({"a1": (NOON, 5, None)})
    assert found["a1"]["off_home"] is None and found["a1"]["off_company"] == 0
    assert [week["off_home"] for week in weeks] == [None]


def test_weeks_begin_on_mondays_and_count_their_own_days() -> None:
    _, weeks = worked({"a1": (NOON, 9, AUSTIN)})
    assert [(w["week"], w["days"], w["last_on"]) for w in weeks] == [
        (MONDAY, 7, date(2026, 1, 11)),
        (date(2026, 1, 12), 2, date(2026, 1, 13)),
    ]


def test_what_is_usual_is_learnt_from_all_people() -> None:
    early = range(12, 18)
    alone, _ = worked({"a1": (early, 5, AUSTIN)})
    many = {f"{company}{n}": (early, 5, AUSTIN) for company in "bcdef" for n in range(10)}
    among, _ = worked({"a1": (early, 5, AUSTIN), **many})
    assert among["a1"]["off_home"] < alone["a1"]["off_home"] / 2
