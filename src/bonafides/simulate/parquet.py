"""A small Parquet writer: one row group, plain pages, no compression; enough for a table that a company hands in.

Why: the world must be written without the project's engine, and Parquet is one of the forms in which tables arrive.
Source: Apache Parquet's format and Thrift's compact protocol, as published.
"""

import struct
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

Cell = str | int | float | bool | None
Field = tuple[int, str, object]
_BOOLEAN, _INT32, _INT64, _DOUBLE, _TEXT = 0, 1, 2, 5, 6
_UTF8, _DATE, _TIMESTAMP = 0, 6, 10
_DATES = ("birth_date", "valid_from")
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1)


def write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Writes a table; columns named `…_on` become dates, `…_at` timestamps, both from ISO text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = bytearray(b"PAR1")
    schema: list[list[Field]] = [[(4, "text", "schema"), (5, "i32", len(columns))]]
    chunks: list[list[Field]] = []
    for number, name in enumerate(columns):
        values = [row[number] for row in rows]
        physical, converted = _type(name, values)
        element: list[Field] = [(1, "i32", physical), (3, "i32", 1), (4, "text", name)]
        schema.append([*element, (6, "i32", converted)] if converted is not None else element)
        page = _levels(values) + _plain([_native(v, converted) for v in values if v is not None], physical)
        header = _struct(
            [
                (1, "i32", 0),
                (2, "i32", len(page)),
                (3, "i32", len(page)),
                (5, "struct", [(1, "i32", len(values)), (2, "i32", 0), (3, "i32", 3), (4, "i32", 3)]),
            ]
        )
        offset = len(body)
        body += header + page
        size = len(header) + len(page)
        meta: list[Field] = [
            (1, "i32", physical),
            (2, "i32s", [0, 3]),
            (3, "texts", [name]),
            (4, "i32", 0),
            (5, "i64", len(values)),
            (6, "i64", size),
            (7, "i64", size),
            (9, "i64", offset),
        ]
        chunks.append([(2, "i64", offset), (3, "struct", meta)])
    group: list[Field] = [(1, "structs", chunks), (2, "i64", len(body) - 4), (3, "i64", len(rows))]
    footer = _struct(
        [
            (1, "i32", 1),
            (2, "structs", schema),
            (3, "i64", len(rows)),
            (4, "structs", [group]),
            (6, "text", "bonafides simulate"),
        ]
    )
    path.write_bytes(bytes(body) + footer + struct.pack("<I", len(footer)) + b"PAR1")


def _type(name: str, values: Sequence[Cell]) -> tuple[int, int | None]:
    if name.endswith("_on") or name in _DATES:
        return _INT32, _DATE
    if name.endswith("_at"):
        return _INT64, _TIMESTAMP
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return _BOOLEAN, None
    if kinds == {int}:
        return _INT64, None
    if kinds and kinds <= {int, float}:
        return _DOUBLE, None
    return _TEXT, _UTF8


def _native(value: Cell, converted: int | None) -> Cell:
    if converted == _DATE:
        return date.fromisoformat(str(value)).toordinal() - _EPOCH_DAY
    if converted == _TIMESTAMP:
        past = datetime.fromisoformat(str(value).removesuffix("Z")) - _EPOCH
        return (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds
    return value


def _plain(values: Sequence[Cell], physical: int) -> bytes:
    if physical == _TEXT:
        encoded = [str(value).encode() for value in values]
        return b"".join(struct.pack("<I", len(e)) + e for e in encoded)
    if physical == _BOOLEAN:
        bits = bytearray((len(values) + 7) // 8)
        for number, value in enumerate(values):
            bits[number // 8] |= bool(value) << (number % 8)
        return bytes(bits)
    letter = {_INT32: "i", _INT64: "q", _DOUBLE: "d"}[physical]
    return struct.pack(f"<{len(values)}{letter}", *values)


def _levels(values: Sequence[Cell]) -> bytes:
    """Which values are there, as runs of equal ones."""
    out = bytearray()
    start = 0
    for number in range(1, len(values) + 1):
        if number == len(values) or (values[number] is None) != (values[start] is None):
            out += _varint((number - start) << 1)
            out.append(values[start] is not None)
            start = number
    return struct.pack("<I", len(out)) + bytes(out)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(value: object) -> bytes:
    whole = int(str(value))
    return _varint(whole << 1 if whole >= 0 else (-whole << 1) - 1)


def _text(value: object) -> bytes:
    raw = str(value).encode()
    return _varint(len(raw)) + raw


def _list(values: Sequence[bytes], code: int) -> bytes:
    head = bytes([len(values) << 4 | code]) if len(values) < 15 else bytes([0xF0 | code]) + _varint(len(values))
    return head + b"".join(values)


def _struct(fields: Sequence[Field]) -> bytes:
    """A Thrift struct in the compact protocol."""
    out = bytearray()
    last = 0
    for number, kind, value in fields:
        code, raw = _value(kind, value)
        out.append((number - last) << 4 | code)
        out += raw
        last = number
    out.append(0)
    return bytes(out)


def _value(kind: str, value: object) -> tuple[int, bytes]:
    if kind == "i32":
        return 5, _number(value)
    if kind == "i64":
        return 6, _number(value)
    if kind == "text":
        return 8, _text(value)
    if kind == "struct":
        assert isinstance(value, list)
        return 12, _struct(value)
    assert isinstance(value, list)
    if kind == "i32s":
        return 9, _list([_number(item) for item in value], 5)
    if kind == "texts":
        return 9, _list([_text(item) for item in value], 8)
    return 9, _list([_struct(item) for item in value], 12)
