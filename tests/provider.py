"""An identity provider on this machine, as OpenID Connect describes one, with whatever answer a test wants."""

import json
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "bonafides", "of the tests"


class Provider:
    """Signs in whoever `mail` names. Shape: `change` alters the claims of an id token, `key` signs it, `header` is its
    head; `asked` holds the paths that were asked for.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.key = self.published = RSAKey.generate_key(2048, {"kid": "k1"})
        self.mail, self.clock = "mia@example.com", clock
        self.change: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.header: dict[str, str] = {"alg": "RS256", "kid": "k1"}
        self.codes: dict[str, Mapping[str, str]] = {}
        self.asked: list[str] = []
        self.issuer_said: str | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def sign_in(self, address: str) -> str:
        """What a browser does there: answers where it is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT and "openid" in asked["scope"]
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def _token(self, given: Mapping[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(given.get("code", ""), None)
        challenge = urlsafe_b64encode(sha256(given.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if b64decode(authorization.removeprefix("Basic ")).decode() != f"{CLIENT}:{SECRET}":
            return 401, {"error": "invalid_client"}
        if asked is None or challenge != asked["code_challenge"] or given["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        now = int(self.clock())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            "email": self.mail, "email_verified": True,
        }  # fmt: skip
        if self.header["alg"] == "none":
            pieces = (urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in (self.header, claims))
            return 200, {"access_token": "x", "token_type": "Bearer", "id_token": f"{'.'.join(pieces)}."}
        made = jwt.encode(dict(self.header), self.change(claims), self.key, algorithms=["RS256", "HS256"])
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": made}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def _put(self, code: int, told: Any) -> None:
                body = json.dumps(told).encode()
                self.send_response(code)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self) -> None:
                provider.asked.append(self.path)
                if self.path == "/.well-known/openid-configuration":
                    at = provider.issuer
                    told = {"authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/token"}
                    self._put(200, {"issuer": provider.issuer_said or at, "jwks_uri": f"{at}/keys", **told})
                elif self.path == "/keys":
                    self._put(200, {"keys": [provider.published.as_dict(private=False)]})
                else:
                    self._put(404, {})

            def do_POST(self) -> None:
                provider.asked.append(self.path)
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                given = {name: values[0] for name, values in parse_qs(body).items()}
                self._put(*provider._token(given, self.headers.get("Authorization", "")))

            def log_message(self, *_: Any) -> None:
                return None

        return Handler
