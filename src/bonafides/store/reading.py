"""Staged items into rows of the record tables: each kept, a duplicate, or set aside with its reason.

Why: by column, no Python per row. What is refused is noted beside the items, not on them: nearly all are fine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from bonafides.errors import BadUnit, StopSource
from bonafides.records.base import SQL_TYPE, Table
from bonafides.redact import redacted
from bonafides.store.duckdb import Store, quoted
from bonafides.store.raw import LONGEST_BYTES, TOO_LONG, Raw, Reads, Staged, items, quoted_name
from bonafides.store.shapes import fault, keys_of, places, shapes
from bonafides.store.sql import tables_read
from bonafides.store.staging import plain_name

NOT_JSON = "not JSON"
_EARLIEST = "TIMESTAMP '1970-01-01'"
_MAY_LIE_AHEAD = frozenset({"hired_on", "started_on", "ended_on", "returned_on", "valid_from"})
_WORD = {
    "BIGINT": "whole number",
    "DOUBLE": "number",
    "BOOLEAN": "yes or no",
    "TIMESTAMP": "time",
    "DATE": "date",
}
_SHIM = {
    "VARCHAR": "said",
    "BIGINT": "whole",
    "DOUBLE": "number_of",
    "BOOLEAN": "truth",
    "TIMESTAMP": "instant",
    "DATE": "day_of",
    "JSON": "inner_json",
}

# Every raw item that stands behind a record, with the file and the place in it.
ORIGIN = (
    "CREATE OR REPLACE TABLE export_file (file INTEGER, company VARCHAR, source VARCHAR, name VARCHAR, sha256 VARCHAR)",
    "CREATE OR REPLACE TABLE origin_item (file INTEGER, item_id VARCHAR, item BIGINT)",
    "CREATE OR REPLACE VIEW origin AS SELECT company, source, item_id, sha256, item FROM origin_item JOIN export_file USING (file)",
)


@dataclass
class Outcome:
    """What became of one source's items. Shape: keyed by the file's place in the list that was read; `lines` holds
    each item that was set aside, with its place in the file from 1.
    """

    items: dict[int, int] = field(default_factory=dict)
    kept: dict[int, int] = field(default_factory=dict)
    duplicates: dict[int, int] = field(default_factory=dict)
    unread: dict[int, dict[str, int]] = field(default_factory=dict)
    lines: dict[int, list[tuple[int, str, str]]] = field(default_factory=dict)  # item of the file, reason, hash


def fill(
    store: Store, source: Reads, files: Sequence[Raw], staged: Staged, tables: Mapping[str, Table], now: str
) -> Outcome:
    """Turn the staged items of one source into rows of the record tables, each item once.

    Shape: the record tables exist; rows are added, or none if this raises. `now` is an ISO time: what lies more
    than a day after it is set aside. Rows in = kept + duplicates + set aside, for every file.
    Raises: BadUnit where a SELECT of the source is wrong; StopSource where its items make it fail.
    """
    outcome = Outcome()
    if not staged.parts:
        return outcome
    store.execute(f"CREATE OR REPLACE TEMP VIEW item AS {items(staged)}")
    faults = _look(store, source, files, staged, outcome)
    _raw(store, source)
    columns = {name: _columns_of(store, source, name, select, tables) for name, select in source.selects.items()}
    store.execute("BEGIN")
    try:
        _refuse(store, source, faults)
        _refuse_rows(store, source, tables, columns, now)
        _refuse_copies(store, source)
        _insert(store, source, tables, columns)
        _count(store, source, files, outcome)
        store.execute("COMMIT")
    except duckdb.Error as why:
        store.execute("ROLLBACK")
        raise StopSource(f"{source.id}: {redacted(str(why).splitlines()[0])}") from why
    for view in ("raw", "item"):
        store.execute(f"DROP VIEW {view}")
    for table in ("refusal", "fault", "twice", "made", "files_read", "raw_file"):
        store.execute(f"DROP TABLE {table}")
    return outcome


def _look(store: Store, source: Reads, files: Sequence[Raw], staged: Staged, outcome: Outcome) -> dict[str, str]:
    """Note fields that nothing reads; answers the shapes that cannot be read, each with the reason."""
    holders, leaves = places(source)
    known = {*holders, *leaves}
    faults: dict[str, str] = {}
    for shape, file_no, n in shapes(store, staged):
        if reason := fault(source, staged, shape):
            faults[shape] = reason
        for holder, keys in zip(holders, keys_of(staged, shape), strict=True):
            for key in keys:
                if (*holder, key) not in known:
                    _unread(source, outcome, file_no, ".".join((*holder, key)), n)
    flat = {plain_name("_".join(path)) for path in leaves}
    counts = {
        row["file_no"]: row["n"] for row in store.rows("SELECT file_no, count(*) AS n FROM item GROUP BY file_no")
    }
    for n, file in enumerate(files):
        for name in staged.headers.get(str(file.path), ()):
            if plain_name(name) not in flat and n in counts:
                _unread(source, outcome, n, name, counts[n])
    return faults


def _unread(source: Reads, outcome: Outcome, file: int, path: str, n: int) -> None:
    if not source.is_ignored(path):
        fields = outcome.unread.setdefault(file, {})
        fields[path] = fields.get(path, 0) + n


def _raw(store: Store, source: Reads) -> None:
    """The relation `raw`: items that nothing was found against, typed, with NULL for what says nothing."""
    store.execute("CREATE OR REPLACE TEMP TABLE refusal (item BIGINT, reason VARCHAR)")
    store.execute(
        f"CREATE OR REPLACE TEMP VIEW raw AS SELECT item, company, {_typed(source)} FROM item ANTI JOIN refusal USING (item)"
    )


def _typed(source: Reads) -> str:
    return ", ".join(f"{_SHIM[c.type]}({quoted_name(c.name)}) AS {quoted_name(c.name)}" for c in source.columns)


def _refuse(store: Store, source: Reads, faults: Mapping[str, str]) -> None:
    """Items that cannot be read without guessing, by their shape, their types and the source's own conditions."""
    store.load(
        "fault", {"shape": list(faults), "fault": list(faults.values())}, {"shape": "VARCHAR", "fault": "VARCHAR"}
    )
    checks = ["WHEN problem IS NOT NULL THEN problem", f"WHEN is_json AND shape IS NULL THEN {quoted(NOT_JSON)}"]
    checks.append(f"WHEN bytes > {LONGEST_BYTES} THEN {quoted(f'line {TOO_LONG}')}")
    if faults:
        checks.append("WHEN fault IS NOT NULL THEN fault")
    for c in source.columns:
        if c.type in _WORD:
            name = quoted_name(c.name)
            reason = quoted(f"{'.'.join(c.paths[0])} is no {_WORD[c.type]}")
            checks.append(f"WHEN said({name}) IS NOT NULL AND {_SHIM[c.type]}({name}) IS NULL THEN {reason}")
    own = [f"WHEN {condition} THEN {quoted(reason)}" for reason, condition in source.set_aside.items()]
    store.execute(
        f"INSERT INTO refusal SELECT item, reason FROM (SELECT item, CASE WHEN unreadable IS NOT NULL THEN unreadable "
        f"{' '.join(own)} END AS reason FROM (SELECT item, CASE {' '.join(checks)} END AS unreadable, {_typed(source)} "
        f"FROM item {'LEFT JOIN fault USING (shape)' if faults else ''})) WHERE reason IS NOT NULL"
    )


def _refuse_copies(store: Store, source: Reads) -> None:
    """Of items with one id one stays: the same whatever the order of files and lines."""
    content = " || chr(31) || ".join(f"coalesce({quoted_name(c.name)}, '')" for c in source.columns)
    store.execute(
        "CREATE OR REPLACE TEMP TABLE twice AS SELECT company, item_key FROM item WHERE item_key IS NOT NULL GROUP BY company, item_key HAVING count(*) > 1"
    )
    if store.value("SELECT count(*) FROM twice"):
        store.execute(
            "INSERT INTO refusal SELECT item, 'duplicate' FROM (SELECT item, reason, row_number() OVER (PARTITION BY company, item_key "
            f"ORDER BY reason IS NOT NULL, digest({content}), item) AS place FROM item SEMI JOIN twice USING (company, item_key) "
            "LEFT JOIN refusal USING (item)) WHERE place > 1 AND reason IS NULL"
        )


def _columns_of(store: Store, source: Reads, name: str, select: str, tables: Mapping[str, Table]) -> list[str]:
    """What a SELECT returns. Raises: BadUnit where it is not what its table takes."""
    if name not in tables:
        raise BadUnit(f"{source.id}: no record table is called {name}")
    if elsewhere := tables_read(select) - {"raw"}:
        raise BadUnit(f"{source.id}: SELECT into {name} reads {sorted(elsewhere)}")
    try:
        returned = store.shape(select)
    except duckdb.Error as why:
        raise BadUnit(f"{source.id}: SELECT into {name}: {str(why).splitlines()[0]}") from why
    wrong = sorted(set(returned) - {c.name for c in tables[name].columns} - {"item", "part"})
    if wrong or "item" not in returned:
        raise BadUnit(f"{source.id}: SELECT into {name} returns {wrong or 'no item'}")
    return returned


def _refuse_rows(
    store: Store, source: Reads, tables: Mapping[str, Table], columns: Mapping[str, Sequence[str]], now: str
) -> None:
    """Items of which a row lacks what its table requires, or that make no row: the whole item is set aside."""
    made = []
    for name, select in source.selects.items():
        table, checks = tables[name], []
        for column in table.required:
            there = f"s.{quoted_name(column)}" if column in columns[name] else "NULL"
            checks.append(f"WHEN {there} IS NULL THEN {quoted(f'no {column} that can be read')}")
        for c in table.columns:
            if c.name not in columns[name] or c.type not in ("timestamp", "date") or c.name == "birth_date":
                continue
            there = f"s.{quoted_name(c.name)}"
            checks.append(f"WHEN {there} < {_EARLIEST} THEN {quoted(f'{c.name} lies before 1970')}")
            if c.name not in _MAY_LIE_AHEAD:
                late = f"TIMESTAMP {quoted(now)} + INTERVAL 1 DAY"
                checks.append(f"WHEN {there} > {late} THEN {quoted(f'{c.name} lies in the future')}")
        made.append(f"SELECT s.item, CASE {' '.join(checks)} END AS reason FROM ({select}) AS s")
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE made AS SELECT item, min(reason) AS reason FROM ({' UNION ALL '.join(made)}) GROUP BY item"
    )
    store.execute("INSERT INTO refusal SELECT item, reason FROM made WHERE reason IS NOT NULL")
    store.execute(
        "INSERT INTO refusal SELECT item, 'says nothing that a record table holds' FROM raw ANTI JOIN made USING (item) "
        f"WHERE ({source.adds or 'false'}) IS NOT TRUE"
    )


def _insert(store: Store, source: Reads, tables: Mapping[str, Table], columns: Mapping[str, Sequence[str]]) -> None:
    short = source.id.split("/")[0]
    for name, select in source.selects.items():
        own = [c for c in tables[name].columns if c.name in columns[name]]
        part = " || coalesce('#' || CAST(s.part AS VARCHAR), '')" if "part" in columns[name] else ""
        values = ", ".join(f"CAST(s.{quoted_name(c.name)} AS {SQL_TYPE[c.type]})" for c in own)
        store.execute(
            f"INSERT INTO {name} (company, event_ref, source, {', '.join(quoted_name(c.name) for c in own)}) "
            f"SELECT company, {quoted(short + ':')} || item.item_key{part}, {quoted(short)}, {values} "
            f"FROM ({select}) AS s JOIN item ON item.item = s.item ANTI JOIN refusal ON refusal.item = s.item"
        )


def _count(store: Store, source: Reads, files: Sequence[Raw], outcome: Outcome) -> None:
    for row in store.rows(
        "SELECT file_no, reason, count(*) AS n FROM item LEFT JOIN refusal USING (item) GROUP BY file_no, reason"
    ):
        file, n = row["file_no"], row["n"]
        outcome.items[file] = outcome.items.get(file, 0) + n
        if row["reason"] is None:
            outcome.kept[file] = n
        elif row["reason"] == "duplicate":
            outcome.duplicates[file] = n
    first = "(SELECT file_no, min(item) AS first FROM item GROUP BY file_no)"
    for row in store.rows(
        f"SELECT file_no, reason, item_key, item - first + 1 AS place FROM item JOIN {first} USING (file_no) "
        "JOIN refusal USING (item) WHERE reason <> 'duplicate' ORDER BY file_no, item"
    ):
        outcome.lines.setdefault(row["file_no"], []).append((row["place"], row["reason"], row["item_key"] or ""))
    known = store.value("SELECT count(*) FROM export_file")
    store.load(
        "files_read",
        {
            "file": range(known, known + len(files)),
            "company": [f.company for f in files],
            "source": [source.id] * len(files),
            "name": [f.name for f in files],
            "sha256": [f.sha256 for f in files],
        },
        {"file": "INTEGER", "company": "VARCHAR", "source": "VARCHAR", "name": "VARCHAR", "sha256": "VARCHAR"},
    )
    store.execute("INSERT INTO export_file SELECT * FROM files_read")
    store.execute(
        f"INSERT INTO origin_item SELECT file_no + {known}, item_key, item - first + 1 FROM item JOIN {first} USING (file_no) "
        "LEFT JOIN refusal USING (item) WHERE reason IS NULL OR reason = 'duplicate'"
    )
