"""The console: pages and the same as JSON, for one person in one role, on this machine."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, FastAPI, Form, Header, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from bonafides.cases.state import State
from bonafides.console.forms import DEEDS, body_of
from bonafides.console.look import page
from bonafides.decisions.entry import KINDS
from bonafides.errors import BadSettings, TryLater
from bonafides.workflow.case_file import case_exports
from bonafides.workflow.cases import Desk
from bonafides.workflow.pages import Pages
from bonafides.workflow.quiet import Quiet

_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]


class Room:
    """What all pages share. Shape: `key` lets a browser in; `token` is what forms and programs must know to change
    anything.
    """

    def __init__(
        self, workspace: Path, actor: str, role: str, clock: Callable[[], datetime], database: str | None
    ) -> None:
        self.workspace, self.actor, self.role = workspace, actor, role
        self.clock, self.database = clock, database
        self.pages = Pages(workspace)
        self.token, self.key = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        # A name of its own: two consoles on one machine are one place to a browser's cookies.
        self.cookie = f"bonafides-{secrets.token_hex(4)}"
        self.desk = Desk(workspace, actor, role, clock, database)

    def show(self, name: str, request: Request, **told: Any) -> HTMLResponse:
        """A page."""
        common = {"actor": self.actor, "role": self.role, "token": self.token, "path": request.url.path}
        return HTMLResponse(page(name, **common, **told))

    def is_key(self, given: str | None) -> bool:
        """Is it what the printed address holds?"""
        return _is_same(given, self.key)

    def is_let_in(self, request: Request) -> bool:
        """Who else is on this machine is not: pages are for whoever has the key, programs for whoever has the token.

        Why a cookie that no other site sends: a page elsewhere could ask for one of ours in the reader's name.
        """
        if request.url.path == "/style.css" or self.is_key(request.cookies.get(self.cookie)):
            return True
        return _is_same(request.headers.get("x-bonafides-token"), self.token)

    def check(self, token: str | None) -> None:
        """Raises: HTTPException where the token is not ours."""
        if not _is_same(token, self.token):
            raise HTTPException(403, "this form is not one of ours, or is of an earlier start: load the page again")

    def quiet(self, state: State) -> Quiet:
        """Who and what of the run people dismissed, as of today."""
        return self.pages.run.quiet(state, self.clock().date())


def _is_same(given: str | None, ours: str) -> bool:
    """Compared in a time that tells nothing of either."""
    return given is not None and secrets.compare_digest(given.encode(), ours.encode())


async def _form(request: Request) -> FormData:
    return await request.form()


def make(
    workspace: Path,
    *,
    actor: str,
    role: str,
    clock: Callable[[], datetime],
    database: str | None = None,
) -> FastAPI:
    """The console over a workspace.

    Raises: BadSettings where there is no such workspace or database; TryLater where the database does not answer.
    """
    room = Room(workspace, actor, role, clock, database)
    app = FastAPI(title="Bonafides", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.room = room
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)
    _guard(app, room)
    _pages(app, room)
    _run_pages(app, room)
    _case_pages(app, room)
    _programs(app, room)
    return app


def _guard(app: FastAPI, room: Room) -> None:
    @app.middleware("http")
    async def headers(request: Request, call_next: Callable[[Request], Any]) -> Response:
        if request.method == "GET" and room.is_key(request.query_params.get("key")):
            answer: Response = RedirectResponse(request.url.path, 303)
            answer.set_cookie(room.cookie, room.key, httponly=True, samesite="strict")
        elif room.is_let_in(request):
            answer = await call_next(request)
        else:
            answer = refused(request, 403, "open the address that `bonafides serve` printed: it holds the key")
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        # The report has a policy of its own, which names its script by hash.
        own = "frame-ancestors 'none'" if request.url.path == "/report" else _POLICY
        answer.headers["Content-Security-Policy"] = own
        return answer

    def refused(request: Request, code: int, why: str) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": why}, code)
        answer = room.show("refused", request, why=why, title="That did not work")
        answer.status_code = code
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


def _pages(app: FastAPI, room: Room) -> None:
    @app.get("/style.css", include_in_schema=False)
    def style() -> Response:
        return Response((Path(__file__).parent / "console.css").read_text("utf-8"), media_type="text/css")

    @app.get("/", include_in_schema=False)
    def overview(request: Request, number: int = 1, tier: str | None = None) -> Response:
        run, state = room.pages.run, room.desk.state()
        still = room.quiet(state).subjects
        return room.show(
            "overview",
            request,
            title="Overview",
            run=run,
            listed=run.worklist(number, tier, still),
            still=len(still),
            tier=tier,
            decided=state.decided(),
            cases={who: case.case_id for case in state.cases.values() for who in case.subjects},
        )

    @app.get("/report", include_in_schema=False)
    def report() -> Response:
        return HTMLResponse((room.pages.run.path / "report.html").read_text("utf-8"))

    @app.get("/subject/{company}/{tag}", include_in_schema=False)
    def subject(request: Request, company: str, tag: str) -> Response:
        run, state = room.pages.run, room.desk.state()
        who = run.who(company, tag)
        found = [c for c in state.cases.values() if who in c.subjects]
        still = {name for *of, name in room.quiet(state).findings if tuple(of) == who}
        told = {"one": run.dossier(who), "cases": found, "tag": run.tag(who), "still": still}
        return room.show("subject", request, title=run.tag(who), **told)

    @app.get("/network/{network_id}", include_in_schema=False)
    def network(request: Request, network_id: str) -> Response:
        found = room.pages.run.network(network_id)
        cases = [c for c in room.desk.state().cases.values() if c.network_id == network_id]
        return room.show("network", request, title=f"Network {network_id}", net=found, cases=cases)

    @app.get("/search", include_in_schema=False)
    def search(request: Request, q: str = "") -> Response:
        return room.show("search", request, title="Search", q=q, listed=room.pages.run.search(q))


def _run_pages(app: FastAPI, room: Room) -> None:
    @app.get("/readiness", include_in_schema=False)
    def readiness(request: Request) -> Response:
        return room.show("readiness", request, title="Readiness", companies=room.pages.run.readiness)

    @app.get("/indicators", include_in_schema=False)
    def indicators(request: Request) -> Response:
        rows = room.pages.run.indicators(room.desk.state())
        return room.show("indicators", request, title="Indicators", rows=rows)

    @app.get("/runs", include_in_schema=False)
    def runs(request: Request) -> Response:
        return room.show("runs", request, title="Runs", runs=room.pages.runs())

    @app.get("/ledger", include_in_schema=False)
    def ledger(request: Request) -> Response:
        entries, broken = room.desk.entries(), room.desk.broken()
        return room.show("ledger", request, title="Ledger", entries=entries[::-1][:200], n=len(entries), broken=broken)


def _case_pages(app: FastAPI, room: Room) -> None:
    @app.get("/cases", include_in_schema=False)
    def cases(request: Request) -> Response:
        return room.show("cases", request, title="Cases", cases=list(room.desk.state().cases.values()))

    @app.get("/cases/{case_id}", include_in_schema=False)
    def case(request: Request, case_id: str) -> Response:
        found, run = room.desk.case(case_id), room.pages.run
        tags = {who: run.tag(who) for who in found.subjects}
        told = {"case": found, "tags": tags, "formats": list(case_exports()), "deeds": DEEDS}
        return room.show("case", request, title=f"{case_id}: {found.title}", **told)

    @app.post("/cases", include_in_schema=False)
    def opened(
        token: Annotated[str, Form()],
        title: Annotated[str, Form()] = "",
        company: Annotated[str, Form()] = "",
        tag: Annotated[str, Form()] = "",
        network_id: Annotated[str, Form()] = "",
    ) -> Response:
        room.check(token)
        subjects = ["/".join(room.pages.run.who(company, tag))] if tag else []
        case_id = room.desk.open(title, subjects, network_id or None)
        return RedirectResponse(f"/cases/{case_id}", 303)

    @app.post("/cases/{case_id}/deeds/{kind}", include_in_schema=False)
    def deed(case_id: str, kind: str, form: Annotated[FormData, Depends(_form)]) -> Response:
        given = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        room.check(given.pop("token", None))
        if kind == "tests":
            room.desk.next_tests(case_id)
        else:
            who = room.pages.run.who(given["company"], given["tag"]) if given.get("tag") else None
            room.desk.do(kind, body_of(kind, given, [str(one) for one in form.getlist("claims")], who), case_id)
        return RedirectResponse(f"/cases/{quote(case_id)}", 303)

    @app.post("/cases/{case_id}/export", include_in_schema=False)
    def export(case_id: str, token: Annotated[str, Form()], format: Annotated[str, Form()]) -> Response:
        room.check(token)
        found = room.desk.export(case_id, format)
        name = f'attachment; filename="{case_id}-{format}{found.suffix}"'
        return Response(found.content, media_type="application/octet-stream", headers={"Content-Disposition": name})

    @app.get("/cases/{case_id}/clear/{company}/{tag}", include_in_schema=False)
    def clear(request: Request, case_id: str, company: str, tag: str) -> Response:
        """In clear, if that was granted; seeing it is an entry of the ledger."""
        who = room.pages.run.who(company, tag)
        one = room.desk.reveal(case_id, "/".join(who))
        told = {"one": one, "cases": [room.desk.case(case_id)], "tag": tag, "still": ()}
        return room.show("subject", request, title=one.subject, **told)


def _programs(app: FastAPI, room: Room) -> None:
    def known(x_bonafides_token: Annotated[str | None, Header()] = None) -> None:
        room.check(x_bonafides_token)

    guarded = [Depends(known)]

    @app.get("/api/worklist", dependencies=guarded)
    def worklist(page: int = 1, tier: str | None = None) -> dict[str, Any]:
        """Those to look at, masked, fifty a page."""
        listed = room.pages.run.worklist(page, tier, room.quiet(room.desk.state()).subjects)
        rows = [{k: v for k, v in row.items() if k not in ("who", "subject_id")} for row in listed.rows]
        return {"rows": rows, "total": listed.total, "page": listed.page, "pages": listed.pages}

    @app.get("/api/subjects/{company}/{tag}", dependencies=guarded)
    def subject(company: str, tag: str) -> dict[str, Any]:
        """What is thought of a subject and why, masked."""
        run = room.pages.run
        return run.dossier(run.who(company, tag)).plain()

    @app.get("/api/networks", dependencies=guarded)
    def networks() -> list[Mapping[str, Any]]:
        """All networks, without what their members share."""
        return [{k: v for k, v in n.items() if k not in ("hubs", "assets")} for n in room.pages.run.networks()]

    @app.get("/api/cases", dependencies=guarded)
    def cases() -> list[dict[str, Any]]:
        """All cases, without their people."""
        found = room.desk.state().cases.values()
        return [{"case": c.case_id, "title": c.title, "closed": c.closed, "people": len(c.subjects)} for c in found]

    @app.post("/api/cases/{case_id}/deeds/{kind}", dependencies=guarded)
    def deed(case_id: str, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """One deed of a case; a subject is given by `company` and `tag`."""
        if kind not in KINDS:
            raise BadSettings(f"no deed {kind}: one of {', '.join(KINDS)}")
        told = {name: value for name, value in body.items() if name not in ("tag", "subject_id")}
        if isinstance(body.get("tag"), str) and isinstance(body.get("company"), str):
            told["company"], told["subject_id"] = room.pages.run.who(body["company"], body["tag"])
        entry = room.desk.do(kind, told, case_id)
        return {"entry": entry.seq, "hash": entry.hash}

    @app.get("/api/ledger", dependencies=guarded)
    def ledger() -> dict[str, Any]:
        """How many entries hold, the last one's hash, and the first that does not hold."""
        entries, broken = room.desk.entries(), room.desk.broken()
        return {
            "entries": len(entries),
            "head": entries[-1].hash if entries else None,
            "broken": vars(broken) if broken else None,
        }
