"""What a run leaves behind for screening: who holds which value, and what was learnt of values, ready to be looked up.

Shape: Parquet files under `runs/<run id>/index/`, each in the order in which it is asked, so that a look-up reads a
few of its row groups. Of what somebody used on many days the first and the last day stay.
"""

from collections.abc import Mapping
from pathlib import Path

from bonafides.kinds.base import Kind
from bonafides.sightings.persons import OWN
from bonafides.store.duckdb import Store

INDEX = "index"
_GROUP = 8_192
_SEEN = "company, subject_id, day, kind, value, via, n, first_at, last_at, hours, amount, first_ref, last_ref"


def write(store: Store, kinds: Mapping[str, Kind], place: Path) -> None:
    """The index of a run whose derived tables are still in the store."""
    ties = ", ".join(f"'{name}'" for name, kind in kinds.items() if kind.ties)
    own = ", ".join(f"'{via}'" for via in OWN)
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE ends AS
        SELECT {_SEEN} FROM (
          SELECT *, row_number() OVER (PARTITION BY company, subject_id, kind, value, via ORDER BY day) AS first_place,
                 row_number() OVER (PARTITION BY company, subject_id, kind, value, via ORDER BY day DESC) AS last_place
          FROM sighting WHERE kind IN ({ties}))
        WHERE first_place = 1 OR last_place = 1"""
    )
    parts = {
        "seen": f"SELECT {_SEEN} FROM ends ORDER BY kind, value, company, subject_id, via, day",
        "own": f"SELECT {_SEEN} FROM ends WHERE via IN ({own}) ORDER BY company, subject_id, kind, value, via, day",
        "fact": f"SELECT * FROM value_fact WHERE kind IN ({ties}) ORDER BY kind, value",
        "likeness": "SELECT likeness, share FROM likeness_share ORDER BY likeness",
        "rate": "SELECT company, work_arrangement, met FROM met_rate ORDER BY ALL",
    }
    for name, sql in parts.items():
        store.write(sql, place / f"{name}.parquet", _GROUP)
    _near(store, kinds, place)
    store.execute("DROP TABLE ends")


def _near(store: Store, kinds: Mapping[str, Kind], place: Path) -> None:
    """`near`: keys of values that meet by nearness, with the value."""
    found: list[tuple[str, str, str]] = []
    for name, kind in kinds.items():
        if kind.near is not None:
            asked = f"SELECT DISTINCT value FROM sighting WHERE kind = '{name}' ORDER BY value"
            found += [(name, key, row["value"]) for row in store.rows(asked) for key in kind.near(row["value"])]
    names = ("kind", "key", "value")
    store.load("near", {c: [f[n] for f in found] for n, c in enumerate(names)}, dict.fromkeys(names, "VARCHAR"))
    store.write("SELECT * FROM near ORDER BY kind, key, value", place / "near.parquet", _GROUP)
    store.execute("DROP TABLE near")
