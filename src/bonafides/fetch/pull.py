"""Events of a vendor's API into raw files: a file for each stretch of time, whole or not at all.

Shape: `EXPORTS/<company>/<source>/<from>--<until>-<mark>.jsonl.gz`, one event a line. What was brought in so far is
remembered under `EXPORTS/<company>/.fetched/`, which reading passes over; a stretch that broke off is asked for
again from its beginning. Stretches overlap, since events arrive late: reading knows an event by its id.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dlt.common.configuration.specs import RuntimeConfiguration
from dlt.sources.helpers.rest_client.client import RESTClient

from bonafides.errors import BadSettings, TryLater
from bonafides.fetch.apis.base import Api
from bonafides.fetch.polite import Polite, dated
from bonafides.store.publishing import write_json

_TIME = "%Y%m%dT%H%M%SZ"
# What a setting is: a host, an id, a name, an address; no URL.
_WORD = re.compile(r"[^\s/]+")


@dataclass(frozen=True)
class Pulled:
    """What was brought in. Shape: `until` is the time up to which everything is there."""

    files: int
    items: int
    until: datetime | None


@dataclass
class Memory:
    """What was brought in before, on disk."""

    path: Path

    @property
    def mark(self) -> str:
        """What tells one set of settings from another, in twelve signs."""
        return self.path.stem.rpartition("-")[2]

    def read(self) -> dict[str, object]:
        """Everything that is remembered."""
        found: dict[str, object] = json.loads(self.path.read_text("utf-8")) if self.path.exists() else {}
        return found

    def write(self, told: Mapping[str, object]) -> None:
        """Remember instead, in one step."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_json(self.path, told)


def memory_of(company: Path, source: str, what: str) -> Memory:
    """What is remembered of one source of a company, and of one set of settings."""
    return Memory(company / ".fetched" / f"{source}-{hashlib.sha256(what.encode()).hexdigest()[:12]}.json")


def pull(
    api: Api,
    given: Mapping[str, str],
    secrets: Mapping[str, str],
    company: Path,
    since: datetime,
    clock: Callable[[], datetime],
    sleep: Callable[[float], None],
    say: Callable[[str], None],
) -> Pulled:
    """Bring in what is new since last time, or since a day.

    Shape: `given` may hold `base_url`, which stands for the vendor's own address.
    Raises: BadSettings where something is missing or refused; TryLater where the vendor does not answer. What is
    whole by then stays.
    """
    for kind, wanted, told in (("setting", api.wants, given), ("secret", api.secrets, secrets)):
        if missing := [f"{name} ({says})" for name, says in wanted.items() if not told.get(name)]:
            raise BadSettings(f"{api.name}: {kind} missing: {'; '.join(missing)}")
    if wrong := [
        f"{name} ({says}), not {given[name]}" for name, says in api.wants.items() if not _WORD.fullmatch(given[name])
    ]:
        raise BadSettings(f"{api.name}: expected {'; '.join(wrong)}")
    base = given.get("base_url") or api.base(given)
    hosts = frozenset(urlsplit(url).netloc for url in (base, *api.hosts(given)))
    memory = memory_of(company, api.name, json.dumps(dict(sorted(given.items()))))
    with Polite(hosts, clock, sleep) as session:
        auth = api.auth(given, secrets, session)
        client = RESTClient(base, dict(api.headers or {}), auth, session=session, config=RuntimeConfiguration())
        return _on(api, client, given, company / api.name, memory, since, clock() - api.delay, say)


def _on(
    api: Api,
    client: RESTClient,
    given: Mapping[str, str],
    folder: Path,
    memory: Memory,
    since: datetime,
    end: datetime,
    say: Callable[[str], None],
) -> Pulled:
    """Stretch after stretch, from where everything is there until the end."""
    known = memory.read().get("until")
    until = datetime.fromisoformat(str(known)) if known else None
    start = until - api.delay if until else since
    files = items = 0
    while start < end:
        stop = min(start + api.window, end)
        say(f"{api.name}: {start:%Y-%m-%d %H:%M} to {stop:%Y-%m-%d %H:%M}")
        target = folder / f"{start:{_TIME}}--{stop:{_TIME}}-{memory.mark}.jsonl.gz"
        n, there = _stretch(api, client, api.ask(given, start, stop), target)
        files, items = files + bool(n), items + n
        # By the vendor's clock the stretch may not be over: then it ends where that clock stands.
        over = min(stop, there - api.delay) if there else stop
        if until is None or over > until:
            until = over
            memory.write({"until": until.isoformat()})
        if over < stop:
            break
        start = stop
    return Pulled(files, items, until)


def _stretch(
    api: Api, client: RESTClient, asked: tuple[str, Mapping[str, Any]], target: Path
) -> tuple[int, datetime | None]:
    """One file of events between two times; answers how many, and the vendor's own time when it began to answer."""
    target.parent.mkdir(parents=True, exist_ok=True)
    ready = target.with_name(f".{target.name}.part")
    n, there, seen = 0, None, set[str]()
    try:
        with ready.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as out:
            for page in client.paginate(
                asked[0], params=dict(asked[1]), paginator=api.paginator(), data_selector=api.items
            ):
                url = str(page.response.request.url)
                if url in seen:
                    raise TryLater(f"{api.name}: one page leads back to another")
                seen.add(url)
                there = there or dated(page.response.headers)
                for event in page:
                    out.write(json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
                    n += 1
    except ValueError as why:
        ready.unlink(missing_ok=True)
        raise TryLater(f"{api.name}: an answer is not JSON") from why
    except BaseException:
        ready.unlink(missing_ok=True)
        raise
    if n:
        ready.replace(target)
    else:
        ready.unlink()
    return n, there


def first_day(text: str) -> datetime:
    """A day as the time at which it begins. Raises: BadSettings."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as why:
        raise BadSettings(f"{text}: expected a day such as 2026-01-31") from why
