"""A damaged file's readable items as a clean copy, and a reason for each that is not among them."""

import codecs
import csv
import hashlib
import io
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import zstandard

from bonafides.errors import SetAside
from bonafides.fetch.documents import documents
from bonafides.fetch.folders import Export

LONGEST_BYTES = 16 * 1024 * 1024
TOO_LONG = f"longer than {LONGEST_BYTES // 1024 // 1024} MiB"


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
    Raises: SetAside where nothing in the file can be read.
    Why: only files that the engine refused, or that are not UTF-8, come here; it goes line by line.
    """
    if export.container == "parquet":
        raise SetAside("Parquet that the engine cannot read")
    found = Repair()
    with target.open("w", encoding="utf-8", newline="\n") as out:
        if export.container == "document":
            items = documents(_text(export, found), LONGEST_BYTES)
        elif export.container == "csv":
            out.write(_written(export, export.header) + "\n")
            items = _rows(export, _lines(export, found))
        elif export.container == "fields":
            items = _fields(export, _lines(export, found))
        else:
            items = ((n, text, _json_reason(text)) for n, text in _lines(export, found))
        for number, text, reason in items:
            if reason:
                found.leave(number, reason, text.encode("utf-8", "surrogatepass"))
            else:
                out.write(text + "\n")
                found.kept += 1
    return found


def lines_of(export: Export) -> int | None:
    """How many lines that are not blank a file has; None if it is compressed and does not come out whole."""
    found, count, rest = Repair(), 0, False
    for chunk in _chunks(export, found):
        lines = chunk.split(b"\n")
        for n, line in enumerate(lines):
            rest = rest or bool(line.strip())
            if n < len(lines) - 1:
                count, rest = count + rest, False
    return None if found.left_out else count + rest


def _json_reason(text: str) -> str | None:
    try:
        value = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        return "JSON nested too deeply"
    except ValueError as why:
        return f"not JSON: {getattr(why, 'msg', 'a number that JSON does not have')}"
    return None if isinstance(value, dict) else "not a JSON object"


def _refuse(_: str) -> Any:
    raise ValueError


def _fields(export: Export, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str, str | None]]:
    for number, text in lines:
        yield number, text, _width_reason(export, text.count(export.delimiter) + 1)


def _rows(export: Export, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str, str | None]]:
    """Rows of the header's width, written anew."""
    number = 0

    def fed() -> Iterator[str]:
        nonlocal number
        for line, text in lines:
            number = line
            yield text + "\n"

    csv.field_size_limit(LONGEST_BYTES)
    reader = csv.reader(fed(), delimiter=export.delimiter, strict=True)
    next(reader, None)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as why:
            yield number, "", f"not CSV: {why}"
            continue
        if row:
            yield number, _written(export, row), _width_reason(export, len(row))


def _written(export: Export, row: Sequence[str]) -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=export.delimiter, lineterminator="").writerow(row)
    return made.getvalue()


def _width_reason(export: Export, width: int) -> str | None:
    return None if width == len(export.header) else f"{width} fields where the header has {len(export.header)}"


def _text(export: Export, found: Repair) -> Iterator[str]:
    """Decoded text; bytes that are none come out as U+FFFD, so their item is no longer what was written."""
    decoder = codecs.getincrementaldecoder("utf-8-sig" if export.encoding != "utf-16" else "utf-16")("replace")
    for chunk in _chunks(export, found):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", True)


def _lines(export: Export, found: Repair) -> Iterator[tuple[int, str]]:
    """Decodable lines with their numbers; blank ones are skipped."""
    chunks = _chunks(export, found)
    if export.encoding == "utf-16":
        chunks = (text.encode("utf-8", "surrogatepass") for text in _text(export, found))
    for number, raw, reason in _raw_lines(chunks):
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
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            found.leave(number, "not UTF-8", line)
            continue
        if export.encoding == "utf-16" and "\ufffd" in text:
            found.leave(number, "not UTF-16", line)
            continue
        yield number, text


def _raw_lines(chunks: Iterator[bytes]) -> Iterator[tuple[int, bytes, str | None]]:
    """Lines with their numbers; of a line over the limit only its beginning, with the reason."""
    number, rest, too_long = 0, b"", False
    for chunk in chunks:
        parts = (rest + chunk).split(b"\n")
        rest = parts.pop()
        for part in parts:
            number += 1
            yield number, part.rstrip(b"\r"), f"line {TOO_LONG}" if too_long or len(part) > LONGEST_BYTES else None
            too_long = False
        if len(rest) > LONGEST_BYTES:
            rest, too_long = rest[:1024], True
    if rest:
        yield number + 1, rest.rstrip(b"\r"), f"line {TOO_LONG}" if too_long else None


def _chunks(export: Export, found: Repair) -> Iterator[bytes]:
    """Decompressed bytes as far as they go; where they break off is noted."""
    with export.path.open("rb") as raw:
        if export.compression == "gzip":
            yield from _decompressed(raw, found, "gzip", lambda: zlib.decompressobj(wbits=31), b"\x1f\x8b")
        elif export.compression == "zstd":
            yield from _decompressed(
                raw, found, "zstd", zstandard.ZstdDecompressor().decompressobj, b"\x28\xb5\x2f\xfd"
            )
        else:
            while chunk := raw.read(1 << 20):
                yield chunk


def _decompressed(
    raw: BinaryIO, found: Repair, what: str, engine_of: Callable[[], Any], mark: bytes
) -> Iterator[bytes]:
    """What one or more compressed pieces, one after the other, hold."""
    engine, fed, pieces = engine_of(), False, 0
    try:
        while data := raw.read(1 << 17):
            while data:
                if pieces and not fed and not data.startswith(mark[: len(data)]):
                    found.leave(0, f"bytes after the end of the {what} data", data)
                    return
                fed = True
                if out := engine.decompress(data):
                    yield out
                data = b""
                if engine.eof:
                    data, engine, fed, pieces = engine.unused_data, engine_of(), False, pieces + 1
    except (zlib.error, zstandard.ZstdError):
        found.leave(0, f"damaged {what}: what follows the damage is lost", what.encode())
        return
    if fed:
        found.leave(0, f"truncated {what}: what follows the cut is missing", what.encode())
