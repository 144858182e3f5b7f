"""What a unit's SQL reads, told by the engine's own parser."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import duckdb

from bonafides.errors import BadUnit


@lru_cache(maxsize=1)
def _parser() -> duckdb.DuckDBPyConnection:
    """A connection without any table, for parsing alone."""
    return duckdb.connect(config={"threads": 1, "enable_external_access": "false"})


def tables_read(sql: str) -> set[str]:
    """Tables, views, files and table functions that a SELECT reads, its own CTE names left out.

    Raises: BadUnit where the text is anything but one SELECT.
    """
    # A cursor of its own, since several threads may ask.
    row = _parser().cursor().execute("SELECT json_serialize_sql($1)", [sql]).fetchone()
    told: dict[str, Any] = json.loads(row[0]) if row else {"error": True, "error_message": "no answer"}
    if told["error"]:
        raise BadUnit(f"must be exactly one SELECT: {told['error_message'].splitlines()[0]}")
    if len(told["statements"]) != 1:
        raise BadUnit("must be exactly one SELECT")
    read: set[str] = set()
    own: set[str] = set()
    _look(told["statements"][0], read, own)
    return read - own


def _look(node: Any, read: set[str], own: set[str]) -> None:
    """Collect what a piece of a parsed statement reads, and the names that it gives to queries of its own."""
    pieces: Iterable[Any] = ()
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            read.add(node["table_name"])
        elif node.get("type") == "TABLE_FUNCTION":
            read.add(node["function"]["function_name"])
        own.update(entry["key"] for entry in node.get("cte_map", {}).get("map", ()))
        pieces = node.values()
    elif isinstance(node, list):
        pieces = node
    for piece in pieces:
        _look(piece, read, own)
