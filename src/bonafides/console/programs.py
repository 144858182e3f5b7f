"""The same as JSON, for programs: each with a token in somebody's name, for what its scopes allow."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path
from fastapi.security import HTTPBearer

from bonafides.console.forms import may_be_sent
from bonafides.console.room import Page, Room, Tier, Who

# What may go wrong, as the description of the interface tells it.
_ERROR = {"content": {"application/json": {"schema": {"type": "object", "required": ["error"]}}}}
_WRONG: dict[int | str, dict[str, Any]] = {
    400: {"description": "not allowed, or not said", **_ERROR},
    401: {"description": "no token, or one that does not count", **_ERROR},
    403: {"description": "the token is not for this", **_ERROR},
    404: {"description": "there is no such thing", **_ERROR},
    422: {"description": "not what was asked for", **_ERROR},
    429: {"description": "too many requests", **_ERROR},
    503: {"description": "the database does not answer", **_ERROR},
}
_BEARER = Depends(HTTPBearer(auto_error=False, description="a token of the page Administration"))
Name = Annotated[str, Path(min_length=1, max_length=200)]


def routes(app: FastAPI, room: Room) -> None:
    """Adds what programs may ask for."""

    def scope(name: str) -> dict[str, Any]:
        def holds(who: Who) -> None:
            room.may(who, name)

        return {"dependencies": [_BEARER, Depends(holds)], "responses": _WRONG}

    _read(app, room, scope("read"))
    _work(app, room, scope("work"), scope("ledger"))


def _read(app: FastAPI, room: Room, may: Mapping[str, Any]) -> None:
    @app.get("/api/worklist", **may)
    def worklist(
        who: Who,
        page: Page = 1,
        tier: Tier | None = None,
    ) -> dict[str, Any]:
        """Those to look at, masked, fifty a page."""
        room.viewed(who, f"worklist, page {page}{', ' + tier if tier else ''}")
        listed = room.pages.run.worklist(page, tier, room.quiet(room.state()).subjects)
        rows = [{k: v for k, v in row.items() if k not in ("who", "subject_id")} for row in listed.rows]
        return {"rows": rows, "total": listed.total, "page": listed.page, "pages": listed.pages}

    @app.get("/api/subjects/{company}/{tag}", **may)
    def subject(who: Who, company: Name, tag: Name) -> dict[str, Any]:
        """What is thought of a subject and why, masked."""
        run = room.pages.run
        one = run.who(company, tag)
        room.viewed(who, "subject", one)
        return run.dossier(one).plain()

    @app.get("/api/networks", **may)
    def networks() -> list[Mapping[str, Any]]:
        """All networks, without what their members share."""
        return [{k: v for k, v in n.items() if k not in ("hubs", "assets")} for n in room.pages.run.networks()]

    @app.get("/api/cases", **may)
    def cases() -> list[dict[str, Any]]:
        """All cases, without their people."""
        found = room.state().cases.values()
        return [{"case": c.case_id, "title": c.title, "closed": c.closed, "people": len(c.subjects)} for c in found]


def _work(app: FastAPI, room: Room, may: Mapping[str, Any], may_read_ledger: Mapping[str, Any]) -> None:
    @app.post("/api/cases/{case_id}/deeds/{kind}", **may)
    def deed(who: Who, case_id: Name, kind: Name, body: dict[str, Any]) -> dict[str, Any]:
        """One deed of a case; a subject is given by `company` and `tag`."""
        may_be_sent(kind)
        told = {name: value for name, value in body.items() if name not in ("tag", "subject_id")}
        if isinstance(body.get("tag"), str) and isinstance(body.get("company"), str):
            told["company"], told["subject_id"] = room.pages.run.who(body["company"], body["tag"])
        entry = room.desk(who).do(kind, told, case_id)
        return {"entry": entry.seq, "hash": entry.hash}

    @app.get("/api/ledger", **may_read_ledger)
    def ledger(who: Who) -> dict[str, Any]:
        """How many entries hold, the last one's hash, and the first that does not hold."""
        desk = room.desk(who)
        entries, broken = desk.entries(), desk.broken()
        return {
            "entries": len(entries),
            "head": entries[-1].hash if entries else None,
            "broken": vars(broken) if broken else None,
        }
