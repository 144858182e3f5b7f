"""Raw files out of buckets and folders elsewhere: each object once, whole or not at all, whatever fsspec can reach."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec  # type: ignore[import-untyped]  # has neither stubs nor a marker

from bonafides.errors import BadSettings, TryLater
from bonafides.fetch.pull import Pulled, memory_of

_CHUNK = 1 << 22
_MARKS = ("ETag", "etag", "md5Hash", "content_md5", "LastModified", "mtime", "created")


def copy(url: str, source: str, company: Path, say: Callable[[str], None]) -> Pulled:
    """Copy every object under a URL that is new or another than last time into `<company>/<source>/`.

    Shape: secrets come from where the store's own library looks for them (its environment or files), never from here.
    Raises: BadSettings where no library knows the URL; TryLater where the store does not answer.
    """
    try:
        system, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as why:
        raise BadSettings(f"{url.partition('://')[0]}: {why}") from why
    memory = memory_of(company, source, url)
    known = memory.read()
    files = size = 0
    try:
        found: dict[str, dict[str, Any]] = system.find(root, detail=True)
        for path, about in sorted(found.items()):
            inside = PurePosixPath(path).relative_to(PurePosixPath(root)) if path != root else PurePosixPath(path).name
            target = company / source / str(inside)
            mark = [about.get("size"), *(str(about[name]) for name in _MARKS if about.get(name))]
            if ".." in PurePosixPath(inside).parts or (known.get(path) == mark and target.exists()):
                continue
            say(f"{source}: {inside}")
            size += _one(system, path, target)
            files += 1
            known[path] = mark
            memory.write(known)
    except OSError as why:
        raise TryLater(f"{url}: {type(why).__name__}") from why
    return Pulled(files, size, None)


def _one(system: Any, path: str, target: Path) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    ready = target.with_name(f".{target.name}.part")
    n = 0
    try:
        with system.open(path, "rb") as there, ready.open("wb") as here:
            while chunk := there.read(_CHUNK):
                n += here.write(chunk)
        if n != system.size(path):
            raise OSError("broke off")
        ready.replace(target)
    finally:
        ready.unlink(missing_ok=True)
    return n
