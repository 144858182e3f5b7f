"""A user's mapping: any CSV, JSON Lines or Parquet read into record tables, without code. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any
from zoneinfo import available_timezones

import yaml

from bonafides.errors import BadSettings
from bonafides.records.base import Column, Table
from bonafides.sources.base import Field, Source, segments

_KEYS = frozenset({"id", "title", "item_id", "tables", "ignores"})
_WAYS = frozenset({"from", "join", "value", "values", "else", "format", "zone", "decimal", "times"})
_ID = re.compile(r"[a-z][a-z0-9_]*")
_WORD = {"timestamp": "time", "date": "date", "integer": "whole number", "number": "number", "boolean": "yes or no"}
# What the engine reads of strftime's codes.
_FORMAT = re.compile(r"(?:[^%]|%-?[djmyHIMS]|%[abcfghnpuwxzABGTUVWXYZ%])*")
_SHIM = {"text": "said", "timestamp": "instant", "date": "day_of", "integer": "whole", "number": "number_of"}


@dataclass(frozen=True)
class _Raw(Field):
    """A raw field under a name of ours: a user's columns may be called as anything."""

    number: int = 0

    @property
    def name(self) -> str:
        """Numbered: the user's own name may be taken."""
        return f"raw_{self.number}"


@dataclass
class _Fields:
    """The raw fields that a mapping names, each once."""

    where: str
    known: dict[tuple[str, ...], _Raw]

    def texts(self, said: object) -> list[str]:
        """SQL of each place that `said` names: `A`, or `A | B` for the first that says something."""
        if not isinstance(said, str) or not said.strip():
            raise BadSettings(f"{self.where}: a raw field is named by a text, not {said!r}")
        return [self._name(segments(place)) for place in said.split("|")]

    def _name(self, path: tuple[str, ...]) -> str:
        if not path or not all(path):
            raise BadSettings(f"{self.where}: a raw field without a name")
        for other in self.known:
            if other != path and (other[: len(path)] == path or path[: len(other)] == other):
                raise BadSettings(f"{self.where}: {'.'.join(path)} is read as a value and as an object")
        return self.known.setdefault(path, _Raw((path,), "VARCHAR", len(self.known))).name


def mapping(text: str, where: str, tables: Mapping[str, Table]) -> Source:
    """The source that a mapping file describes.

    Shape: YAML with `id` (the folder under EXPORTS/<company>/), `tables` (record table -> column -> where its value
    comes from) and, if wanted, `title`, `item_id` (raw fields that identify an item), `ignores`. `where` is the file's
    name, for messages. The first table gets a row of every item; another gets one where all that it requires is there.
    Raises: BadSettings naming the file and the key.
    """
    try:
        told = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as why:
        mark = getattr(why, "problem_mark", None)
        raise BadSettings(f"{where}:{mark.line + 1 if mark else 1}: a mapping is YAML") from why
    if not isinstance(told, dict) or set(told) - _KEYS or not {"id", "tables"} <= set(told):
        raise BadSettings(f"{where}: a mapping has the keys id and tables, and may have title, item_id, ignores")
    if not isinstance(told["id"], str) or not _ID.fullmatch(told["id"]) or told["id"] == "records":
        raise BadSettings(f"{where}: id is a folder's name of small letters, digits and _, and not `records`")
    if not isinstance(told["tables"], dict) or not told["tables"]:
        raise BadSettings(f"{where}: tables names at least one record table")
    fields, checks, selects = _Fields(where, {}), dict[str, str](), dict[str, str]()
    for name, columns in told["tables"].items():
        if name not in tables:
            raise BadSettings(f"{where}: no record table is called {name}")
        selects[name] = _select(f"{where}: {name}", tables[name], columns, fields, checks, is_first=not selects)
    listed = _listed(where, "item_id", told.get("item_id"))
    ids = tuple(name for field in listed for name in fields.texts(field))
    return Source(
        id=told["id"],
        title=str(told.get("title") or told["id"]),
        vendor_page="",
        format="csv",
        columns=tuple(fields.known.values()),
        item_id=(ids,) if ids else (),
        set_aside=checks,
        adds=None,
        ignores=tuple(_listed(where, "ignores", told.get("ignores"))),
        selects=selects,
        text=text,
    )


def _listed(where: str, key: str, value: object) -> list[str]:
    if value is None:
        return []
    found = value if isinstance(value, list) else [value]
    names = [one for one in found if isinstance(one, str)]
    if len(names) < len(found):
        raise BadSettings(f"{where}: {key} lists names of raw fields")
    return names


def _select(where: str, table: Table, told: Any, fields: _Fields, checks: dict[str, str], *, is_first: bool) -> str:
    """SELECT of one table's rows; what it takes for unreadable is added to `checks`."""
    if not isinstance(told, dict) or not told:
        raise BadSettings(f"{where}: a table names its columns and where their values come from")
    known = {column.name: column for column in table.columns}
    if unknown := [name for name in told if name not in known]:
        raise BadSettings(f"{where}: {unknown[0]} is no column of this table")
    if missing := [name for name in table.required if name not in told]:
        raise BadSettings(f"{where}: {missing[0]} is required, and no value is named for it")
    values = {name: _value(f"{where}.{name}", known[name], how, fields, checks) for name, how in told.items()}
    there = " AND ".join(f"({values[name]}) IS NOT NULL" for name in table.required)
    only = f" WHERE {there}" if there and not is_first else ""
    return (
        f"SELECT item, {', '.join(f'{sql} AS {chr(34)}{name}{chr(34)}' for name, sql in values.items())} FROM raw{only}"
    )


def _value(where: str, column: Column, how: Any, fields: _Fields, checks: dict[str, str]) -> str:
    """SQL of one column's value."""
    told = how if isinstance(how, dict) else {"from": how}
    if unknown := sorted(map(str, set(told) - _WAYS)):
        raise BadSettings(f"{where}: {unknown[0]} is none of {', '.join(sorted(_WAYS))}")
    if ("value" in told) == ("from" in told):
        raise BadSettings(f"{where}: says either `from` or `value`")
    if "value" in told:
        raw = _text(_plain(told["value"]))
    else:
        raw = _joined(where, told, fields)
    if "values" in told:
        raw, untold = _translated(where, told, raw)
        if untold:
            checks[f"{column.name}: a value that the mapping does not translate"] = _or(
                checks, f"{column.name}: a value that the mapping does not translate", untold
            )
    typed = _typed(where, column, told, raw)
    if column.type != "text":
        reason = f"{column.name} is no {_WORD[column.type]}"
        checks[reason] = _or(checks, reason, f"({raw}) IS NOT NULL AND ({typed}) IS NULL")
    return typed


def _or(checks: Mapping[str, str], reason: str, condition: str) -> str:
    return f"{checks[reason]} OR ({condition})" if reason in checks else f"({condition})"


def _joined(where: str, told: Mapping[str, Any], fields: _Fields) -> str:
    """One raw field, or several joined where all of them say something."""
    if not isinstance(told["from"], list):
        if "join" in told:
            raise BadSettings(f"{where}: join needs a list of raw fields under `from`")
        return _first(fields.texts(told["from"]))
    parts = [_first(fields.texts(one)) for one in told["from"]]
    if not parts:
        raise BadSettings(f"{where}: `from` lists no raw field")
    return f" || {_text(str(told.get('join', ' ')))} || ".join(parts)


def _first(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"coalesce({', '.join(texts)})"


def _translated(where: str, told: Mapping[str, Any], raw: str) -> tuple[str, str]:
    """The value that a text stands for; and where a text stands for none."""
    values = told["values"]
    if not isinstance(values, dict) or not values:
        raise BadSettings(f"{where}: values maps what the file says to what the table takes")
    pairs = {_plain(said).strip().lower(): None if means is None else _plain(means) for said, means in values.items()}
    known = ", ".join(_text(said) for said in pairs)
    whens = " ".join(f"WHEN {_text(s)} THEN {'NULL' if m is None else _text(m)}" for s, m in pairs.items())
    rest = told.get("else")
    otherwise = raw if rest == "keep" else "NULL" if rest is None else _text(_plain(rest))
    untold = "" if "else" in told else f"({raw}) IS NOT NULL AND lower({raw}) NOT IN ({known})"
    return f"CASE lower({raw}) {whens} ELSE {otherwise} END", untold


def _typed(where: str, column: Column, told: Mapping[str, Any], raw: str) -> str:
    """The value in the column's type."""
    if lost := [way for way in ("format", "zone") if way in told and column.type not in ("timestamp", "date")]:
        raise BadSettings(f"{where}: {lost[0]} is for times and dates")
    if lost := [way for way in ("decimal", "times") if way in told and column.type not in ("number", "integer")]:
        raise BadSettings(f"{where}: {lost[0]} is for numbers")
    if column.type == "boolean":
        return f"truth({raw})"
    if column.type in ("timestamp", "date"):
        return _time(where, column, told, raw)
    if column.type == "text":
        return raw
    if told.get("decimal", ".") not in (".", ","):
        raise BadSettings(f"{where}: decimal is `.` or `,`")
    if "decimal" in told:
        group = "." if told["decimal"] == "," else ","
        raw = f"replace(replace({raw}, '{group}', ''), ',', '.')"
    if "times" not in told:
        return f"{_SHIM[column.type]}({raw})"
    if isinstance(told["times"], bool) or not isinstance(told["times"], (int, float)) or not isfinite(told["times"]):
        raise BadSettings(f"{where}: times is a number")
    type_ = "BIGINT" if column.type == "integer" else "DOUBLE"
    return f"TRY_CAST(round(number_of({raw}) * {told['times']!r}, 6) AS {type_})"


def _time(where: str, column: Column, told: Mapping[str, Any], raw: str) -> str:
    form = told.get("format")
    if form is not None and (not isinstance(form, str) or "%" not in form or not _FORMAT.fullmatch(form)):
        raise BadSettings(f"{where}: format is written with %Y, %m, %d, %H, %M, %S")
    zone = told.get("zone")
    if zone is not None and not (isinstance(zone, str) and zone in available_timezones()):
        raise BadSettings(f"{where}: zone is the name of a time zone, such as America/Chicago")
    at = f"instant({raw})" if form is None else f"instant_as({raw}, {_text(form)})"
    if zone is not None:
        at = f"instant_at({at}, {_text(zone)})" if form is not None else f"instant_in({raw}, {_text(zone)})"
    if column.type == "timestamp":
        return at
    return f"day_of({raw})" if form is None and zone is None else f"CAST({at} AS DATE)"


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def mappings(
    texts: Iterable[tuple[str, str]], known: Mapping[str, Source], tables: Mapping[str, Table]
) -> dict[str, Source]:
    """Sources of mapping files, given as (name, text), by id.

    Raises: BadSettings where two have one id, or a source of ours has it.
    """
    found: dict[str, Source] = {}
    for where, text in texts:
        made = mapping(text, where, tables)
        if made.id in known or made.id in found:
            raise BadSettings(f"{where}: a source is called {made.id} already")
        found[made.id] = made
    return found
