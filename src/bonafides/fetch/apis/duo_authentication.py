"""Duo authentication log. Source: https://duo.com/docs/adminapi#authentication-logs"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from dlt.sources.helpers.rest_client.paginators import JSONResponseCursorPaginator
from requests import PreparedRequest, Response
from requests.auth import AuthBase, _basic_auth_str

from bonafides.fetch.apis.base import Api


class Signed(AuthBase):
    """Every request is signed with the integration's key: date, method, host, path and sorted parameters."""

    def __init__(self, integration: str, key: str, clock: Callable[[], datetime]) -> None:
        self._integration, self._key, self._clock = integration, key, clock

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """The request with its date and signature."""
        place = urlsplit(str(request.url))
        date = format_datetime(self._clock(), usegmt=True)
        said = "\n".join((date, str(request.method).upper(), place.netloc.lower(), place.path, _sorted(place.query)))
        signature = hmac.new(self._key.encode(), said.encode(), hashlib.sha512).hexdigest()
        request.headers["Date"] = date
        request.headers["Authorization"] = _basic_auth_str(self._integration, signature)
        return request


def _sorted(query: str) -> str:
    return "&".join(sorted(query.replace("+", "%20").split("&")))


class Offsets(JSONResponseCursorPaginator):
    """The next page is named by two values, which go into one parameter."""

    def update_state(self, response: Response, data: list[Any] | None = None) -> None:
        """Read where the next page begins."""
        super().update_state(response, data)
        if isinstance(self._next_reference, list):
            self._next_reference = ",".join(map(str, self._next_reference))


API = Api(
    name="duo_authentication",
    says="Duo authentication log, by the Admin API",
    vendor_page="https://duo.com/docs/adminapi#authentication-logs",
    wants={"host": "the API host, such as api-xxxxxxxx.duosecurity.com", "integration": "the integration key"},
    secrets={"key": "the secret key of an Admin API application that may read logs"},
    base=lambda given: f"https://{given['host']}",
    auth=lambda given, secret, session: Signed(given["integration"], secret["key"], session.clock),
    ask=lambda _, start, stop: (
        "/admin/v2/logs/authentication",
        {
            "mintime": int(start.timestamp() * 1000),
            "maxtime": int(stop.timestamp() * 1000),
            "limit": 1000,
            "sort": "ts:asc",
        },
    ),
    paginator=lambda: Offsets(cursor_path="response.metadata.next_offset", cursor_param="next_offset"),
    items="response.authlogs",
)
