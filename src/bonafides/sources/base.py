"""What a source is, and how its file is read. Pure: knows neither engine nor files of logs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bonafides import units
from bonafides.errors import BadUnit
from bonafides.records.base import Table

KEYS = frozenset({"id", "title", "vendor_page", "format", "columns", "item_id", "set_aside", "ignores", "into"})
FORMATS = ("jsonl", "csv")
TYPES = ("VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "JSON")
_SEGMENT = re.compile(r'"[^"]+"|[^.]+')
_INTO = re.compile(r"^--\s*into:\s*(\w+)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Field:
    """One raw field: its path in an item, its type, and the name by which a SELECT reads it."""

    path: tuple[str, ...]
    type: str

    @property
    def name(self) -> str:
        """Path parts joined with `_`: `client.ipAddress` is read as `client_ipAddress`."""
        return re.sub(r"\W", "_", "_".join(self.path))


@dataclass(frozen=True)
class Source:
    """One vendor log.

    Shape: `selects` maps a record table to a SELECT over `raw`, a relation with the column `item` (key of the
    raw item) and one column per field. A SELECT returns `item`, columns of its table, and `part` where one
    item makes several rows. `item_id` names the fields that identify an item (first non-empty wins; none: hash of
    the raw item). `set_aside` maps a reason to a condition over `raw`. `ignores` lists paths left unread on
    purpose (`*` at the end matches any rest).
    """

    id: str
    title: str
    vendor_page: str
    format: str
    columns: tuple[Field, ...]
    item_id: tuple[str, ...]
    set_aside: Mapping[str, str]
    ignores: tuple[str, ...]
    selects: Mapping[str, str]
    text: str = ""

    def is_ignored(self, path: str) -> bool:
        """Is a raw field (dotted path) left unread on purpose?"""
        return any(path == i or (i.endswith("*") and path.startswith(i[:-1])) for i in self.ignores)


def load(path: Path) -> Source:
    """The source that a file describes.

    Raises: BadUnit naming file and line.
    """
    head, body = units.header(path, KEYS)
    if head["format"] not in FORMATS:
        raise BadUnit(f"{path}:1: format is one of {', '.join(FORMATS)}")
    columns = []
    for raw, kind in head["columns"].items():
        if kind not in TYPES:
            raise BadUnit(f"{path}:1: {raw}: type is one of {', '.join(TYPES)}")
        columns.append(Field(tuple(s.strip('"') for s in _SEGMENT.findall(raw)), kind))
    names = [c.name.lower() for c in columns]
    if len(set(names)) != len(names):
        raise BadUnit(f"{path}:1: two columns would have one name")
    ids = head["item_id"] or []
    for name in ids:
        if name.lower() not in names:
            raise BadUnit(f"{path}:1: item_id names {name}, which is no column")
    pieces = _INTO.split(body)
    selects = dict(zip(pieces[1::2], (p.strip().rstrip(";") for p in pieces[2::2]), strict=True))
    if sorted(selects) != sorted(head["into"]):
        raise BadUnit(f"{path}:1: `into` and the `-- into:` marks differ")
    return Source(
        id=head["id"],
        title=head["title"],
        vendor_page=head["vendor_page"],
        format=head["format"],
        columns=tuple(columns),
        item_id=tuple(ids),
        set_aside=head["set_aside"] or {},
        ignores=tuple(head["ignores"] or ()),
        selects=selects,
        text=path.read_text("utf-8"),
    )


def catalogue(folder: Path) -> dict[str, Source]:
    """All sources under a folder, by id."""
    return {path.stem: load(path) for path in units.sql_files(folder)}


_CAST = {
    "text": "said({c})",
    "timestamp": "instant({c})",
    "date": "day_of({c})",
    "integer": "whole({c})",
    "number": "number_of({c})",
    "boolean": "truth({c})",
}


def of_table(table: Table) -> Source:
    """The source that reads a record table already in our shape (`EXPORTS/<company>/records/<table>.*`).

    Shape: CSV, JSON Lines or Parquet with the table's column names; columns that are not required may be
    missing; `event_ref` is kept if given, else the hash of the row's columns is the identity.
    """
    columns = tuple(Field((c.name,), "VARCHAR") for c in table.columns)
    casts = ", ".join(f"{_CAST[c.type].format(c=c.name)} AS {c.name}" for c in table.columns)
    unread = {
        f"{c.name} is no {c.type}": f"said({c.name}) IS NOT NULL AND {_CAST[c.type].format(c=c.name)} IS NULL"
        for c in table.columns
        if c.type != "text"
    }
    return Source(
        id=f"records/{table.name}",
        title=table.says,
        vendor_page="",
        format="csv",
        columns=(*columns, Field(("event_ref",), "VARCHAR")),
        item_id=("event_ref",),
        set_aside=unread,
        ignores=("company", "source"),
        selects={table.name: f"SELECT item, {casts} FROM raw"},
    )
