"""Raw files into record tables, by column: no Python per row.

Why: one scan a source over the files of all companies; JSON is parsed twice (its keys, for drift and doubled
keys; its fields), at 1.8 times the cost of a bare read with an explicit schema. Files that the engine refuses are
handed back to be repaired and read again.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import duckdb

from bonafides.errors import BadUnit, StopSource
from bonafides.records.base import SQL_TYPE, Table
from bonafides.redact import redacted
from bonafides.store.duckdb import Store, quoted

_LONGEST = 16 * 1024 * 1024
_EARLIEST = "TIMESTAMP '1970-01-01'"


class Raw(Protocol):
    """A raw file as the fetching room describes it."""

    @property
    def company(self) -> str: ...
    @property
    def path(self) -> Path: ...
    @property
    def sha256(self) -> str: ...
    @property
    def container(self) -> str: ...
    @property
    def compression(self) -> str: ...
    @property
    def header(self) -> tuple[str, ...]: ...
    @property
    def delimiter(self) -> str: ...


class RawField(Protocol):
    """A raw field of a source."""

    @property
    def path(self) -> tuple[str, ...]: ...
    @property
    def type(self) -> str: ...
    @property
    def name(self) -> str: ...


class Reads(Protocol):
    """A source, as far as reading goes."""

    @property
    def id(self) -> str: ...
    @property
    def columns(self) -> Sequence[RawField]: ...
    @property
    def item_id(self) -> Sequence[str]: ...
    @property
    def set_aside(self) -> Mapping[str, str]: ...
    @property
    def selects(self) -> Mapping[str, str]: ...
    def is_ignored(self, path: str) -> bool: ...


@dataclass
class Outcome:
    """What became of one source's items. Shape: keyed by the file's place in the list that was read."""

    items: dict[int, int] = field(default_factory=dict)
    kept: dict[int, int] = field(default_factory=dict)
    duplicates: dict[int, int] = field(default_factory=dict)
    set_aside: dict[int, dict[str, int]] = field(default_factory=dict)
    unread: dict[int, dict[str, int]] = field(default_factory=dict)
    lines: list[tuple[int, int, str, str]] = field(default_factory=list)  # file, item of the file, reason, hash


def stage(store: Store, source: Reads, files: Sequence[Raw], repaired: frozenset[int]) -> dict[int, str]:
    """Read all files of one source into the table `item`; answers which of them must be repaired first, and why.

    Shape: keyed by place in `files`; `repaired` are those that have been: what is wrong in them now is final.
    Raises: StopSource where the files together cannot be read though each alone can.
    """
    try:
        _items(store, source, files, set())
    except duckdb.Error as why:
        broken = {n: reason for n, file in enumerate(files) if (reason := _refused(store, file))}
        if not broken:
            raise StopSource(f"{source.id}: {redacted(str(why).splitlines()[0])}") from why
        return broken
    respelt = _shapes(store, source, files, Outcome())
    if respelt:
        _items(store, source, files, respelt)
    found: dict[int, str] = {}
    for row in store.rows(
        "SELECT file_no, count(*) AS n, sum(bytes) AS bytes, count_if(problem = 'not JSON') AS malformed FROM item GROUP BY ALL"
    ):
        file = files[row["file_no"]]
        if row["file_no"] in repaired:
            continue
        if row["malformed"]:
            found[row["file_no"]] = "malformed lines"
        elif file.compression != "uncompressed" and not _is_whole(file, row["n"], row["bytes"]):
            found[row["file_no"]] = "length differs from what the compressed file announces"
    for n, file in enumerate(files):
        if n not in repaired and file.compression != "uncompressed" and file.container != "jsonl":
            found[n] = "compressed and not JSON Lines"
    return found


def _is_whole(file: Raw, rows: int, text_bytes: int) -> bool:
    """Does the length read equal the length that gzip wrote at the end? (DuckDB stops at damage without a word.)"""
    if file.compression != "gzip":
        return False
    with file.path.open("rb") as raw:
        raw.seek(-4, 2)
        announced = int.from_bytes(raw.read(4), "little")
    return any((text_bytes + ends) % 2**32 == announced for ends in (rows, rows - 1))


def _refused(store: Store, file: Raw) -> str | None:
    try:
        store.value(f"SELECT count(*) FROM ({_scan([file], [])})")
    except duckdb.Error as why:
        return redacted(str(why).split("\n")[0])
    return None


def fill(store: Store, source: Reads, files: Sequence[Raw], tables: Mapping[str, Table], now: str) -> Outcome:
    """Turn the staged items of one source into rows of the record tables, each item once.

    Shape: the record tables exist; rows are added. `now` is an ISO time: what lies more than a day after it is
    set aside. Rows in = kept + duplicates + set aside, for every file.
    Raises: BadUnit where a SELECT of the source is wrong.
    """
    outcome = Outcome()
    if again := _shapes(store, source, files, outcome):
        raise BadUnit(f"{source.id}: keys {sorted(again)} meet no column")
    _problems(store, source)
    _duplicates(store)
    _select(store, source, tables, now)
    _count(store, files, outcome)
    return outcome


def _groups(files: Sequence[Raw]) -> list[list[Raw]]:
    found: dict[Any, list[Raw]] = {}
    for file in files:
        found.setdefault((file.container, file.compression, file.header, file.delimiter), []).append(file)
    return list(found.values())


def _scan(files: Sequence[Raw], respelt: Collection[tuple[str, str]]) -> str:
    """SELECT of filename, text (JSON) and the flat columns of files of one format."""
    one = files[0]
    paths = "[" + ", ".join(quoted(str(f.path)) for f in files) + "]"
    if one.container in ("jsonl", "array"):
        text = "json"
        for wrong, right in sorted(respelt):
            text = f"replace({text}, {quoted(json.dumps(wrong) + ':')}, {quoted(json.dumps(right) + ':')})"
        kind = "newline_delimited" if one.container == "jsonl" else "array"
        lenient = ", ignore_errors = true" if kind == "newline_delimited" else ""
        return (
            f"SELECT filename, CAST({text} AS VARCHAR) AS text FROM read_json_objects({paths}, format = '{kind}', "
            f"compression = '{one.compression}', filename = true, maximum_object_size = {_LONGEST}{lenient})"
        )
    if one.container == "csv":
        shape = "{" + ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in one.header) + "}"
        delimiter = "chr(31)" if one.delimiter == "\x1f" else quoted(one.delimiter)
        return (
            f"SELECT * FROM read_csv({paths}, columns = {shape}, header = true, delim = {delimiter}, quote = '\"', "
            f"escape = '\"', auto_detect = false, compression = '{one.compression}', filename = true, "
            f"max_line_size = {_LONGEST}, nullstr = '', strict_mode = true)"
        )
    return f"SELECT * FROM read_parquet({paths}, filename = true, union_by_name = true)"


def _items(store: Store, source: Reads, files: Sequence[Raw], respelt: Collection[tuple[str, str]]) -> None:
    """The table `item`: one row a raw item, flat typed columns, `id`, and what is wrong with it so far."""
    store.load(
        "raw_file",
        {
            "file_no": range(len(files)),
            "path": [str(f.path) for f in files],
            "company": [f.company for f in files],
            "rank": _ranks(files),
        },
        {"file_no": "INTEGER", "path": "VARCHAR", "company": "VARCHAR", "rank": "INTEGER"},
    )
    described = ", ".join(f"{quoted_name(c.name)} VARCHAR" for c in source.columns)
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE item (item BIGINT, file_no INTEGER, company VARCHAR, id VARCHAR, bytes BIGINT, shape VARCHAR, problem VARCHAR, {described})"
    )
    for group in _groups(files):
        scan = _scan(group, respelt)
        number = "(SELECT coalesce(max(item), 0) FROM item) + row_number() OVER ()"
        if group[0].container in ("jsonl", "array"):
            body = _json_body(source, scan, number)
        else:
            body = _flat_body(store, source, scan, number, group[0])
        store.execute(f"INSERT INTO item {body}")


def quoted_name(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _ranks(files: Sequence[Raw]) -> list[int]:
    order = sorted(range(len(files)), key=lambda n: (files[n].sha256, n))
    rank = [0] * len(files)
    for place, n in enumerate(order):
        rank[n] = place
    return rank


def containers(source: Reads) -> list[tuple[str, ...]]:
    """Paths of the objects that hold the fields of a source, the item itself first."""
    found = {()} | {c.path[:n] for c in source.columns for n in range(1, len(c.path))}
    return sorted(found, key=lambda p: (len(p), p))


def _json_path(path: tuple[str, ...]) -> str:
    return "$" + "".join(f'."{part}"' for part in path)


def _json_body(source: Reads, scan: str, number: str) -> str:
    tree: dict[str, Any] = {}
    for column in source.columns:
        place = tree
        for part in column.path[:-1]:
            place = place.setdefault(part, {})
        place[column.path[-1]] = "JSON" if column.type == "JSON" else "VARCHAR"
    keys = ", ".join(quoted(_json_path(p)) for p in containers(source))
    parts = [".".join(["j", *(quoted_name(p) for p in c.path)]) for c in source.columns]
    flat = ", ".join(f"CAST({part} AS VARCHAR)" for part in parts)
    named = {c.name.lower(): part for c, part in zip(source.columns, parts, strict=True)}
    ids = "".join(f"said({named[i.lower()]}), " for i in source.item_id)
    return (
        f"SELECT n, file_no, company, CASE WHEN text IS NULL THEN NULL ELSE coalesce({ids}digest(text)) END, strlen(text), shape, "
        f"CASE WHEN text IS NULL THEN 'not JSON' WHEN j IS NULL THEN 'not a JSON object' END, {flat} "
        f"FROM (SELECT {number} AS n, filename, text, CAST(to_json(json_keys(text, [{keys}])) AS VARCHAR) AS shape, "
        f"json_transform(text, {quoted(json.dumps(tree))}) AS j FROM ({scan})) AS s JOIN raw_file ON path = filename"
    )


def _flat_body(store: Store, source: Reads, scan: str, number: str, file: Raw) -> str:
    there = {name.lower(): name for name in (file.header or tuple(store.shape(scan))) if name.lower() != "filename"}
    parts = [
        f"CAST({quoted_name(there[c.name.lower()])} AS VARCHAR)" if c.name.lower() in there else "NULL"
        for c in source.columns
    ]
    named = {c.name.lower(): part for c, part in zip(source.columns, parts, strict=True)}
    ids = "".join(f"said({named[i.lower()]}), " for i in source.item_id if named[i.lower()] != "NULL")
    held = [
        p for c, p in zip(source.columns, parts, strict=True) if p != "NULL" and c.name.lower() not in source.item_id
    ]
    raw = " || chr(31) || ".join(f"coalesce({p}, '')" for p in held) or "''"
    if not held:
        return (
            f"SELECT {number}, file_no, company, digest(CAST({number} AS VARCHAR)), NULL, NULL, 'no column of this table in the file', "
            f"{', '.join(parts)} FROM ({scan}) JOIN raw_file ON path = filename"
        )
    return (
        f"SELECT n, file_no, company, id, NULL, NULL, NULL, {', '.join(f'f{i}' for i in range(len(parts)))} FROM (SELECT {number} AS n, "
        f"filename, coalesce({ids}digest({raw})) AS id, "
        f"{', '.join(f'{p} AS f{i}' for i, p in enumerate(parts))} FROM ({scan})) AS s JOIN raw_file ON path = filename"
    )


def _shapes(store: Store, source: Reads, files: Sequence[Raw], outcome: Outcome) -> set[tuple[str, str]]:
    """Note unread fields and doubled keys; return keys that only differ in case from a field we read."""
    outcome.unread.clear()
    places = containers(source)
    known = {
        p: {c.path[len(p)] for c in source.columns if c.path[: len(p)] == p and len(c.path) > len(p)} for p in places
    }
    respelt: set[tuple[str, str]] = set()
    bad: dict[str, str] = {}
    for row in store.rows("SELECT shape, file_no, count(*) AS n FROM item WHERE shape IS NOT NULL GROUP BY ALL"):
        for place, listed in zip(places, json.loads(row["shape"]), strict=True):
            keys = listed or []
            twice = sorted({k for k in keys if keys.count(k) > 1})
            if twice:
                bad[row["shape"]] = f"doubled key {twice[0][:60]}"
            for key in keys:
                if key in known[place]:
                    continue
                same = [k for k in known[place] if k.lower() == key.lower()]
                if same:
                    respelt.add((key, same[0]))
                    continue
                _unread(source, outcome, row["file_no"], ".".join([*place, key]), row["n"])
    for n, file in enumerate(files):
        columns = {c.name.lower() for c in source.columns}
        for name in file.header:
            if name.lower() not in columns:
                _unread(source, outcome, n, name, 1)
    if bad:
        store.load(
            "bad_shape", {"shape": list(bad), "reason": list(bad.values())}, {"shape": "VARCHAR", "reason": "VARCHAR"}
        )
        store.execute(
            "UPDATE item SET problem = reason FROM bad_shape WHERE bad_shape.shape = item.shape AND problem IS NULL"
        )
    return respelt


def _unread(source: Reads, outcome: Outcome, file: int, path: str, n: int) -> None:
    if not source.is_ignored(path):
        fields = outcome.unread.setdefault(file, {})
        fields[path] = fields.get(path, 0) + n


_SHIM = {"BIGINT": "whole", "DOUBLE": "number_of", "BOOLEAN": "truth"}


def _problems(store: Store, source: Reads) -> None:
    """Items that cannot be read without guessing, and the view `raw` over the others."""
    checks = [
        f"WHEN said({quoted_name(c.name)}) IS NOT NULL AND {_SHIM[c.type]}({quoted_name(c.name)}) IS NULL "
        f"THEN {quoted('.'.join(c.path) + ' is no ' + c.type)}"
        for c in source.columns
        if c.type in _SHIM
    ]
    if checks:
        store.execute(f"UPDATE item SET problem = CASE {' '.join(checks)} END WHERE problem IS NULL")
    typed = ", ".join(
        f"{_SHIM[c.type]}({quoted_name(c.name)}) AS {quoted_name(c.name)}" if c.type in _SHIM else quoted_name(c.name)
        for c in source.columns
    )
    store.execute(f"CREATE OR REPLACE TEMP VIEW raw AS SELECT item, {typed} FROM item WHERE problem IS NULL")
    if source.set_aside:
        reasons = " ".join(f"WHEN {condition} THEN {quoted(reason)}" for reason, condition in source.set_aside.items())
        store.execute(f"CREATE OR REPLACE TEMP TABLE reason AS SELECT item, CASE {reasons} END AS problem FROM raw")
        store.execute(
            "UPDATE item SET problem = reason.problem FROM reason WHERE reason.item = item.item AND reason.problem IS NOT NULL"
        )


def _duplicates(store: Store) -> None:
    """Of items with one id the first by file hash and place stays; `copy` holds the others."""
    store.execute(
        "CREATE OR REPLACE TEMP TABLE copy AS SELECT item FROM (SELECT item, row_number() OVER (PARTITION BY item.company, id "
        "ORDER BY problem IS NOT NULL, rank, item) AS place FROM item JOIN raw_file USING (file_no) "
        "WHERE (item.company, id) IN (SELECT company, id FROM item WHERE id IS NOT NULL GROUP BY ALL HAVING count(*) > 1)) WHERE place > 1"
    )
    store.execute("UPDATE item SET problem = 'duplicate' FROM copy WHERE copy.item = item.item AND problem IS NULL")


def _select(store: Store, source: Reads, tables: Mapping[str, Table], now: str) -> None:
    made: list[str] = []
    short = source.id.split("/")[0]
    for name, select in source.selects.items():
        table = tables[name]
        try:
            returned = store.shape(select)
        except duckdb.Error as why:
            raise BadUnit(f"{source.id}: SELECT into {name}: {str(why).splitlines()[0]}") from why
        own = [c.name for c in table.columns]
        wrong = sorted(set(returned) - set(own) - {"item", "part"})
        if wrong or "item" not in returned:
            raise BadUnit(f"{source.id}: SELECT into {name} returns {wrong or 'no item'}")
        part = "|| coalesce('#' || CAST(s.part AS VARCHAR), '')" if "part" in returned else ""
        body = ", ".join(
            f"CAST(s.{c.name} AS {SQL_TYPE[c.type]}) AS {c.name}"
            if c.name in returned
            else f"CAST(NULL AS {SQL_TYPE[c.type]}) AS {c.name}"
            for c in table.columns
        )
        times = [c.name for c in table.columns if c.type in ("timestamp", "date") and c.name != "birth_date"]
        checks = [f"WHEN {c} IS NULL THEN {quoted(f'no {c} that can be read')}" for c in table.required]
        for c in times:
            checks.append(f"WHEN {c} < {_EARLIEST} THEN {quoted(f'{c} lies before 1970')}")
            if c not in ("ended_on", "returned_on", "valid_from", "started_on", "hired_on"):
                checks.append(
                    f"WHEN {c} > TIMESTAMP {quoted(now)} + INTERVAL 1 DAY THEN {quoted(f'{c} lies in the future')}"
                )
        case = f"CASE {' '.join(checks)} END" if checks else "CAST(NULL AS VARCHAR)"
        store.execute(
            f"CREATE OR REPLACE TEMP TABLE made_{name} AS SELECT *, {case} AS row_problem FROM (SELECT s.item, company, "
            f"{quoted(short + ':')} || item.id {part} AS event_ref, {quoted(short)} AS source, {body} FROM ({select}) AS s "
            "JOIN item ON item.item = s.item WHERE problem IS NULL)"
        )
        made.append(name)
    refused_rows = " UNION ALL ".join(
        f"SELECT item, row_problem FROM made_{m} WHERE row_problem IS NOT NULL" for m in made
    )
    store.execute(
        f"UPDATE item SET problem = x.problem FROM (SELECT item, min(row_problem) AS problem FROM ({refused_rows}) GROUP BY item) AS x "
        "WHERE x.item = item.item"
    )
    all_rows = " UNION ALL ".join(f"SELECT item FROM made_{m}" for m in made)
    store.execute(
        f"UPDATE item SET problem = 'says nothing that a record table holds' WHERE problem IS NULL AND item NOT IN ({all_rows})"
    )
    for name in made:
        columns = ", ".join(["company", "event_ref", "source", *(c.name for c in tables[name].columns)])
        store.execute(
            f"INSERT INTO {name} ({columns}) SELECT {columns} FROM made_{name} "
            "WHERE item IN (SELECT item FROM item WHERE problem IS NULL)"
        )
        store.execute(f"DROP TABLE made_{name}")


def _count(store: Store, files: Sequence[Raw], outcome: Outcome) -> None:
    for row in store.rows("SELECT file_no, problem, count(*) AS n FROM item GROUP BY ALL"):
        file, n = row["file_no"], row["n"]
        outcome.items[file] = outcome.items.get(file, 0) + n
        if row["problem"] is None:
            outcome.kept[file] = n
        elif row["problem"] == "duplicate":
            outcome.duplicates[file] = n
        else:
            outcome.set_aside.setdefault(file, {})[row["problem"]] = n
    outcome.lines = [
        (row["file_no"], row["place"], row["problem"], row["id"] or "")
        for row in store.rows(
            "SELECT file_no, problem, id, item - first + 1 AS place FROM item JOIN (SELECT file_no, min(item) AS first FROM item "
            "GROUP BY file_no) USING (file_no) WHERE problem IS NOT NULL AND problem <> 'duplicate' ORDER BY file_no, item"
        )
    ]
    store.execute(
        "INSERT INTO origin SELECT company, id, sha256, item - first + 1 FROM item JOIN (SELECT file_no, min(item) AS first FROM item "
        "GROUP BY file_no) USING (file_no) JOIN hash_of_file USING (file_no) WHERE problem IS NULL OR problem = 'duplicate'"
    )


def note_files(store: Store, files: Sequence[Raw]) -> None:
    """Where the items of the next `fill` come from."""
    store.load(
        "hash_of_file",
        {"file_no": range(len(files)), "sha256": [f.sha256 for f in files]},
        {"file_no": "INTEGER", "sha256": "VARCHAR"},
    )


ORIGIN = "CREATE TABLE IF NOT EXISTS origin (company VARCHAR, item_id VARCHAR, sha256 VARCHAR, item BIGINT)"
