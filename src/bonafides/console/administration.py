"""Who may come in: members, and tokens for programs. What a token is is shown once, when it is made."""

from typing import Annotated

from fastapi import FastAPI, Form, Request
from fastapi.responses import RedirectResponse, Response

import bonafides
from bonafides.cases.rules import SCOPES
from bonafides.console.entrance import new_token
from bonafides.console.room import Room, Who


def routes(app: FastAPI, room: Room) -> None:
    """Adds the page and what its forms do."""

    @app.get("/administration", include_in_schema=False)
    def administration(request: Request, who: Who) -> Response:
        return _page(request, who)

    @app.post("/administration/tokens", include_in_schema=False)
    def made(
        request: Request,
        who: Who,
        token: Annotated[str, Form()],
        name: Annotated[str, Form(max_length=100)],
        until: Annotated[str, Form()],
        scopes: Annotated[list[str], Form()],
    ) -> Response:
        room.check(who, token)
        shown, digest = new_token()
        told = {"name": name, "scopes": scopes, "until": until, "sha256": digest}
        room.desk(who).do("token_made", told)
        return _page(request, who, shown)

    @app.post("/administration/tokens/end", include_in_schema=False)
    def ended(who: Who, token: Annotated[str, Form()], sha256: Annotated[str, Form()]) -> Response:
        room.check(who, token)
        room.desk(who).do("token_ended", {"sha256": sha256})
        return RedirectResponse("/administration", 303)

    def _page(request: Request, who: Who, shown: str | None = None) -> Response:
        is_all = who.role == "administrator"
        tokens = [t for t in room.state().tokens.values() if is_all or t.actor == who.actor]
        members = getattr(room.entrance, "members", {who.actor: who.role})
        return room.show(
            "administration",
            request,
            title="Administration",
            members=members if is_all else {},
            tokens=tokens,
            shown=shown,
            scopes=SCOPES,
            today=room.clock().date(),
            version=bonafides.__version__,
            manifest=room.pages.run.manifest,
            broken=room.desk(who).broken(),
        )
