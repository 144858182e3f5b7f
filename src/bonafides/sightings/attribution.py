"""Records reach a subject by an id of the worker's, by application, account, parcel or the device's holder at that time."""

from collections.abc import Mapping, Sequence

from bonafides.records.base import Table
from bonafides.sightings import accounts, holders, identifiers
from bonafides.store.engine import Engine
from bonafides.store.filled import with_rows


def attribute(store: Engine, tables: Mapping[str, Table]) -> None:
    """Give every record table the column `subject_id`, and count in `unattributed` what reaches nobody.

    Shape: the record tables are replaced by ones with one more column; rows stay as they are.
    """
    there = with_rows(store, tables)
    identifiers.identify(store, tables, there)
    accounts.derive(store, [tables[name] for name in there])
    holders.derive(store)
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
                f"LEFT JOIN account AS j{n} ON j{n}.company = t.company AND j{n}.account = {accounts.called('t', column)}"
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
