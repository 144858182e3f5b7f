"""Local servers that answer as the vendors' APIs do, faults included."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import RSAKey

import loopback

PAGE = 3
SECRET = "s3cret-of-nobody"  # a secret of nobody's
Event = dict[str, Any]


class Vendor:
    """Shape: `events` have `at`; `faults` are met one a request, before any answer: a status with
    headers, or `cut`, `html`, `again`, `elsewhere`.
    """

    def __init__(self, name: str, events: list[Event], clock: datetime) -> None:
        self.name, self.events, self.clock = name, events, clock
        self.faults: list[Any] = []
        self.asked: list[str] = []
        self.refused = self.tokens = 0
        self.url = ""

    @property
    def token(self) -> str:
        """What was given out last, for an hour."""
        return f"of-an-hour-{self.tokens}"

    def between(self, start: datetime, stop: datetime) -> list[Event]:
        return [e for e in self.events if start <= e["at"] <= min(stop, self.clock)]


def event(vendor: str, n: int, at: datetime) -> Event:
    """An event in the vendor's own fields, as little of it as tells it apart."""
    ids: dict[str, Event] = {
        "okta_system_log": {"uuid": f"u{n}", "published": f"{at:%Y-%m-%dT%H:%M:%S}.000Z"},
        "github_audit_log": {"_document_id": f"u{n}", "created_at": int(at.timestamp() * 1000)},
        "entra_sign_in": {"id": f"u{n}", "createdDateTime": f"{at:%Y-%m-%dT%H:%M:%SZ}"},
        "google_workspace_reports": {"id": {"uniqueQualifier": f"u{n}", "time": f"{at:%Y-%m-%dT%H:%M:%SZ}"}},
        "slack_audit_log": {"id": f"u{n}", "date_create": int(at.timestamp())},
        "duo_authentication": {"txid": f"u{n}", "timestamp": int(at.timestamp())},
    }
    return {**ids[vendor], "n": n, "big": 2**70, "at": at}


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _span(vendor: Vendor, path: str, query: dict[str, str]) -> tuple[datetime, datetime]:
    match vendor.name:
        case "okta_system_log":
            assert path == "/api/v1/logs" and query["sortOrder"] == "ASCENDING"
            return _time(query["since"]), _time(query["until"])
        case "github_audit_log":
            assert path == "/orgs/acme/audit-log" and query["include"] == "all"
            start, _, stop = query["phrase"].removeprefix("created:").partition("..")
            return _time(start), _time(stop)
        case "entra_sign_in":
            assert path == "/v1.0/auditLogs/signIns"
            words = query["$filter"].split()
            return _time(words[2]), _time(words[6])
        case "google_workspace_reports":
            assert path == "/admin/reports/v1/activity/users/all/applications/login"
            return _time(query["startTime"]), _time(query["endTime"])
        case "slack_audit_log":
            assert path == "/audit/v1/logs"
            return datetime.fromtimestamp(int(query["oldest"]), UTC), datetime.fromtimestamp(int(query["latest"]), UTC)
        case _:
            assert path == "/admin/v2/logs/authentication"
            return tuple(datetime.fromtimestamp(int(query[k]) / 1000, UTC) for k in ("mintime", "maxtime"))  # type: ignore[return-value]  # two of them


def _answer(vendor: Vendor, path: str, query: dict[str, str]) -> tuple[Any, dict[str, str]]:
    """The body and the headers of one page."""
    found = vendor.between(*_span(vendor, path, query))
    cursor = next((query[k] for k in ("after", "$skiptoken", "pageToken", "cursor", "next_offset") if k in query), "0")
    at = int(cursor.split(",")[0])
    page = [{k: v for k, v in e.items() if k != "at"} for e in found[at : at + PAGE]]
    more = at + PAGE if at + PAGE < len(found) else None

    def link(name: str) -> str:
        return f"{vendor.url}{path}?{urlencode({**query, name: more})}"

    match vendor.name:
        case "okta_system_log" | "github_audit_log":
            head = {"Link": f'<{vendor.url}{path}>; rel="self", <{link("after")}>; rel="next"'} if more else {}
            return page, head
        case "entra_sign_in":
            return {"value": page, **({"@odata.nextLink": link("$skiptoken")} if more else {})}, {}
        case "google_workspace_reports":
            return {
                "kind": "reports",
                **({"items": page} if page else {}),
                **({"nextPageToken": str(more)} if more else {}),
            }, {}
        case "slack_audit_log":
            return {"entries": page, "response_metadata": {"next_cursor": str(more) if more else ""}}, {}
        case _:
            metadata = {"next_offset": [str(more), "u"] if more else None, "total_objects": len(found)}
            return {"stat": "OK", "response": {"authlogs": page, "metadata": metadata}}, {}


def _is_known(vendor: Vendor, headers: Any, path: str, query: str) -> bool:
    given = headers.get("Authorization", "")
    if vendor.name == "okta_system_log":
        return bool(given == f"SSWS {SECRET}")
    if vendor.name in ("entra_sign_in", "google_workspace_reports"):
        return bool(given == f"Bearer {vendor.token}")
    if vendor.name != "duo_authentication":
        return bool(given == f"Bearer {SECRET}")
    said = "\n".join((headers["Date"], "GET", urlsplit(vendor.url).netloc, path, "&".join(sorted(query.split("&")))))
    signature = hmac.new(SECRET.encode(), said.encode(), hashlib.sha512).hexdigest()
    return bool(given == "Basic " + base64.b64encode(f"DI-KEY:{signature}".encode()).decode())


ACCOUNT_KEY = RSAKey.generate_key(2048)


def account(secret: str) -> str:
    """The key file of a service account, as Google gives it out; of another secret another key."""
    key = ACCOUNT_KEY if secret == SECRET else RSAKey.generate_key(2048)
    return json.dumps(
        {
            "type": "service_account",
            "private_key_id": "k1",
            "private_key": key.as_pem(private=True).decode(),
            "client_email": "reader@project.example.com",
        }
    )


def _is_delegated(vendor: Vendor, given: dict[str, str]) -> bool:
    """Is it signed by the account's key, for the administrator, for this place, for now?"""
    try:
        told = jwt.decode(given["assertion"], ACCOUNT_KEY).claims
    except BadSignatureError:
        return False
    now = vendor.clock.timestamp()
    return (
        (told["iss"], told["sub"]) == ("reader@project.example.com", "admin@acme.example.com")
        and told["aud"] == f"{vendor.url}/token"
        and told["scope"].endswith("/admin.reports.audit.readonly")
        and told["iat"] <= now < told["exp"] <= told["iat"] + 3600
        and given["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    )


def _handler(vendor: Vendor) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def date_time_string(self, timestamp: float | None = None) -> str:
            return format_datetime(vendor.clock, usegmt=True)

        def _send(self, status: int, body: bytes, headers: dict[str, str], length: int | None = None) -> None:
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(length or len(body)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            given = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            if vendor.name == "google_workspace_reports":
                is_right = self.path == "/token" and _is_delegated(vendor, given)
            else:
                is_right = given["client_secret"] == SECRET and self.path == "/tenant-1/oauth2/v2.0/token"
            vendor.tokens += 1
            body = {"access_token": vendor.token, "expires_in": 3600, "token_type": "Bearer"}
            self._send(200 if is_right else 401, json.dumps(body if is_right else {}).encode(), {})

        def do_GET(self) -> None:
            place = urlsplit(self.path)
            vendor.asked.append(self.path)
            if not _is_known(vendor, self.headers, place.path, place.query):
                vendor.refused += 1
                return self._send(401, b"{}", {})
            fault = vendor.faults.pop(0) if vendor.faults else None
            if isinstance(fault, tuple):
                return self._send(fault[0], b"{}", fault[1])
            body, head = _answer(vendor, place.path, dict(parse_qsl(place.query)))
            if fault == "elsewhere":
                head = {"Link": '<http://198.51.100.1/steal>; rel="next"'}
            if fault == "again":
                head = {"Link": f'<{vendor.url}{self.path}>; rel="next"'}
            data = b"<html>" if fault == "html" else json.dumps(body).encode()
            self._send(200, data[: len(data) // 2] if fault == "cut" else data, head, len(data))
            return None

    return Handler


@contextmanager
def serving(vendor: Vendor) -> Iterator[Callable[[], None]]:
    """The vendor's API on the loopback address; answers what ends it."""
    with loopback.serving(_handler(vendor)) as server:
        vendor.url = loopback.url_of(server)
        yield server.shutdown
