"""Networks of unknown kind: a crowd's exits are told from home lines, journeys and farms by where else people are."""

from typing import Any

import pytest

from bonafides.enrich import exits
from bonafides.store.duckdb import Store
from indicator_cases import filled

HOME = {"latitude": 30.3, "longitude": -97.7}
AWAY = {"latitude": 40.7, "longitude": -74.0}


def exits_of(store: Store) -> set[str]:
    exits.learn(store)
    return {row["value"] for row in store.rows("SELECT value FROM value_fact WHERE network = 'proxy'")}


def people(days: str, addresses: int = 3, place: dict[str, float] = AWAY, **fact: Any) -> Store:
    """Eight people of as many companies, each day at home (`h`) or on the network asked about (`x`), on one address."""
    subject, sighting = [], []
    for n in range(8):
        who = {"company": f"c{n}", "subject_id": "s"}
        subject.append({**who, **HOME})
        for day, where in enumerate(days):
            value = f"203.0.113.{100 + n}" if where == "h" else f"198.51.100.{n % addresses + 1}"
            sighting.append({**who, "kind": "ip", "value": value, "day": f"2026-03-{day + 1:02}"})
    known = [{"kind": "ip", "value": f"203.0.113.{100 + n}", "network": "residential", **HOME} for n in range(8)]
    asked = [
        {"kind": "ip", "value": f"198.51.100.{n + 1}", "asn": 64500, "holders": 8 // addresses, **place, **fact}
        for n in range(addresses)
    ]
    return filled({"subject": subject, "sighting": sighting, "value_fact": [*known, *asked]})


def scatter(store: Store) -> None:
    """Put each address asked about into a block of its own."""
    of_block = "replace(value, '198.51.100.', '198.18.') || '.1' WHERE value LIKE '198.51.100.%'"
    for table in ("sighting", "value_fact"):
        store.execute(f"UPDATE {table} SET value = {of_block}")


ALL = {"198.51.100.1", "198.51.100.2", "198.51.100.3"}


def test_where_people_go_from_home_and_back_time_and_again_is_a_crowd_s_exit() -> None:
    assert exits_of(people("hxhxhhxh")) == ALL


def test_without_a_vendor_s_number_a_block_is_a_network() -> None:
    assert exits_of(people("hxhxhhxh", asn=None)) == ALL


def test_a_system_is_a_network_over_many_blocks() -> None:
    store = people("hxhxhhxh")
    scatter(store)
    assert exits_of(store) == {"198.18.1.1", "198.18.2.1", "198.18.3.1"}


@pytest.mark.parametrize(
    ("store", "why"),
    [
        (people("hhxxxxhh"), "a journey leaves once and comes back"),
        (people("hxxhhxxh"), "two journeys are not many"),
        (people("xxxxxxxx"), "who is never at home has another reason to be there"),
        (people("hxhxhhxh", place={"latitude": 30.4, "longitude": -97.9}), "a provider of lines near by"),
        (people("hxhxhhxh", addresses=2), "two addresses with few people each are no crowd's"),
        (people("hxhxhhxh", network="mobile"), "what is known stays"),
        (people("hxhxhhxh", latitude=None), "where it lies is not known"),
    ],
)
def test_other_networks_are_left_alone(store: Store, why: str) -> None:
    assert exits_of(store) == set(), why


def test_a_block_whose_people_are_on_addresses_of_their_own_each_day_is_a_crowd_s() -> None:
    assert exits_of(people("xxxxxxxx", addresses=4)) == {*ALL, "198.51.100.4"}


@pytest.mark.parametrize(
    ("store", "why"),
    [
        (people("xxxxxxxx"), "three at one address each day, as behind lines"),
        (people("xxxxxxxx", addresses=4, place={"latitude": 30.4, "longitude": -97.9}), "a provider of lines near by"),
    ],
)
def test_lines_of_a_block_are_left_alone(store: Store, why: str) -> None:
    assert exits_of(store) == set(), why


def test_a_whole_system_has_room_for_many_households() -> None:
    store = people("xxxxxxxx", addresses=4)
    scatter(store)
    assert exits_of(store) == set()


def test_days_on_which_one_alone_is_there_do_not_tell() -> None:
    store = people("xxxxxxxx")
    store.execute("UPDATE sighting SET day = day + 10 * CAST(substr(company, 2) AS INT)")
    assert exits_of(store) == set()


def test_an_address_alone_is_told_by_its_own_people() -> None:
    assert exits_of(people("hxhxhhxh", addresses=1)) == {"198.51.100.1"}


@pytest.mark.parametrize("days", ["hhxxxxhh", "xxxxxxxx"])
def test_an_address_alone_whose_people_stay_is_none(days: str) -> None:
    assert exits_of(people(days, addresses=1)) == set()


def test_where_one_address_has_most_of_them_only_that_one_is_told() -> None:
    store = people("hxhxhhxh")
    store.execute("UPDATE sighting SET value = '198.51.100.1' WHERE value LIKE '198.51.100.%' AND company < 'c6'")
    store.execute("UPDATE value_fact SET holders = 6 WHERE value = '198.51.100.1'")
    assert exits_of(store) == {"198.51.100.1"}


def test_people_of_three_companies_are_too_few() -> None:
    store = people("hxhxhhxh")
    for table in ("subject", "sighting"):
        few = "CASE WHEN company < 'c3' THEN 'c0' WHEN company < 'c6' THEN 'c1' ELSE 'c2' END"
        store.execute(f"UPDATE {table} SET subject_id = company, company = {few}")
    assert exits_of(store) == set()


def test_five_people_are_too_few() -> None:
    store = people("hxhxhhxh")
    store.execute("DELETE FROM subject WHERE company > 'c4'")
    assert exits_of(store) == set()


@pytest.mark.parametrize(("others", "found"), [(4, ALL), (5, set())])
def test_two_in_five_of_them_are_at_home_between(others: int, found: set[str]) -> None:
    store = people("hxhxhhxh")
    store.execute(f"DELETE FROM sighting WHERE value LIKE '203.0.113.%' AND company < 'c{others}'")
    assert exits_of(store) == found


@pytest.mark.parametrize(("near", "found"), [(1, ALL), (2, set())])
def test_one_in_five_at_most_lives_near_by(near: int, found: set[str]) -> None:
    store = people("hxhxhhxh")
    store.execute(f"UPDATE subject SET latitude = 40.7, longitude = -74.0 WHERE company < 'c{near}'")
    assert exits_of(store) == found
