"""Where a claimed home lies: its postal code's centre, or its city as the sign-in vendors place it; and which doors are counters."""

from bonafides.kinds.base import rows
from bonafides.store.engine import Engine

# Regions are spelled in many ways (Bayern, Bavaria): a city of one country whose places all lie so close together is one
# place, whatever its region is called. Units: degrees.
_CLOSE_NORTH, _CLOSE_EAST = 0.7, 1.0


def _town(column: str) -> str:
    """SQL of a city's name without a region or a district's number behind it (`Austin, TX`, `Paris 11e`)."""
    return f"coalesce(trim(part_of(folded({column}), '^([^,0-9]+)')), folded({column}))"


def locate(store: Engine) -> None:
    """Fill in latitude and longitude of `subject`, and write its country as two letters.

    Why: US postal codes are placed by their first three digits (tens of kilometres off at most in towns), any other
    city by the median of what sign-in vendors say for that city, under whichever of its names; who lives in neither
    stays unplaced, and their location claim untested, rather than placed by a country. So does whose home in HR is the
    company's own door, which HR writes where it has nothing else.
    """
    _names(store)
    _cities(store)
    _place(store)
    same = "p.company = subject.company AND p.subject_id = subject.subject_id"
    store.fill_in("subject", {"latitude": "p.latitude", "longitude": "p.longitude"}, "placed AS p", same)
    store.fill_in("subject", {"country": "k.code"}, "country_code AS k", "k.spelling = folded(subject.country)")


def _names(store: Engine) -> None:
    places, regions, cities = rows("us_places"), rows("regions"), rows("city_names")
    store.load(
        "us_place",
        {c: [p[c] for p in places] for c in ("zip3", "latitude", "longitude")},
        {"zip3": "VARCHAR", "latitude": "DOUBLE", "longitude": "DOUBLE"},
    )
    store.load(
        "region_name",
        {
            "code": [r["region"].lower() for r in regions] + [r["name"].lower() for r in regions],
            "region": [r["region"].lower() for r in regions] * 2,
            "country": [r["country"] for r in regions] * 2,
        },
        {"code": "VARCHAR", "region": "VARCHAR", "country": "VARCHAR"},
    )
    names = ("spelling", "country", "city")
    store.load("city_name", {n: [c[n] for c in cities] for n in names}, dict.fromkeys(names, "VARCHAR"))


def _cities(store: Engine) -> None:
    """`city_place`: cities by region, as vendors place them; `city_anywhere`: those whose region need not be known."""
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE city_place AS
        WITH seen AS (SELECT {_town("city")} AS city, folded(region) AS region, CASE WHEN matches(country, '^[A-Z][A-Z]$') THEN country END AS country, latitude, longitude
                      FROM value_fact WHERE kind = 'ip' AND city IS NOT NULL AND latitude IS NOT NULL)
        SELECT coalesce(e.city, f.city) AS city, f.country, coalesce(n.region, f.region, '') AS region,
               n.region IS NOT NULL AS is_known, median(f.latitude) AS latitude, median(f.longitude) AS longitude
        FROM seen AS f
        LEFT JOIN region_name AS n ON n.code = f.region AND n.country = coalesce(f.country, n.country)
        LEFT JOIN city_name AS e ON e.spelling = f.city AND e.country = f.country GROUP BY ALL"""
    )
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE city_anywhere AS
        SELECT city, country, bool_or(is_known) AS is_known, median(latitude) AS latitude, median(longitude) AS longitude
        FROM city_place WHERE country IS NOT NULL GROUP BY city, country
        HAVING max(latitude) - min(latitude) <= {_CLOSE_NORTH} AND max(longitude) - min(longitude) <= {_CLOSE_EAST}"""
    )


def _place(store: Engine) -> None:
    """`placed`: where the home lies of each subject who has one. Order: by what is most certain first."""
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE home AS
        WITH told AS (
          SELECT t.company, t.subject_id, t.postal_code, t.country, {_town("t.city")} AS city, folded(coalesce(t.region, part_of(t.city, ',([^,]+)$'))) AS region FROM subject AS t
          LEFT JOIN value_fact AS d ON d.kind = 'postal_address' AND d.value = t.address WHERE (d.infrastructure_of = t.company) IS NOT TRUE)
        SELECT s.company, s.subject_id, s.postal_code, s.country AS said, k.code AS country, s.region IS NULL AS is_bare,
               coalesce(e.city, s.city) AS city, coalesce(n.region, s.region, '') AS region, n.region IS NOT NULL AS is_known
        FROM told AS s
        LEFT JOIN country_code AS k ON k.spelling = folded(s.country)
        LEFT JOIN region_name AS n ON n.code = s.region AND n.country = coalesce(k.code, n.country)
        LEFT JOIN city_name AS e ON e.spelling = s.city AND e.country = k.code"""
    )
    store.execute(
        """CREATE OR REPLACE TEMP TABLE placed AS
        SELECT s.company, s.subject_id, coalesce(z.latitude, c.latitude, a.latitude, r.latitude, o.latitude) AS latitude,
               coalesce(z.longitude, c.longitude, a.longitude, r.longitude, o.longitude) AS longitude
        FROM home AS s
        LEFT JOIN us_place AS z ON matches(trim(s.postal_code), '^[0-9]{5}(-[0-9]{4})?$') AND z.zip3 = substr(trim(s.postal_code), 1, 3)
             AND (s.said IS NULL OR s.country = 'US')
        LEFT JOIN city_place AS c ON c.city = s.city AND c.region = s.region AND c.country = s.country
        LEFT JOIN city_anywhere AS a ON a.city = s.city AND a.country = s.country AND NOT (a.is_known AND s.is_known)
        -- Where either side names no country that is known.
        LEFT JOIN (SELECT city, region, any_value(latitude) AS latitude, any_value(longitude) AS longitude, bool_and(country IS NULL) AS is_nowhere
                   FROM city_place GROUP BY city, region HAVING count(*) = 1) AS r ON r.city = s.city AND r.region = s.region AND (s.country IS NULL OR r.is_nowhere)
        LEFT JOIN (SELECT city, any_value(latitude) AS latitude, any_value(longitude) AS longitude, bool_and(country IS NULL) AS is_nowhere
                   FROM city_place GROUP BY city HAVING count(*) = 1) AS o ON o.city = s.city AND s.is_bare AND (s.country IS NULL OR o.is_nowhere)"""
    )


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
