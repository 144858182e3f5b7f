"""What a table export is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Export:
    """One outgoing format for tables.

    Shape: `encode` maps column names and rows to pieces of the file; None where only an engine can write the format, as
    Parquet. Order: rows come in the order in which they were published, and stay in it.
    Why: pure, so that a format can be tried on any rows; what may be seen in them is decided before.
    """

    name: str
    title: str
    suffix: str
    encode: Callable[[Sequence[str], Iterable[Row]], Iterator[bytes]] | None

    @property
    def format(self) -> str:
        """What callers ask for: the unit's name without `_table`."""
        return self.name.removesuffix("_table")
