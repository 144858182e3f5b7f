"""SELECTs behind a report: who is listed, and what the run has on each of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bonafides.store.duckdb import Store, quoted

Subject = tuple[str, str]
Rows = Mapping[Subject, Sequence[Mapping[str, Any]]]

# Beyond these a page cannot be read any more; how many are left out is said.
MOST_FULL = 500
MOST_WATCHED = 200

RANK = "CASE tier WHEN 'urgent' THEN 1 WHEN 'review' THEN 2 WHEN 'watch' THEN 3 ELSE 4 END"
# Everybody to look at, and every member of a network; then those to keep an eye on, least genuine first.
LISTED = f"""
WITH ranked AS (
  SELECT *, tier IN ('urgent', 'review') OR network_id IS NOT NULL AS is_full, {RANK} AS rank FROM assessment
  WHERE tier IN ('urgent', 'review', 'watch') OR network_id IS NOT NULL),
placed AS (
  SELECT *, row_number() OVER (PARTITION BY is_full ORDER BY rank, CASE WHEN rank = 3 THEN genuine ELSE -stand_in END,
         company, subject_id) AS place FROM ranked),
listed AS (
  SELECT * FROM placed WHERE (is_full AND place <= {MOST_FULL}) OR (NOT is_full AND place <= {MOST_WATCHED}))
"""
_LISTED_KEY = "x.company = l.company AND x.subject_id = l.subject_id"


def listed(store: Store) -> list[dict[str, Any]]:
    """Assessments of everybody on the worklist, in its order."""
    return store.rows(
        f"{LISTED} SELECT l.*, s.engagement, s.work_arrangement, s.agency, s.started_on, s.ended_on, "
        "s.first_at, s.last_at FROM listed AS l "
        "LEFT JOIN subject AS s ON s.company = l.company AND s.subject_id = l.subject_id "
        "ORDER BY l.rank, l.is_full DESC, l.place"
    )


def left_out(store: Store) -> dict[bool, int]:
    """How many are left off the worklist, by whether they are more than watched."""
    rows = store.rows(
        f"{LISTED} SELECT is_full, count(*) - (SELECT count(*) FROM listed AS l WHERE l.is_full = p.is_full) AS n "
        "FROM placed AS p GROUP BY is_full"
    )
    return {row["is_full"]: row["n"] for row in rows}


def _grouped(rows: Sequence[dict[str, Any]]) -> dict[Subject, list[dict[str, Any]]]:
    found: dict[Subject, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["company"], row["subject_id"]].append(row)
    return found


def contributions(store: Store) -> Rows:
    """Summands of each listed score in the order in which they are shown."""
    return _grouped(
        store.rows(
            f"{LISTED} SELECT x.* FROM contribution AS x JOIN listed AS l ON {_LISTED_KEY} ORDER BY x.company, "
            "x.subject_id, CASE x.step WHEN 'prior' THEN 1 WHEN 'finding' THEN 2 WHEN 'tie' THEN 3 ELSE 4 END, "
            "NOT x.is_counted, x.stand_in DESC, x.what, x.value"
        )
    )


def findings(store: Store) -> Rows:
    """Findings about the listed."""
    return _grouped(
        store.rows(
            f"{LISTED} SELECT x.* FROM finding AS x JOIN listed AS l ON {_LISTED_KEY} "
            "ORDER BY x.company, x.subject_id, x.indicator, x.first_at, x.value, x.because"
        )
    )


def kinds_of(store: Store, values: Sequence[str]) -> dict[str, str]:
    """Kinds of values, as far as any record held them as such."""
    if not values or "sighting" not in store.tables():
        return {}
    wanted = ", ".join(quoted(value) for value in sorted(set(values)))
    return {
        row["value"]: row["kind"]
        for row in store.rows(f"SELECT value, min(kind) AS kind FROM sighting WHERE value IN ({wanted}) GROUP BY value")
    }


# Written on things and papers, so that they may turn up in free text.
_NAMED = (
    ("subject", "given_name"), ("subject", "family_name"), ("worker", "given_name"), ("worker", "family_name"),
    ("application", "given_name"), ("application", "family_name"), ("payee", "holder_name"), ("shipment", "recipient"),
    ("commit", "author_name"),
)  # fmt: skip


def names(store: Store) -> list[str]:
    """Every name of a person that the records hold."""
    there = store.tables()
    texts = [f"SELECT {column} AS name FROM {table}" for table, column in _NAMED if table in there]
    return [
        r["name"]
        for r in store.rows(f"SELECT name FROM ({' UNION '.join(texts)}) WHERE name IS NOT NULL ORDER BY name")
    ]


def ties(store: Store) -> Rows:
    """Values that listed people share with others, with the others' subjects side by side."""
    ends = " UNION ALL ".join(
        f"SELECT {a}_company AS company, {a} AS subject_id, {b}_company AS other_company, {b} AS other, kind, value, "
        "family, holders, overlap_days, distance_km, weight, share, explained_by FROM tie"
        for a, b in (("a", "b"), ("b", "a"))
    )
    return _grouped(
        store.rows(
            f"{LISTED}, ends AS ({ends}) "
            "SELECT x.* FROM ends AS x JOIN listed AS l ON x.company = l.company AND x.subject_id = l.subject_id "
            "WHERE l.is_full ORDER BY x.company, x.subject_id, x.explained_by NULLS FIRST, x.weight DESC, x.kind, "
            "x.value, x.other_company, x.other"
        )
    )


# (table that must be there, SELECT of company, subject_id, day, lane, what, detail, kind)
_EVENTS: tuple[tuple[str, str], ...] = (
    ("subject", "SELECT company, subject_id, started_on AS day, 'engagement' AS lane, 'engagement began' AS what, "
     "CAST(NULL AS VARCHAR) AS detail, CAST(NULL AS VARCHAR) AS kind FROM subject WHERE started_on IS NOT NULL"),
    ("subject", "SELECT company, subject_id, ended_on, 'engagement', 'engagement ended', NULL, NULL FROM subject "
     "WHERE ended_on IS NOT NULL"),
    ("application", "SELECT company, subject_id, CAST(applied_at AS DATE), 'engagement', 'applied', NULL, NULL "
     "FROM application WHERE applied_at IS NOT NULL"),
    ("interview", "SELECT company, subject_id, CAST(occurred_at AS DATE), 'check', 'interview', channel, NULL "
     "FROM interview"),
    ("verification", "SELECT company, subject_id, CAST(occurred_at AS DATE), 'check', 'check', "
     "kind || ': ' || outcome, NULL FROM verification WHERE occurred_at IS NOT NULL"),
    ("shipment", "SELECT company, subject_id, shipped_on, 'equipment', CASE WHEN redirect_street IS NOT NULL OR "
     "redirect_postal_code IS NOT NULL THEN 'equipment sent, and redirected on the way' ELSE 'equipment sent' END, "
     "NULL, NULL FROM shipment WHERE shipped_on IS NOT NULL"),
    ("shipment", "SELECT company, subject_id, delivered_on, 'equipment', 'equipment delivered', NULL, NULL "
     "FROM shipment WHERE delivered_on IS NOT NULL"),
    ("device", "SELECT company, subject_id, returned_on, 'equipment', 'computer given back', NULL, NULL FROM device "
     "WHERE returned_on IS NOT NULL"),
    ("sighting", "SELECT company, subject_id, day, 'pay', 'pay asked to', value, kind FROM sighting "
     "WHERE via IN ('payee:account_token', 'payee:wallet')"),
    ("payment", "SELECT company, subject_id, min(paid_on), 'pay', 'first pay', NULL, NULL FROM payment "
     "GROUP BY company, subject_id"),
    ("payment", "SELECT company, subject_id, max(paid_on), 'pay', 'last pay, ' || count(*) || ' in all', NULL, NULL "
     "FROM payment GROUP BY company, subject_id HAVING count(*) > 1"),
    ("credential", "SELECT company, subject_id, CAST(occurred_at AS DATE), 'access', 'login factor ' || "
     "lower(coalesce(action, 'changed')), factor, NULL FROM credential"),
    ("sighting", "SELECT company, subject_id, min(day), 'access', 'first use of the account', NULL, NULL FROM sighting "
     "WHERE via IN ('sign_in:ip', 'activity:ip') GROUP BY company, subject_id"),
    ("sighting", "SELECT company, subject_id, max(day), 'access', 'last use of the account', NULL, NULL FROM sighting "
     "WHERE via IN ('sign_in:ip', 'activity:ip') GROUP BY company, subject_id"),
)  # fmt: skip


def events(store: Store) -> Rows:
    """Dated events of the listed, oldest first. Shape: `detail` is raw, and a value where `kind` names one."""
    there = store.tables()
    texts = [f"({text})" for table, text in _EVENTS if table in there]
    return _grouped(
        store.rows(
            f"{LISTED}, dated AS ({' UNION ALL '.join(texts)}) "
            "SELECT DISTINCT x.* FROM dated AS x JOIN listed AS l ON x.company = l.company AND "
            "x.subject_id = l.subject_id WHERE l.is_full AND x.day IS NOT NULL "
            "ORDER BY x.company, x.subject_id, x.day, x.lane, x.what, x.detail, x.kind"
        )
    )


def networks(store: Store) -> list[dict[str, Any]]:
    """Networks, largest first."""
    return store.rows("SELECT * FROM network ORDER BY members DESC, network_id")


def members(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Members of each network in the order of the worklist."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in store.rows(
        f"SELECT m.network_id, m.company, m.subject_id, m.probability, a.subject_kind, a.tier, a.wages, s.started_on, "
        f"s.ended_on FROM network_member AS m JOIN assessment AS a ON a.company = m.company "
        f"AND a.subject_id = m.subject_id LEFT JOIN subject AS s ON s.company = m.company AND "
        f"s.subject_id = m.subject_id ORDER BY m.network_id, {RANK}, m.probability DESC, m.company, m.subject_id"
    ):
        found[row["network_id"]].append(row)
    return found


def hubs(store: Store) -> Iterator[tuple[str, dict[str, Any]]]:
    """Values that members of one network share: (network, hub with its holders there), the widest first."""
    held: dict[tuple[str, int], list[Subject]] = defaultdict(list)
    for row in store.rows(
        "SELECT m.network_id, h.hub, m.company, m.subject_id FROM network_member AS m JOIN hub_member AS h ON "
        "h.company = m.company AND h.subject_id = m.subject_id ORDER BY ALL"
    ):
        held[row["network_id"], row["hub"]].append((row["company"], row["subject_id"]))
    about = {row["hub"]: row for row in store.rows(_HUBS)}
    order = sorted(held, key=lambda k: (k[0], -len(held[k]), -about[k[1]]["weight"], k[1]))
    for network_id, hub in order:
        if len(held[network_id, hub]) > 1:
            yield network_id, {**about[hub], "held_by": held[network_id, hub]}


_HUBS = """
WITH received AS (
  SELECT kind, value, sum(amount) AS received FROM sighting
  WHERE kind = 'bank_account' AND via = 'payment:account_token' GROUP BY kind, value)
SELECT u.hub, u.kind, u.value, u.parties, u.share, u.weight, r.received FROM hub AS u
LEFT JOIN received AS r ON r.kind = u.kind AND r.value = u.value ORDER BY u.hub"""


def standings(store: Store, claims: Sequence[str]) -> list[dict[str, Any]]:
    """How many people each claim came out how for."""
    has = "';' || coalesce({0}, '') || ';' LIKE '%;{1};%'"
    found = []
    for claim in claims:
        held = {s: has.format(s, claim) for s in ("corroborated", "contradicted", "untested")}
        counts = ", ".join(f"count(*) FILTER ({sql}) AS {name}" for name, sql in held.items())
        quiet = f"count(*) FILTER (NOT ({' OR '.join(held.values())})) AS quiet"
        found.append({"claim": claim, **store.rows(f"SELECT {counts}, {quiet} FROM assessment")[0]})
    return found
