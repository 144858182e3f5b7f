"""What all pages share: the workspace, the desk, who is asking, and how often."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bonafides.cases.state import State
from bonafides.console.entrance import Entrance, Member, is_same
from bonafides.console.look import page
from bonafides.workflow.cases import Desk
from bonafides.workflow.pages import Pages
from bonafides.workflow.quiet import Quiet

# How often one may ask: whoever was let in; what changes something; whoever was not let in, by their address.
LIMITS = {"asked": "600/minute", "changed": "120/minute", "outside": "60/minute"}


def member_of(request: Request) -> Member:
    """Whom a request that was let in comes from."""
    found: Member = request.state.member
    return found


Who = Annotated[Member, Depends(member_of)]
Page = Annotated[int, Query(ge=1, le=1_000_000)]
Tier = Literal["clear", "watch", "review", "urgent"]


class Room:
    """What all pages share."""

    def __init__(
        self,
        workspace: Path,
        entrance: Entrance,
        clock: Callable[[], datetime],
        database: str | None,
        limits: dict[str, str] | None = None,
    ) -> None:
        self.workspace, self.entrance, self.clock = workspace, entrance, clock
        self.pages = Pages(workspace)
        self._desk = Desk(workspace, "nobody", "viewer", clock, database)
        self._limits = {name: parse(text) for name, text in (limits or LIMITS).items()}
        self._counted = MovingWindowRateLimiter(MemoryStorage())

    def state(self) -> State:
        """Everything that the ledger says now."""
        return self._desk.state()

    def desk(self, member: Member) -> Desk:
        """The desk, for one person."""
        return self._desk.seat(member.actor, member.role)

    def show(self, name: str, request: Request, **told: Any) -> HTMLResponse:
        """A page."""
        member: Member | None = getattr(request.state, "member", None)
        common = {
            "actor": member.actor if member else None,
            "role": member.role if member else None,
            "token": member.token if member else None,
            "path": request.url.path,
            "is_team": self.entrance.home is not None,
        }
        return HTMLResponse(page(name, **common, **told))

    def check(self, member: Member, token: str | None) -> None:
        """Raises: HTTPException where a form does not hold what the member's forms hold."""
        if member.token is None or not is_same(token, member.token):
            raise HTTPException(403, "this form is not one of ours, or is of an earlier start: load the page again")

    def may(self, member: Member, scope: str) -> None:
        """Raises: HTTPException where a program's token is not for this."""
        if scope not in member.scopes:
            raise HTTPException(403, f"this token is not for {scope}")

    def is_too_often(self, kind: str, who: str) -> bool:
        """Counts one request, and tells whether it was one too many."""
        return not self._counted.hit(self._limits[kind], kind, who)

    def viewed(self, member: Member, what: str, subject: tuple[str, str] | None = None) -> None:
        """Write down who looked at what, before it is shown."""
        about = {"company": subject[0], "subject_id": subject[1]} if subject else {}
        self.desk(member).do("viewed", {"what": what, **about})

    def quiet(self, state: State) -> Quiet:
        """Who and what of the run people dismissed, as of today."""
        return self.pages.run.quiet(state, self.clock().date())
