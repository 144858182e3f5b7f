"""Local servers that answer as the clouds' object stores do, faults included."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape

import loopback

PAGE = 2
NAME = "logs"
CHANGED = datetime(2026, 11, 1, tzinfo=UTC)
KEY = "a2V5LW9mLW5vYm9keQ=="  # a key of nobody's


class Bucket:
    """A bucket called `logs`.

    Shape: `protocol` is s3, gs or az; `faults` are met one a request for a page of the list, or for what an object
    holds: a status, `cut` (the connection ends within an object) or `gone` (it ends before any answer).
    """

    def __init__(self, protocol: str) -> None:
        self.protocol = protocol
        self.objects: dict[str, bytes] = {}
        self.faults: dict[str, list[int | str]] = {"page": [], "object": []}
        self.asked: list[str] = []
        self.url = ""

    @property
    def environment(self) -> dict[str, str]:
        """What tells the cloud's own library where the store is, and who asks."""
        if self.protocol == "s3":
            keys = {
                "AWS_ACCESS_KEY_ID": "KEY-OF-NOBODY",
                "AWS_SECRET_ACCESS_KEY": KEY,
                "AWS_DEFAULT_REGION": "us-east-1",
            }
            return {"AWS_ENDPOINT_URL": self.url, **keys}
        if self.protocol == "gs":
            return {
                "STORAGE_EMULATOR_HOST": self.url,
                "FSSPEC_GS_TOKEN": "anon",
                "GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT": "false",
            }
        account = f"DefaultEndpointsProtocol=http;AccountName=acme;AccountKey={KEY};BlobEndpoint={self.url}/acme"
        return {"AZURE_STORAGE_CONNECTION_STRING": account}


def _listed(bucket: Bucket, query: dict[str, str]) -> tuple[list[str], list[str], int | None]:
    """Names and folders on a page of what begins with the prefix, and where the next page begins."""
    prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
    names: list[str] = []
    for key in sorted(key for key in bucket.objects if key.startswith(prefix)):
        rest = key[len(prefix) :]
        name = prefix + rest.split(delimiter)[0] + delimiter if delimiter and delimiter in rest else key
        if name not in names:
            names.append(name)
    token = next((query[k] for k in ("continuation-token", "pageToken", "marker") if query.get(k)), "0")
    at = int(token)
    page = names[at : at + PAGE]
    folders = [name for name in page if name not in bucket.objects]
    return [n for n in page if n in bucket.objects], folders, at + PAGE if at + PAGE < len(names) else None


def _etag(data: bytes) -> str:
    return hashlib.md5(data).hexdigest()


def _page(bucket: Bucket, query: dict[str, str]) -> bytes:
    names, folders, more = _listed(bucket, query)
    held = bucket.objects
    if bucket.protocol == "gs":
        items = [_about(bucket, name) for name in names]
        told = {"kind": "storage#objects", "items": items, "prefixes": folders}
        return json.dumps({**told, **({"nextPageToken": str(more)} if more else {})}).encode()
    if bucket.protocol == "s3":
        inside = "".join(
            f"<Contents><Key>{escape(n)}</Key><LastModified>{CHANGED:%Y-%m-%dT%H:%M:%S}.000Z</LastModified>"
            f"<ETag>&quot;{_etag(held[n])}&quot;</ETag><Size>{len(held[n])}</Size></Contents>"
            for n in names
        ) + "".join(f"<CommonPrefixes><Prefix>{escape(n)}</Prefix></CommonPrefixes>" for n in folders)
        token = f"<NextContinuationToken>{more}</NextContinuationToken>" if more else ""
        return (
            f'<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>{NAME}</Name>'
            f"<IsTruncated>{'true' if more else 'false'}</IsTruncated>{token}{inside}</ListBucketResult>"
        ).encode()
    changed = f"<Last-Modified>{format_datetime(CHANGED, usegmt=True)}</Last-Modified>"
    inside = "".join(
        f"<Blob><Name>{escape(n)}</Name><Properties>{changed}"
        f"<Etag>{_etag(held[n])}</Etag><Content-Length>{len(held[n])}</Content-Length><BlobType>BlockBlob</BlobType>"
        "</Properties></Blob>"
        for n in names
    ) + "".join(f"<BlobPrefix><Name>{escape(n)}</Name></BlobPrefix>" for n in folders)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="{NAME}"><Blobs>{inside}</Blobs>'
        f"<NextMarker>{more or ''}</NextMarker></EnumerationResults>"
    ).encode()


def _about(bucket: Bucket, name: str) -> dict[str, Any]:
    """An object as Google's API describes it."""
    data = bucket.objects[name]
    return {
        "kind": "storage#object",
        "name": name,
        "bucket": NAME,
        "size": str(len(data)),
        "etag": _etag(data),
        "md5Hash": _etag(data),
        "generation": "1",
        "updated": f"{CHANGED:%Y-%m-%dT%H:%M:%S}.000Z",
        "timeCreated": f"{CHANGED:%Y-%m-%dT%H:%M:%S}.000Z",
    }


# Where each cloud keeps the list of a bucket, and before what the names of its objects stand.
_PLACES = {
    "s3": (f"/{NAME}", (f"/{NAME}/",)),
    "gs": (f"/storage/v1/b/{NAME}/o", (f"/storage/v1/b/{NAME}/o/", f"/download/storage/v1/b/{NAME}/o/")),
    "az": (f"/acme/{NAME}", (f"/acme/{NAME}/",)),
}

# What each cloud calls a refusal.
_CODES = {
    "s3": {403: "AccessDenied", 404: "NoSuchKey", 429: "SlowDown", 503: "SlowDown"},
    "gs": {403: "Forbidden", 404: "Not Found", 429: "Too Many Requests", 503: "Service Unavailable"},
    "az": {403: "AuthenticationFailed", 404: "BlobNotFound", 429: "ServerBusy", 503: "ServerBusy"},
}


def _is_known(bucket: Bucket, headers: Any) -> bool:
    given = str(headers.get("Authorization", ""))
    return given.startswith(
        {"s3": "AWS4-HMAC-SHA256 Credential=KEY-OF-NOBODY/", "az": "SharedKey acme:", "gs": ""}[bucket.protocol]
    )


def _handler(bucket: Bucket) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def _send(self, status: int, body: bytes, headers: dict[str, str], kept: int | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body[:kept])

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            place, query = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
            bucket.asked.append(self.path)
            whole, before = _PLACES[bucket.protocol]
            is_page = place.rstrip("/") == whole
            name = next((unquote(place[len(b) :]) for b in before if place.startswith(b)), "")
            is_about = self.command == "HEAD" or (bucket.protocol == "gs" and query.get("alt") != "media")
            met = bucket.faults["page" if is_page else "object"] if is_page or not is_about else []
            fault = met.pop(0) if met else None
            if fault == "gone":
                self.close_connection = True
            elif isinstance(fault, int):
                self._fail(fault)
            elif not _is_known(bucket, self.headers):
                self._fail(403)
            elif is_page:
                kind = "application/json" if bucket.protocol == "gs" else "application/xml"
                self._send(200, _page(bucket, query), {"Content-Type": kind})
            elif name not in bucket.objects:
                self._fail(404)
            elif bucket.protocol == "gs" and is_about:
                self._send(200, json.dumps(_about(bucket, name)).encode(), {"Content-Type": "application/json"})
            else:
                self._object(bucket.objects[name], fault == "cut")

        def _fail(self, status: int) -> None:
            code = _CODES[bucket.protocol].get(status, "InternalError")
            if bucket.protocol == "gs":
                body, kind = f'{{"error": {{"code": {status}, "message": "{code}"}}}}', "json"
            else:
                body, kind = f"<Error><Code>{code}</Code><Message>{code}</Message></Error>", "xml"
            self._send(status, body.encode(), {"Content-Type": f"application/{kind}", "x-ms-error-code": code})

        def _object(self, data: bytes, is_cut: bool) -> None:
            asked = self.headers.get("x-ms-range") or self.headers.get("Range")
            head = {
                "Content-Type": "application/octet-stream",
                "ETag": f'"{_etag(data)}"',
                "Last-Modified": format_datetime(CHANGED, usegmt=True),
                "x-ms-blob-type": "BlockBlob",
                "Accept-Ranges": "bytes",
            }
            status, part = 200, data
            if asked:
                first, _, last = asked.removeprefix("bytes=").partition("-")
                part = data[int(first) : int(last) + 1 if last else None]
                head["Content-Range"] = f"bytes {first}-{int(first) + len(part) - 1}/{len(data)}"
                status = 206
            if is_cut:
                self.close_connection = True
            self._send(status, part, head, len(part) // 2 if is_cut else None)

    return Handler


@contextmanager
def serving(bucket: Bucket) -> Iterator[None]:
    """The store on the loopback address."""
    with loopback.serving(_handler(bucket)) as server:
        bucket.url = loopback.url_of(server)
        yield
