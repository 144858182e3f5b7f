"""Reads what the simulator wrote, with nothing of the project's own readers."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def text(path: Path) -> str:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()


def table(path: Path) -> list[dict[str, Any]]:
    """Rows of a .csv or .jsonl table, either with .gz; an empty cell is None."""
    if ".jsonl" in path.name:
        return [json.loads(line) for line in text(path).splitlines()]
    return [{k: v or None for k, v in row.items()} for row in csv.DictReader(io.StringIO(text(path)))]


def log(exports: Path, source: str) -> Iterator[dict[str, Any]]:
    """All events of one source, over all companies."""
    for path in sorted(exports.glob(f"*/{source}/*")):
        for line in text(path).splitlines():
            yield json.loads(line)


def truth(target: Path) -> list[dict[str, Any]]:
    return table(target / "truth.csv")
