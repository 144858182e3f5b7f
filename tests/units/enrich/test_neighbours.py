"""What is said of an address's neighbours stands in where nothing is said of it."""

from typing import Any

from bonafides.enrich.addresses import facts
from bonafides.store.duckdb import Store
from indicator_cases import filled


def told(sign_ins: list[dict[str, Any]]) -> Store:
    """What is known of the addresses from which somebody signed in."""
    rows = [{"occurred_at": "2026-03-02 14:00:00", "actor_email": "ann@example.com", **row} for row in sign_ins]
    seen = [{"kind": "ip", "value": row["ip"], "via": "sign_in:ip", "day": "2026-03-02"} for row in rows]
    store = filled({"sign_in": rows, "sighting": seen})
    listed = [row["ip"] for row in rows]
    store.load(
        "cleaned",
        {"kind": ["ip"] * len(rows), "raw": listed, "value": listed},
        dict.fromkeys(("kind", "raw", "value"), "VARCHAR"),
    )
    facts(store, ())
    return store


def networks(sign_ins: list[dict[str, Any]]) -> dict[str, str | None]:
    """Kind of network of each of these addresses."""
    return {row["value"]: row["network"] for row in told(sign_ins).rows("SELECT value, network FROM value_fact")}


def test_a_block_of_which_all_that_is_known_agrees_is_of_one_kind() -> None:
    found = networks(
        [*({"ip": f"192.0.2.{n}", "is_proxy": True} for n in (1, 2)), {"ip": "192.0.2.3"}, {"ip": "198.51.100.3"}]
    )
    assert found["192.0.2.3"] == "proxy"
    assert found["198.51.100.3"] is None


def test_one_neighbour_or_two_of_unlike_kinds_say_nothing() -> None:
    cable = {"as_org": "Sample Cable Broadband"}
    found = networks(
        [
            {"ip": "192.0.2.1", **cable},
            {"ip": "192.0.2.2"},
            {"ip": "198.51.100.1", **cable},
            {"ip": "198.51.100.2", "is_proxy": True},
            {"ip": "198.51.100.3"},
        ]
    )
    assert found["192.0.2.2"] is None
    assert found["198.51.100.3"] is None


def test_a_number_without_a_name_is_known_by_who_named_it() -> None:
    named = [{"ip": f"203.0.113.{n}", "asn": 64500, "as_org": "Sample Cable Broadband"} for n in (1, 2)]
    assert networks([*named, {"ip": "2001:db8:7:1::/64", "asn": 64500}])["2001:db8:7:1::/64"] == "residential"


def test_a_place_and_an_owner_may_be_two_vendors_word() -> None:
    rows = [{"ip": "192.0.2.1", "latitude": 41.9, "longitude": -87.6, "city": "Springfield"}] * 3
    store = told(
        [*rows, {"ip": "192.0.2.1", "asn": 64500}, {"ip": "192.0.2.1", "asn": 64501, "as_org": "Sample Cable"}]
    )
    assert store.rows("SELECT asn, as_org, city, latitude FROM value_fact") == [
        {"asn": 64501, "as_org": "Sample Cable", "city": "Springfield", "latitude": 41.9}
    ]


def test_a_number_and_a_name_may_be_two_vendors_word() -> None:
    store = told([{"ip": "192.0.2.1", "asn": 64500}, {"ip": "192.0.2.1", "as_org": "Sample Cable Broadband"}])
    assert store.rows("SELECT asn, as_org, network FROM value_fact") == [
        {"asn": 64500, "as_org": "Sample Cable Broadband", "network": "residential"}
    ]


def test_a_country_alone_is_something_and_a_town_says_more() -> None:
    often = [{"ip": "192.0.2.1", "country": "US"}] * 3
    alone = told(often).rows("SELECT country, city FROM value_fact")
    towns = told([*often, {"ip": "192.0.2.1", "country": "US", "city": "Springfield"}])
    assert alone == [{"country": "US", "city": None}]
    assert towns.rows("SELECT country, city FROM value_fact") == [{"country": "US", "city": "Springfield"}]


def test_countries_are_written_as_two_letters() -> None:
    store = told(
        [
            {"ip": "192.0.2.1", "country": "United States"},
            {"ip": "192.0.2.2", "country": "Nowhere"},
        ]
    )
    assert [r["country"] for r in store.rows("SELECT country FROM value_fact ORDER BY value")] == ["US", "Nowhere"]
