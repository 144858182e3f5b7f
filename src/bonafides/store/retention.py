"""Records that are older than they may be kept are dropped before anything is derived from them."""

from collections.abc import Mapping
from datetime import date

from bonafides.records.base import Table
from bonafides.store.duckdb import Store

# Tables whose rows last until something ends, by what that is; the others are as old as what dates them.
_OVER = {"device": "returned_on"}


def retain(store: Store, tables: Mapping[str, Table], before: date) -> dict[str, int]:
    """Drop what lies before a day; answers how many rows of each table went.

    Shape: whoever's engagement ended before that day goes with the payee records of it; a row that nothing dates stays.
    """
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE gone AS SELECT company, worker_id FROM worker GROUP BY company, worker_id "
        f"HAVING coalesce(bool_and(ended_on < DATE '{before}'), false)"
    )
    dropped = {}
    for name, table in sorted(tables.items()):
        if name in ("worker", "payee"):
            kept = "SELECT t.* FROM {} AS t ANTI JOIN gone AS g ON g.company = t.company AND g.worker_id = t.worker_id"
        elif dated := _OVER.get(name, table.time):
            kept = f"SELECT t.* FROM {{}} AS t WHERE ({dated} < DATE '{before}') IS NOT TRUE"
        else:
            continue
        store.execute(f"CREATE TABLE retained AS {kept.format(name)}")
        n = store.value(f"SELECT (SELECT count(*) FROM {name}) - (SELECT count(*) FROM retained)")
        store.remove(name)
        store.execute(f"ALTER TABLE retained RENAME TO {name}")
        if n:
            dropped[name] = int(n)
    store.execute("DROP TABLE gone")
    return dropped
