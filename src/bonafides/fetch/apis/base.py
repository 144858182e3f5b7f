"""One vendor's API: where it is, what it wants to know, how its pages follow each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dlt.sources.helpers.rest_client.paginators import BasePaginator
from requests.auth import AuthBase

from bonafides.fetch.polite import Polite

Given = Mapping[str, str]


@dataclass(frozen=True)
class Api:
    """An API that gives the events of one source between two times.

    Shape: `wants` and `secrets` map what a caller must give to what it is; `hosts` are URLs that are spoken to beside
    `base`; `ask` answers path and parameters for events from a time until another; `items` is where a page holds them.
    Units: `delay` is how long an event may take to be there, `window` what is asked for at once.
    """

    name: str
    says: str
    vendor_page: str
    wants: Given
    secrets: Given
    base: Callable[[Given], str]
    auth: Callable[[Given, Given, Polite], AuthBase]
    ask: Callable[[Given, datetime, datetime], tuple[str, dict[str, Any]]]
    paginator: Callable[[], BasePaginator]
    items: str = "$"
    headers: Given | None = None
    delay: timedelta = timedelta(minutes=5)
    window: timedelta = timedelta(days=1)
    hosts: Callable[[Given], tuple[str, ...]] = lambda _: ()


def stamp(moment: datetime) -> str:
    """A time as most APIs write it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
