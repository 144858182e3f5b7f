"""What a source is, and how its file is read. Pure: knows neither engine nor files of logs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bonafides import units
from bonafides.errors import BadUnit
from bonafides.records.base import Table

KEYS = frozenset({"id", "title", "vendor_page", "format", "columns", "item_id", "set_aside", "adds", "ignores", "into"})
MORE_KEYS = frozenset({"opens"})
FORMATS = ("jsonl", "json", "csv", "parquet", "lines")
TYPES = ("VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "TIMESTAMP", "DATE", "JSON")
# Columns that raw and staged items have of their own.
_TAKEN = frozenset(
    {
        "item",
        "part",
        "company",
        "path",
        "item_key",
        "bytes",
        "shape",
        "is_json",
        "problem",
        "file_no",
        "fault",
        "reason",
    }
)
_SEGMENT = re.compile(r'"[^"]+"|[^.]+')
_MARK = re.compile(r"^--\s*(into|first):\s*(\w+)\s*$", re.MULTILINE)
_COMMENT = re.compile(r"^\s*--.*$", re.MULTILINE)


@dataclass(frozen=True)
class Field:
    """One raw field: where an item may hold it, its type, and the name by which a SELECT reads it.

    Shape: `paths` are the places; the first of them that says something counts.
    """

    paths: tuple[tuple[str, ...], ...]
    type: str

    @property
    def name(self) -> str:
        """Parts of the first path joined with `_`: `client.ipAddress` is read as `client_ipAddress`."""
        return flat_name(self.paths[0])


def segments(path: str) -> tuple[str, ...]:
    """The parts of a path written with dots; a part that holds dots itself stands in double quotes."""
    return tuple(part.strip('"') for part in _SEGMENT.findall(path.strip()))


def flat_name(path: tuple[str, ...]) -> str:
    """What a path is called where names are flat."""
    return re.sub(r"\W", "_", "_".join(path))


@dataclass(frozen=True)
class Source:
    """One vendor log.

    Shape: `selects` maps a record table to a SELECT over `raw`, a relation with the columns `item` (stands for the
    raw item) and `company` and one column per field, where what a vendor writes for nothing is NULL. A SELECT
    returns `item`, columns of its table, and `part` where one item makes several rows. What several SELECTs share
    stands once, after the mark `-- first: <name>`, and they read it by that name. `item_id` lists what identifies an
    item: field names, or several with `+` between; the first that is there wins, else it is the hash of the raw item.
    `set_aside` maps a reason to a condition over `raw`. `adds` is a condition over `raw` for items that may add to
    the row of another and make none themselves; any other item that makes no row is set aside. `ignores` lists paths
    left unread on purpose (`*` at the end matches any rest).
    Files of format `lines` are text: an item is a line, read as `line`, and `file`, where a column asks for it, is
    the file's own name. `opens` maps a column to a pattern: a line that it finds stands in that
    column for itself and for what follows, until the next that it finds or one of a column named before.
    """

    id: str
    title: str
    vendor_page: str
    format: str
    columns: tuple[Field, ...]
    item_id: tuple[tuple[str, ...], ...]
    set_aside: Mapping[str, str]
    adds: str | None
    ignores: tuple[str, ...]
    selects: Mapping[str, str]
    text: str = ""
    opens: Mapping[str, str] = field(default_factory=dict)

    def is_ignored(self, path: str) -> bool:
        """Is a raw field (dotted path) left unread on purpose? Exports change case, so it does not count."""
        path = path.lower()
        return any(path == i or (i.endswith("*") and path.startswith(i[:-1])) for i in map(str.lower, self.ignores))


def load(path: Path) -> Source:
    """The source that a file describes.

    Raises: BadUnit naming file and line.
    """
    head, body = units.header(path, KEYS, MORE_KEYS)
    if head["format"] not in FORMATS:
        raise BadUnit(f"{path}:1: format is one of {', '.join(FORMATS)}")
    columns = tuple(_field(path, raw, kind) for raw, kind in head["columns"].items())
    _check_names(path, columns)
    names = {c.name.lower(): c.name for c in columns}
    ids = []
    for entry in head["item_id"] or []:
        parts = tuple(part.strip() for part in str(entry).split("+"))
        if unknown := [part for part in parts if part.lower() not in names]:
            raise BadUnit(f"{path}:1: item_id names {unknown[0]}, which is no column")
        ids.append(tuple(names[part.lower()] for part in parts))
    selects = _selects(path, body)
    if sorted(selects) != sorted(head["into"]):
        raise BadUnit(f"{path}:1: `into` and the `-- into:` marks differ")
    return Source(
        id=head["id"],
        title=head["title"],
        vendor_page=head["vendor_page"],
        format=head["format"],
        columns=columns,
        item_id=tuple(ids),
        set_aside=head["set_aside"] or {},
        adds=head["adds"],
        ignores=tuple(head["ignores"] or ()),
        selects=selects,
        text=path.read_text("utf-8"),
        opens=_opens(path, head, names),
    )


def _opens(path: Path, head: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """Raises: BadUnit where lines have no column `line`, or a pattern is none or has no column."""
    opens = head.get("opens") or {}
    if head["format"] != "lines":
        if opens:
            raise BadUnit(f"{path}:1: only files of lines have `opens`")
        return {}
    if lacking := [name for name in ("line", *opens) if name not in names]:
        raise BadUnit(f"{path}:1: {lacking[0]} is no column")
    for name, pattern in opens.items():
        try:
            re.compile(pattern)
        except re.error as why:
            raise BadUnit(f"{path}:1: opens {name}: {why}") from why
    return opens


def _selects(path: Path, body: str) -> dict[str, str]:
    pieces = _MARK.split(body)
    first, selects = "", {}
    for mark, name, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        sql = _COMMENT.sub("", text).strip().rstrip(";")
        if mark == "first":
            first += f"{', ' if first else 'WITH '}{name} AS ({sql})"
        elif name in selects:
            raise BadUnit(f"{path}:1: two marks say `-- into: {name}`")
        elif first and sql.startswith("WITH "):
            selects[name] = f"{first}, {sql.removeprefix('WITH ')}"
        else:
            selects[name] = f"{first}\n{sql}".strip()
    return selects


def _field(path: Path, raw: str, kind: Any) -> Field:
    if kind not in TYPES:
        raise BadUnit(f"{path}:1: {raw}: type is one of {', '.join(TYPES)}")
    return Field(tuple(segments(place) for place in str(raw).split("|")), kind)


def _check_names(path: Path, columns: tuple[Field, ...]) -> None:
    """Names must be told apart without regard to case: exports change it, and so does the engine."""
    names = [c.name.lower() for c in columns]
    if len(set(names)) != len(names):
        raise BadUnit(f"{path}:1: two columns would have one name")
    if taken := _TAKEN & set(names):
        raise BadUnit(f"{path}:1: a column would be called {min(taken)}, which raw has already")
    leaves = [p for c in columns for p in c.paths]
    spelt: dict[str, str] = {}
    for segment in (s for leaf in leaves for s in leaf):
        if spelt.setdefault(segment.lower(), segment) != segment:
            raise BadUnit(f"{path}:1: {segment} and {spelt[segment.lower()]} differ in case only")
    for leaf in leaves:
        if any(other[: len(leaf)] == leaf and other != leaf for other in leaves) or leaves.count(leaf) > 1:
            raise BadUnit(f"{path}:1: {'.'.join(leaf)} is read twice, or as a value and as an object")


@lru_cache(maxsize=4)
def catalogue(folder: Path) -> Mapping[str, Source]:
    """All sources under a folder, by id. Read once: units do not change while a program runs."""
    return MappingProxyType({path.stem: load(path) for path in units.sql_files(folder)})


_TYPE = {
    "text": "VARCHAR",
    "timestamp": "TIMESTAMP",
    "date": "DATE",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
}


def of_table(table: Table) -> Source:
    """The source that reads a record table already in our shape (`EXPORTS/<company>/records/<table>.*`).

    Shape: CSV, JSON Lines or Parquet with the table's column names; columns that are not required may be
    missing; `event_ref` is kept if given, else the hash of the row's columns is the identity. What may hold several
    (`many`) may be a list where the format has lists.
    """
    columns = tuple(Field(((c.name,),), "JSON" if c.many else _TYPE[c.type]) for c in table.columns)
    return Source(
        id=f"records/{table.name}",
        title=table.says,
        vendor_page="",
        format="csv",
        columns=(*columns, Field((("event_ref",),), "VARCHAR")),
        item_id=(("event_ref",),),
        set_aside={f"{c.name} is no list of texts": f'NOT are_texts("{c.name}")' for c in table.columns if c.many},
        adds=None,
        ignores=("company", "source"),
        selects={table.name: f"SELECT item, {', '.join(_selected(table))} FROM raw"},
    )


def _selected(table: Table) -> Iterator[str]:
    """Columns that are texts in the portable profile stay quoted: some of our names are words of SQL."""
    for column in table.columns:
        yield f'several("{column.name}") AS "{column.name}"' if column.many else f'"{column.name}"'
