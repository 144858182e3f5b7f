"""Who is let in: one person with a key on this machine, or a team by its identity provider; programs by tokens."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from fastapi import Request

from bonafides.cases.rules import SCOPES
from bonafides.cases.state import State

# How long a browser stays signed in, at most and when nothing is asked.
LONGEST, IDLE = timedelta(hours=10), timedelta(hours=1)
_BEARER = "Bearer "


@dataclass(frozen=True)
class Member:
    """Somebody who was let in. Shape: `token` is what forms must hold, none for programs; `scopes` what a program may
    ask for, all of them where a browser asks.
    """

    actor: str
    role: str
    token: str | None = None
    scopes: tuple[str, ...] = SCOPES


class Entrance(Protocol):
    """What decides who is let in."""

    @property
    def cookie(self) -> str:
        """Name of the cookie that browsers show."""

    @property
    def is_secure(self) -> bool:
        """Is the way here encrypted?"""

    @property
    def home(self) -> str | None:
        """Where somebody who is not let in is sent. Unknown: None where they are turned away."""

    def browser(self, shown: str | None) -> Member | None:
        """Whom a cookie stands for."""

    def role_of(self, actor: str) -> str | None:
        """The role that somebody has now. Unknown: None where they are nobody here any more."""

    def program(self, shown: str) -> Member | None:
        """Whom a token stands for that is not in the ledger."""


class Alone:
    """One person in one role, on this machine. Shape: `key` lets a browser in, `bearer` programs."""

    is_secure = False
    home = None

    def __init__(self, actor: str, role: str) -> None:
        self.key, self.bearer = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        # A name of its own: two consoles on one machine are one place to a browser's cookies.
        self.cookie = f"bonafides-{secrets.token_hex(4)}"
        self._member = Member(actor, role, secrets.token_urlsafe(32))

    def browser(self, shown: str | None) -> Member | None:
        """Whoever has the key."""
        return self._member if is_same(shown, self.key) else None

    def role_of(self, actor: str) -> str | None:
        """The role of the one who is here."""
        return self._member.role if actor == self._member.actor else None

    def program(self, shown: str) -> Member | None:
        """Whoever has the token that was printed at the start."""
        return Member(self._member.actor, self._member.role) if is_same(shown, self.bearer) else None


@dataclass
class _Session:
    member: Member
    ends: datetime
    seen: datetime


@dataclass
class Sessions:
    """A team: each member signed in by the identity provider. Shape: `members` has roles by mail address."""

    members: Mapping[str, str]
    clock: Callable[[], datetime]
    is_secure: bool
    home: str | None = "/sign-in"
    _held: dict[str, _Session] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def cookie(self) -> str:
        """What browsers take from this host alone, where the way there is encrypted."""
        return "__Host-bonafides" if self.is_secure else "bonafides"

    def begin(self, actor: str) -> str | None:
        """A session of a member; answers what the cookie holds. Unknown: None for who is no member."""
        role = self.role_of(actor)
        if role is None:
            return None
        now, key = self.clock(), secrets.token_urlsafe(32)
        with self._lock:
            self._held = {k: s for k, s in self._held.items() if s.ends > now}
            self._held[_digest(key)] = _Session(Member(actor, role, secrets.token_urlsafe(32)), now + LONGEST, now)
        return key

    def end(self, shown: str | None) -> None:
        """Sign out."""
        with self._lock:
            self._held.pop(_digest(shown or ""), None)

    def browser(self, shown: str | None) -> Member | None:
        """The member of a session that has not ended."""
        now = self.clock()
        with self._lock:
            found = self._held.get(_digest(shown or ""))
            if found is None or now >= found.ends or now - found.seen >= IDLE:
                return None
            found.seen = now
            return found.member

    def role_of(self, actor: str) -> str | None:
        """The role that the team's file gives."""
        return self.members.get(actor.casefold())

    def program(self, shown: str) -> Member | None:
        """Nobody: a team's programs have tokens of the ledger."""
        del shown
        return None


def let_in(request: Request, entrance: Entrance, state: Callable[[], State], now: datetime) -> Member | None:
    """Whom a request comes from. Unknown: None where it is nobody who may come in.

    Why a program is never let in by a cookie, nor a page by a token: what a browser sends by itself must not work where
    no form's token is asked for.
    """
    said = request.headers.get("authorization", "")
    if not request.url.path.startswith("/api/"):
        return entrance.browser(request.cookies.get(entrance.cookie))
    if not said.startswith(_BEARER):
        return None
    shown = said.removeprefix(_BEARER).strip()
    if (own := entrance.program(shown)) is not None:
        return own
    found = state().tokens.get(_digest(shown))
    if found is None or found.is_ended or now.date() > found.until:
        return None
    role = entrance.role_of(found.actor)
    return Member(found.actor, role, None, found.scopes) if role else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def new_token() -> tuple[str, str]:
    """A token, and the digest that is kept of it."""
    made = secrets.token_urlsafe(32)
    return made, _digest(made)


def is_same(given: str | None, ours: str) -> bool:
    """Compared in a time that tells nothing of either."""
    return given is not None and secrets.compare_digest(given.encode(), ours.encode())
