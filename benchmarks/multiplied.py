"""More of the same sign-in events: every company's Okta logs of a world so many times, each event with an id of its own.

Usage: .venv/bin/python benchmarks/multiplied.py EXPORTS TARGET --events 2000000

TARGET gets the same companies, each with gzip files of JSON Lines, and nothing else of their records: one of the last
day of its log, one of all before.
"""

import argparse
from pathlib import Path

import duckdb


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("exports", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--events", type=int, default=2_000_000)
    asked = parser.parse_args()
    con = duckdb.connect(config={"threads": 2, "memory_limit": "4GB"})
    logs = sorted(asked.exports.glob("*/okta_system_log"))
    read = "read_csv($1, header = false, delim = chr(31), quote = '', escape = '', columns = {'line': 'VARCHAR'})"
    files = {log: sorted(str(p) for p in log.rglob("*.json*")) for log in logs}
    there = con.execute(f"SELECT count(*) FROM {read}", [[f for own in files.values() for f in own]]).fetchone()
    times = max(1, round(asked.events / (there[0] if there else 1)))
    for log, own in files.items():
        place = asked.target / log.parent.name / "okta_system_log"
        place.mkdir(parents=True, exist_ok=True)
        con.execute(
            f'CREATE OR REPLACE TEMP TABLE event AS SELECT line, regexp_extract(line, \'"published":"([0-9-]+)\', 1) AS day '
            f'FROM {read} WHERE starts_with(line, \'{{"uuid":"\')',
            [own],
        )
        for name, which in (("before", "<"), ("last-day", "=")):
            con.execute(
                f"COPY (SELECT replace(line, substr(line, 10, 36), md5(substr(line, 10, 36) || k)) FROM event, range({times}) AS t(k) "
                f"WHERE day {which} (SELECT max(day) FROM event)) TO '{place}/{name}.jsonl.gz' "
                "(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\\x1f', COMPRESSION gzip)"
            )
    print(f"{times} times the events of {len(logs)} companies")


if __name__ == "__main__":
    main()
