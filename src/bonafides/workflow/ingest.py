"""From raw files to record tables: every item kept, a duplicate, or set aside with its reason."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from types import ModuleType

import bonafides.fetch
import bonafides.records
import bonafides.sources
import bonafides.store
from bonafides import units
from bonafides.errors import BadSettings, SetAside, StopSource
from bonafides.fetch.encodings import WINDOWS
from bonafides.fetch.folders import Export, discover
from bonafides.fetch.repair import explained, repair
from bonafides.fetch.seen import Seen
from bonafides.fetch.streams import lines_of
from bonafides.records.base import Table
from bonafides.run import Run, some
from bonafides.sources.base import Source, catalogue, of_table
from bonafides.sources.mapping import mappings
from bonafides.store.duckdb import Store
from bonafides.store.duckdb import version as store_version
from bonafides.store.raw import Staged
from bonafides.store.reading import LIES_AHEAD, NOT_JSON, Outcome, fill
from bonafides.store.shelf import Page, Shelf, Taken, lay_out, take, tidy
from bonafides.store.staging import UNCHECKED, places_in, stage
from bonafides.workflow.file_ledger import FileLedger

_OPENERS = 2  # files hashed and checked at once
# Bytes of files, compressed as they are, that one process reads at a time, and the most memory that its engine takes.
_SHARE, _SHARE_MEMORY = 64 << 20, "1GB"


def record_tables() -> dict[str, Table]:
    """All record tables by name."""
    return units.modules(bonafides.records, "TABLE", Table)


def sources(mapping_files: Sequence[str | Path] = ()) -> dict[str, Source]:
    """All sources by id: vendor logs, record tables in our own shape, and what a user's mapping files describe.

    Raises: BadSettings where a mapping file cannot be read or is written wrongly.
    """
    folder = Path(next(iter(bonafides.sources.__path__)))
    own = {f"records/{name}": of_table(table) for name, table in record_tables().items()}
    known = {**catalogue(folder), **own}
    return known | mappings(((str(path), _text(Path(path))) for path in mapping_files), known, record_tables())


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as why:
        raise BadSettings(f"{path}: cannot be read as a mapping file") from why


@dataclass(frozen=True)
class Ingested:
    """What was read.

    Shape: `ledgers` say what became of each file, in order of name; `rows` and `origins` as in `Taken`.
    """

    ledgers: list[FileLedger]
    rows: Mapping[str, str]
    origins: Sequence[tuple[Path, str | None]]


@dataclass(frozen=True)
class Share:
    """Files of one source that one process reads. Shape: `cache` as for `ingest`; they need no other file."""

    source: Source
    files: tuple[Export, ...]
    tables: Mapping[str, Table]
    cache: Path
    now: datetime


# Runs a function on each of several shares, wherever that is, to the end.
Spread = Callable[[Callable[[Share], None], Sequence[Share]], None]


def ingest(
    store: Store,
    exports: Path,
    run: Run,
    scratch: Path,
    mapping_files: Sequence[str | Path] = (),
    cache: Path | None = None,
    spread: Spread | None = None,
) -> Ingested:
    """Read everything under EXPORTS into the store's record tables.

    Shape: what is in `cache` is not read again, and what is read is kept there; without one it is kept in `scratch`,
    which must last as long as the store. With `spread`, files are read by other processes first, which reach EXPORTS
    and `cache` as this one does; what they could not read is read here.
    """
    tables, known = record_tables(), sources(mapping_files)
    cache = cache or scratch / "read"
    ledgers: list[FileLedger] = []
    feeds: dict[str, list[FileLedger]] = {}
    for export in _exports(exports, run, cache):
        ledger = FileLedger(export)
        ledgers.append(ledger)
        if reason := _refused(export, known):
            ledger.leave(0, reason, export.sha256)
        elif export.container != "empty":
            feeds.setdefault(export.source, []).append(ledger)
    if spread is not None:
        _read_elsewhere(spread, feeds, known, tables, run, cache)
    taken, used = Taken(), list[Path]()
    for number, (source, feed) in enumerate(sorted(feeds.items()), 1):
        shelf = _shelf(cache, known[source], tables, run)
        room = scratch / f"reading-{number}"
        room.mkdir(parents=True)
        try:
            fresh = _fresh(shelf, known[source], feed)
            stopped: dict[tuple[str, ...], str] = {}
            if fresh:
                run.say(f"reading {source} ({number} of {len(feeds)}: {len(fresh)} of {len(feed)} files are new)")
                read = partial(_read, store, known[source], tables, run, shelf)
                stopped = {_key(known[source], export): why for export, why in _apart(read, fresh, room)}
            for reason in dict.fromkeys(stopped.values()):
                some = [one for one in feed if stopped.get(_key(known[source], one.export)) == reason]
                run.note(f"{reason} ({some[0].export.name}{f' and {len(some) - 1} files more' if some[1:] else ''})")
                for ledger in some:
                    ledger.stop(reason)
            feed = [one for one in feed if _key(known[source], one.export) not in stopped]
            found = shelf.found()
            uses = [found[_key(known[source], ledger.export)] for ledger in feed]
            for ledger, (batch, page), copies in zip(feed, uses, take(store, shelf, uses, tables, taken), strict=True):
                ledger.tell(shelf.batches[batch].pages[page], copies)
            used += [shelf.batches[batch].folder for batch, _ in uses]
        except StopSource as why:
            run.note(str(why))
            for ledger in feed:
                ledger.stop(str(why))
        finally:
            shutil.rmtree(room)
    lay_out(store, tables, taken)
    tidy(cache, used)
    return Ingested(ledgers, taken.rows, taken.origins)


def _read_elsewhere(
    spread: Spread,
    feeds: Mapping[str, Sequence[FileLedger]],
    known: Mapping[str, Source],
    tables: Mapping[str, Table],
    run: Run,
    cache: Path,
) -> None:
    shares: list[Share] = []
    for source, feed in sorted(feeds.items()):
        held: list[Export] = []
        for export in _fresh(_shelf(cache, known[source], tables, run), known[source], feed):
            held.append(export)
            if sum(one.size for one in held) >= _SHARE:
                shares.append(Share(known[source], tuple(held), tables, cache, run.now))
                held = []
        if held:
            shares.append(Share(known[source], tuple(held), tables, cache, run.now))
    if shares:
        run.say(f"reading {sum(len(share.files) for share in shares)} new files in {len(shares)} shares")
        spread(read_share, shares)


def read_share(share: Share) -> None:
    """Read files and put what they hold on the shelf; a source that must be stopped, or for which there is not memory
    enough here, is left to whoever asked.
    """
    run = Run(share.now)
    with tempfile.TemporaryDirectory(prefix="share-") as folder:
        room = Path(folder)
        store = Store(room, _SHARE_MEMORY, threads=1)
        try:
            shelf = _shelf(share.cache, share.source, share.tables, run)
            with suppress(StopSource, BadSettings):
                _read(store, share.source, share.tables, run, shelf, share.files, room)
        finally:
            store.close()


def _shelf(cache: Path, source: Source, tables: Mapping[str, Table], run: Run) -> Shelf:
    return Shelf(cache / source.id.replace("/", "."), _made_by(source, tables), _time(run))


def _time(run: Run) -> str:
    return run.now.strftime("%Y-%m-%d %H:%M:%S")


def _exports(exports: Path, run: Run, cache: Path) -> list[Export]:
    """Every file under EXPORTS, in order of name; what was seen before and has not changed is not opened again."""
    seen = Seen(cache / "seen.json", _readers(), run.now.timestamp())
    with ThreadPoolExecutor(_OPENERS) as pool:
        found = list(pool.map(lambda one: seen.opened(one[2], exports, *one[:2]), discover(exports)))
    seen.keep()
    if otherwise := [one.name for one in found if one.encoding == WINDOWS]:
        run.note(f"no UTF-8, read as {WINDOWS}: {some(otherwise)}")
    return found


def _key(source: Source, export: Export) -> tuple[str, ...]:
    """What tells a file from others as far as reading goes: its name only where the source reads it."""
    name = export.own_name if any(c.name == "file" for c in source.columns) else ""
    return (export.company, export.sha256, name)


def _made_by(source: Source, tables: Mapping[str, Table]) -> str:
    """A digest of all that says how a source is read."""
    filled = [tables[name] for name in source.selects if name in tables]
    return hashlib.sha256(f"{_readers()} {source!r} {filled!r}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _readers() -> str:
    """A digest of the code that reads."""
    return digest_of_rooms(bonafides.fetch, bonafides.store, bonafides.sources, bonafides.records)


def digest_of_rooms(*rooms: ModuleType, ending: str = ".py") -> str:
    """A digest of the files of some rooms whose names end so, without rooms inside them."""
    return digest_of(path for room in rooms for path in sorted(Path(next(iter(room.__path__))).glob(f"*{ending}")))


def digest_of(files: Iterable[Path]) -> str:
    """A digest of the engine's version and of files; one that is not there is an empty one.

    Why: a version under work changes without a new number.
    """
    total = hashlib.sha256(store_version().encode())
    for path in files:
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()


def _fresh(shelf: Shelf, source: Source, feed: Sequence[FileLedger]) -> list[Export]:
    """The files that are not on the shelf, of several alike one."""
    found = shelf.found()
    fresh = {key: ledger.export for ledger in reversed(feed) if (key := _key(source, ledger.export)) not in found}
    return sorted(fresh.values(), key=lambda export: export.name)


def _refused(export: Export, known: Mapping[str, Source]) -> str | None:
    """Why a file is not even tried."""
    if export.container == "unreadable":
        return "the file cannot be opened"
    if not export.source:
        return "lies in no source's folder"
    if export.source not in known:
        return "no record table of this name" if export.source.startswith("records/") else "no source of this name"
    return None


def _apart(
    read: Callable[[Sequence[Export], Path], None], fresh: Sequence[Export], room: Path
) -> list[tuple[Export, str]]:
    """Read files together; where that fails, half of them at a time, so that one file keeps no other back.

    Shape: answers those that cannot be read, each with the reason.
    """
    try:
        room.mkdir(exist_ok=True)
        read(fresh, room)
    except StopSource as why:
        if len(fresh) == 1:
            return [(fresh[0], str(why))]
        half = len(fresh) // 2
        return [*_apart(read, fresh[:half], room / "a"), *_apart(read, fresh[half:], room / "b")]
    return []


def _read(
    store: Store,
    source: Source,
    tables: Mapping[str, Table],
    run: Run,
    shelf: Shelf,
    fresh: Sequence[Export],
    room: Path,
) -> None:
    """Stage files, repairing those that the engine refuses or may have cut short; what they hold goes on the shelf."""
    files = [_headed(export, source) for export in fresh]
    ledgers = [FileLedger(export) for export in fresh]
    staged, repaired = Staged(room), set[int]()
    todo = {n: file.trouble for n, file in enumerate(files) if file.trouble}
    while True:
        for n, why in todo.items():
            if n in repaired:
                raise StopSource(f"{source.id}: a repaired file still cannot be read: {why}")
            if why == UNCHECKED:
                files[n] = replace(files[n], lines=lines_of(files[n].path, files[n].compression))
                continue
            run.say(f"repairing {files[n].name}: {why}")
            files[n] = _mended(source, ledgers[n], files[n], room / f"mended-{n}")
            repaired.add(n)
        todo = stage(store, source, files, staged, repaired)
        if not todo:
            break
    keys = [_key(source, export) for export in fresh]
    batch = shelf.room(hashlib.sha256(f"{shelf.made_by} {keys}".encode()).hexdigest()[:16])
    outcome = fill(store, source, files, staged, tables, _time(run), batch)
    pages = []
    for n, ledger in enumerate(ledgers):
        _note(ledger, files[n], outcome, n)
        if ledger.export.container == "csv" and not ledger.items and not places_in(source, ledger.export.header):
            ledger.leave(0, "no column of this source in the file", ledger.export.sha256)
        is_final = not any(reason.endswith(LIES_AHEAD) for _, reason, _ in ledger.lines)
        pages.append(Page(keys[n], ledger.items, ledger.unread, ledger.lines, is_final))
    shelf.keep(batch, pages)


def _headed(export: Export, source: Source) -> Export:
    """A file as its source means it: text that the source reads by lines; or fields between unit separators, which come
    without a header and are the source's columns in their order.
    """
    if source.format == "lines" and export.container in ("csv", "fields"):
        return replace(export, container="lines", header=())
    if export.container != "fields":
        return export
    return replace(export, header=tuple(column.name for column in source.columns))


def _mended(source: Source, ledger: FileLedger, export: Export, target: Path) -> Export:
    try:
        found = repair(export, target, source.opens, any(c.name == "file" for c in source.columns))
    except SetAside as why:
        ledger.leave(0, str(why), export.sha256)
        target.touch()
    else:
        for line, reason, item_ref in found.left_out:
            ledger.leave(line, reason, item_ref)
    return export.repaired(target)


def _note(ledger: FileLedger, read: Export, outcome: Outcome, n: int) -> None:
    ledger.items += outcome.items.get(n, 0)
    ledger.unread = outcome.unread.get(n, {})
    refused = outcome.lines.get(n, [])
    malformed = {place for place, reason, _ in refused if reason == NOT_JSON}
    why = explained(read, malformed) if malformed else {}
    for place, reason, ref in refused:
        ledger.lines.append(why.get(place, (place, reason, ref)))
