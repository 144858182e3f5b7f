"""Which raw files lie under EXPORTS, whose they are, and what each one holds, told by its content."""

import csv
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import zstandard

from bonafides.errors import BadSettings

PEEK_BYTES = 65_536
_GZIP, _ZSTD, _PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1"
DELIMITERS = ",;\t|\x1f"


@dataclass(frozen=True)
class Export:
    """One raw file.

    Shape: `container` is jsonl, array, document, csv, parquet, empty or unreadable; `compression` is
    uncompressed, gzip or zstd. `source` is the folder's name, or `records/<table>`. `path` is where to read,
    which is a repaired copy once a file had to be repaired; `name` stays the path under EXPORTS.
    `encoding` is what the first bytes announce; anything but utf-8 must be repaired before reading.
    """

    company: str
    source: str
    name: str
    path: Path
    sha256: str
    size: int
    container: str
    compression: str
    encoding: str = "utf-8"
    header: tuple[str, ...] = ()
    delimiter: str = ","

    def repaired(self, path: Path) -> "Export":
        """The same file, to be read from a clean copy."""
        container = "jsonl" if self.container in ("array", "document") else self.container
        return replace(self, path=path, compression="uncompressed", container=container, encoding="utf-8")


def discover(exports: Path) -> Iterator[tuple[str, str, Path]]:
    """Every file under EXPORTS as (company, source, path), in order of name; hidden files are left out.

    Raises: BadSettings where EXPORTS is no folder or holds no company.
    """
    if not exports.is_dir():
        raise BadSettings(f"{exports}: no such folder")
    companies = sorted(p for p in exports.iterdir() if p.is_dir() and not p.name.startswith("."))
    if not companies:
        raise BadSettings(f"{exports}: expected EXPORTS/<company>/<source id>/ with raw files; no company folder found")
    for company in companies:
        for path in sorted(p for p in company.rglob("*") if p.is_file()):
            parts = path.relative_to(company).parts
            if any(part.startswith(".") for part in parts):
                continue
            if len(parts) == 1:
                yield company.name, "", path
            elif parts[0] == "records":
                table = parts[1].split(".")[0] if len(parts) == 2 else parts[1]
                yield company.name, f"records/{table}", path
            else:
                yield company.name, parts[0], path


def opened(path: Path, root: Path, company: str, source: str) -> Export:
    """What one file is. Reads it once, for its hash, and its beginning, for its format."""
    digest, size, first = hashlib.sha256(), 0, b""
    with path.open("rb") as raw:
        while chunk := raw.read(1 << 20):
            first = first or chunk[:PEEK_BYTES]
            digest.update(chunk)
            size += len(chunk)
    made = Export(company, source, str(path.relative_to(root)), path, digest.hexdigest(), size, "empty", "uncompressed")
    return _told(made, first) if size else made


def _told(export: Export, first: bytes) -> Export:
    if first.startswith(_PARQUET):
        return replace(export, container="parquet")
    if first.startswith(_GZIP):
        export = replace(export, compression="gzip")
        first = _start(zlib.decompressobj(wbits=31).decompress, first, zlib.error)
    elif first.startswith(_ZSTD):
        export = replace(export, compression="zstd")
        first = _start(zstandard.ZstdDecompressor().decompressobj().decompress, first, zstandard.ZstdError)
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if first.startswith(mark):
            export, first = replace(export, encoding=encoding), first.decode(encoding, "ignore").encode()
    text = first.lstrip(b" \t\r\n")
    if not text:
        return replace(export, container="empty" if export.compression == "uncompressed" else "jsonl")
    if text[:1] == b"[":
        return replace(export, container="array")
    if text[:1] == b"{":
        line = text.split(b"\n", 1)[0].rstrip()
        whole = line.endswith(b"}") or b"\n" not in text
        return replace(export, container="jsonl" if whole else "document")
    return _csv(export, text)


def _csv(export: Export, text: bytes) -> Export:
    line = text.split(b"\n", 1)[0].rstrip(b"\r").decode("utf-8", "replace")
    delimiter = max(DELIMITERS, key=lambda d: (line.count(d), d == ","))
    try:
        header = tuple(name.strip() for name in next(csv.reader(io.StringIO(line), delimiter=delimiter)))
    except (csv.Error, StopIteration):
        header = ()
    return replace(export, container="csv", header=header, delimiter=delimiter)


def _start(decompress: object, data: bytes, error: type[Exception]) -> bytes:
    try:
        return decompress(data)[:PEEK_BYTES]  # type: ignore[operator, no-any-return]  # both libraries' bound methods
    except error:
        return b""
