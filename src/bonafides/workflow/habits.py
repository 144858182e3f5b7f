"""When and where subjects were seen, for the pages of those whom something is held against.

Why not of everybody: nobody looks up where and when people work of whom nothing is to be asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Any

from bonafides.derived import rhythm, whereabouts
from bonafides.kinds.base import rows
from bonafides.network.sharing import LISTED_EXITS
from bonafides.store.duckdb import Store

_ACCOUNT = "split_part(g.via, ':', 1) IN ('sign_in', 'activity', 'commit', 'meeting')"
_COMPUTER = "split_part(g.via, ':', 1) IN ('process', 'connection', 'peripheral')"
_NOT_CLEAR = "JOIN assessment AS a ON a.company = g.company AND a.subject_id = g.subject_id AND a.tier <> 'clear'"


def derive(store: Store) -> None:
    """`rhythm` and `whereabouts`."""
    store.create(rhythm.TABLE)
    store.execute(
        f"""INSERT INTO rhythm
        SELECT company, subject_id, isodow(day), hour, count(DISTINCT day) FROM (
          SELECT DISTINCT g.company, g.subject_id, g.day, h.hour FROM sighting AS g {_NOT_CLEAR}
          JOIN range(24) AS h(hour) ON (g.hours >> CAST(h.hour AS INTEGER)) & 1 = 1 WHERE {_ACCOUNT})
        GROUP BY ALL"""
    )
    store.create(whereabouts.TABLE)
    store.execute(
        f"""INSERT INTO whereabouts
        SELECT g.company, g.subject_id, 'claimed', false, round(g.latitude), round(g.longitude), NULL, NULL, NULL
        FROM subject AS g {_NOT_CLEAR} WHERE g.latitude IS NOT NULL
        UNION ALL
        SELECT company, subject_id, what, is_exit, round(latitude), round(longitude), count(DISTINCT day), min(day), max(day) FROM (
          SELECT g.company, g.subject_id, g.day, f.latitude, f.longitude, coalesce(f.network, '') IN ({LISTED_EXITS}) AS is_exit,
                 CASE WHEN {_ACCOUNT} THEN 'account' WHEN {_COMPUTER} THEN 'computer' ELSE 'application' END AS what
          FROM sighting AS g {_NOT_CLEAR} JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
          WHERE g.kind = 'ip' AND f.latitude IS NOT NULL)
        GROUP BY ALL"""
    )


@dataclass(frozen=True)
class Hour:
    """One hour of the week. Shape: `level` is 1 to 4, by quarters of the busiest hour's days."""

    days: int
    level: int


@dataclass(frozen=True)
class Spot:
    """One place on the map. Units: `x` and `y` in degrees from the map's upper left corner."""

    what: str
    is_exit: bool
    x: int
    y: int
    latitude: int
    longitude: int
    days: int | None
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True)
class Habits:
    """When and where one subject was seen.

    Shape: `week` has seven days of 24 hours, UTC, None where there was nothing. Unknown: `shift` is None where no home
    is placed, else hours from UTC by the sun there.
    """

    week: tuple[tuple[Hour | None, ...], ...]
    spots: tuple[Spot, ...]
    shift: int | None = field(default=None)


# The map reaches from 80 degrees north to 60 south.
NORTH, SOUTH = 80, -60


def habits(hours: Sequence[Mapping[str, Any]], places: Sequence[Mapping[str, Any]]) -> Habits:
    """What a page shows, from the rows of one subject."""
    most = max((row["active_days"] for row in hours), default=1)
    known = {(r["weekday"], r["hour"]): Hour(r["active_days"], ceil(4 * r["active_days"] / most)) for r in hours}
    claimed = next((row for row in places if row["what"] == "claimed"), None)
    spots = (
        Spot(
            row["what"],
            bool(row["is_exit"]),
            row["longitude"] + 180,
            NORTH - max(SOUTH, min(NORTH, row["latitude"])),
            row["latitude"],
            row["longitude"],
            row["active_days"],
            row["first_on"],
            row["last_on"],
        )
        for row in places
    )
    return Habits(
        tuple(tuple(known.get((day, hour)) for hour in range(24)) for day in range(1, 8)),
        tuple(sorted(spots, key=lambda s: (s.what != "claimed", -(s.days or 0), s.what, s.x, s.y))),
        round(claimed["longitude"] / 15) if claimed else None,
    )


def outlines() -> list[str]:
    """The lands, each as the points of a polygon on the map."""
    found = []
    for row in rows("land"):
        points = ((int(x), int(y)) for x, y in (point.split(",") for point in row["outline"].split()))
        found.append(" ".join(f"{x + 180},{NORTH - y}" for x, y in points))
    return found
