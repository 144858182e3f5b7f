"""Raw files into staged items: flat columns of text as the vendor wrote them, one row a raw item.

Why: staged as Parquet, not as a table: each item carries the list of its keys and types, which are the same for
nearly all and so cost nothing there (200,000 events of 2 KB: 28 MB, as a table 340 MB), and what is staged is
read several times, by column. A row's number in the file is its place, so no window function keeps the scan to
one thread.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import duckdb

from bonafides.redact import redacted
from bonafides.store.duckdb import Store, quoted

LONGEST = 16 * 1024 * 1024
MALFORMED = "malformed lines"
UNCHECKED = "not known to be whole"
_ITEMS_A_PART = 2**40
_ROWS_A_GROUP = 61_440
_LOOK_AHEAD = 2_000
_MOST_MARKS = 24
_SCALAR = frozenset({"BOOLEAN", "UBIGINT", "BIGINT", "HUGEINT", "UHUGEINT", "DOUBLE", "VARCHAR", "NULL"})


class Raw(Protocol):
    """A raw file as the fetching room describes it."""

    @property
    def company(self) -> str: ...
    @property
    def name(self) -> str: ...
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
    def paths(self) -> Sequence[tuple[str, ...]]: ...
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
    def item_id(self) -> Sequence[tuple[str, ...]]: ...
    @property
    def set_aside(self) -> Mapping[str, str]: ...
    @property
    def adds(self) -> str | None: ...
    @property
    def selects(self) -> Mapping[str, str]: ...
    def is_ignored(self, path: str) -> bool: ...


@dataclass
class Staged:
    """What of one source has been staged so far.

    Shape: `parts` are Parquet files, each of which may hold items of several raw files; a raw file is known by the
    path that it was read from. `respelt` are keys that differ from ours in case, with our spelling. `marks` stand for
    the shapes that a look ahead found: a hash is enough for those (writing them out cost a quarter of the reading).
    """

    folder: Path
    parts: list[Path] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    respelt: set[tuple[str, str]] = field(default_factory=set)
    marks: dict[str, str] = field(default_factory=dict)


def quoted_name(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal_path(path: Path) -> str:
    """A path that the engine takes as it is: it would expand wildcards."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))


def stage(
    store: Store, source: Reads, files: Sequence[Raw], staged: Staged, settled: Collection[int] = ()
) -> dict[int, str]:
    """Stage what is not staged yet; answers which files must be repaired or checked first, and why.

    Shape: keyed by place in `files`; `settled` are those that have been: what is wrong in them now is final.
    """
    found = _stage(store, source, files, staged)
    for _ in range(1 + max(len(path) for c in source.columns for path in c.paths)):
        if not (more := _respelt(store, source, files, staged)):
            break
        staged.respelt |= more
        staged.parts.clear()
        staged.paths.clear()
        found |= _stage(store, source, files, staged)
    if staged.parts:
        _register(store, files)
        found |= _doubts(store, files, staged)
    return {n: why for n, why in found.items() if n not in settled}


def _doubts(store: Store, files: Sequence[Raw], staged: Staged) -> dict[int, str]:
    found: dict[int, str] = {}
    counts = store.rows(
        "SELECT file_no, count(*) AS n, sum(bytes) AS bytes, count_if(is_json AND shape IS NULL) AS malformed "
        f"FROM ({items(staged)}) GROUP BY file_no"
    )
    seen = {row["file_no"]: row for row in counts}
    for n, file in enumerate(files):
        row = seen.get(n, {"n": 0, "bytes": 0, "malformed": 0})
        if row["malformed"]:
            found[n] = MALFORMED
        elif file.compression != "uncompressed" and not _is_whole(file, row["n"], row["bytes"] or 0):
            found[n] = UNCHECKED
    return found


def _is_whole(file: Raw, rows: int, text_bytes: int) -> bool:
    """Does the length read equal the length that gzip wrote at the end? (DuckDB stops at damage without a word.)"""
    if file.compression != "gzip" or file.container != "jsonl":
        return False
    with file.path.open("rb") as raw:
        raw.seek(-4, 2)
        announced = int.from_bytes(raw.read(4), "little")
    return any((text_bytes + ends) % 2**32 == announced for ends in (rows, rows - 1))


def _stage(store: Store, source: Reads, files: Sequence[Raw], staged: Staged) -> dict[int, str]:
    """Stage the files not staged yet; answers those that the engine refuses."""
    refused: dict[int, str] = {}
    todo = [n for n, file in enumerate(files) if str(file.path) not in staged.paths]
    for group in _groups(files, todo):
        if _copy(store, source, [files[n] for n in group], staged) is None:
            continue
        for n in group:
            if why := _copy(store, source, [files[n]], staged):
                refused[n] = why
    return refused


def _groups(files: Sequence[Raw], numbers: Sequence[int]) -> list[list[int]]:
    """Files that one scan can read together. Parquet files are read alone: each has its own columns."""
    found: dict[Any, list[int]] = {}
    for n in numbers:
        file = files[n]
        alone = n if file.container == "parquet" else None
        found.setdefault((file.container, file.compression, file.header, file.delimiter, alone), []).append(n)
    return list(found.values())


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
    """SELECT of path, id, bytes, shape, is_json, problem and the flat columns of files of one group."""
    one = files[0]
    paths = "[" + ", ".join(quoted(literal_path(f.path)) for f in files) + "]"
    if one.container in ("jsonl", "array"):
        kind = "newline_delimited" if one.container == "jsonl" else "array"
        lenient = ", ignore_errors = true" if kind == "newline_delimited" else ""
        scan = (
            f"SELECT filename AS path, json AS text FROM read_json_objects({paths}, format = '{kind}', compression = "
            f"'{one.compression}', filename = true, hive_partitioning = false, maximum_object_size = {LONGEST}{lenient})"
        )
        return _json_body(store, source, scan, staged)
    if one.container == "parquet":
        scan = f"read_parquet({paths}, filename = 'path of the raw file', hive_partitioning = false)"
        described = store.rows(f"DESCRIBE SELECT * FROM {scan}")
        if any(t in row["column_type"] for row in described for t in ("STRUCT", "[]", "MAP", "UNION", "VARIANT")):
            text = f'SELECT "path of the raw file" AS path, to_json(t) AS text FROM {scan} AS t'
            return _json_body(store, source, text, staged)
        there = tuple(row["column_name"] for row in described)
        return _flat_body(source, f'SELECT *, "path of the raw file" AS path_ FROM {scan}', there[:-1], "path_")
    names = [f"c{n}" for n in range(len(one.header))]
    shape = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in names) + "}"
    plain = one.container == "fields"
    scan = (
        f"SELECT * FROM read_csv({paths}, columns = {shape}, header = {not plain}, delim = {_character(one.delimiter)}, "
        f"quote = {quoted('' if plain else chr(34))}, escape = {quoted('' if plain else chr(34))}, auto_detect = false, "
        f"compression = '{one.compression}', filename = 'path_', hive_partitioning = false, max_line_size = {LONGEST}, "
        "nullstr = '', strict_mode = true, allow_quoted_nulls = true)"
    )
    return _flat_body(source, scan, one.header, "path_", names)


def _character(delimiter: str) -> str:
    return f"chr({ord(delimiter)})" if ord(delimiter) < 32 else quoted(delimiter)


def places(source: Reads) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Paths of the objects that hold the fields of a source, the item itself first; and of the fields."""
    leaves = [path for c in source.columns for path in c.paths]
    holders = {()} | {path[:n] for path in leaves for n in range(1, len(path))}
    return sorted(holders, key=lambda p: (len(p), p)), leaves


def _json_path(path: tuple[str, ...]) -> str:
    return "$" + "".join(f'."{part}"' for part in path)


def _json_body(store: Store, source: Reads, scan: str, staged: Staged) -> str:
    tree: dict[str, Any] = {}
    kind = {path: "JSON" if c.type == "JSON" else "VARCHAR" for c in source.columns for path in c.paths}
    for path, type_ in kind.items():
        place = tree
        for part in path[:-1]:
            place = place.setdefault(part, {})
        place[path[-1]] = type_
    flat = [
        (c.name, _first(["j." + ".".join(map(quoted_name, path)) for path in c.paths], c.type)) for c in source.columns
    ]
    read = "text"
    if staged.respelt:
        read, spelt = "respelt", "CAST(json(text) AS VARCHAR)"
        for wrong, right in sorted(staged.respelt):
            # In JSON without blanks `":` ends a key and nothing else: inside a text the quote would be escaped.
            spelt = f"replace({spelt}, {quoted(_as_key(wrong))}, {quoted(_as_key(right))})"
        scan = f"SELECT path, text, CAST({spelt} AS JSON) AS respelt FROM ({scan})"
    return (
        f"SELECT path, {_identity(source, dict(flat), 'CAST(json(text) AS VARCHAR)')} AS id, strlen(text) AS bytes, shape, "
        f"true AS is_json, CAST(NULL AS VARCHAR) AS problem, {', '.join(f'{sql} AS {quoted_name(name)}' for name, sql in flat)} "
        f"FROM (SELECT path, text, {_shape(store, source, scan, read, staged)} AS shape, "
        f"json_transform({read}, {quoted(json.dumps(tree))}) AS j FROM ({scan}))"
    )


def _shape(store: Store, source: Reads, scan: str, read: str, staged: Staged) -> str:
    """SQL of an item's keys and types: the mark of a shape that a look ahead found, any other in full."""
    holders, leaves = places(source)
    keys = f"json_keys({read}, [{', '.join(quoted(_json_path(p)) for p in holders)}])"
    types = f"json_type({read}, [{', '.join(quoted(_json_path(p)) for p in [*holders, *leaves])}])"
    full, short = f"CAST(to_json({keys}) AS VARCHAR) || CAST({types} AS VARCHAR)", f"hash({keys}, {types})"
    found = store.rows(
        f"SELECT {short} AS mark, any_value({full}) AS shape, count(*) AS n FROM (SELECT * FROM ({scan}) LIMIT {_LOOK_AHEAD}) "
        f"WHERE {read} IS NOT NULL GROUP BY mark ORDER BY n DESC, mark LIMIT {_MOST_MARKS}"
    )
    staged.marks |= {str(row["mark"]): row["shape"] for row in found}
    marks = "".join(f" WHEN {row['mark']} THEN '{row['mark']}'" for row in found)
    return f"CASE {short}{marks} ELSE {full} END" if found else full


def _as_key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False) + ":"


def _first(places_: Sequence[str], type_: str) -> str:
    """Of several places the first that says something, as text."""
    if type_ == "JSON":
        said = [f"said_json(CAST({p} AS VARCHAR))" for p in places_]
    elif len(places_) == 1:
        return f"CAST({places_[0]} AS VARCHAR)"
    else:
        said = [f"said(CAST({p} AS VARCHAR))" for p in places_]
    return f"coalesce({', '.join(said)})" if len(said) > 1 else said[0]


def _identity(source: Reads, flat: Mapping[str, str], whole: str) -> str:
    """The vendor's id, else the hash of the item; read from left to right, so most items are not hashed."""
    ways = ["||'/'||".join(f"said({flat[name]})" for name in entry) for entry in source.item_id]
    return f"coalesce({', '.join([*ways, f'digest({whole})'])})"


def _flat_body(source: Reads, scan: str, header: Sequence[str], path: str, columns: Sequence[str] | None = None) -> str:
    from_name: dict[str, list[str]] = {}
    for name, column in zip(header, columns or header, strict=True):
        from_name.setdefault(plain_name(name), []).append(quoted_name(column))
    flat, held, problem = [], [], "CAST(NULL AS VARCHAR)"
    for c in source.columns:
        there = [from_name[n] for n in dict.fromkeys(map(_flat, c.paths)) if n in from_name]
        if doubled := next((t for t in there if len(t) > 1), None):
            problem = quoted(f"doubled column {c.name}")
            there = [doubled[:1]]
        flat.append((c.name, _first([t[0] for t in there], c.type) if there else "CAST(NULL AS VARCHAR)"))
        held += [t[0] for t in there]
    if not held:
        problem = quoted("no column of this source in the file")
        held = [quoted_name(c) for c in (columns or header)]
    elif columns:
        repeated = " AND ".join(f"{quoted_name(c)} = {quoted(name)}" for name, c in zip(header, columns, strict=True))
        problem = f"CASE WHEN {repeated} THEN 'the header again' ELSE {problem} END" if header else problem
    row = " || chr(31) || ".join(f"coalesce(CAST({c} AS VARCHAR), '')" for c in held) or "''"
    return (
        f"SELECT {path} AS path, {_identity(source, dict(flat), row)} AS id, CAST(NULL AS BIGINT) AS bytes, "
        f"CAST(NULL AS VARCHAR) AS shape, false AS is_json, {problem} AS problem, "
        f"{', '.join(f'{sql} AS {quoted_name(name)}' for name, sql in flat)} FROM ({scan})"
    )


def plain_name(name: str) -> str:
    """A column's name where names are flat, without regard to case and to how its parts are joined."""
    return "".join(c if c.isalnum() else "_" for c in name.strip()).lower()


def _flat(path: tuple[str, ...]) -> str:
    return plain_name("_".join(path))


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


def items(staged: Staged) -> str:
    """SELECT of all staged items: `item`, `file_no`, `company` and what was staged."""
    parts = " UNION ALL ".join(
        f"SELECT {n * _ITEMS_A_PART} + file_row_number AS item, * EXCLUDE (file_row_number) "
        f"FROM read_parquet({quoted(literal_path(part))}, file_row_number = true)"
        for n, part in enumerate(staged.parts)
    )
    return f"SELECT file_no, company, i.* EXCLUDE (path) FROM ({parts}) AS i JOIN raw_file USING (path)"


def shapes(store: Store, staged: Staged) -> Iterator[tuple[str, int, int]]:
    """Every shape of an item as it is staged, with its file and how many items of the file have it."""
    for row in store.rows(
        f"SELECT shape, file_no, count(*) AS n FROM ({items(staged)}) WHERE shape IS NOT NULL GROUP BY shape, file_no"
    ):
        yield row["shape"], row["file_no"], row["n"]


def _respelt(store: Store, source: Reads, files: Sequence[Raw], staged: Staged) -> set[tuple[str, str]]:
    """Keys that differ from a field that we read in case only, with our spelling."""
    if not staged.parts:
        return set()
    _register(store, files)
    holders, leaves = places(source)
    ours = [{leaf[len(p)] for leaf in leaves if leaf[: len(p)] == p} for p in holders]
    found: set[tuple[str, str]] = set()
    for shape, _, _ in shapes(store, staged):
        for known, keys in zip(ours, keys_of(staged, shape), strict=True):
            lower = {k.lower(): k for k in known}
            found |= {(key, lower[key.lower()]) for key in keys if key not in known and key.lower() in lower}
    return found - staged.respelt


def keys_of(staged: Staged, shape: str) -> list[list[str]]:
    """The keys of each holder in a shape."""
    return _told(staged, shape)[0]


def _told(staged: Staged, shape: str) -> tuple[list[list[str]], list[str]]:
    full = staged.marks.get(shape, shape)
    keys, end = json.JSONDecoder().raw_decode(full)
    return [listed or [] for listed in keys], [t.strip("'") for t in full[end:].strip("[]").split(", ")]


def fault(source: Reads, staged: Staged, shape: str) -> str | None:
    """What in a shape cannot be read without guessing: doubled keys, a text where an object belongs, or the reverse."""
    holders, leaves = places(source)
    keys, types = _told(staged, shape)
    if types[0] != "OBJECT":
        return "not a JSON object"
    for listed in keys:
        if twice := sorted({k for k in listed if listed.count(k) > 1}):
            return f"doubled key {redacted(twice[0])[:60]}"
    held = {path: c.type for c in source.columns for path in c.paths}
    for path, type_ in zip([*holders, *leaves], types, strict=True):
        if path in held:
            if held[path] != "JSON" and type_ in ("OBJECT", "ARRAY"):
                return f"{'.'.join(path)} is no single value"
        elif type_ in _SCALAR - {"NULL"} or type_ == "ARRAY":
            return f"{'.'.join(path)} is no object"
    return None
