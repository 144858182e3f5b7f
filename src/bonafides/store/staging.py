"""Raw files into staged items: flat columns of text as the vendor wrote them, one row a raw item.

Why: staged as Parquet, not as a table: each item carries the list of its keys and types, which are the same for
nearly all and so cost nothing there (200,000 events of 2 KB: 28 MB, as a table 340 MB), and what is staged is
read several times, by column. A row's number in the file is its place, so no window function keeps the scan to
one thread.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import duckdb

from bonafides.redact import redacted
from bonafides.store.duckdb import Store, quoted
from bonafides.store.raw import LONGEST_BYTES, Raw, Reads, Staged, items, literal_path, quoted_name
from bonafides.store.shapes import asked, look_ahead, mark_of, respelt, shape_of

UNCHECKED = "not known to be whole"
_ROWS_A_GROUP = 61_440
_ROWS_LOOKED_AT = 1_000
# The engine would take sixteen times the longest line for each file that it reads.
_BUFFER_BYTES = 2 * LONGEST_BYTES


def stage(
    store: Store, source: Reads, files: Sequence[Raw], staged: Staged, settled: Collection[int] = ()
) -> dict[int, str]:
    """Stage what is not staged yet; answers which files must be repaired or checked first, and why.

    Shape: keyed by place in `files`; `settled` are those that have been repaired: what is wrong in them now is final.
    """
    found = _stage(store, source, files, staged)
    for _ in range(1 + max(len(path) for c in source.columns for path in c.paths)):
        _register(store, files)
        if not staged.parts or not (more := respelt(store, source, staged)):
            break
        staged.respelt |= more
        staged.parts.clear()
        staged.paths.clear()
        found |= _stage(store, source, files, staged)
    counts: dict[int, tuple[int, int]] = {}
    if staged.parts:
        asked = (
            f"SELECT file_no, count(*) AS n, coalesce(sum(bytes), 0) AS bytes FROM ({items(staged)}) GROUP BY file_no"
        )
        counts = {row["file_no"]: (row["n"], row["bytes"]) for row in store.rows(asked)}
    for n, file in enumerate(files):
        if n not in settled and n not in found and (why := _doubt(file, *counts.get(n, (0, 0)))):
            found[n] = why
    return found


def _doubt(file: Raw, rows: int, text_bytes: int) -> str | None:
    """Why there may be more in a file than was read: the engine passes over files of one byte, for example."""
    if file.container != "jsonl":
        return None
    if file.lines is not None:
        return None if file.lines == rows else f"{file.lines} lines, of which {rows} were read"
    # The bytes of lines that are malformed are not known, nor how long their ends are.
    return None if file.text_size is not None and file.text_size - text_bytes in (rows, rows - 1) else UNCHECKED


def _stage(store: Store, source: Reads, files: Sequence[Raw], staged: Staged) -> dict[int, str]:
    """Stage the files not staged yet; answers those that the engine refuses."""
    refused: dict[int, str] = {}
    todo = [n for n, file in enumerate(files) if str(file.path) not in staged.paths]
    for group in _groups(store, files, todo):
        if _copy(store, source, [files[n] for n in group], staged) is None:
            continue
        for n in group:
            if why := _copy(store, source, [files[n]], staged):
                refused[n] = why
    return refused


def _groups(store: Store, files: Sequence[Raw], numbers: Sequence[int]) -> list[list[int]]:
    """Files that one scan can read together. Of Parquet files those of the same columns: each has its own."""
    found: dict[Any, list[int]] = {}
    for n in numbers:
        file = files[n]
        columns: object = None
        if file.container == "parquet":
            try:
                columns = tuple(_parquet_columns(store, file))
            except duckdb.Error:
                columns = n  # the reason is told where it is read alone
        key = (file.container, file.compression, file.header, file.delimiter, file.has_office_days, columns)
        found.setdefault(key, []).append(n)
    return list(found.values())


def _parquet_columns(store: Store, file: Raw) -> list[tuple[str, str]]:
    """Names and types of a Parquet file's columns."""
    scan = f"read_parquet({quoted(literal_path(file.path))}, hive_partitioning = false)"
    return [(row["column_name"], row["column_type"]) for row in store.rows(f"DESCRIBE SELECT * FROM {scan}")]


def _copy(store: Store, source: Reads, files: Sequence[Raw], staged: Staged) -> str | None:
    """Stage one group of files; answers why the engine refuses it, if it does."""
    target = staged.folder / f"part-{len(staged.parts)}.parquet"
    try:
        body = _body(store, source, files, staged)
        store.execute(f"COPY ({body}) TO {quoted(str(target))} (FORMAT parquet, ROW_GROUP_SIZE {_ROWS_A_GROUP})")
    except duckdb.Error as why:
        target.unlink(missing_ok=True)
        return redacted(str(why).split("\n")[0])
    staged.parts.append(target)
    staged.paths |= {str(file.path) for file in files}
    return None


def _body(store: Store, source: Reads, files: Sequence[Raw], staged: Staged) -> str:
    """SELECT of path, item_key, bytes, shape, is_json, problem and the flat columns of files of one group."""
    one = files[0]
    paths = "[" + ", ".join(quoted(literal_path(f.path)) for f in files) + "]"
    if one.container == "jsonl":
        scan = (
            f"SELECT filename AS path, json AS text FROM read_json_objects({paths}, format = 'newline_delimited', compression = "
            f"'{one.compression}', filename = true, hive_partitioning = false, maximum_object_size = {LONGEST_BYTES}, ignore_errors = true)"
        )
        return _json_body(store, source, scan, staged)
    if one.container == "parquet":
        scan = f"read_parquet({paths}, filename = 'path of the raw file', hive_partitioning = false)"
        described = _parquet_columns(store, one)
        if any(t in type_ for _, type_ in described for t in ("STRUCT", "[]", "MAP", "UNION", "VARIANT")):
            own = ", ".join(f"{quoted_name(name)} := {quoted_name(name)}" for name, _ in described)
            text = f'SELECT "path of the raw file" AS path, to_json(struct_pack({own})) AS text FROM {scan}'
            return _json_body(store, source, text, staged)
        there = tuple(name for name, _ in described)
        return _table_body(
            store, source, f'SELECT *, "path of the raw file" AS path_ FROM {scan}', there, there, files, staged
        )
    names = [f"c{n}" for n in range(len(one.header))]
    shape = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in names) + "}"
    plain = one.container == "fields"
    scan = (
        f"SELECT * FROM read_csv({paths}, columns = {shape}, header = {not plain}, delim = {_character(one.delimiter)}, "
        f"quote = {quoted('' if plain else chr(34))}, escape = {quoted('' if plain else chr(34))}, auto_detect = false, "
        f"compression = '{one.compression}', filename = 'path_', hive_partitioning = false, max_line_size = {LONGEST_BYTES}, buffer_size = {_BUFFER_BYTES}, "
        "nullstr = '', strict_mode = true, allow_quoted_nulls = true)"
    )
    if one.has_office_days:
        scan = _with_days(store, source, scan, one.header, names)
    return _table_body(store, source, scan, one.header, names, files, staged)


# What a day can start with where the day comes first, and be followed by where the month does.
_NO_MONTH = "(1[3-9]|2[0-9]|3[01])"


def _with_days(store: Store, source: Reads, scan: str, header: Sequence[str], columns: Sequence[str]) -> str:
    """The same scan with days and times as ISO orders them: year, month, day.

    Why: `3/2/2026` is another day by another office's habit. One file is written by one habit, which a number above
    twelve gives away; a file without any stays as it is, and is set aside. Between dots the day always comes first.
    """
    found = places_in(source, header)
    at = [found[path] for c in source.columns if c.type in ("DATE", "TIMESTAMP") for path in c.paths if path in found]
    cells = [columns[n] for n in sorted({n for numbers in at for n in numbers})]
    if not cells:
        return scan
    first, second = (
        " OR ".join(f"regexp_matches({c}, '^ *{pattern}/[0-9]{{4}}')" for c in cells)
        for pattern in (f"{_NO_MONTH}/[0-9]{{1,2}}", f"[0-9]{{1,2}}/{_NO_MONTH}")
    )
    told = f"SELECT path_, bool_or({first}) AS is_day, bool_or({second}) AS is_month FROM ({scan}) GROUP BY path_"
    orders: dict[str, list[str]] = {"day": [], "month": []}
    for row in store.rows(f"{told} ORDER BY path_"):
        if bool(row["is_day"]) != bool(row["is_month"]):
            orders["day" if row["is_day"] else "month"].append(row["path_"])

    def turned(cell: str) -> str:
        cases = [f"WHEN regexp_matches({cell}, '^ *[0-9]{{1,2}}[.]') THEN {_ordered(cell, '[.]', is_day_first=True)}"]
        for order, paths in orders.items():
            if paths:
                listed = ", ".join(map(quoted, paths))
                cases.append(f"WHEN path_ IN ({listed}) THEN {_ordered(cell, '/', is_day_first=order == 'day')}")
        return f"CASE {' '.join(cases)} ELSE {cell} END AS {cell}"

    return f"SELECT * REPLACE ({', '.join(map(turned, cells))}) FROM ({scan})"


def _ordered(cell: str, sign: str, *, is_day_first: bool) -> str:
    form = f"^ *([0-9]{{1,2}}){sign}([0-9]{{1,2}}){sign}([0-9]{{4}})"
    iso = r"\3/\2/\1" if is_day_first else r"\3/\1/\2"
    return f"regexp_replace({cell}, '{form}', '{iso}')"


def _table_body(
    store: Store,
    source: Reads,
    scan: str,
    header: Sequence[str],
    columns: Sequence[str],
    files: Sequence[Raw],
    staged: Staged,
) -> str:
    """The same of a table whose `columns` are called as the header says. Cells may hold the vendor's objects as JSON, as
    tables out of a data warehouse do: then each row is read as the object that it was.
    """
    holders = {plain_name(path[0]) for c in source.columns for path in c.paths if len(path) > 1}
    found = places_in(source, header)
    known = {n for numbers in found.values() for n in numbers}
    cells = {
        column: f"CAST({quoted_name(column)} AS VARCHAR)"
        for n, (name, column) in enumerate(zip(header, columns, strict=True))
        if n not in known and plain_name(name) in holders
    }
    if cells:
        asked_for = " OR ".join(f"starts_with({cell}, '{{') AND json_valid({cell})" for cell in cells.values())
        if store.value(f"SELECT bool_or({asked_for}) FROM ({scan} LIMIT {_ROWS_LOOKED_AT})"):
            own: dict[str, str] = {}
            for name, column in zip(header, columns, strict=True):
                cell = f"inner_json({cells[column]})" if column in cells else f"to_json({quoted_name(column)})"
                if name:
                    own.setdefault(plain_name(name), f"{quoted_name(name)} := CAST({cell} AS JSON)")
            text = f"SELECT path_ AS path, to_json(struct_pack({', '.join(own.values())})) AS text FROM ({scan})"
            return _json_body(store, source, text, staged)
    staged.headers |= {str(file.path): tuple(header) for file in files}
    return _flat_body(source, scan, header, columns, found)


def _character(delimiter: str) -> str:
    return f"chr({ord(delimiter)})" if ord(delimiter) < 32 else quoted(delimiter)


def _json_body(store: Store, source: Reads, scan: str, staged: Staged) -> str:
    read = "text"
    if staged.respelt:
        read, spelt = "respelt", "CAST(json(text) AS VARCHAR)"
        for wrong, right in sorted(staged.respelt):
            # In JSON without blanks `":` ends a key and nothing else: inside a text the quote would be escaped.
            spelt = f"replace({spelt}, {quoted(_as_key(wrong))}, {quoted(_as_key(right))})"
        scan = f"SELECT path, text, CAST({spelt} AS JSON) AS respelt FROM ({scan})"
    frequent = look_ahead(store, source, scan, read, staged)
    asked_for = [path for c in source.columns for path in c.paths] + [path for one in frequent for path in one.empty]
    said = {path: f"said[{n}]" for n, path in enumerate(dict.fromkeys(asked_for), 1)}
    flat = [(c.name, _first([said[path] for path in c.paths], c.type)) for c in source.columns]
    return (
        f"SELECT path, {_identity(source, dict(flat), 'CAST(json(text) AS VARCHAR)')} AS item_key, strlen(text) AS bytes, "
        f"{shape_of(source, read, 'mark', said)} AS shape, true AS is_json, CAST(NULL AS VARCHAR) AS problem, {', '.join(f'{sql} AS {quoted_name(name)}' for name, sql in flat)} "
        f"FROM (SELECT *, {mark_of(source, frequent, read, said)} AS mark "
        f"FROM (SELECT *, {asked('json_extract_string', read, list(said))} AS said FROM ({scan})))"
    )


def _as_key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False) + ":"


def _first(places_: Sequence[str], type_: str) -> str:
    """Of several places the first that says something, as text."""
    if type_ == "JSON":
        said = [f"said_json({p})" for p in places_]
    elif len(places_) == 1:
        return places_[0]
    else:
        said = [f"said({p})" for p in places_]
    return f"coalesce({', '.join(said)})" if len(said) > 1 else said[0]


def _identity(source: Reads, flat: Mapping[str, str], whole: str) -> str:
    """The vendor's id, else the hash of the item; read from left to right, so most items are not hashed."""
    ways = ["||'/'||".join(f"said({flat[name]})" for name in entry) for entry in source.item_id]
    return f"coalesce({', '.join([*ways, f'digest({whole})'])})"


def _flat_body(
    source: Reads,
    scan: str,
    header: Sequence[str],
    columns: Sequence[str],
    found: Mapping[tuple[str, ...], tuple[int, ...]],
) -> str:
    flat, held, problem = [], [], "CAST(NULL AS VARCHAR)"
    for c in source.columns:
        at = dict.fromkeys(found[path] for path in c.paths if path in found)
        there = [[quoted_name(columns[n]) for n in numbers] for numbers in at]
        if doubled := next((t for t in there if len(t) > 1), None):
            problem = quoted(f"doubled column {c.name}")
            there = [doubled[:1]]
        flat.append(
            (c.name, _first([f"CAST({t[0]} AS VARCHAR)" for t in there], c.type) if there else "CAST(NULL AS VARCHAR)")
        )
        held += [t[0] for t in there]
    if not held:
        problem = quoted("no column of this source in the file")
        held = [quoted_name(c) for c in columns]
    elif list(columns) != list(header):
        repeated = " AND ".join(f"{quoted_name(c)} = {quoted(name)}" for name, c in zip(header, columns, strict=True))
        problem = f"CASE WHEN {repeated} THEN 'the header again' ELSE {problem} END" if header else problem
    row = " || chr(31) || ".join(f"coalesce(CAST({c} AS VARCHAR), '')" for c in held) or "''"
    return (
        f"SELECT path_ AS path, {_identity(source, dict(flat), row)} AS item_key, CAST(NULL AS BIGINT) AS bytes, "
        f"CAST(NULL AS VARCHAR) AS shape, false AS is_json, {problem} AS problem, "
        f"{', '.join(f'{sql} AS {quoted_name(name)}' for name, sql in flat)} FROM ({scan})"
    )


def plain_name(name: str, sign: str = "") -> str:
    """A column's name in small letters, with `sign` for every other sign than letters and digits."""
    return "".join(c if c.isalnum() else sign for c in name.strip()).lower()


def places_in(source: Reads, header: Sequence[str]) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Where a header names which of a source's fields: without regard to case and to how parts are joined; what is found
    nowhere so, also without regard to how words are (`ip_address`, `IP address`).

    Shape: path of the field -> numbers of columns, from 0; more than one if the header names it twice.
    """
    paths = [path for c in source.columns for path in c.paths]
    joined, plain = _numbered(header, "_"), _numbered(header, "")
    found = {path: joined.get(plain_name("_".join(path), "_"), ()) for path in paths}
    taken = {n for numbers in found.values() for n in numbers}
    for path in paths:
        found[path] = found[path] or tuple(n for n in plain.get(plain_name("_".join(path)), ()) if n not in taken)
    return {path: numbers for path, numbers in found.items() if numbers}


def _numbered(header: Sequence[str], sign: str) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for n, name in enumerate(header):
        plain = plain_name(name, sign)
        found[plain] = (*found.get(plain, ()), n)
    return found


def _register(store: Store, files: Sequence[Raw]) -> None:
    store.load(
        "raw_file",
        {
            "file_no": range(len(files)),
            "path": [str(f.path) for f in files],
            "company": [f.company for f in files],
        },
        {"file_no": "INTEGER", "path": "VARCHAR", "company": "VARCHAR"},
    )
