"""A table as JSON Lines: one object a row, keys in the table's order."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import isfinite
from typing import Any

from bonafides.exchange.base import Export, Row


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not isfinite(value):
        return None
    return value


def _encode(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    for row in rows:
        text = json.dumps({name: _plain(row[name]) for name in columns}, ensure_ascii=False, allow_nan=False)
        yield text.encode("utf-8", "replace") + b"\n"


EXPORT = Export("jsonl_table", "JSON Lines, for programs", ".jsonl", _encode)
