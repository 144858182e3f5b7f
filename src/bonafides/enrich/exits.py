"""Networks and addresses that nobody names but where people of anywhere come out: told by where else the same people are."""

from bonafides.enrich.addresses import block
from bonafides.store.engine import Engine

# So many people of so many companies on so many of its addresses, before a network is taken for a crowd's.
PEOPLE, COMPANIES, ADDRESSES = 6, 4, 3
# So often between home and there, before it is no journey.
SPELLS = 3
# Near enough to be somebody's own town, and too far to be.
NEAR_KM, FAR_KM = 100, 200
# SQL of what an autonomous system is called among networks.
_SYSTEM = "'AS' || CAST(asn AS VARCHAR)"


def learn(store: Engine) -> None:
    """Call addresses of no known kind `proxy` that lie far from four in five of the people seen there, where two in five
    of them go from their own homes and back, time and again: all those of an autonomous system or of a block, or one
    alone; or where the people of a block are on an address of their own each day, or two at one.

    Shape: a block is 256 addresses of IPv4, or a /48. Who goes to one address of a network says nothing of the others.
    Why: a VPN's exit is where its customers are not, and on other days they are seen on their lines at home. The
    customers of a home line's provider live near by; travellers leave once and come back; the people behind a farm's
    line, and on the exits that mostly stand-ins use, are never seen where they say that they live. But all behind a line
    have the same address at a time; and so few households as a block serves are not those of people of several
    companies who all claim to live elsewhere, which those of a whole system may be.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE crowd AS
        WITH seen AS (
          SELECT DISTINCT g.company, g.subject_id, g.day, f.value, f.holders, f.network, km(s.latitude, s.longitude, f.latitude, f.longitude) AS away,
                 f.asn, {block("f.value")} AS block
          FROM sighting AS g JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
          JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
          WHERE g.kind = 'ip' AND f.latitude IS NOT NULL AND s.latitude IS NOT NULL),
        home AS (SELECT DISTINCT company, subject_id, day FROM seen WHERE away <= {NEAR_KM}),
        each AS (
          SELECT {_SYSTEM} AS place, 'system' AS extent, value, company, subject_id, day, away FROM seen WHERE network IS NULL AND asn IS NOT NULL
          UNION ALL SELECT block, 'block', value, company, subject_id, day, away FROM seen WHERE network IS NULL AND block IS NOT NULL
          UNION ALL SELECT value, 'alone', value, company, subject_id, day, away FROM seen WHERE network IS NULL AND holders >= {PEOPLE}),
        many AS (
          SELECT place FROM each GROUP BY place
          HAVING count(DISTINCT company || chr(31) || subject_id) >= {PEOPLE} AND count(DISTINCT company) >= {COMPANIES}),
        asked AS (SELECT * FROM each SEMI JOIN many USING (place)),
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
        daily AS (
          SELECT place, day, count(DISTINCT value) AS addresses, count(DISTINCT company || chr(31) || subject_id) AS people FROM asked WHERE extent = 'block'
          GROUP BY place, day),
        apart AS (SELECT place FROM daily WHERE people > 1 GROUP BY place HAVING sum(addresses) * 2 >= sum(people)),
        told AS (
          SELECT place, count(*) AS people, count_if(away > {FAR_KM}) AS far, count_if(away > {FAR_KM} AND is_home) AS at_home
          FROM person GROUP BY place),
        held AS (SELECT place, extent, value, count(DISTINCT company || chr(31) || subject_id) AS people FROM asked GROUP BY place, extent, value),
        spread AS (SELECT place, extent, count(*) AS addresses, max(people) AS most FROM held GROUP BY place, extent)
        SELECT t.place FROM told AS t JOIN spread AS a ON a.place = t.place LEFT JOIN apart AS e ON e.place = t.place
        WHERE t.far * 5 >= t.people * 4
          AND (t.at_home * 5 >= t.people * 2 OR e.place IS NOT NULL) AND (a.extent = 'alone' OR (a.addresses >= {ADDRESSES} AND a.most * 2 <= t.people))"""
    )
    for place in (_SYSTEM, block("value"), "value"):
        is_there = f"value_fact.kind = 'ip' AND value_fact.network IS NULL AND {place} = c.place"
        store.fill_in("value_fact", {"network": "'proxy'"}, "crowd AS c", is_there)
