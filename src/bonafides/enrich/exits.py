"""Networks and addresses that nobody names but where people of anywhere come out: told by where else the same people are."""

from bonafides.enrich.addresses import block
from bonafides.store.engine import Engine

# So many people of so many companies on so many of its addresses, before a network is taken for a crowd's.
PEOPLE, COMPANIES, ADDRESSES = 6, 4, 3
# So often between home and there, before it is no journey.
SPELLS = 3
# Near enough to be somebody's own town, and too far to be.
NEAR_KM, FAR_KM = 100, 200


def learn(store: Engine) -> None:
    """Call addresses of no known kind `proxy` that lie far from four in five of the people seen there, two in five of
    whom go there from their own homes and back, time and again: all those of a network, or one alone.

    Shape: a network is an autonomous system, or where no vendor says which, a block (256 addresses of IPv4, a /48).
    Who goes to one address of it says nothing of the others.
    Why: a VPN's exit is where its customers are not, and on other days they are seen on their lines at home. The
    customers of a home line's provider live near by; travellers leave once and come back; the people behind a farm's
    line, and on the exits that mostly stand-ins use, are never seen where they say that they live.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE crowd AS
        WITH seen AS (
          SELECT DISTINCT g.company, g.subject_id, g.day, f.value, f.holders, f.network, km(s.latitude, s.longitude, f.latitude, f.longitude) AS away,
                 {_network_of("f")} AS network_of
          FROM sighting AS g JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
          JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
          WHERE g.kind = 'ip' AND f.latitude IS NOT NULL AND s.latitude IS NOT NULL),
        home AS (SELECT DISTINCT company, subject_id, day FROM seen WHERE away <= {NEAR_KM}),
        asked AS (
          SELECT network_of AS place, false AS is_alone, value, company, subject_id, day, away FROM seen WHERE network IS NULL AND network_of IS NOT NULL
          UNION ALL SELECT value, true, value, company, subject_id, day, away FROM seen WHERE network IS NULL AND holders >= {PEOPLE}),
        there AS (SELECT place, company, subject_id, day, min(away) AS away FROM asked GROUP BY place, company, subject_id, day),
        placed AS (
          SELECT place, company, subject_id, day, away FROM there
          UNION ALL SELECT t.place, h.company, h.subject_id, h.day, NULL FROM home AS h
          JOIN (SELECT DISTINCT place, company, subject_id FROM there) AS t ON t.company = h.company AND t.subject_id = h.subject_id),
        -- A day at home is no distance away. A spell begins where somebody was at home since the day there before.
        walked AS (
          SELECT *, max(CASE WHEN away IS NULL THEN day END) OVER w AS home_before, max(CASE WHEN away IS NOT NULL THEN day END) OVER w AS there_before FROM placed
          WINDOW w AS (PARTITION BY place, company, subject_id ORDER BY day, CASE WHEN away IS NULL THEN 0 ELSE 1 END ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
        person AS (
          SELECT place, company, subject_id, min(away) AS away,
                 count_if(away IS NOT NULL AND home_before >= there_before) >= {SPELLS} - 1 AS is_home
          FROM walked GROUP BY place, company, subject_id),
        told AS (
          SELECT place, count(*) AS people, count(DISTINCT company) AS companies, count_if(away > {FAR_KM}) AS far,
                 count_if(away > {FAR_KM} AND is_home) AS at_home
          FROM person GROUP BY place),
        held AS (SELECT place, is_alone, value, count(DISTINCT company || chr(31) || subject_id) AS people FROM asked GROUP BY place, is_alone, value),
        spread AS (SELECT place, is_alone, count(*) AS addresses, max(people) AS most FROM held GROUP BY place, is_alone)
        SELECT t.place FROM told AS t JOIN spread AS a ON a.place = t.place
        WHERE t.people >= {PEOPLE} AND t.companies >= {COMPANIES} AND t.far * 5 >= t.people * 4 AND t.at_home * 5 >= t.people * 2
          AND (a.is_alone OR (a.addresses >= {ADDRESSES} AND a.most * 2 <= t.people))"""
    )
    for place in (_network_of("value_fact"), "value_fact.value"):
        is_there = f"value_fact.kind = 'ip' AND value_fact.network IS NULL AND {place} = c.place"
        store.fill_in("value_fact", {"network": "'proxy'"}, "crowd AS c", is_there)


def _network_of(row: str) -> str:
    return f"coalesce('AS' || CAST({row}.asn AS VARCHAR), {block(f'{row}.value')})"
