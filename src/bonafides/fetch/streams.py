"""Bytes of raw files: decompressed as far as they go, cut into lines, none of them held whole if it is too long."""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import zstandard
from isal import isal_zlib
from isal.igzip_lib import IsalError

from bonafides.store.raw import LONGEST_BYTES, TOO_LONG

_AT_ONCE = 1 << 20
_BLANK = re.compile(rb"\n\s")
# What decompression raises. The stub of the one calls its class an instance.
DAMAGED: tuple[type[Exception], ...] = (cast(type[Exception], IsalError), zstandard.ZstdError)
# What stands where bytes are no text: a character that no text can hold, so that it is not taken for one that was.
NO_TEXT = "\udcff"


def _mark(why: UnicodeError) -> tuple[str, int]:
    if not isinstance(why, UnicodeDecodeError):
        raise why
    return NO_TEXT, why.end


codecs.register_error("no text", _mark)


def _silent(_: str) -> None:
    return None


def text_size(path: Path, compression: str) -> int | None:
    """How many bytes a file holds, decompressed; None if it does not come out whole.

    Why: nothing else is asked of them, since whatever looks at bytes here keeps other files' decompression waiting.
    """
    broken: list[str] = []
    size = sum(map(len, chunks(path, compression, broken.append)))
    return None if broken else size


def lines_of(path: Path, compression: str) -> int | None:
    """How many lines that are not blank a file has; None if it does not come out whole."""
    broken: list[str] = []
    count = said_lines(chunks(path, compression, broken.append))
    return None if broken else count


def said_lines(given: Iterable[bytes]) -> int:
    """How many lines that are not blank some bytes have."""
    count, said = 0, False
    for chunk in given:
        if not _BLANK.search(chunk) and not chunk[:1].isspace():
            # Every line of the chunk begins with something said: counting line ends is enough, and four times faster.
            count, said = count + chunk.count(b"\n"), not chunk.endswith(b"\n")
            continue
        *ended, rest = chunk.split(b"\n")
        for line in ended:
            count, said = count + (said or bool(line.strip())), False
        said = said or bool(rest.strip())
    return count + said


def chunks(path: Path, compression: str, broken: Callable[[str], None] = _silent) -> Iterator[bytes]:
    """Decompressed bytes as far as they go; where they break off, `broken` is told why."""
    with path.open("rb") as raw:
        if compression == "gzip":
            yield from _decompressed(raw, broken, "gzip", lambda: isal_zlib.decompressobj(wbits=31), b"\x1f\x8b")
        elif compression == "zstd":
            yield from _decompressed(
                raw, broken, "zstd", zstandard.ZstdDecompressor().decompressobj, b"\x28\xb5\x2f\xfd"
            )
        else:
            while chunk := raw.read(1 << 20):
                yield chunk


def _decompressed(
    raw: BinaryIO, broken: Callable[[str], None], what: str, engine_of: Callable[[], Any], mark: bytes
) -> Iterator[bytes]:
    """What one or more compressed pieces, one after the other, hold."""
    engine, fed, pieces = engine_of(), False, 0
    try:
        while data := raw.read(1 << 17):
            while data:
                if pieces and not fed and not data.startswith(mark[: len(data)]):
                    broken(f"bytes after the end of the {what} data")
                    return
                fed = True
                yield from _out(engine, data, what)
                data = b""
                if engine.eof:
                    data, engine, fed, pieces = engine.unused_data, engine_of(), False, pieces + 1
    except DAMAGED:
        broken(f"damaged {what}: what follows the damage is lost")
        return
    if fed:
        broken(f"truncated {what}: what follows the cut is missing")


def _out(engine: Any, data: bytes, what: str) -> Iterator[bytes]:
    """What comes out of an engine; of gzip in pieces, since a few bytes may hold a thousand times more."""
    if what != "gzip":
        if out := engine.decompress(data):
            yield out
        return
    while out := engine.decompress(data, _AT_ONCE):
        yield out
        data = engine.unconsumed_tail
        if len(out) < _AT_ONCE or engine.eof:
            return


def texts(given: Iterator[bytes], encoding: str) -> Iterator[str]:
    """Decoded text, with NO_TEXT where it cannot be decoded."""
    decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding == "utf-8" else encoding)("no text")
    for chunk in given:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", True)


def raw_lines(given: Iterator[bytes]) -> Iterator[tuple[int, bytes, str | None]]:
    """Lines with their numbers; of a line over the limit only its beginning, with the reason."""
    number, rest, too_long = 0, b"", False
    for chunk in given:
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
