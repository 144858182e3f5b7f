"""A damaged file's readable items as a clean copy, and a reason for each that is not among them."""

import codecs
import csv
import hashlib
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bonafides.errors import SetAside
from bonafides.fetch.documents import documents
from bonafides.fetch.encodings import WINDOWS
from bonafides.fetch.folders import Export
from bonafides.fetch.sections import sections
from bonafides.fetch.streams import chunks, raw_lines, texts
from bonafides.store.raw import LONGEST_BYTES


@dataclass
class Repair:
    """What a repair left out. Units: `line` counts from 1 in the decompressed file; 0 is the file as a whole."""

    left_out: list[tuple[int, str, str]] = field(default_factory=list)  # line, reason, hash of the raw line
    kept: int = 0

    def leave(self, line: int, reason: str, raw: bytes) -> None:
        self.left_out.append((line, reason, _hash(raw)))

    def whole(self, reason: str) -> None:
        """Note what is wrong with the file as a whole."""
        self.leave(0, reason, reason.encode())


def repair(export: Export, target: Path, opens: Mapping[str, str] | None = None, is_named: bool = False) -> Repair:
    """Write what can be read of a file to `target`, uncompressed UTF-8, and say what could not be.

    Shape: JSON comes out as one item a line, a line that is left out as a blank one; CSV with the header and rows of
    the header's width. Whether a line is JSON is for the engine to say. Lines of text come out as JSON items, each
    with what opened the sections that it stands in (`opens`), and with the file's name where `is_named`.
    Raises: SetAside where nothing in the file can be read.
    Why: only files that the engine refused, or that are not UTF-8, come here; it goes line by line.
    """
    if export.container == "parquet":
        raise SetAside("Parquet that the engine cannot read")
    found = Repair()
    given = chunks(export.path, export.compression, found.whole)
    with target.open("w", encoding="utf-8", newline="\n") as out:
        if export.container == "document":
            items = documents(texts(given, export.encoding), LONGEST_BYTES)
        elif export.container == "csv":
            out.write(_written(export, export.header) + "\n")
            items = _rows(export, _lines(export, given, found))
        elif export.container == "lines":
            items = sections(_lines(export, given, found), opens or {}, export.own_name if is_named else None)
        elif export.container == "fields":
            items = _fields(export, _lines(export, given, found))
        else:
            items = ((number, text, None) for number, text in _lines(export, given, found))
        line = 0
        for number, text, reason in items:
            if reason:
                found.leave(number, reason, text.encode("utf-8", "surrogatepass"))
                continue
            if export.container == "jsonl":
                out.write("\n" * (number - line - 1))
                line = number
            out.write(text + "\n")
            found.kept += 1
    return found


def explained(export: Export, places: Collection[int]) -> dict[int, tuple[int, str, str]]:
    """Why the engine refused some items of a file of JSON lines: place -> line, reason, hash of the raw line.

    Units: places and lines count from 1; blank lines are no place.
    Why: the engine decides what JSON is, so that a line fares the same whatever file it is in; this only tells why.
    """
    found: dict[int, tuple[int, str, str]] = {}
    place = 0
    for number, raw, _ in raw_lines(chunks(export.path, export.compression)):
        place += bool(raw.strip())
        if raw.strip() and place in places:
            found[place] = number, _reason(raw), _hash(raw)
    return found


def _reason(raw: bytes) -> str:
    if b"\x00" in raw:
        return "NUL byte"
    try:
        json.loads(raw.decode())
    except RecursionError:
        return "JSON nested too deeply"
    except UnicodeDecodeError:
        return "bytes that are no text"
    except ValueError as why:
        return f"not JSON: {getattr(why, 'msg', 'a number that is too long')}"
    return "not JSON"


def _hash(raw: bytes) -> str:
    return hashlib.md5(raw, usedforsecurity=False).hexdigest()


def _fields(export: Export, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str, str | None]]:
    for number, text in lines:
        is_split = "\r" in text.rstrip("\r")  # to the engine a line ends there, and nothing can be quoted
        reason = "a line's end inside a line" if is_split else None
        yield number, text, reason or _width_reason(export, text.count(export.delimiter) + 1)


def _rows(export: Export, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str, str | None]]:
    """Rows of the header's width, written anew."""
    number = 0

    def fed() -> Iterator[str]:
        nonlocal number
        for line, text in lines:
            number = line
            yield from io.StringIO(text + "\n", newline="")  # lines may end in the other sign as well

    csv.field_size_limit(LONGEST_BYTES)
    reader = csv.reader(fed(), delimiter=export.delimiter, strict=True)
    is_header = True
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as why:
            is_header = False
            yield number, "", f"not CSV: {why}"
            continue
        if row and not is_header:
            yield number, _written(export, row), _width_reason(export, len(row))
        is_header = False


def _written(export: Export, row: Sequence[str]) -> str:
    made = io.StringIO()
    # What ends lines is quoted where it stands in a field: only those of its two signs that the writer ends lines by.
    csv.writer(made, delimiter=export.delimiter, lineterminator="\r\n").writerow(row)
    return made.getvalue().removesuffix("\r\n")


def _width_reason(export: Export, width: int) -> str | None:
    return None if width == len(export.header) else f"{width} fields where the header has {len(export.header)}"


def _lines(export: Export, given: Iterator[bytes], found: Repair) -> Iterator[tuple[int, str]]:
    """Decodable lines with their numbers; blank ones are skipped."""
    if export.encoding == "utf-16":
        given = (text.encode("utf-8", "surrogatepass") for text in texts(given, export.encoding))
    for number, raw, reason in raw_lines(given):
        if reason:
            found.leave(number, reason, raw)
            continue
        line = raw.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        if b"\x00" in line:
            found.leave(number, "NUL byte", line)
            continue
        try:
            yield number, line.decode("cp1252" if export.encoding == WINDOWS else "utf-8")
        except UnicodeDecodeError:
            found.leave(number, "bytes that are no text", line)
