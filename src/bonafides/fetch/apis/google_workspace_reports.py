"""Google Workspace login events. Source: https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list"""

import json
from datetime import timedelta

from dlt.sources.helpers.rest_client.paginators import JSONResponseCursorPaginator
from joserfc import jwt
from joserfc.jwk import RSAKey
from requests import PreparedRequest
from requests.auth import AuthBase

from bonafides.errors import BadSettings
from bonafides.fetch.apis.base import Api, Given, stamp
from bonafides.fetch.polite import Polite

_SCOPE = "https://www.googleapis.com/auth/admin.reports.audit.readonly"
_HOUR = 3600
# Seconds before its end at which a token is asked for anew: a page may be long on its way.
_EARLY = 300


def _login(given: Given) -> str:
    return given.get("login", "https://oauth2.googleapis.com")


class ServiceAccount(AuthBase):
    """A service account asks in the name of an administrator: it signs what it wants and is given a token of an hour.

    Source: https://developers.google.com/identity/protocols/oauth2/service-account#httprest
    """

    def __init__(self, key: str, admin: str, login: str, session: Polite) -> None:
        """Shape: `key` is the JSON of a service account's key, as Google gives it. Raises: BadSettings where not."""
        try:
            told = json.loads(key)
            self._key, self._account = RSAKey.import_key(told["private_key"]), str(told["client_email"])
            self._head = {"alg": "RS256", "typ": "JWT", "kid": str(told["private_key_id"])}
        except (ValueError, KeyError, TypeError):
            # What went wrong may hold the key.
            raise BadSettings("the key is not the JSON of a service account's key") from None
        self._admin, self._place, self._session = admin, f"{login}/token", session
        self._token, self._until = "", 0.0

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """The request with a token that is still good."""
        now = self._session.clock().timestamp()
        if now > self._until - _EARLY:
            self._ask(int(now))
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    def _ask(self, now: int) -> None:
        wanted = {
            "iss": self._account,
            "sub": self._admin,
            "scope": _SCOPE,
            "aud": self._place,
            "iat": now,
            "exp": now + _HOUR,
        }
        signed = jwt.encode(self._head, wanted, self._key)
        grant = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": signed}
        answer = self._session.post(self._place, data=grant).json()
        self._token, self._until = str(answer["access_token"]), now + float(answer["expires_in"])


API = Api(
    name="google_workspace_reports",
    says="Google Workspace activity reports of one application",
    vendor_page="https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list",
    wants={
        "application": "login, chrome, admin, token or another application of the reports",
        "admin": "mail address of an administrator in whose name the service account asks",
    },
    secrets={"key": f"the JSON key of a service account to which the domain delegates {_SCOPE}"},
    base=lambda _: "https://admin.googleapis.com",
    auth=lambda given, secret, session: ServiceAccount(secret["key"], given["admin"], _login(given), session),
    ask=lambda given, start, stop: (
        f"/admin/reports/v1/activity/users/all/applications/{given['application']}",
        {"startTime": stamp(start), "endTime": stamp(stop), "maxResults": 1000},
    ),
    paginator=lambda: JSONResponseCursorPaginator(cursor_path="nextPageToken", cursor_param="pageToken"),
    items="items",
    delay=timedelta(hours=6),
    hosts=lambda given: (_login(given),),
)
