"""Which source reads a file: every one tries the beginning of it, and what becomes of the items tells."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bonafides.errors import BadSettings
from bonafides.fetch.folders import opened
from bonafides.fetch.streams import chunks
from bonafides.run import Run
from bonafides.store.duckdb import Store
from bonafides.workflow.ingest import ingest, sources

_BEGINNING = 2 << 20
# What lies in the future is refused when a file is read for good, not when its kind is looked for.
_LATE = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Reading:
    """How one source fares with a file.

    Shape: `items` of the file's beginning, of which `read` became rows (or were seen before); `why_not` is what most of
    the others were set aside for; `unread` counts fields that the source neither reads nor ignores.
    """

    source: str
    items: int
    read: int
    why_not: str | None
    unread: int


def detect(path: Path, mapping_files: Sequence[Path] = ()) -> list[Reading]:
    """How every source, and each that a mapping file describes, fares with a file.

    Order: the best first, by items read for each field that was left unread and one.

    Raises: BadSettings where there is no such file, or nothing in it.
    """
    if not path.is_file():
        raise BadSettings(f"{path}: no such file")
    room = Path(tempfile.mkdtemp(prefix="detect-"))
    store = Store(room, memory="1GB", threads=2)
    try:
        exports = room / "exports"
        beginning = _beginning(path)
        for name in sources(mapping_files):
            # A record table's file is known by its name, a vendor's by its folder.
            place = exports / "file" / (f"{name}.csv" if name.startswith("records/") else f"{name}/{path.name}")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(beginning)
        found = []
        for ledger in ingest(store, exports, Run(_LATE), room, mapping_files).ledgers:
            most = max(ledger.set_aside, key=lambda why: (ledger.set_aside[why], why)) if ledger.set_aside else None
            read = ledger.kept + ledger.duplicates
            found.append(Reading(ledger.export.source, ledger.items, read, most, len(ledger.unread)))
    finally:
        store.close()
        shutil.rmtree(room)
    if not any(one.items for one in found):
        raise BadSettings(f"{path}: nothing in it that could be read")
    return sorted(found, key=lambda one: (-one.read / (1 + one.unread), one.source))


def readers(found: list[Reading]) -> list[Reading]:
    """Those of the readings in order that read the file: the best, if it reads most items, or far more than any other.

    Why: logs are full of what programs do, which a source sets aside on purpose.
    """
    top = found[0]
    best = [one for one in found if (one.read, one.unread) == (top.read, top.unread)]
    rest = max((one.read for one in found if one not in best), default=0)
    return best if top.read * 2 > top.items or (len(best) == 1 and top.read > 4 * rest) else []


def _beginning(path: Path) -> bytes:
    """The first two megabytes, decompressed, to the end of a line. Parquet comes whole: it has no beginning."""
    told = opened(path, path.parent, "file", "")
    if told.container == "parquet":
        return path.read_bytes()
    data = b""
    for chunk in chunks(path, told.compression):
        data += chunk
        if len(data) > _BEGINNING:
            break
    return data if len(data) <= _BEGINNING else data[: data.rfind(b"\n", 0, _BEGINNING) + 1 or _BEGINNING]
