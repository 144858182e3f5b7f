"""Raw files out of buckets and folders elsewhere: each object once, whole or not at all, whatever fsspec can reach."""

from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import fsspec  # type: ignore[import-untyped]  # has neither stubs nor a marker
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_chain, wait_fixed

from bonafides.errors import BadSettings, TryLater
from bonafides.fetch.pull import Pulled, memory_of

_CHUNK = 1 << 22
_MARKS = ("ETag", "etag", "md5Hash", "content_md5", "LastModified", "mtime", "created")
# Seconds to wait before asking again, beside what each cloud's own library waits.
_WAITS = (1.0, 5.0)
# What libraries call it when nobody may read, or nobody said who asks.
_REFUSED = (
    "PermissionError",
    "NoCredentialsError",
    "ClientAuthenticationError",
    "DefaultCredentialsError",
    "RefreshError",
)
_FORBIDDEN = (401, 403)
_Answer = TypeVar("_Answer")


def copy(url: str, source: str, company: Path, sleep: Callable[[float], None], say: Callable[[str], None]) -> Pulled:
    """Copy every object under a URL that is new or another than last time into `<company>/<source>/`.

    Shape: secrets come from where the store's own library looks for them (its environment or files), never from here.
    Raises: BadSettings where no library knows the URL, there is no such place or it may not be read; TryLater where the
    store does not answer.
    """
    try:
        system, root = fsspec.core.url_to_fs(url)
    except ImportError as why:
        raise BadSettings(f"{url}: {why}: pip install 'bonafides[buckets]'") from why
    except ValueError as why:
        raise BadSettings(f"{url}: {why}") from why
    memory = memory_of(company, source, url)
    known = memory.read()
    files = size = 0
    found: dict[str, dict[str, Any]] = _patiently(partial(system.find, root, detail=True), url, sleep)
    if not found and not known:
        raise BadSettings(f"{url}: nothing is there")
    for path, about in sorted(found.items()):
        inside = PurePosixPath(path).relative_to(PurePosixPath(root)) if path != root else PurePosixPath(path).name
        target = company / source / str(inside)
        mark = [about.get("size"), *(str(about[name]) for name in _MARKS if about.get(name))]
        # A link to a folder: what it leads to may be anywhere.
        if about.get("islink") and system.isdir(path):
            say(f"{source}: {inside} leads to another folder and is not followed")
            continue
        if ".." in PurePosixPath(inside).parts or (known.get(path) == mark and target.exists()):
            continue
        say(f"{source}: {inside}")
        size += _patiently(partial(_one, system, path, about, target), url, sleep)
        files += 1
        known[path] = mark
        memory.write(known)
    return Pulled(files, size, None)


def _patiently(call: Callable[[], _Answer], url: str, sleep: Callable[[float], None]) -> _Answer:
    """What a store answers, asked again where it did not. Raises: as `copy`."""
    trying = Retrying(
        stop=stop_after_attempt(1 + len(_WAITS)),
        wait=wait_chain(*map(wait_fixed, _WAITS)),
        sleep=sleep,
        retry=retry_if_exception(_may_pass),
        reraise=True,
    )
    try:
        return trying(call)
    except FileNotFoundError as why:
        raise BadSettings(f"{url}: nothing is there") from why
    except Exception as why:  # each cloud's library has errors of its own, of no common class
        if _is_refusal(why):
            raise BadSettings(f"{url}: may not be read with the credentials that its library found") from why
        raise TryLater(f"{url}: {type(why).__name__}") from why


def _may_pass(why: BaseException) -> bool:
    return isinstance(why, Exception) and not isinstance(why, FileNotFoundError) and not _is_refusal(why)


def _is_refusal(why: Exception) -> bool:
    code = getattr(why, "code", None) or getattr(why, "status_code", None)
    return type(why).__name__ in _REFUSED or code in _FORBIDDEN or "Forbidden" in str(why)


def _one(system: Any, path: str, about: dict[str, Any], target: Path) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    ready = target.with_name(f".{target.name}.part")
    n = 0
    try:
        with system.open(path, "rb") as there, ready.open("wb") as here:
            while chunk := there.read(_CHUNK):
                n += here.write(chunk)
        due = about.get("size")
        if n != (system.size(path) if due is None else due):
            raise OSError("broke off")
        ready.replace(target)
    except FileNotFoundError as why:
        raise OSError("gone since it was listed") from why
    finally:
        ready.unlink(missing_ok=True)
    return n
