"""Which raw files lie under EXPORTS, whose they are, and what each one holds, told by its content."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import zstandard
from isal import isal_zlib

from bonafides.errors import BadSettings
from bonafides.fetch.encodings import WINDOWS, is_windows
from bonafides.fetch.streams import DAMAGED, text_size

PEEK_BYTES = 65_536
DELIMITERS = ",;\t|"
UNIT_SEPARATOR = "\x1f"
# What an export's envelope calls its list of items; only values come before it, or what an answer tells of itself. An
# item that has such a list of its own has other objects too, or begins otherwise.
_TEXT = r'"(?:[^"\\]|\\.)*"'
_VALUE = rf"(?:{_TEXT}|[-+.\w]+)"
_HELD = "(?!)"  # a list or an object, and one that holds such, to the third floor
for _ in range(3):
    _HELD = rf'[\[{{](?:{_TEXT}|{_HELD}|[^"\[\]{{}}])*[\]}}]'
_OF_ITSELF = r'"(?:status|pagination|paging|meta|metadata|_?links|Stats|[sS]chema|errors|messages|result_info)"'
_VALUES = rf"(?:(?:{_TEXT}\s*:\s*{_VALUE}|{_OF_ITSELF}\s*:\s*{_HELD})\s*,\s*)*"
WRAPPED = re.compile(
    rf'\s*\{{\s*{_VALUES}(?P<inner>"response"\s*:\s*\{{\s*{_VALUES})?"(?:value|Records|records|[eE]vents|items|data|logs|[rR]esults?'
    r'|entries|activity_logs|operation_logs|authlogs|employees|trackers|candidates)"\s*:\s*\[\s*(?=[\{\]])'
)
_LIST = re.compile(r"\[\s*(?:[\]\{\[\"0-9tfn-]|$)")  # text may begin with a bracket too
_WORD = 20  # what is cut off at the end of the beginning may be a number or a word
_LINES = 20
# Days as offices write them: 3/2/2026, 2.3.2026.
_OFFICE_DAY = re.compile(r"(?<![\d./])\d{1,2}([./])\d{1,2}\1\d{4}(?![\d./])")
_GZIP, _ZSTD, _PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1"


@dataclass(frozen=True)
class Export:
    """One raw file.

    Shape: `container` is jsonl, document (a list, an envelope round one, or objects over several lines), csv, fields
    (between unit separators, no header), lines (of text), parquet, empty or unreadable; `compression` is
    uncompressed, gzip or zstd. `source` is the folder's name, or `records/<table>`. `path` is where to read, which is
    a repaired copy once a file had to be repaired; `name` stays the path under EXPORTS. `encoding` is what the first
    bytes announce, or what all of them tell. `text_size` is the size of what it holds, decompressed.
    `has_office_days` says whether a table's beginning has days with the year last. `lines` counts lines that are not
    blank.
    Units: sizes are bytes.
    Unknown: `text_size` is None for a file that does not come out whole, `lines` where nobody counted them.
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
    has_office_days: bool = False
    text_size: int | None = None
    lines: int | None = None

    @property
    def trouble(self) -> str | None:
        """Why the engine is not asked to read the file as it is."""
        if self.encoding in ("utf-16", WINDOWS) or (self.encoding != "utf-8" and self.container != "csv"):
            return f"encoding {self.encoding}"
        if self.container in ("document", "lines"):
            return "not one item a line"
        if self.text_size is None:
            return "does not come out whole"
        return None if _is_text(self.path) else "a name that is no text"

    @property
    def own_name(self) -> str:
        """The file's name without its folders, nor what says that it is compressed: it stays where a file moves."""
        return self.name.rsplit("/", 1)[-1].removesuffix(".gz").removesuffix(".zst")

    def repaired(self, path: Path) -> "Export":
        """The same file, to be read from a clean copy."""
        container = self.container if self.container in ("csv", "fields") else "jsonl"
        return replace(
            self,
            path=path,
            compression="uncompressed",
            container=container,
            encoding="utf-8",
            text_size=path.stat().st_size,
            lines=None,
        )


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
        if not _is_text(company):
            raise BadSettings(f"{exports}: a company folder's name is no text: {company.name!a}")
        for path in _files(company, set()):
            parts = path.relative_to(company).parts
            if len(parts) == 1:
                yield company.name, "", path
            elif parts[0] == "records":
                table = parts[1].split(".")[0] if len(parts) == 2 else parts[1]
                yield company.name, f"records/{table}", path
            else:
                yield company.name, parts[0], path


def _files(folder: Path, above: set[Path]) -> Iterator[Path]:
    """Files at any depth, links followed but not in circles; a folder that cannot be looked into comes out itself."""
    try:
        inside = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    except OSError:
        yield folder
        return
    here = above | {folder.resolve()}
    for path in inside:
        if not path.is_dir():
            yield path
        elif path.resolve() not in here:
            yield from _files(path, here)


def _is_text(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def opened(path: Path, root: Path, company: str, source: str) -> Export:
    """What one file is. Reads it once, for its hash, and its beginning, for its format; once more if compressed.

    Why: the engine takes compressed data that breaks off, or whose sum is wrong, for whole.
    """
    digest, size, first, is_ascii = hashlib.sha256(), 0, b"", True
    name = str(path.relative_to(root)).encode("utf-8", "backslashreplace").decode()
    try:
        if path.exists() and not path.is_file():
            raise OSError("neither a file nor a link to one")
        with path.open("rb") as raw:
            while chunk := raw.read(1 << 20):
                first = first or chunk
                digest.update(chunk)
                size += len(chunk)
                is_ascii = is_ascii and chunk.isascii()
    except OSError:
        return Export(company, source, name, path, hashlib.sha256(name.encode()).hexdigest(), 0, "unreadable", "")
    made = Export(company, source, name, path, digest.hexdigest(), size, "empty", "uncompressed", text_size=size)
    told = _told(made, first) if size else made
    is_plain = told.container == "csv" and told.encoding == "utf-8" and told.compression == "uncompressed"
    if is_plain and not is_ascii and is_windows(path):
        told = _csv(replace(told, encoding=WINDOWS), first[:PEEK_BYTES].decode("cp1252", "replace"))
    return told if told.compression == "uncompressed" else replace(told, text_size=text_size(path, told.compression))


def _told(export: Export, first: bytes) -> Export:
    if first.startswith(_PARQUET):
        return replace(export, container="parquet")
    if first.startswith((_GZIP, _ZSTD)):
        export = replace(export, compression="gzip" if first.startswith(_GZIP) else "zstd")
        first = _start(first, export.compression)
    first = first[:PEEK_BYTES]
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if first.startswith(mark):
            export, first = replace(export, encoding=encoding), first.decode(encoding, "ignore").encode()
    text = first.decode("utf-8", "replace").lstrip(" \t\r\n")
    if not text:
        return replace(export, container="empty" if export.compression == "uncompressed" else "jsonl")
    if _LIST.match(text):
        return replace(export, container="document")
    if text.startswith("{"):
        return replace(export, container="document" if _spans_lines(text, len(first) == PEEK_BYTES) else "jsonl")
    if any(line.startswith("{") and line.rstrip().endswith("}") for line in text.split("\n")[:_LINES]):
        return replace(export, container="jsonl")  # after lines that are none
    return _csv(export, text)


def _spans_lines(text: str, is_cut: bool) -> bool:
    """Is a JSON object written over several lines, or an envelope? A first line that is broken off is neither."""
    line, _, rest = text.partition("\n")
    if WRAPPED.match(text):
        return True
    if not rest.strip() or line.rstrip().endswith("}"):
        return False
    try:
        return json.JSONDecoder().raw_decode(text)[1] > len(line)
    except json.JSONDecodeError as why:
        end = len(text) - _WORD if is_cut else len(text.rstrip())
        return why.pos >= end or why.msg.startswith("Unterminated string")
    except (ValueError, RecursionError):
        return False


def _csv(export: Export, text: str) -> Export:
    line = next(io.StringIO(text, newline=""))  # lines may end in either sign, or both
    if UNIT_SEPARATOR in line:
        return replace(export, container="fields", delimiter=UNIT_SEPARATOR)
    delimiter = max(DELIMITERS, key=lambda d: (line.count(d), d == ","))
    try:
        header = tuple(name.strip() for name in next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except (csv.Error, StopIteration):
        header = ()
    days = _OFFICE_DAY.search(text) is not None
    return replace(export, container="csv", header=header, delimiter=delimiter, has_office_days=days)


def _start(data: bytes, compression: str) -> bytes:
    """The first bytes of compressed data, as far as they can be told."""
    try:
        if compression == "gzip":
            return isal_zlib.decompressobj(wbits=31).decompress(data, PEEK_BYTES)
        return zstandard.ZstdDecompressor().stream_reader(data).read(PEEK_BYTES)
    except DAMAGED:
        return b""
