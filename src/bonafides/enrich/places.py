"""Where a claimed home lies: its postal code's centre, or its city as the sign-in vendors place it; and which doors are counters."""

from bonafides.kinds.base import rows
from bonafides.store.engine import Engine


def locate(store: Engine) -> None:
    """Fill in latitude and longitude of `subject`, and write its country as two letters.

    Why: US postal codes are placed by their first three digits (tens of kilometres off at most in towns), any other
    city by the median of what sign-in vendors say for that city; who lives in neither stays unplaced, and their
    location claim untested, rather than placed by a country.
    """
    places = rows("us_places")
    store.load(
        "us_place",
        {c: [p[c] for p in places] for c in ("zip3", "latitude", "longitude")},
        {"zip3": "VARCHAR", "latitude": "DOUBLE", "longitude": "DOUBLE"},
    )
    regions = rows("regions")
    store.load(
        "region_name",
        {
            "code": [r["region"].lower() for r in regions] + [r["name"].lower() for r in regions],
            "region": [r["region"].lower() for r in regions] * 2,
        },
        {"code": "VARCHAR", "region": "VARCHAR"},
    )
    store.execute(
        """CREATE OR REPLACE TEMP TABLE city_place AS
        SELECT folded(f.city) AS city, coalesce(n.region, folded(f.region), '') AS region, median(f.latitude) AS latitude, median(f.longitude) AS longitude
        FROM value_fact AS f LEFT JOIN region_name AS n ON n.code = folded(f.region)
        WHERE f.kind = 'ip' AND f.city IS NOT NULL AND f.latitude IS NOT NULL GROUP BY ALL"""
    )
    store.execute(
        """CREATE OR REPLACE TEMP TABLE placed AS
        SELECT s.company, s.subject_id, coalesce(z.latitude, c.latitude, o.latitude) AS latitude, coalesce(z.longitude, c.longitude, o.longitude) AS longitude
        FROM subject AS s
        LEFT JOIN region_name AS n ON n.code = folded(s.region)
        LEFT JOIN us_place AS z ON matches(trim(s.postal_code), '^[0-9]{5}(-[0-9]{4})?$') AND z.zip3 = substr(trim(s.postal_code), 1, 3)
             AND (s.country IS NULL OR folded(s.country) IN ('us', 'usa', 'united states', 'united states of america'))
        LEFT JOIN city_place AS c ON c.city = folded(s.city) AND c.region = coalesce(n.region, folded(s.region), '')
        LEFT JOIN (SELECT city, any_value(latitude) AS latitude, any_value(longitude) AS longitude FROM city_place GROUP BY city HAVING count(*) = 1) AS o
             ON o.city = folded(s.city) AND s.region IS NULL"""
    )
    same = "p.company = subject.company AND p.subject_id = subject.subject_id"
    store.fill_in("subject", {"latitude": "p.latitude", "longitude": "p.longitude"}, "placed AS p", same)
    store.fill_in("subject", {"country": "k.code"}, "country_code AS k", "k.spelling = folded(subject.country)")


def counters(store: Engine) -> None:
    """Name `pick_up_points` in `lists` of every postal address of which a record says that it is a carrier's shop, a locker or a post office.

    Why: strangers meet at a counter by design, as on a VPN's exit; a farm's private door has no such name.
    """
    words = "|".join(row["pattern"] for row in rows("pick_up_points"))
    store.load("counter_words", {"pattern": [f"(^|[^a-z])({words})([^a-z]|$)"]}, {"pattern": "VARCHAR"})
    store.execute(
        """CREATE OR REPLACE TEMP TABLE counter AS
        SELECT DISTINCT v.value FROM cleaned AS v JOIN counter_words AS c ON v.kind = 'postal_address' AND matches(lower(v.raw), c.pattern)"""
    )
    is_it = "value_fact.kind = 'postal_address' AND value_fact.value = c.value"
    store.fill_in("value_fact", {"lists": "'pick_up_points'"}, "counter AS c", is_it)
