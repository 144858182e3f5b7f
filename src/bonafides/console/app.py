"""The console: pages for people and the same as JSON for programs, over one workspace."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from bonafides.console import administration, programs, reading, sign_in, working
from bonafides.console.entrance import Alone, Sessions, let_in
from bonafides.console.room import Room
from bonafides.console.team import Team
from bonafides.errors import BadSettings, TryLater

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]


def make(
    workspace: Path,
    *,
    clock: Callable[[], datetime],
    actor: str | None = None,
    role: str = "analyst",
    team: Team | None = None,
    secret: str | None = None,
    database: str | None = None,
    limits: Mapping[str, str] | None = None,
) -> FastAPI:
    """The console over a workspace: for `actor` alone, or for a team, whose identity provider knows us by `secret`.

    Raises: BadSettings where there is no such workspace or database; TryLater where the database does not answer.
    """
    entrance: Alone | Sessions
    hosts = list(HOSTS)
    if team is not None:
        entrance = Sessions(team.members, clock, team.address.startswith("https://"))
        hosts.append(str(urlsplit(team.address).hostname))
    else:
        entrance = Alone(actor or "", role)
    room = Room(workspace, entrance, clock, database, dict(limits) if limits else None)
    app = FastAPI(title="Bonafides", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.room = room
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)
    _guard(app, room)
    if team is not None and isinstance(entrance, Sessions):
        sign_in.routes(app, room, entrance, team, secret)
    for part in (reading, working, programs, administration):
        part.routes(app, room)
    return app


def _guard(app: FastAPI, room: Room) -> None:
    entrance, refused = room.entrance, _refusals(app, room)

    @app.middleware("http")
    async def guarded(request: Request, call_next: Callable[[Request], Any]) -> Response:
        answer = await answered(request, call_next)
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        if entrance.is_secure:
            answer.headers["Strict-Transport-Security"] = "max-age=31536000"
        # The report has a policy of its own, which names its script by hash.
        own = "frame-ancestors 'none'" if request.url.path == "/report" else _POLICY
        answer.headers["Content-Security-Policy"] = own
        return answer

    async def answered(request: Request, call_next: Callable[[Request], Any]) -> Response:
        path, outside = request.url.path, request.client.host if request.client else ""
        key = request.query_params.get("key") if request.method == "GET" and isinstance(entrance, Alone) else None
        if key and entrance.browser(key) is not None:
            found: Response = RedirectResponse(path, 303)
            found.set_cookie(entrance.cookie, key, httponly=True, samesite="strict")
            return found
        try:
            # A token is looked up in the ledger, which may be another machine's.
            member = await run_in_threadpool(let_in, request, entrance, room.state, room.clock())
        except TryLater as why:
            return refused(request, 503, str(why))
        request.state.member = member
        if path in reading.OPEN or path in sign_in.OPEN:
            too_often = member is None and room.is_too_often("outside", outside)
        elif member is None:
            if room.is_too_often("outside", outside):
                return refused(request, 429, "too many requests: wait a minute")
            return stranger(request)
        else:
            too_often = room.is_too_often("asked", member.actor)
            too_often |= request.method != "GET" and room.is_too_often("changed", member.actor)
        if too_often:
            return refused(request, 429, "too many requests: wait a minute")
        passed: Response = await call_next(request)
        return passed

    def stranger(request: Request) -> Response:
        if request.url.path.startswith("/api/"):
            answer = refused(request, 401, "a token is needed: Authorization: Bearer …")
            answer.headers["WWW-Authenticate"] = "Bearer"
            return answer
        if entrance.home is None:
            return refused(request, 403, "open the address that `bonafides serve` printed: it holds the key")
        return RedirectResponse(entrance.home, 303)


def _refusals(app: FastAPI, room: Room) -> Callable[[Request, int, str], Response]:
    """How it is said that something did not work; answers what says it."""

    def refused(request: Request, code: int, why: str) -> Response:
        if request.url.path.startswith("/api/"):
            answer: Response = JSONResponse({"error": why}, code)
        else:
            answer = room.show("refused", request, why=why, title="That did not work")
            answer.status_code = code
        if code == 429:
            answer.headers["Retry-After"] = "60"
        return answer

    @app.exception_handler(BadSettings)
    async def wrong(request: Request, why: BadSettings) -> Response:
        return refused(request, 404 if str(why).startswith("no ") else 400, str(why))

    @app.exception_handler(TryLater)
    async def later(request: Request, why: TryLater) -> Response:
        return refused(request, 503, str(why))

    @app.exception_handler(StarletteHTTPException)
    async def http(request: Request, why: StarletteHTTPException) -> Response:
        return refused(request, why.status_code, str(why.detail))

    @app.exception_handler(RequestValidationError)
    async def form(request: Request, why: RequestValidationError) -> Response:
        return refused(request, 422, f"{len(why.errors())} values are missing, or are not what was asked for")

    return refused
