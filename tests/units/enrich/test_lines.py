"""A line of unknown kind on which its people stay is a fixed one; where they come and go is not."""

from typing import Any

import pytest

from bonafides.enrich import lines
from bonafides.store.duckdb import Store
from indicator_cases import filled

LINE = "203.0.113.7"
STAYS, COMES = "x" * 12, "xxxxxxoxxxxoxx"


def told(store: Store) -> str | None:
    lines.learn(store)
    return store.rows(f"SELECT network FROM value_fact WHERE value = '{LINE}'")[0]["network"]


def people(*days: str, **fact: Any) -> Store:
    """One person for each text: a letter a day, on the line (`x`), on a line of their own (`o`), on both (`b`)."""
    sighting = []
    for n, one in enumerate(days):
        for day, where in enumerate(one):
            values = {"x": [LINE], "o": [f"198.51.100.{n}"], "b": [LINE, f"198.51.100.{n}"], " ": []}[where]
            seen = {"company": f"c{n}", "subject_id": "s", "kind": "ip", "day": f"2026-03-{day + 1:02}"}
            sighting += [{**seen, "value": value} for value in values]
    return filled({"sighting": sighting, "value_fact": [{"kind": "ip", "value": LINE, "holders": len(days), **fact}]})


@pytest.mark.parametrize(
    ("store", "why"),
    [
        (people(STAYS, STAYS, STAYS), "three who are there every day"),
        (people("ooo" + STAYS, STAYS + "ooo", STAYS), "who moved in or out is elsewhere before or after"),
        (people("xxx  xx xxxx xxx", STAYS, STAYS), "days without any sign are none elsewhere"),
        (people("b" * 12, STAYS, STAYS), "a telephone's address beside it"),
        (people(STAYS, STAYS, STAYS, STAYS, COMES), "one guest among five"),
        (people("xxxxoxxxxx" * 2, STAYS, STAYS), "a day in ten elsewhere"),
    ],
)
def test_a_line_on_which_its_people_stay_is_a_fixed_one(store: Store, why: str) -> None:
    assert told(store) == "residential", why


@pytest.mark.parametrize(
    ("store", "why"),
    [
        (people(COMES, COMES, COMES), "they are on lines of their own in between"),
        (people(STAYS, STAYS, STAYS, COMES), "one guest in four is too many"),
        (people(STAYS, STAYS), "two are too few"),
        (people("x" * 9, "x" * 9, "x" * 9), "nine days are too few"),
        (people("x" * 9, STAYS, STAYS), "two who stay are too few"),
    ],
)
def test_others_are_left_alone(store: Store, why: str) -> None:
    assert told(store) is None, why


@pytest.mark.parametrize(("companies", "found"), [(3, None), (4, "residential")])
def test_a_company_s_gateway_has_teams_of_it(companies: int, found: str | None) -> None:
    store = people(*[STAYS] * 9)
    store.execute(
        f"UPDATE sighting SET subject_id = company, company = 'c' || (CAST(substr(company, 2) AS INT) % {companies})"
    )
    assert told(store) == found


def test_what_is_known_stays() -> None:
    assert told(people(STAYS, STAYS, STAYS, network="mobile")) == "mobile"
