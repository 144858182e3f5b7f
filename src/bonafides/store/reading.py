"""Staged items into a batch: each kept, as rows of the record tables, or set aside with its reason.

Why: by column, no Python per row. What is refused is noted beside the items, not on them: nearly all are fine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from bonafides.errors import BadUnit, StopSource
from bonafides.records.base import SQL_TYPE, Table
from bonafides.redact import redacted
from bonafides.store.duckdb import Store, quoted
from bonafides.store.raw import LONGEST_BYTES, TOO_LONG, Raw, Reads, Staged, items, quoted_name
from bonafides.store.shapes import fault, keys_of, places, shapes
from bonafides.store.sql import tables_read
from bonafides.store.staging import places_in

NOT_JSON = "not JSON"
LIES_AHEAD = "lies in the future"
# The file of a batch that says which raw item stands behind a record.
ORIGIN = "origin"
# Rows that are read together by whoever looks for those of one company.
_ROWS_A_GROUP = 30_720
_EARLIEST = "TIMESTAMP '1970-01-01'"
# Days that are planned.
MAY_LIE_AHEAD = frozenset({"hired_on", "started_on", "ended_on", "returned_on", "valid_from"})
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


def batch_name(room: Path) -> str:
    """What a batch is called, also while it is made ready in a room of its own."""
    return room.name.removesuffix(".part")


@dataclass
class Outcome:
    """What became of one source's items. Shape: keyed by the file's place in the list that was read; `lines` holds
    each item that was set aside, with its place in the file from 1.
    """

    items: dict[int, int] = field(default_factory=dict)
    unread: dict[int, dict[str, int]] = field(default_factory=dict)
    lines: dict[int, list[tuple[int, str, str]]] = field(default_factory=dict)  # item of the file, reason, hash


def fill(
    store: Store, source: Reads, files: Sequence[Raw], staged: Staged, tables: Mapping[str, Table], now: str, room: Path
) -> Outcome:
    """Turn the staged items of one source into rows of the record tables: the files of a batch in `room`.

    Shape: `now` is an ISO time: what lies more than a day after it is set aside. Copies of one item are all kept here:
    which of them counts is found out when batches are put together. Items = kept + set aside, for every file.
    Raises: BadUnit where a SELECT of the source is wrong; StopSource where its items make it fail.
    """
    outcome = Outcome()
    if not staged.parts:
        return outcome
    store.execute(f"CREATE OR REPLACE TEMP VIEW item AS {items(staged)}")
    faults = _look(store, source, files, staged, outcome)
    _raw(store, source)
    try:
        _refuse(store, source, faults)
        # Of another source's file nothing may be left: what follows would ask twenty times of nothing.
        if _is_any_left(store, outcome):
            columns = {
                name: _columns_of(store, source, name, select, tables) for name, select in source.selects.items()
            }
            _refuse_rows(store, source, tables, columns, now)
            if _is_any_left(store, outcome):
                _write(store, source, files, tables, columns, room)
        _tell_refused(store, outcome)
    except duckdb.Error as why:
        raise StopSource(f"{source.id}: {redacted(str(why).splitlines()[0])}") from why
    for view in ("raw", "item"):
        store.execute(f"DROP VIEW {view}")
    for table in ("refusal", "fault", "raw_file"):
        store.execute(f"DROP TABLE {table}")
    return outcome


def _is_any_left(store: Store, outcome: Outcome) -> bool:
    return bool(store.value("SELECT count(*) FROM refusal") < sum(outcome.items.values()))


def _look(store: Store, source: Reads, files: Sequence[Raw], staged: Staged, outcome: Outcome) -> dict[str, str]:
    """Count items and note fields that nothing reads; answers the shapes that cannot be read, each with the reason."""
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
    for row in store.rows("SELECT file_no, count(*) AS n FROM item GROUP BY file_no"):
        outcome.items[row["file_no"]] = row["n"]
    strange: dict[tuple[str, ...], list[str]] = {(): []}
    for n, file in enumerate(files):
        header = staged.headers.get(str(file.path), ())
        if header not in strange:
            read = {place for numbers in places_in(source, header).values() for place in numbers}
            strange[header] = [name for place, name in enumerate(header) if place not in read]
        for name in strange[header] if n in outcome.items else ():
            _unread(source, outcome, n, name, outcome.items[n])
    return faults


def _unread(source: Reads, outcome: Outcome, file: int, path: str, n: int) -> None:
    if not source.is_ignored(path):
        fields = outcome.unread.setdefault(file, {})
        fields[path] = fields.get(path, 0) + n


def _raw(store: Store, source: Reads) -> None:
    """The relation `raw`: items that nothing was found against, typed, with NULL for what says nothing.

    Why: its `item` is all that a row needs of the item behind it, which a join would look up again for every row.
    """
    store.execute("CREATE OR REPLACE TEMP TABLE refusal (item BIGINT, reason VARCHAR)")
    store.execute(
        f"CREATE OR REPLACE TEMP VIEW raw AS SELECT struct_pack(item, company, item_key, file_no) AS item, company, {_typed(source)} "
        "FROM item ANTI JOIN refusal USING (item)"
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
            if c.name not in MAY_LIE_AHEAD:
                late = f"TIMESTAMP {quoted(now)} + INTERVAL 1 DAY"
                checks.append(f"WHEN {there} > {late} THEN {quoted(f'{c.name} {LIES_AHEAD}')}")
        made.append(f"SELECT s.item.item AS item, CASE {' '.join(checks)} END AS reason FROM ({select}) AS s")
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE made AS SELECT item, min(reason) AS reason FROM ({' UNION ALL '.join(made)}) GROUP BY item"
    )
    store.execute("INSERT INTO refusal SELECT item, reason FROM made WHERE reason IS NOT NULL")
    store.execute(
        "INSERT INTO refusal SELECT raw.item.item, 'says nothing that a record table holds' FROM raw ANTI JOIN made ON made.item = raw.item.item "
        f"WHERE ({source.adds or 'false'}) IS NOT TRUE"
    )
    store.execute("DROP TABLE made")


def _write(
    store: Store,
    source: Reads,
    files: Sequence[Raw],
    tables: Mapping[str, Table],
    columns: Mapping[str, Sequence[str]],
    room: Path,
) -> None:
    """The batch: `origin`, one row an item that was kept, and the rows of each record table."""
    short, mine = source.id.split("/")[0], f"{quoted(batch_name(room))} AS batch"
    content = ", ".join(quoted_name(c.name) for c in source.columns)
    store.load(
        "sum_of",
        {"file_no": range(len(files)), "sha256": [file.sha256 for file in files]},
        {"file_no": "INTEGER", "sha256": "VARCHAR"},
    )
    first = "(SELECT file_no, min(item) AS first FROM item GROUP BY file_no)"
    store.write(
        f"SELECT company, {quoted(source.id)} AS source, item_key AS item_id, sha256, item - first + 1 AS item, "
        f"{mine}, file_no AS file, item AS row, hash({content}) AS content FROM item JOIN {first} USING (file_no) JOIN sum_of USING (file_no) "
        "ANTI JOIN refusal USING (item)",
        room / f"{ORIGIN}.parquet",
        _ROWS_A_GROUP,
    )
    store.execute("DROP TABLE sum_of")
    for name, select in source.selects.items():
        part = " || coalesce('#' || CAST(s.part AS VARCHAR), '')" if "part" in columns[name] else ""
        values = ", ".join(
            f"CAST({f's.{quoted_name(c.name)}' if c.name in columns[name] else 'NULL'} AS {SQL_TYPE[c.type]}) AS {quoted_name(c.name)}"
            for c in tables[name].columns
        )
        store.write(
            f"SELECT s.item.company AS company, {quoted(short + ':')} || s.item.item_key{part} AS event_ref, {quoted(short)} AS source, {values}, "
            f"{mine}, s.item.file_no AS file, s.item.item AS row FROM ({select}) AS s ANTI JOIN refusal ON refusal.item = s.item.item",
            room / f"{name}.parquet",
            _ROWS_A_GROUP,
        )


def _tell_refused(store: Store, outcome: Outcome) -> None:
    first = "(SELECT file_no, min(item) AS first FROM item GROUP BY file_no)"
    for row in store.rows(
        f"SELECT file_no, reason, item_key, item - first + 1 AS place FROM item JOIN {first} USING (file_no) "
        "JOIN refusal USING (item) ORDER BY file_no, item"
    ):
        outcome.lines.setdefault(row["file_no"], []).append((row["place"], row["reason"], row["item_key"] or ""))
