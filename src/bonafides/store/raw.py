"""Raw files, sources and what of them is staged, as far as reading goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bonafides.store.duckdb import quoted

LONGEST_BYTES = 16 * 1024 * 1024
TOO_LONG = f"longer than {LONGEST_BYTES // 1024 // 1024} MiB"
_ITEMS_A_PART = 2**40


class Raw(Protocol):
    """A raw file as the fetching room describes it."""

    @property
    def company(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def path(self) -> Path: ...
    @property
    def sha256(self) -> str: ...
    @property
    def text_size(self) -> int | None: ...
    @property
    def lines(self) -> int | None: ...
    @property
    def container(self) -> str: ...
    @property
    def compression(self) -> str: ...
    @property
    def header(self) -> tuple[str, ...]: ...
    @property
    def delimiter(self) -> str: ...
    @property
    def has_office_days(self) -> bool: ...


class RawField(Protocol):
    """A raw field of a source."""

    @property
    def paths(self) -> Sequence[tuple[str, ...]]: ...
    @property
    def type(self) -> str: ...
    @property
    def name(self) -> str: ...


class Reads(Protocol):
    """A source, as far as reading goes."""

    @property
    def id(self) -> str: ...
    @property
    def columns(self) -> Sequence[RawField]: ...
    @property
    def item_id(self) -> Sequence[tuple[str, ...]]: ...
    @property
    def set_aside(self) -> Mapping[str, str]: ...
    @property
    def adds(self) -> str | None: ...
    @property
    def selects(self) -> Mapping[str, str]: ...
    def is_ignored(self, path: str) -> bool: ...


@dataclass
class Staged:
    """What of one source has been staged so far.

    Shape: `parts` are Parquet files, each of which may hold items of several raw files; a raw file is known by the
    path that it was read from. `respelt` are keys that differ from ours in case, with our spelling. `marks` stand for
    the shapes that a look ahead found: a hash is enough for those (writing them out cost a quarter of the reading).
    `headers` are the columns of the files that have such.
    """

    folder: Path
    parts: list[Path] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    respelt: set[tuple[str, str]] = field(default_factory=set)
    marks: dict[str, str] = field(default_factory=dict)
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)


def quoted_name(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal_path(path: Path) -> str:
    """A path that the engine takes as it is: it would expand wildcards."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))


def items(staged: Staged) -> str:
    """SELECT of all staged items: `item`, `file_no`, `company` and what was staged."""
    parts = " UNION ALL ".join(
        f"SELECT {n * _ITEMS_A_PART} + file_row_number AS item, * EXCLUDE (file_row_number) "
        f"FROM read_parquet({quoted(literal_path(part))}, file_row_number = true)"
        for n, part in enumerate(staged.parts)
    )
    return f"SELECT file_no, company, i.* EXCLUDE (path) FROM ({parts}) AS i JOIN raw_file USING (path)"
