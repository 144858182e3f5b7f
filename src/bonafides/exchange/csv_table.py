"""A table as CSV that spreadsheets open without running anything in it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from bonafides.exchange.base import Export, Row

# What spreadsheets take for the beginning of a formula, the wide forms of East Asian keyboards included.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _cell(value: Any) -> str:
    """A cell's text; only texts can be formulas, numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.lstrip(" \u00a0").startswith(_BEGINS_FORMULA) else value


def _encode(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    yield _line([_cell(name) for name in columns])
    for row in rows:
        yield _line([_cell(row[name]) for name in columns])


def _line(cells: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode("utf-8", "replace")


EXPORT = Export(
    "csv_table", "comma-separated, for spreadsheets: what looks like a formula is kept as text", ".csv", _encode
)
