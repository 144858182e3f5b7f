"""Records reach a subject by an id of the worker's, by application, account, parcel or the device's holder at that time."""

from collections.abc import Mapping, Sequence

from bonafides.kinds.base import placeholders
from bonafides.records.base import Table
from bonafides.sightings import account_forms, identifiers
from bonafides.store.engine import Engine
from bonafides.store.filled import with_rows

# An alias held by more people than this is a name that many computers bear ("localhost"), not one computer's.
_MOST_HOLDERS = 8
# Where a handle is anybody's to choose, as the domain of its profiles and the beginning of what its sources are called.
_CODE_HOSTS = ("github", "gitlab")
# What marks a full name among accounts, so that nobody's account is called so.
_FULL_NAME = "name:"


def attribute(store: Engine, tables: Mapping[str, Table]) -> None:
    """Give every record table the column `subject_id`, and count in `unattributed` what reaches nobody.

    Shape: the record tables are replaced by ones with one more column; rows stay as they are.
    """
    there = with_rows(store, tables)
    identifiers.identify(store, tables, there)
    _accounts(store)
    if _logged(store, [tables[name] for name in there]):
        _other_domains(store)
        account_forms.learn(store)
    _holders(store)
    _parcels(store)
    store.execute(
        "CREATE OR REPLACE TABLE unattributed (company VARCHAR, record_table VARCHAR, reason VARCHAR, n BIGINT)"
    )
    _of_application(store)
    for name, table in sorted(tables.items()):
        if name != "application":
            _of_table(store, table, table.reaches if name in there else ())
    left = " UNION ALL ".join(
        f"SELECT company, '{name}', '{_reason(table)}', count(*) FROM {name} WHERE subject_id IS NULL GROUP BY company"
        for name, table in sorted(tables.items())
        if table.reaches
    )
    store.execute(f"INSERT INTO unattributed {left}")


def _reason(table: Table) -> str:
    ways = {
        "worker": "worker",
        "payroll": "worker",
        "application": "application",
        "device": "device with a known holder",
        "parcel": "parcel with a known recipient",
        "account": "account",
    }
    return "no known " + " or ".join(dict.fromkeys(ways[r.split(":")[0]] for r in table.reaches))


def _accounts(store: Engine) -> None:
    """`account`: what logs call somebody -> worker. A work account wins over a private address; the latest engagement
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
        f"SELECT company, {_called('t', column)} AS account FROM (SELECT DISTINCT company, source, {column} FROM {name}) AS t"
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


def _called(row: str, column: str) -> str:
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


def _holders(store: Engine) -> None:
    """`holder`: what a vendor may call a device -> who held it, from a day on until a day.

    Why: inventories know serials and host names, the directory and endpoint agents ids of their own; the device rows of
    an agent, which name no holder, tie the two together, by what is surest. The first holder also has what came before
    the hand-over was booked.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE holder AS
        WITH dev AS (
          SELECT d.company, lower(trim(device_id)) AS id, lower(trim(serial)) AS serial, lower(trim(directory_id)) AS directory, lower(trim(hostname)) AS host,
                 coalesce(k.worker_id, a.worker_id) AS worker_id, enrolled_on, returned_on
          FROM device AS d
          LEFT JOIN known_worker AS k ON k.company = d.company AND k.known_as = d.worker_id
          LEFT JOIN account AS a ON a.company = d.company AND a.account = {_called("d", "assigned_email")}),
        named AS (
          SELECT *, serial AS alias, 1 AS rank FROM dev UNION ALL SELECT *, directory, 2 FROM dev
          UNION ALL SELECT *, host, 3 FROM dev UNION ALL SELECT *, id, 4 FROM dev),
        held AS (SELECT DISTINCT company, alias, worker_id, enrolled_on, returned_on FROM named WHERE worker_id IS NOT NULL AND alias IS NOT NULL),
        met AS (
          SELECT n.company, n.id, n.directory, h.worker_id, h.enrolled_on, h.returned_on,
                 rank() OVER (PARTITION BY n.company, n.id, n.serial, n.directory, n.host ORDER BY n.rank) AS place
          FROM named AS n JOIN held AS h ON h.company = n.company AND h.alias = n.alias WHERE n.worker_id IS NULL),
        joined AS (
          SELECT * FROM held
          UNION SELECT company, id, worker_id, enrolled_on, returned_on FROM met WHERE place = 1
          UNION SELECT m.company, m.directory, m.worker_id, m.enrolled_on, m.returned_on FROM met AS m WHERE m.place = 1 AND m.directory IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM held AS o WHERE o.company = m.company AND o.alias = m.directory)),
        few AS (SELECT company, alias FROM joined GROUP BY company, alias HAVING count(DISTINCT worker_id) <= {_MOST_HOLDERS}),
        spans AS (
          SELECT j.company, j.alias, j.worker_id, min(j.enrolled_on) AS enrolled_on,
                 CASE WHEN count_if(j.returned_on IS NULL) = 0 THEN max(j.returned_on) END AS returned_on
          FROM joined AS j JOIN few AS f ON f.company = j.company AND f.alias = j.alias GROUP BY j.company, j.alias, j.worker_id),
        ordered AS (
          SELECT *, row_number() OVER w AS place, lead(enrolled_on) OVER w AS next_on FROM spans
          WINDOW w AS (PARTITION BY company, alias ORDER BY coalesce(enrolled_on, DATE '1970-01-01'), worker_id))
        SELECT company, alias, worker_id, CASE WHEN place = 1 THEN DATE '1970-01-01' ELSE enrolled_on END AS from_on,
               least(coalesce(returned_on, DATE '9999-12-31'), coalesce(next_on - 1, DATE '9999-12-31')) AS until_on
        FROM ordered"""
    )


def _parcels(store: Engine) -> None:
    """`parcel`: for whom a parcel is, as one of its rows says, or as the computer in it tells by who held it next.

    Why: a carrier's tracker knows a number and a place, the list of what was sent the number and a serial or a worker.
    """
    store.execute(
        """CREATE OR REPLACE TEMP TABLE parcel AS
        WITH named AS (
          SELECT s.company, s.shipment_id, min(k.worker_id) AS worker_id FROM shipment AS s
          JOIN known_worker AS k ON k.company = s.company AND k.known_as = s.worker_id
          GROUP BY s.company, s.shipment_id HAVING count(DISTINCT k.worker_id) = 1),
        held AS (
          SELECT s.company, s.shipment_id, min_by(h.worker_id, in_order(h.from_on, h.worker_id)) AS worker_id FROM shipment AS s
          JOIN holder AS h ON h.company = s.company AND h.alias = lower(trim(s.serial)) AND h.until_on >= coalesce(s.delivered_on, s.shipped_on)
          GROUP BY s.company, s.shipment_id)
        SELECT coalesce(n.company, h.company) AS company, coalesce(n.shipment_id, h.shipment_id) AS shipment_id, coalesce(n.worker_id, h.worker_id) AS worker_id
        FROM named AS n FULL JOIN held AS h ON h.company = n.company AND h.shipment_id = n.shipment_id"""
    )


def _of_application(store: Engine) -> None:
    """A hired applicant's application belongs to the worker; any other is a subject of its own."""
    store.execute(
        "CREATE OR REPLACE TABLE attributed AS SELECT t.*, coalesce(h.worker_id, t.application_id) AS subject_id FROM application AS t "
        "LEFT JOIN hired_applicant AS h ON h.company = t.company AND h.application_id = t.application_id"
    )
    _replace(store, "application")
    store.execute(
        "CREATE OR REPLACE TEMP TABLE applied AS SELECT company, application_id, min(subject_id) AS subject_id FROM application GROUP BY ALL"
    )


def _of_table(store: Engine, table: Table, ways: Sequence[str]) -> None:
    """A table's subjects, each row's by the first of the ways that tells."""
    joins, found = [], []
    for n, way in enumerate(ways):
        how, _, column = way.partition(":")
        if how == "worker":
            joins.append(f"LEFT JOIN known_worker AS j{n} ON j{n}.company = t.company AND j{n}.known_as = t.worker_id")
            found.append(f"j{n}.worker_id")
        elif how == "payroll":
            joins.append(
                f"LEFT JOIN payroll_worker AS j{n} ON j{n}.company = t.company AND j{n}.source = t.source AND j{n}.known_as = t.worker_id"
            )
            found.append(f"j{n}.worker_id")
        elif how == "application":
            joins.append(
                f"LEFT JOIN applied AS j{n} ON j{n}.company = t.company AND j{n}.application_id = t.application_id"
            )
            found.append(f"j{n}.subject_id")
        elif how == "parcel":
            joins.append(f"LEFT JOIN parcel AS j{n} ON j{n}.company = t.company AND j{n}.shipment_id = t.shipment_id")
            found.append(f"j{n}.worker_id")
        elif how == "account":
            joins.append(
                f"LEFT JOIN account AS j{n} ON j{n}.company = t.company AND j{n}.account = {_called('t', column)}"
            )
            found.append(f"j{n}.worker_id")
        else:
            joins.append(
                f"LEFT JOIN holder AS j{n} ON j{n}.company = t.company AND j{n}.alias = lower(trim(t.device_id)) "
                f"AND CAST(t.{table.time} AS DATE) BETWEEN j{n}.from_on AND j{n}.until_on"
            )
            found.append(f"j{n}.worker_id")
    subject = f"coalesce({', '.join(found)})" if found else "CAST(NULL AS VARCHAR)"
    store.execute(
        f"CREATE OR REPLACE TABLE attributed AS SELECT t.*, {subject} AS subject_id FROM {table.name} AS t {' '.join(joins)}"
    )
    _replace(store, table.name)


def _replace(store: Engine, name: str) -> None:
    """Put `attributed` in a record table's place, which may have been a view of what was read."""
    store.remove(name)
    store.execute(f"ALTER TABLE attributed RENAME TO {name}")
