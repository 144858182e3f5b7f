"""Values that several subjects hold, as pairs of subjects, with what innocently joins each pair."""

from collections.abc import Mapping

from bonafides.kinds.base import Kind
from bonafides.store.engine import Engine

# Beyond so many holders no pairs are made: the number of pairs grows with the square. The hub itself stays.
MOST_PAIRED = 150
# Of an address that more held than these, who used it without the other being there share nothing worth a pair.
SUCCEEDING = 10
# Homes further apart than this cannot be one street or one town.
FAR_KM = 100
# Days of seeing one address together that visits, hotels and conferences seldom reach.
LASTING_DAYS = 6
# Of who is seldom seen: the part of all days on lines that two spend on one and the same; visitors spend most elsewhere.
MAIN_LINE = 0.5

# What people of one home do not share by living together: whose work and past it is.
PERSONAL = ("resume", "profile", "signing_key")
_PERSONAL = ", ".join(f"'{kind}'" for kind in PERSONAL)

# Networks whose addresses strangers share by design, as they do a carrier's counter; the same as SQL.
EXITS = frozenset({"proxy", "hosting", "relay", "mobile", "education", "business"})
LISTED_EXITS = ", ".join(f"'{network}'" for network in sorted(EXITS))

ROLES = """CASE
  WHEN via IN ('application:reference_phones', 'application:reference_emails') THEN 'referee'
  WHEN via IN ('shipment:address', 'shipment:redirect_address') THEN 'delivery'
  WHEN via IN ('worker:address', 'application:address') THEN 'home'
  WHEN via IN ('credential:phone', 'credential:email') THEN 'factor'
  WHEN via IN ('application:ip', 'interview:ip', 'application:user_agent') THEN 'apply'
  ELSE 'own' END"""


def share(store: Engine, kinds: Mapping[str, Kind]) -> None:
    """`holding`, `shared`, `on_lines` and `pair`: who holds which shared value, and who thereby meets whom.

    Shape: holding(kind, value, company, subject_id, person, party, ...), shared(kind, value, counts), pair(kind,
    value, a, b, ...).
    """
    _holdings(store, [name for name, kind in kinds.items() if kind.ties])
    _on_lines(store)
    _pairs(store)


def _holdings(store: Engine, kinds: list[str]) -> None:
    listed = ", ".join(f"'{k}'" for k in kinds)
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE holding AS
        WITH several AS (
          SELECT kind, value FROM sighting WHERE kind IN ({listed}) GROUP BY kind, value
          HAVING min(company || chr(31) || subject_id) <> max(company || chr(31) || subject_id)),
        held AS (
          SELECT kind, value, company, subject_id, {ROLES} AS role, min(first_at) AS first_at, max(last_at) AS last_at,
                 count(DISTINCT day) AS active_days, min_by(first_ref, in_order(coalesce(first_at, TIMESTAMP '1970-01-01'), first_ref)) AS ref
          FROM sighting SEMI JOIN several USING (kind, value) GROUP BY ALL),
        main AS (
          SELECT *, row_number() OVER (PARTITION BY kind, value, company, subject_id ORDER BY CASE role WHEN 'own' THEN 1 WHEN 'home' THEN 2
                 WHEN 'factor' THEN 3 WHEN 'delivery' THEN 4 WHEN 'apply' THEN 5 ELSE 6 END) AS place FROM held),
        span AS (SELECT kind, value, company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, sum(active_days) AS active_days, min(ref) AS ref
                 FROM held GROUP BY ALL)
        SELECT p.*, m.role, s.person, o.agency, s.address, s.latitude, s.longitude, s.is_vouched, s.work_arrangement,
               coalesce(s.person, p.company || chr(31) || p.subject_id) AS who,
               o.party, o.home
        FROM span AS p
        JOIN main AS m ON m.kind = p.kind AND m.value = p.value AND m.company = p.company AND m.subject_id = p.subject_id AND m.place = 1
        JOIN subject AS s ON s.company = p.company AND s.subject_id = p.subject_id
        JOIN party_of AS o ON o.company = p.company AND o.subject_id = p.subject_id"""
    )
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE shared AS
        SELECT h.kind, h.value, count(*) AS holders, count(DISTINCT who) AS persons, count(DISTINCT party) AS parties, count(DISTINCT company) AS companies,
               max_by(role, in_order(n, role)) AS role, max(f.infrastructure_of) AS infrastructure_of,
               coalesce(max(f.network) IN ({LISTED_EXITS}), false) OR matches(coalesce(max(f.lists), ''), 'pick_up_points|payout_services') AS is_exit,
               max(f.network) IS NULL AND max(f.latitude) IS NULL AS is_unknown
        FROM (SELECT *, count(*) OVER (PARTITION BY kind, value, role) AS n FROM holding) AS h
        LEFT JOIN value_fact AS f ON f.kind = h.kind AND f.value = h.value GROUP BY h.kind, h.value"""
    )


def _on_lines(store: Engine) -> None:
    """`on_lines`: the days on which somebody was seen on lines, and on how many of them on one that nobody else uses."""
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE on_lines AS
        SELECT g.company, g.subject_id, count(DISTINCT g.day) AS days, count(DISTINCT CASE WHEN coalesce(v.persons, 1) = 1 THEN g.day END) AS own_days
        FROM sighting AS g LEFT JOIN shared AS v ON v.kind = g.kind AND v.value = g.value
        LEFT JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
        WHERE g.kind = 'ip' AND f.infrastructure_of IS NULL AND coalesce(f.network, '') NOT IN ({LISTED_EXITS}) GROUP BY g.company, g.subject_id"""
    )


def _pairs(store: Engine) -> None:
    """Pairs of one value, with the days on which one used it between the other's first and last use of it.

    Shape: `overlap_days` for the one value, `pair_days` summed over all addresses of lines (not exits) of the pair.
    Same person, agency and home explain; so does the company whose value it is, and succession, of which there is no
    pair where many succeeded each other: of 195,824 subjects 21 of 23 million pairs were such.
    Why: people sign in on some days only, so two who use one line for weeks may share no day; an address that was
    leased to somebody else before or after is used in between by neither. A line changes its address every few weeks,
    so how long two people share one is seen over all its addresses.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE together AS
        WITH days AS (
          SELECT DISTINCT g.kind, g.value, g.company, g.subject_id, g.day FROM sighting AS g
          JOIN shared AS v ON v.kind = g.kind AND v.value = g.value
          WHERE g.kind = 'ip' AND v.holders <= {MOST_PAIRED} AND v.infrastructure_of IS NULL),
        spans AS (SELECT kind, value, company, subject_id, min(day) AS first_on, max(day) AS last_on FROM days GROUP BY ALL),
        within AS (
          SELECT x.kind, x.value, x.company AS x_company, x.subject_id AS x, y.company AS y_company, y.subject_id AS y, x.day
          FROM days AS x JOIN spans AS y ON y.kind = x.kind AND y.value = x.value AND x.day BETWEEN y.first_on AND y.last_on
           AND (x.company, x.subject_id) <> (y.company, y.subject_id)),
        ordered AS (
          SELECT kind, value, x_company AS a_company, x AS a, y_company AS b_company, y AS b, day FROM within WHERE (x_company, x) < (y_company, y)
          UNION SELECT kind, value, y_company, y, x_company, x, day FROM within WHERE (y_company, y) < (x_company, x))
        SELECT kind, value, a_company, a, b_company, b, count(*) AS days FROM ordered GROUP BY ALL"""
    )
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE pair AS
        WITH lines AS (
          SELECT t.a_company, t.a, t.b_company, t.b, sum(t.days) AS days FROM together AS t
          JOIN shared AS v ON v.kind = t.kind AND v.value = t.value WHERE NOT v.is_exit GROUP BY ALL)
        SELECT x.kind, x.value, x.company AS a_company, x.subject_id AS a, y.company AS b_company, y.subject_id AS b,
               CASE WHEN x.kind = 'ip' THEN coalesce(t.days, 0)
                    ELSE greatest(0, days_between(greatest(x.first_at, y.first_at), least(x.last_at, y.last_at)) + 1) END AS overlap_days,
               CASE WHEN v.is_exit THEN coalesce(t.days, 0) ELSE coalesce(l.days, t.days, 0) END AS pair_days,
               CASE WHEN x.kind = 'ip' AND NOT v.is_exit THEN coalesce(l.days, 0) * 1e0 / greatest(1, least(p.days, q.days)) ELSE 0.0 END AS pair_part,
               km(x.latitude, x.longitude, y.latitude, y.longitude) AS distance_km,
               CASE WHEN x.person = y.person THEN 'person'
                    WHEN x.agency = y.agency THEN 'agency'
                    WHEN v.infrastructure_of IS NOT NULL OR (x.kind = 'device_serial' AND x.company = y.company) THEN 'company'
                    WHEN x.home = y.home AND x.kind NOT IN ({_PERSONAL}) THEN 'household'
                    WHEN x.kind = 'ip' AND coalesce(t.days, 0) = 0 THEN 'succession' END AS explained_by,
               least(x.first_at, y.first_at) AS first_at, greatest(x.last_at, y.last_at) AS last_at, x.ref AS a_ref, y.ref AS b_ref
        FROM holding AS x JOIN holding AS y ON y.kind = x.kind AND y.value = x.value AND (x.company, x.subject_id) < (y.company, y.subject_id)
        JOIN shared AS v ON v.kind = x.kind AND v.value = x.value AND v.holders <= {MOST_PAIRED}
        LEFT JOIN together AS t ON t.kind = x.kind AND t.value = x.value AND t.a_company = x.company AND t.a = x.subject_id
             AND t.b_company = y.company AND t.b = y.subject_id
        LEFT JOIN lines AS l ON x.kind = 'ip' AND l.a_company = x.company AND l.a = x.subject_id AND l.b_company = y.company AND l.b = y.subject_id
        LEFT JOIN on_lines AS p ON x.kind = 'ip' AND p.company = x.company AND p.subject_id = x.subject_id
        LEFT JOIN on_lines AS q ON x.kind = 'ip' AND q.company = y.company AND q.subject_id = y.subject_id
        WHERE x.kind <> 'ip' OR t.days > 0 OR v.holders <= {SUCCEEDING}"""
    )
