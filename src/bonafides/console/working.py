"""Pages to work on cases."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, FastAPI, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from bonafides.console.forms import DEEDS, body_of, may_be_sent
from bonafides.console.room import Room, Who
from bonafides.workflow.case_file import case_exports


async def _form(request: Request) -> FormData:
    return await request.form()


def routes(app: FastAPI, room: Room) -> None:
    """Adds the pages."""
    _shown(app, room)
    _done(app, room)


def _shown(app: FastAPI, room: Room) -> None:
    @app.get("/cases", include_in_schema=False)
    def cases(request: Request) -> Response:
        return room.show("cases", request, title="Cases", cases=list(room.state().cases.values()))

    @app.get("/cases/{case_id}", include_in_schema=False)
    def case(request: Request, who: Who, case_id: str) -> Response:
        found, run = room.desk(who).case(case_id), room.pages.run
        room.viewed(who, f"case {case_id}")
        tags = {one: run.tag(one) for one in found.subjects}
        told = {"case": found, "tags": tags, "formats": list(case_exports()), "deeds": DEEDS}
        return room.show("case", request, title=f"{case_id}: {found.title}", **told)

    @app.get("/cases/{case_id}/clear/{company}/{tag}", include_in_schema=False)
    def clear(request: Request, who: Who, case_id: str, company: str, tag: str) -> Response:
        """In clear, if that was granted; seeing it is an entry of the ledger."""
        desk, run = room.desk(who), room.pages.run
        subject = run.who(company, tag)
        one = desk.reveal(case_id, "/".join(subject))
        told = {"one": one, "cases": [desk.case(case_id)], "tag": tag, "still": ()}
        return room.show("subject", request, title=one.subject, habits=run.habits(subject), **told)


def _done(app: FastAPI, room: Room) -> None:
    @app.post("/cases", include_in_schema=False)
    def opened(
        who: Who,
        token: Annotated[str, Form()],
        title: Annotated[str, Form()] = "",
        company: Annotated[str, Form()] = "",
        tag: Annotated[str, Form()] = "",
        network_id: Annotated[str, Form()] = "",
    ) -> Response:
        room.check(who, token)
        subjects = ["/".join(room.pages.run.who(company, tag))] if tag else []
        case_id = room.desk(who).open(title, subjects, network_id or None)
        return RedirectResponse(f"/cases/{case_id}", 303)

    @app.post("/cases/{case_id}/deeds/{kind}", include_in_schema=False)
    def deed(who: Who, case_id: str, kind: str, form: Annotated[FormData, Depends(_form)]) -> Response:
        given = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        room.check(who, given.pop("token", None))
        desk = room.desk(who)
        if kind == "tests":
            desk.next_tests(case_id)
        else:
            may_be_sent(kind)
            subject = room.pages.run.who(given.get("company", ""), given["tag"]) if given.get("tag") else None
            claims = [str(one) for one in form.getlist("claims")]
            desk.do(kind, body_of(kind, given, claims, subject), case_id)
        return RedirectResponse(f"/cases/{quote(case_id)}", 303)

    @app.post("/cases/{case_id}/export", include_in_schema=False)
    def export(who: Who, case_id: str, token: Annotated[str, Form()], format: Annotated[str, Form()]) -> Response:
        room.check(who, token)
        found = room.desk(who).export(case_id, format)
        name = f'attachment; filename="{case_id}-{format}{found.suffix}"'
        return Response(found.content, media_type="application/octet-stream", headers={"Content-Disposition": name})
