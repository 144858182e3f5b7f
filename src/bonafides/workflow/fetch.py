"""Bringing exports in: from vendors' APIs, and from buckets."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bonafides import units
from bonafides.errors import BadSettings
from bonafides.workflow.ingest import sources

if TYPE_CHECKING:
    from bonafides.fetch.apis.base import Api
    from bonafides.fetch.pull import Pulled

# How far back the first time goes, where no day is given.
FIRST_TIME = timedelta(days=90)


def apis() -> "dict[str, Api]":
    """All APIs that can be asked, by the source that reads what they give.

    Raises: BadSettings where the loading library is not installed.
    """
    try:
        import bonafides.fetch.apis as room
        from bonafides.fetch.apis.base import Api
    except ImportError as why:
        raise BadSettings("fetch needs dlt: pip install 'bonafides[fetch]'") from why
    return units.modules(room, "API", Api)


def fetch(
    source: str,
    company: str,
    exports: Path,
    given: Mapping[str, str],
    secrets: Mapping[str, str],
    since: str | None,
    from_url: str | None,
    clock: Callable[[], datetime],
    sleep: Callable[[float], None],
    say: Callable[[str], None],
) -> "Pulled":
    """Bring in what is new of one source of one company.

    Shape: from the vendor's API, or from `from_url`, which any source may come from. The first time from the day
    `since` on, or for the last 90 days. Raises: BadSettings, TryLater.
    """
    known = apis()
    from bonafides.fetch import buckets, pull

    if not company or "/" in company or company.startswith("."):
        raise BadSettings(f"{company}: expected the name of a company's folder")
    if from_url:
        if source not in sources():
            raise BadSettings(f"no source {source}: see `bonafides sources`")
        return buckets.copy(from_url, source, exports / company, sleep, say)
    if source not in known:
        raise BadSettings(
            f"{source} has no API here: known are {', '.join(known)}; any source comes from a bucket (--from)"
        )
    start = pull.first_day(since) if since else clock() - FIRST_TIME
    return pull.pull(known[source], given, secrets, exports / company, start, clock, sleep, say)
