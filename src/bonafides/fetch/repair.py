"""A damaged file's readable lines as a clean copy, and a reason for each line that is not among them."""

import csv
import hashlib
import io
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import zstandard

from bonafides.fetch.folders import Export

LONGEST_LINE_BYTES = 16 * 1024 * 1024
_WRAPPERS = ("value", "Records", "records", "events", "items", "data", "logs", "results")


@dataclass
class Repair:
    """What a repair left out. Units: `line` counts from 1 in the decompressed file; 0 is the file as a whole."""

    left_out: list[tuple[int, str, str]] = field(default_factory=list)  # line, reason, hash of the raw line
    kept: int = 0

    def leave(self, line: int, reason: str, raw: bytes) -> None:
        self.left_out.append((line, reason, hashlib.md5(raw, usedforsecurity=False).hexdigest()))


def repair(export: Export, target: Path) -> Repair:
    """Write what can be read of a file to `target`, uncompressed UTF-8, and say what could not be.

    Shape: JSON comes out as one valid object a line, CSV with the header and rows of the header's width.
    Why: only files that the engine refused, or that are not UTF-8, come here; it goes line by line.
    """
    found = Repair()
    if export.container == "document" or (export.container == "array"):
        _document(export, target, found)
        return found
    lines = _lines(export, found)
    with target.open("w", encoding="utf-8", newline="\n") as out:
        if export.container == "csv":
            _csv(export, lines, out.write, found)
        else:
            for number, text in lines:
                reason = _json_reason(text)
                if reason:
                    found.leave(number, reason, text.encode())
                else:
                    out.write(text + "\n")
                    found.kept += 1
    return found


def _json_reason(text: str) -> str | None:
    try:
        value = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        return "JSON nested too deeply"
    except ValueError as why:
        return f"not JSON: {getattr(why, 'msg', 'constant that JSON does not have')}"
    return None if isinstance(value, dict) else "not a JSON object"


def _refuse(_: str) -> Any:
    raise ValueError


def _csv(export: Export, lines: Iterator[tuple[int, str]], write: Callable[[str], Any], found: Repair) -> None:
    width = len(export.header)
    line_of = 0

    def fed() -> Iterator[str]:
        nonlocal line_of
        for number, text in lines:
            line_of = number
            yield text + "\n"

    reader = csv.reader(fed(), delimiter=export.delimiter, strict=False)
    made = io.StringIO()
    writer = csv.writer(made, delimiter=export.delimiter, lineterminator="\n")
    csv.field_size_limit(LONGEST_LINE_BYTES)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as why:
            found.leave(line_of, f"not CSV: {why}", b"")
            continue
        if not row:
            continue
        if len(row) != width:
            found.leave(line_of, f"{len(row)} fields where the header has {width}", export.delimiter.join(row).encode())
            continue
        made.seek(0)
        made.truncate()
        writer.writerow(row)
        write(made.getvalue())
        found.kept += 1


def _document(export: Export, target: Path, found: Repair) -> None:
    """One JSON document (an array, or an object wrapping one) as one object a line."""
    raw = b"".join(_chunks(export, found))
    try:
        value = json.loads(raw.decode(export.encoding), parse_constant=_refuse)
    except (ValueError, RecursionError) as why:
        line = getattr(why, "lineno", 0)
        found.leave(line, f"not JSON: {getattr(why, 'msg', type(why).__name__)}", raw)
        target.write_text("", "utf-8")
        return
    if isinstance(value, dict):
        inner = [value[w] for w in _WRAPPERS if isinstance(value.get(w), list)]
        value = inner[0] if inner else [value]
    with target.open("w", encoding="utf-8", newline="\n") as out:
        for number, item in enumerate(value, 1):
            if isinstance(item, dict):
                out.write(json.dumps(item, ensure_ascii=False) + "\n")
                found.kept += 1
            else:
                found.leave(number, "not a JSON object", repr(item).encode())


def _lines(export: Export, found: Repair) -> Iterator[tuple[int, str]]:
    """Decodable lines with their numbers; blank ones are skipped."""
    if export.encoding == "utf-16":
        text = b"".join(_chunks(export, found)).decode("utf-16", "replace")
        yield from ((n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip())
        return
    for number, raw, reason in _raw_lines(_chunks(export, found)):
        if reason:
            found.leave(number, reason, raw)
            continue
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not line.strip():
            continue
        if b"\x00" in line:
            found.leave(number, "NUL byte", line)
            continue
        try:
            yield number, line.decode("utf-8")
        except UnicodeDecodeError:
            found.leave(number, "not UTF-8", line)


def _raw_lines(chunks: Iterator[bytes]) -> Iterator[tuple[int, bytes, str | None]]:
    """Lines with their numbers; of a line over the limit only its beginning, with the reason."""
    number, rest, too_long = 0, b"", False
    for chunk in chunks:
        parts = (rest + chunk).split(b"\n")
        rest = parts.pop()
        for part in parts:
            number += 1
            yield number, part.rstrip(b"\r"), _TOO_LONG if too_long or len(part) > LONGEST_LINE_BYTES else None
            too_long = False
        if len(rest) > LONGEST_LINE_BYTES:
            rest, too_long = rest[:1024], True
    if rest:
        yield number + 1, rest.rstrip(b"\r"), _TOO_LONG if too_long else None


_TOO_LONG = f"line longer than {LONGEST_LINE_BYTES // 1024 // 1024} MiB"


def _chunks(export: Export, found: Repair) -> Iterator[bytes]:
    """Decompressed bytes as far as they go; where they break off is noted."""
    with export.path.open("rb") as raw:
        if export.compression == "gzip":
            yield from _gzip(raw, found)
        elif export.compression == "zstd":
            yield from _zstd(raw, found)
        else:
            while chunk := raw.read(1 << 20):
                yield chunk


def _gzip(raw: BinaryIO, found: Repair) -> Iterator[bytes]:
    engine, fed, members = zlib.decompressobj(wbits=31), False, 0
    try:
        while data := raw.read(1 << 18):
            while data:
                if members and not fed and not data.startswith(b"\x1f\x8b"):
                    found.leave(0, "bytes after the end of the gzip data", data)
                    return
                fed = True
                if out := engine.decompress(data):
                    yield out
                data = b""
                if engine.eof:
                    data, engine, fed, members = engine.unused_data, zlib.decompressobj(wbits=31), False, members + 1
    except zlib.error:
        found.leave(0, "damaged gzip: what follows the damage is lost", b"damaged")
        return
    if fed:
        found.leave(0, "truncated gzip: what follows the cut is missing", b"truncated")


def _zstd(raw: BinaryIO, found: Repair) -> Iterator[bytes]:
    engine = zstandard.ZstdDecompressor().decompressobj()
    try:
        while data := raw.read(1 << 18):
            if out := engine.decompress(data):
                yield out
    except zstandard.ZstdError:
        found.leave(0, "damaged zstd: what follows the damage is lost", b"damaged")
        return
    if not engine.eof:
        found.leave(0, "truncated zstd: what follows the cut is missing", b"truncated")
