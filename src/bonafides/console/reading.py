"""Pages to read: overview, dossier, network, search, readiness, indicators, runs, ledger."""

from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from bonafides.console.room import Page, Room, Tier, Who

# What anybody may load: it says nothing.
_STILL = {"/style.css": ("console.css", "text/css"), "/graph.js": ("graph.js", "text/javascript")}
OPEN = frozenset(_STILL)


def routes(app: FastAPI, room: Room) -> None:
    """Adds the pages."""
    for path, (name, kind) in _STILL.items():
        app.add_api_route(path, _still(name, kind), include_in_schema=False)
    _people(app, room)
    _of_run(app, room)


def _still(name: str, kind: str) -> Callable[[], Response]:
    def answer() -> Response:
        return Response((Path(__file__).parent / name).read_text("utf-8"), media_type=kind)

    return answer


def _people(app: FastAPI, room: Room) -> None:
    @app.get("/", include_in_schema=False)
    def overview(request: Request, who: Who, number: Page = 1, tier: Tier | None = None) -> Response:
        run, state = room.pages.run, room.state()
        still = room.quiet(state).subjects
        room.viewed(who, f"worklist, page {number}{', ' + tier if tier else ''}")
        return room.show(
            "overview",
            request,
            title="Overview",
            run=run,
            listed=run.worklist(number, tier, still),
            still=len(still),
            tier=tier,
            decided=state.decided(),
            cases={one: case.case_id for case in state.cases.values() for one in case.subjects},
        )

    @app.get("/report", include_in_schema=False)
    def report(who: Who) -> Response:
        room.viewed(who, "report")
        return HTMLResponse((room.pages.run.path / "report.html").read_text("utf-8"))

    @app.get("/subject/{company}/{tag}", include_in_schema=False)
    def subject(request: Request, who: Who, company: str, tag: str) -> Response:
        run, state = room.pages.run, room.state()
        one = run.who(company, tag)
        room.viewed(who, "subject", one)
        found = [c for c in state.cases.values() if one in c.subjects]
        still = {name for *of, name in room.quiet(state).findings if tuple(of) == one}
        told = {"one": run.dossier(one), "cases": found, "tag": run.tag(one), "still": still}
        return room.show("subject", request, title=run.tag(one), habits=run.habits(one), **told)

    @app.get("/subject/{company}/{tag}/evidence", include_in_schema=False)
    def evidence(request: Request, who: Who, company: str, tag: str) -> Response:
        run = room.pages.run
        one = run.who(company, tag)
        room.viewed(who, "evidence", one)
        told = {"company": company, "tag": run.tag(one), "findings": run.evidence(one)}
        return room.show("evidence", request, title=f"Evidence on {run.tag(one)}", **told)

    @app.get("/network/{network_id}", include_in_schema=False)
    def network(request: Request, who: Who, network_id: str) -> Response:
        found = room.pages.run.network(network_id)
        room.viewed(who, f"network {network_id}")
        cases = [c for c in room.state().cases.values() if c.network_id == network_id]
        return room.show("network", request, title=f"Network {network_id}", net=found, cases=cases)

    @app.get("/search", include_in_schema=False)
    def search(request: Request, who: Who, q: str = "") -> Response:
        found = room.pages.run.search(q)
        if found.total:
            room.viewed(who, f"search, {found.total} found")
        return room.show("search", request, title="Search", q=q, listed=found)


def _of_run(app: FastAPI, room: Room) -> None:
    @app.get("/readiness", include_in_schema=False)
    def readiness(request: Request) -> Response:
        return room.show("readiness", request, title="Readiness", companies=room.pages.run.readiness)

    @app.get("/indicators", include_in_schema=False)
    def indicators(request: Request) -> Response:
        rows = room.pages.run.indicators(room.state())
        return room.show("indicators", request, title="Indicators", rows=rows)

    @app.get("/indicators/{name}", include_in_schema=False)
    def indicator(request: Request, name: str) -> Response:
        found = room.pages.run.indicator(name)
        counts = next(row for row in room.pages.run.indicators(room.state()) if row["id"] == name)
        return room.show("indicator", request, title=found.title, one=found, counts=counts)

    @app.get("/runs", include_in_schema=False)
    def runs(request: Request) -> Response:
        return room.show("runs", request, title="Runs", runs=room.pages.runs())

    @app.get("/ledger", include_in_schema=False)
    def ledger(request: Request, who: Who, views: bool = False) -> Response:
        desk = room.desk(who)
        entries, broken = desk.entries(), desk.broken()
        shown = [one for one in entries if views or one.deed.kind != "viewed"]
        told = {"entries": shown[::-1][:200], "n": len(entries), "broken": broken, "views": views}
        return room.show("ledger", request, title="Ledger", **told)
