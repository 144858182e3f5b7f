"""Postal addresses that are a carrier's counter, a locker or a post office; doors that only sound like one."""

import pytest

from bonafides.enrich.places import counters
from bonafides.kinds.postal_address import KIND
from bonafides.store.duckdb import Store

COUNTERS = (
    "UPS Access Point 12 Main Street",
    "Parcel Shop 1 Market Square",
    "Amazon Locker Plum, 400 Oak Avenue",
    "Packstation 113",
    "General Delivery, 2 Post Office Road",
    "FedEx Ship Center 9 Airport Way",
    "Hold at pickup 7 Hill Road",
)
DOORS = ("12 Parcel Lane", "9 Postal Way", "44 Access Road", "7 Lockerbie Close", "31 Pickup Drive", "5 Delivery Court")


@pytest.mark.parametrize("street", [*COUNTERS, *DOORS])
def test_a_counter_is_named_and_a_door_is_not(street: str) -> None:
    raw = "\x1f".join((street, "Austin", "TX", "78701", "US"))
    value = KIND.clean(raw)
    assert value is not None
    store = Store()
    store.execute("CREATE TABLE value_fact (kind VARCHAR, value VARCHAR, lists VARCHAR)")
    kinds = ["host", "postal_address"]
    columns = {"kind": kinds, "raw": [raw, raw], "value": [value, value]}
    store.load("cleaned", columns, dict.fromkeys(columns, "VARCHAR"))
    store.execute("INSERT INTO value_fact SELECT kind, value, NULL FROM cleaned")
    counters(store)
    named = {row["kind"]: row["lists"] for row in store.rows("SELECT kind, lists FROM value_fact")}
    assert named == {"host": None, "postal_address": "pick_up_points" if street in COUNTERS else None}
