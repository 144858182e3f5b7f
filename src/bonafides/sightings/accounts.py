"""Whose account is whose: what logs call the people of a company."""

from collections.abc import Sequence

from bonafides.kinds.base import placeholders
from bonafides.records.base import Table
from bonafides.sightings import account_forms
from bonafides.store.engine import Engine

# Where a handle is anybody's to choose, as the domain of its profiles and the beginning of what its sources are called.
_CODE_HOSTS = ("github", "gitlab")
# What marks a full name among accounts, so that nobody's account is called so.
_FULL_NAME = "name:"


def derive(store: Engine, tables: Sequence[Table]) -> None:
    """`account`: what logs call somebody -> worker, as HR states it and as a company's habits tell, of tables with rows."""
    _stated(store)
    if _logged(store, tables):
        _other_domains(store)
        account_forms.learn(store)


def _stated(store: Engine) -> None:
    """`account`, as HR and applications state it. A work account wins over a private address; the latest engagement
    over earlier ones. What stands before the @ of one worker's accounts alone is that worker too, where a log names
    accounts by it and it names no role (`admin` may be a program's), and so is the full name that one worker alone has;
    on public code hosts it may be anybody's, and whose profile an application gave is the worker that came of it.
    """
    roles = ", ".join(f"'{name}'" for name in sorted(placeholders("email")))
    profiles = " UNION ALL ".join(
        f"SELECT company, '{host}:' || part_of(lower(profile_urls), '{host}[.]com/([a-z0-9._-]+)') AS handle, worker_id FROM hired"
        for host in _CODE_HOSTS
    )
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE account AS
        WITH engaged AS (
          SELECT w.company, k.worker_id, lower(trim(w.work_email)) AS work, lower(trim(w.personal_email)) AS private,
                 part_of(lower(trim(w.work_email)), '^([^@]+)@') AS name, folded(w.given_name) AS given, folded(w.family_name) AS family, w.started_on FROM worker AS w
          JOIN known_worker AS k ON k.company = w.company AND k.known_as = w.worker_id),
        hired AS (
          SELECT t.company, h.worker_id, t.profile_urls FROM application AS t
          JOIN hired_applicant AS h ON h.company = t.company AND h.application_id = t.application_id),
        stated AS (
          SELECT company, work AS account, worker_id, started_on, 1 AS rank FROM engaged WHERE work IS NOT NULL
          UNION ALL
          SELECT company, private, worker_id, started_on, 2 FROM engaged WHERE private IS NOT NULL
          UNION ALL
          SELECT company, name, min(worker_id), max(started_on), 3 FROM engaged WHERE name NOT IN ({roles})
          GROUP BY company, name HAVING count(DISTINCT worker_id) = 1
          UNION ALL
          SELECT company, handle, min(worker_id), CAST(NULL AS DATE), 4 FROM ({profiles}) AS p
          WHERE handle IS NOT NULL GROUP BY company, handle HAVING count(DISTINCT worker_id) = 1
          UNION ALL
          SELECT company, full_name, min(worker_id), CAST(NULL AS DATE), 5 FROM (
            SELECT company, worker_id, '{_FULL_NAME}' || given || ' ' || family AS full_name FROM engaged
            UNION ALL SELECT company, worker_id, '{_FULL_NAME}' || family || ', ' || given FROM engaged) AS n
          WHERE full_name IS NOT NULL GROUP BY company, full_name HAVING count(DISTINCT worker_id) = 1),
        best AS (SELECT company, account, min(rank) AS rank FROM stated GROUP BY company, account)
        SELECT s.company, s.account, max_by(s.worker_id, in_order(coalesce(s.started_on, DATE '1970-01-01'), s.worker_id)) AS worker_id
        FROM stated AS s JOIN best AS b ON b.company = s.company AND b.account = s.account AND b.rank = s.rank
        GROUP BY s.company, s.account"""
    )


def _logged(store: Engine, tables: Sequence[Table]) -> bool:
    """`logged_account`: (company, account), what logs call people, as `account` lists it; False if no log names anybody."""
    ways = [(table.name, way.partition(":")[2]) for table in tables for way in table.reaches if ":" in way]
    seen = " UNION ".join(
        f"SELECT company, {called('t', column)} AS account FROM (SELECT DISTINCT company, source, {column} FROM {name}) AS t"
        for name, column in ways
    )
    if seen:
        store.execute(f"CREATE OR REPLACE TEMP TABLE logged_account AS {seen}")
    return bool(seen)


def _other_domains(store: Engine) -> None:
    """Add to `account` what logs call workers under another domain of the company's: accounts of a domain that is in no
    work address, where three at least, and four in five of them, have the name before the @ of one worker's account alone.

    Why: a tenant's first domain, or the name before a merger, stays in sign-ins for years; strangers' names do not agree so.
    """
    store.execute(
        """CREATE OR REPLACE TEMP TABLE other_domain AS
        WITH own AS (SELECT DISTINCT company, part_of(lower(trim(work_email)), '@([^@]+)$') AS domain FROM worker),
        other AS (
          SELECT s.company, s.account, part_of(s.account, '@([^@]+)$') AS domain, n.worker_id FROM logged_account AS s
          LEFT JOIN account AS a ON a.company = s.company AND a.account = s.account
          LEFT JOIN account AS n ON n.company = s.company AND n.account = part_of(s.account, '^([^@]+)@')
          WHERE a.account IS NULL AND s.account LIKE '%@%'),
        theirs AS (
          SELECT company, domain FROM other AS o WHERE NOT EXISTS (SELECT 1 FROM own AS w WHERE w.company = o.company AND w.domain = o.domain)
          GROUP BY company, domain HAVING count(worker_id) >= 3 AND 5 * count(worker_id) >= 4 * count(*))
        SELECT o.company, o.account, o.worker_id FROM other AS o JOIN theirs AS t ON t.company = o.company AND t.domain = o.domain
        WHERE o.worker_id IS NOT NULL"""
    )
    store.execute("INSERT INTO account SELECT company, account, worker_id FROM other_domain")


def called(row: str, column: str) -> str:
    """SQL of how `account` lists what a log calls somebody: an address as it is, of a domain and a name the name, several
    words as a full name.
    """
    text = f"lower(trim({row}.{column}))"
    hosts = " ".join(
        f"WHEN {text} LIKE '%@users.noreply.{host}.com' THEN '{host}:' || part_of({text}, '([^+]+)@') "
        f"WHEN {row}.source LIKE '{host}%' AND {text} NOT LIKE '%@%' THEN '{host}:' || {text}"
        for host in _CODE_HOSTS
    )
    return (
        f"CASE {hosts} WHEN {text} LIKE '%@%' THEN {text} WHEN matches({text}, '^[^\\\\]+ [^\\\\]+$') "
        f"THEN '{_FULL_NAME}' || folded({row}.{column}) ELSE part_of({text}, '([a-z0-9._-]+)$') END"
    )
