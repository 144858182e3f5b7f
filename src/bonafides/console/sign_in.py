"""Signing in at a team's identity provider: OpenID Connect, authorization code with PKCE.

Why here, though only `fetch` and `enrich` reach the network otherwise: a sign-in brings no data, and ends in a page.
Source: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3; RFC 7636; RFC 9700.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Annotated, Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from fastapi import FastAPI, Form, Request
from fastapi.responses import RedirectResponse, Response
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from bonafides.console.entrance import Sessions
from bonafides.console.room import Room, Who
from bonafides.console.team import Team
from bonafides.errors import BadSettings, TryLater

OPEN = frozenset({"/sign-in", "/signed-in"})
_WAIT = timedelta(minutes=10)
_TIMEOUT = 10  # seconds
_MOST_WAITING = 10_000
_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
_COOKIE = "bonafides-signing-in"


@dataclass
class Provider:
    """An identity provider as one client of it sees it. Shape: `secret` is None for a public client."""

    team: Team
    secret: str | None
    _told: dict[str, Any] = field(default_factory=dict)

    def _session(self) -> OAuth2Session:
        return OAuth2Session(
            self.team.client_id,
            self.secret,
            scope="openid email",
            redirect_uri=self.team.back,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if self.secret else "none",
        )

    def _get(self, url: str) -> dict[str, Any]:
        with OAuth2Session() as session:
            found = session.request("GET", url, withhold_token=True, timeout=_TIMEOUT, allow_redirects=False)
            found.raise_for_status()
            told = found.json()
        if not isinstance(told, dict):
            raise TryLater("the identity provider answers something else")
        return told

    def described(self) -> dict[str, Any]:
        """What the provider says of itself, asked once. Raises: TryLater where it does not answer, or is another."""
        if not self._told:
            try:
                told = self._get(f"{self.team.issuer.rstrip('/')}/.well-known/openid-configuration")
            except (RequestException, ValueError) as why:
                raise TryLater("the identity provider does not answer") from why
            if told.get("issuer") != self.team.issuer:
                raise TryLater("the identity provider calls itself otherwise than the team's file does")
            self._told = told
        return self._told

    def address(self, state: str, nonce: str, verifier: str) -> str:
        """Where to send a browser."""
        with self._session() as session:
            made, _ = session.create_authorization_url(
                self.described()["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return str(made)

    def who(self, code: str, nonce: str, verifier: str, now: datetime) -> str:
        """The mail address of whoever signed in.

        Raises: BadSettings where what the provider says does not hold; TryLater where it does not answer.
        """
        told = self.described()
        try:
            with self._session() as session:
                found = session.fetch_token(
                    told["token_endpoint"], code=code, code_verifier=verifier, timeout=_TIMEOUT, allow_redirects=False
                )
            keys = KeySet.import_key_set(self._get(told["jwks_uri"]))  # type: ignore[arg-type]  # a JWKS, or it is refused
            claims = jwt.decode(found["id_token"], keys, algorithms=_ALGORITHMS).claims
            jwt.JWTClaimsRegistry(
                now=int(now.timestamp()),
                leeway=60,
                iss={"essential": True, "value": self.team.issuer},
                aud={"essential": True, "value": self.team.client_id},
                exp={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": nonce},
                email={"essential": True},
            ).validate(claims)
        except RequestException as why:
            raise TryLater("the identity provider does not answer") from why
        except (OAuthError, JoseError, KeyError, ValueError) as why:
            raise BadSettings("the identity provider's answer does not hold: sign in again") from why
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if len(audience) > 1 and claims.get("azp") != self.team.client_id:
            raise BadSettings("the identity provider's answer is for somebody else")
        if claims.get("email_verified") is not True:
            raise BadSettings("the identity provider has not verified this mail address")
        return str(claims["email"]).casefold()


@dataclass(frozen=True)
class _Begun:
    nonce: str
    verifier: str
    at: datetime


def routes(app: FastAPI, room: Room, sessions: Sessions, team: Team, secret: str | None) -> None:
    """Adds signing in and out."""
    provider, begun, lock = Provider(team, secret), dict[str, _Begun](), Lock()

    @app.get("/sign-in", include_in_schema=False)
    def sign_in() -> Response:
        now, state = room.clock(), secrets.token_urlsafe(32)
        one = _Begun(secrets.token_urlsafe(32), secrets.token_urlsafe(48), now)
        answer = RedirectResponse(provider.address(state, one.nonce, one.verifier), 303)
        with lock:
            for old in [s for s, b in begun.items() if now - b.at > _WAIT]:
                del begun[old]
            if len(begun) >= _MOST_WAITING:
                raise TryLater("too many are signing in: wait a minute")
            begun[state] = one
        # Who is sent back must be who was sent: nobody signs another's browser in.
        answer.set_cookie(_COOKIE, state, max_age=600, httponly=True, secure=sessions.is_secure, samesite="lax")
        return answer

    @app.get("/signed-in", include_in_schema=False)
    def signed_in(request: Request, code: str = "", state: str = "") -> Response:
        with lock:
            one = begun.pop(state, None)
        is_own = bool(state) and secrets.compare_digest(request.cookies.get(_COOKIE, "").encode(), state.encode())
        if one is None or not is_own or not code or room.clock() - one.at > _WAIT:
            raise BadSettings("this way of signing in was not begun here, or has been gone: sign in again")
        mail = provider.who(code, one.nonce, one.verifier, room.clock())
        key = sessions.begin(mail)
        if key is None:
            raise BadSettings("signed in, but not a member of this console's team")
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(_COOKIE)
        # Lax: the way back from the provider begins at another site. Nothing changes without a form's token.
        answer.set_cookie(sessions.cookie, key, httponly=True, secure=sessions.is_secure, samesite="lax")
        return answer

    @app.post("/sign-out", include_in_schema=False)
    def sign_out(request: Request, who: Who, token: Annotated[str, Form()]) -> Response:
        room.check(who, token)
        sessions.end(request.cookies.get(sessions.cookie))
        answer = room.show("refused", request, title="Signed out", why="You are signed out.")
        answer.delete_cookie(sessions.cookie)
        return answer
