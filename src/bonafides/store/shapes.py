"""Which keys an item has and of what type they are: for drift, for keys in another case, for what cannot be read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bonafides.store.duckdb import Store, quoted
from bonafides.store.raw import Reads, Staged, items

_LOOK_AHEAD = 2_000
_MOST_MARKS = 24
# Types of a holder that holds nothing.
_NOTHING = frozenset({"OBJECT", "NULL"})
_SCALAR = frozenset({"BOOLEAN", "UBIGINT", "BIGINT", "HUGEINT", "UHUGEINT", "DOUBLE", "VARCHAR"})


def places(source: Reads) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Paths of the objects that hold the fields of a source, the item itself first; and of the fields."""
    leaves = [path for c in source.columns for path in c.paths]
    holders = {()} | {path[:n] for path in leaves for n in range(1, len(path))}
    return sorted(holders, key=lambda p: (len(p), p)), leaves


def _json_path(path: tuple[str, ...]) -> str:
    escaped = (part.replace("\\", "\\\\").replace('"', '\\"') for part in path)
    return "$" + "".join(f'."{part}"' for part in escaped)


@dataclass(frozen=True)
class Frequent:
    """A shape that a look ahead found. Shape: `empty` are the holders without keys: absent, null or an empty object."""

    mark: int
    empty: tuple[tuple[str, ...], ...]


def look_ahead(store: Store, source: Reads, scan: str, read: str, staged: Staged) -> list[Frequent]:
    """The shapes of most items, noted in `staged.marks` under the hash of their keys."""
    holders, _ = places(source)
    found: dict[int, Frequent] = {}
    for row in store.rows(
        f"SELECT hash(keys) AS mark, CAST(to_json(keys) AS VARCHAR) || CAST(types AS VARCHAR) AS shape, count(*) AS n "
        f"FROM (SELECT {asked('json_keys', read, holders)} AS keys, {asked('json_type', read, holders)} AS types "
        f"FROM (SELECT * FROM ({scan}) LIMIT {_LOOK_AHEAD}) WHERE {read} IS NOT NULL) GROUP BY ALL ORDER BY n DESC, shape LIMIT {_MOST_MARKS}"
    ):
        keys, types = _read(row["shape"])
        empty = tuple(holder for holder, listed in zip(holders, keys, strict=True) if not listed)
        is_nothing = all(types[holders.index(holder)] in _NOTHING for holder in empty)
        if () not in empty and is_nothing and row["mark"] not in found:
            found[row["mark"]] = Frequent(row["mark"], empty)
            staged.marks[str(row["mark"])] = row["shape"]
    return list(found.values())


def mark_of(source: Reads, frequent: Sequence[Frequent], read: str, said: Mapping[tuple[str, ...], str]) -> str:
    """SQL of the mark of an item's keys, over its text and what it says in each empty holder (`said`, by path); NULL for
    one whose keys are not frequent, or where a holder without keys says something.
    """
    whens = []
    for one in frequent:
        is_so = " AND ".join(f"coalesce({said[holder]}, '{{}}') = '{{}}'" for holder in one.empty) or "true"
        whens.append(f"WHEN {one.mark} THEN CASE WHEN {is_so} THEN '{one.mark}' END")
    keys = asked("json_keys", read, places(source)[0])
    return f"CASE hash({keys}) {' '.join(whens)} END" if whens else "CAST(NULL AS VARCHAR)"


def shape_of(source: Reads, read: str, mark: str, said: Mapping[tuple[str, ...], str]) -> str:
    """SQL of an item's keys and types, over its text and what it says in each field (`said`, by path): its mark where
    it has one, any other in full.

    Why: types are asked of as few items as can be, since each call parses the text anew. A field that begins with no
    bracket is a single value, and a holder that has keys an object. `mark` is the name of a column: worked out inside
    a condition it costs half as much again. (The engine works out beforehand, for every row, whatever stands twice in
    a SELECT: what is asked of few stands in it once.)
    """
    holders, leaves = places(source)
    values = [said[path] for c in source.columns if c.type != "JSON" for path in c.paths]
    bracketed = " OR ".join(f"{value} LIKE '{{%' OR {value} LIKE '[%'" for value in values) or "false"
    keys, types = asked("json_keys", read, holders), asked("json_type", read, [*holders, *leaves])
    return (
        f"coalesce(CASE WHEN {bracketed} THEN NULL ELSE {mark} END, "
        f"CAST(to_json({keys}) AS VARCHAR) || CAST({types} AS VARCHAR))"
    )


def asked(function: str, read: str, paths: Sequence[tuple[str, ...]]) -> str:
    """A call of a function of JSON that answers of each path in turn; the text is parsed once for all of them."""
    return f"{function}({read}, [{', '.join(quoted(_json_path(path)) for path in paths)}])"


def shapes(store: Store, staged: Staged) -> Iterator[tuple[str, int, int]]:
    """Every shape of an item as it is staged, with its file and how many items of the file have it."""
    for row in store.rows(
        f"SELECT shape, file_no, count(*) AS n FROM ({items(staged)}) WHERE shape IS NOT NULL GROUP BY shape, file_no"
    ):
        yield row["shape"], row["file_no"], row["n"]


def respelt(store: Store, source: Reads, staged: Staged) -> set[tuple[str, str]]:
    """Keys that differ from a field that we read in case only, with our spelling."""
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
    """Keys and types in a shape. Shape: types of the holders; of the fields as well where one may be no single value."""
    return _read(staged.marks.get(shape, shape))


def _read(full: str) -> tuple[list[list[str]], list[str]]:
    keys, end = json.JSONDecoder().raw_decode(full)
    return [listed or [] for listed in keys], [t.strip("'") for t in full[end:].strip("[]").split(", ")]


def fault(source: Reads, staged: Staged, shape: str) -> str | None:
    """What in a shape cannot be read without guessing: doubled keys, a text where an object belongs, or the reverse."""
    holders, leaves = places(source)
    keys, types = _told(staged, shape)
    if types[0] != "OBJECT":
        return "not a JSON object"
    read = {*holders, *leaves}
    for holder, listed in zip(holders, keys, strict=True):
        if twice := sorted(k for k in set(listed) if listed.count(k) > 1 and (*holder, k) in read):
            return f"doubled key {'.'.join((*holder, twice[0]))}"
    held = {path: c.type for c in source.columns for path in c.paths}
    asked = holders if len(types) == len(holders) else [*holders, *leaves]
    for path, type_ in zip(asked, types, strict=True):
        if path in held:
            if held[path] != "JSON" and type_ in ("OBJECT", "ARRAY"):
                return f"{'.'.join(path)} is no single value"
        elif type_ in _SCALAR or type_ == "ARRAY":
            return f"{'.'.join(path)} is no object"
    return None
