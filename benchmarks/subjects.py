"""What ties and belief propagation cost: a million workers, five values each and more, twenty sightings each.

Usage: .venv/bin/python benchmarks/subjects.py [--subjects 1000000] [--memory 2.5GB]

Records are made by the engine: every worker has a home, a telephone, a mailbox, a government id and an account of their
own, and a line seen on fifteen days; one in ten shares a home and a line, one in fifty an account, one in two hundred a
line with eleven strangers. Prints seconds and the process's peak memory after each stage; ties are everything from
"who counts as one party" on, belief propagation is everything that assessment does with them.
"""

import argparse
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bonafides.assessment.scores import contribute
from bonafides.assessment.standing import assess
from bonafides.derived import finding
from bonafides.records.base import COMMON, SQL_TYPE
from bonafides.run import Run
from bonafides.settings import Settings
from bonafides.sightings import attribution, persons, subjects, values
from bonafides.store.duckdb import Store
from bonafides.workflow import derive
from bonafides.workflow.ingest import record_tables

_COMPANY = "'company' || (n % 1000)"
_WORKERS = f"""
INSERT INTO worker BY NAME SELECT {_COMPANY} AS company, 'w' || n AS event_ref, 'bench' AS source, 'W' || n AS worker_id,
  'w' || n || '@corp.example' AS work_email, 'p' || n || '@mail.example' AS personal_email,
  printf('+1312%07d', n) AS phone, (100 + h) || ' Elm Street ' || h AS street, 'Town' || (h % 400) AS city, 'OH' AS region,
  printf('4%04d', h % 10000) AS postal_code, 'US' AS country, 'gid_' || n AS government_id_token, DATE '2025-01-01' AS started_on
FROM (SELECT n, CASE WHEN n % 20 = 1 THEN n - 1 ELSE n END AS h FROM range({{n}}) AS t(n))"""
_PAYEES = f"""
INSERT INTO payee BY NAME SELECT {_COMPANY} AS company, 'a' || n AS event_ref, 'bench' AS source, 'W' || n AS worker_id,
  'acct-' || CASE WHEN n % 100 = 3 THEN n - 1 ELSE n END AS account_token, DATE '2025-01-01' AS valid_from FROM range({{n}}) AS t(n)"""
_SIGN_INS = f"""
INSERT INTO sign_in BY NAME SELECT {_COMPANY} AS company, 's' || n || '-' || d AS event_ref, 'bench' AS source,
  'w' || n || '@corp.example' AS actor_email, TIMESTAMP '2026-03-02 14:00:00' + INTERVAL (d) DAY AS occurred_at,
  '2001:db8:' || lower(printf('%x:%x::%x', line // 60000, line % 60000, 1)) AS ip, 'success' AS outcome
FROM (SELECT n, CASE WHEN n % 200 BETWEEN 50 AND 61 THEN n - n % 200 + 50 WHEN n % 20 = 1 THEN n - 1 ELSE n END AS line
      FROM range({{n}}) AS t(n)), range(15) AS u(d)"""


class Clock:
    """Seconds since the last stage, and the most memory so far."""

    def __init__(self) -> None:
        self.last = time.perf_counter()
        self.spent: dict[str, float] = {}

    def stage(self, name: str) -> None:
        """The stage of this name has ended."""
        now = time.perf_counter()
        self.spent[name] = now - self.last
        self.last = now
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {name} | {self.spent[name]:.1f} s | {peak:,.0f} MB |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--subjects", type=int, default=1_000_000)
    parser.add_argument("--memory", default="2.5GB")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="subjects-") as scratch:
        store, run, settings = (
            Store(Path(scratch), memory=asked.memory),
            Run(datetime(2027, 1, 1, tzinfo=UTC)),
            Settings(),
        )
        tables, known, clock = record_tables(), derive.kinds(), Clock()
        for table in tables.values():
            store.create(table, [(c.name, SQL_TYPE[c.type]) for c in COMMON])
        for sql in (_WORKERS, _PAYEES, _SIGN_INS):
            store.execute(sql.format(n=asked.subjects))
        print("| stage | time | most memory so far |\n|---|---|---|")
        clock.stage("making records")
        attribution.attribute(store, tables)
        clock.stage("whom each record is about")
        values.clean(store, tables, known)
        clock.stage("cleaning distinct values")
        values.derive(store, tables)
        n = store.rows("SELECT count(*) AS n, count(DISTINCT kind || value) AS v FROM sighting")[0]
        clock.stage(f"sightings: {n['n']:,} of {n['v']:,} values")
        subjects.derive(store)
        clock.stage("subjects")
        persons.link(store)
        clock.stage("persons")
        derive.facts(store, settings, run)
        clock.stage("facts of values")
        derive.weigh(store, settings, known)
        clock.stage(
            f"ties: {store.value('SELECT count(*) FROM tie'):,}, {store.value('SELECT count(*) FROM hub'):,} hubs"
        )
        store.create(finding.TABLE)
        contribute(store, {}, settings)
        outcome = assess(store, settings, {}, ())
        clock.stage(f"belief propagation: {outcome.beliefs.rounds} rounds")


if __name__ == "__main__":
    main()
