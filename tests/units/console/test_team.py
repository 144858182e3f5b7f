"""A team's console: signed in by an identity provider, each in their role, programs by tokens of limited scope."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from joserfc.jwk import OctKey, RSAKey
from schemathesis.checks import CHECKS, load_all_checks

import small_world
from bonafides import api
from bonafides.console.app import make
from bonafides.console.team import Team, read
from bonafides.errors import BadSettings
from provider import CLIENT, SECRET, Provider

# What must hold of every answer. What is no valid request may be answered as any other is: a filter that is not known.
CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "missing_required_header",
    "ignored_auth",
)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ADDRESS = "https://console.example.com"
MEMBERS = {
    "mia@example.com": "analyst",
    "ines@example.com": "reviewer",
    "ada@example.com": "administrator",
    "vera@example.com": "viewer",
}


class House:
    """A workspace, a provider, and a clock that tests set."""

    def __init__(self, folder: Path, provider: Provider) -> None:
        self.folder, self.provider = folder, provider
        self.now = NOW
        provider.clock = lambda: self.now.timestamp()
        self.limits: dict[str, str] | None = None

    def app(self) -> Any:
        team = Team(ADDRESS, self.provider.issuer, CLIENT, MEMBERS)
        database = f"sqlite:///{self.folder}/team.sqlite"
        return make(
            self.folder / "ws", clock=lambda: self.now, team=team, secret=SECRET, database=database, limits=self.limits
        )

    def browser(self, app: Any) -> TestClient:
        return TestClient(app, base_url=ADDRESS, follow_redirects=False)

    def signed_in(self, app: Any, mail: str = "mia@example.com") -> TestClient:
        browser = self.browser(app)
        answer = self.way(browser, mail)
        assert answer.status_code == 303 and answer.headers["location"] == "/", answer.text
        return browser

    def way(self, browser: TestClient, mail: str = "mia@example.com") -> Any:
        """Through the provider and back."""
        self.provider.mail = mail
        return browser.get(self.provider.sign_in(browser.get("/sign-in").headers["location"]))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("team")
    api.investigate(small_world.write(folder), folder / "ws", now=NOW)
    return folder


@pytest.fixture
def house(built: Path) -> Iterator[House]:
    provider = Provider()
    yield House(built, provider)
    provider.close()
    (built / "team.sqlite").unlink(missing_ok=True)


def form_token(browser: TestClient) -> str:
    return re.findall(r'name="token" value="([^"]+)"', browser.get("/administration").text)[0]


def opened(browser: TestClient) -> int:
    """Opens a case, and answers with which status."""
    company, tag = re.findall(r'href="/subject/([^/]+)/([^"]+)"', browser.get("/").text)[0]
    told = {"title": "x", "company": company, "tag": tag, "token": form_token(browser)}
    return browser.post("/cases", data=told).status_code


def program(house: House, app: Any, scopes: list[str], mail: str = "mia@example.com", days: int = 30) -> str:
    """A token that a member makes."""
    browser = house.signed_in(app, mail)
    until = (house.now + timedelta(days=days)).date().isoformat()
    told = {"token": form_token(browser), "name": "export", "until": until, "scopes": scopes}
    found = re.findall(r"shown this once: <code>([^<]+)</code>", browser.post("/administration/tokens", data=told).text)
    return str(found[0])


def test_members_sign_in_and_have_their_own_role(house: House) -> None:
    app = house.app()
    stranger = house.browser(app)
    assert stranger.get("/").headers["location"] == "/sign-in"
    mia, vera = house.signed_in(app), house.signed_in(app, "Vera@example.com")
    assert "mia@example.com, analyst" in mia.get("/").text and "vera@example.com, viewer" in vera.get("/").text
    told = {"title": "x", "token": form_token(vera)}
    assert vera.post("/cases", data=told).status_code == 400, "not for a viewer"
    assert vera.post("/cases", data={**told, "token": form_token(mia)}).status_code == 403, "another's form"
    assert "ines@example.com" not in mia.get("/administration").text
    assert "ines@example.com: reviewer" in house.signed_in(app, "ada@example.com").get("/administration").text
    cookie = next(c for c in mia.cookies.jar if "bonafides" in c.name)
    assert cookie.name.startswith("__Host-") and cookie.secure and cookie.has_nonstandard_attr("HttpOnly")
    assert "max-age" in mia.get("/").headers["strict-transport-security"]


def test_who_is_no_member_stays_outside(house: House) -> None:
    browser = house.browser(house.app())
    answer = house.way(browser, "stranger@example.com")
    assert answer.status_code == 400 and "not a member" in answer.text and "worker " not in answer.text
    assert browser.get("/").headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"nonce": "another"}, "does not hold"),
        ({"aud": "somebody-else"}, "does not hold"),
        ({"aud": [CLIENT, "other"], "azp": "other"}, "for somebody else"),
        ({"iss": "https://other.example"}, "does not hold"),
        ({"exp": 1_000_000}, "does not hold"),
        ({"email": None}, "does not hold"),
        ({"email_verified": False}, "not verified"),
        ({"email_verified": "true"}, "not verified"),
    ],
)
def test_claims_that_do_not_hold_let_nobody_in(house: House, change: dict[str, Any], why: str) -> None:
    house.provider.change = lambda claims: {k: v for k, v in {**claims, **change}.items() if v is not None}
    browser = house.browser(house.app())
    answer = house.way(browser)
    assert answer.status_code == 400 and why in answer.text
    assert browser.get("/").headers["location"] == "/sign-in"


def test_signatures_that_do_not_hold_let_nobody_in(house: House) -> None:
    app, provider = house.app(), house.provider
    own = provider.key
    for key, header in (
        (RSAKey.generate_key(2048, {"kid": "k1"}), {"alg": "RS256", "kid": "k1"}),
        (OctKey.import_key(SECRET * 4), {"alg": "HS256", "kid": "k1"}),
        (own, {"alg": "none"}),
    ):
        provider.key, provider.header = key, header  # type: ignore[assignment]  # what another signs with
        answer = house.way(house.browser(app))
        assert answer.status_code == 400 and "does not hold" in answer.text, header


def test_a_way_in_is_its_browsers_own_and_is_gone_once(house: House) -> None:
    app = house.app()
    mine, other = house.browser(app), house.browser(app)
    back = house.provider.sign_in(mine.get("/sign-in").headers["location"])
    assert "not begun here" in other.get(back).text, "somebody else's browser"
    assert "not begun here" in mine.get(back).text, "and it is used up"
    back = house.provider.sign_in(mine.get("/sign-in").headers["location"])
    assert mine.get(back.replace("code-", "code-9")).status_code == 400
    back = house.provider.sign_in(mine.get("/sign-in").headers["location"])
    house.now += timedelta(minutes=11)
    assert "has been gone" in mine.get(back).text
    for wrong in ("/signed-in", "/signed-in?code=x", "/signed-in?state=x&code=y"):
        assert mine.get(wrong).status_code == 400


def test_a_provider_that_does_not_answer_or_is_another_is_said(house: House) -> None:
    house.provider.issuer_said = "https://other.example"
    answer = house.browser(house.app()).get("/sign-in")
    assert answer.status_code == 503 and "calls itself otherwise" in answer.text
    house.provider.close()
    answer = house.browser(house.app()).get("/sign-in")
    assert answer.status_code == 503 and "does not answer" in answer.text


def test_sessions_end(house: House) -> None:
    app = house.app()
    mia = house.signed_in(app)
    house.now += timedelta(minutes=59)
    assert mia.get("/cases").status_code == 200
    house.now += timedelta(minutes=61)
    assert mia.get("/cases").headers["location"] == "/sign-in"
    mia = house.signed_in(app)
    for _ in range(12):
        house.now += timedelta(minutes=50)
        answer = mia.get("/cases")
    assert answer.status_code == 303, "ten hours, whatever was asked meanwhile"
    mia = house.signed_in(app)
    held = dict(mia.cookies)
    assert mia.post("/sign-out", data={"token": form_token(mia)}).status_code == 200
    other = house.browser(app)
    other.cookies.update(held)
    assert other.get("/").headers["location"] == "/sign-in"


def test_a_programs_token_does_what_its_scopes_allow_and_no_more(house: House) -> None:
    app = house.app()
    reads = {"Authorization": f"Bearer {program(house, app, ['read'])}"}
    outside = house.browser(app)
    assert outside.get("/api/worklist", headers=reads).status_code == 200
    assert outside.get("/api/ledger", headers=reads).status_code == 403
    assert outside.post("/api/cases/C-0001/deeds/noted", json={"text": "x"}, headers=reads).status_code == 403
    assert outside.get("/", headers=reads).headers["location"] == "/sign-in", "pages are for browsers"
    assert house.signed_in(app).get("/api/worklist").status_code == 401, "and programs for tokens"
    viewer = {"Authorization": f"Bearer {program(house, app, ['work'], 'vera@example.com')}"}
    mia = house.signed_in(app)
    assert opened(mia) == 303
    answer = outside.post("/api/cases/C-0001/deeds/noted", json={"text": "x"}, headers=viewer)
    assert answer.status_code == 400 and "not for a viewer" in answer.json()["error"]


def test_a_token_ends_by_its_day_by_its_owner_and_with_its_owners_membership(house: House) -> None:
    app = house.app()
    short = {"Authorization": f"Bearer {program(house, app, ['read'], days=2)}"}
    outside = house.browser(app)
    assert outside.get("/api/cases", headers=short).status_code == 200
    house.now += timedelta(days=3)
    assert outside.get("/api/cases", headers=short).status_code == 401
    long = {"Authorization": f"Bearer {program(house, app, ['read'])}"}
    mia, vera = house.signed_in(app), house.signed_in(app, "vera@example.com")
    sha256 = re.findall(r'name="sha256" value="([^"]+)"', mia.get("/administration").text)[-1]
    told = {"sha256": sha256, "token": form_token(vera)}
    assert vera.post("/administration/tokens/end", data=told).status_code == 400
    assert outside.get("/api/cases", headers=long).status_code == 200
    assert mia.post("/administration/tokens/end", data={**told, "token": form_token(mia)}).status_code == 303
    assert outside.get("/api/cases", headers=long).status_code == 401
    gone = {"Authorization": f"Bearer {program(house, app, ['read'])}"}
    app.state.room.entrance.members = {"ines@example.com": "reviewer"}
    assert outside.get("/api/cases", headers=gone).status_code == 401


def test_who_looked_at_what_is_in_the_ledger(house: House) -> None:
    app = house.app()
    mia = house.signed_in(app)
    path = re.findall(r'href="(/subject/[^"]+)"', mia.get("/").text)[0]
    mia.get(path)
    mia.get("/search?q=acme")
    headers = {"Authorization": f"Bearer {program(house, app, ['read'])}"}
    house.browser(app).get(path.replace("/subject/", "/api/subjects/"), headers=headers)
    text = mia.get("/ledger?views=1").text
    assert text.count("viewed: subject") == 2 and "viewed: worklist" in text and "viewed: search" in text
    assert "viewed" not in mia.get("/ledger").text and "every link holds" in mia.get("/administration").text


def test_who_asks_too_often_waits(house: House) -> None:
    house.limits = {"asked": "14/minute", "changed": "2/minute", "outside": "6/minute"}
    app = house.app()
    mia = house.signed_in(app)
    assert [opened(mia) for _ in range(3)] == [303, 303, 429]
    answers = [mia.get("/readiness") for _ in range(6)]
    assert answers[0].status_code == 200 and answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"] == "60"
    stranger = house.browser(app)
    codes = [stranger.get("/api/cases").status_code for _ in range(6)]
    assert codes[0] == 401 and codes[-1] == 429
    assert house.browser(app).get("/sign-in").status_code == 429


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[]", "has address, client_id, issuer, members"),
        ("address: https://a.example\nissuer: https://b.example\nclient_id: x\nmembers: {}", "members maps"),
        ("address: http://a.example\nissuer: https://b.example\nclient_id: x\nmembers: {a@b.example: viewer}", "https"),
        ("address: https://a.example\nissuer: ftp://b\nclient_id: x\nmembers: {a@b.example: viewer}", "https"),
        ("address: https://a.example\nissuer: https://b.example\nclient_id: x\nmembers: {a@b.example: king}", "one of"),
        ("{", "cannot be read"),
    ],
)
def test_a_teams_file_that_is_wrong_is_said(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "team.yaml").write_text(text)
    with pytest.raises(BadSettings, match=why):
        read(tmp_path / "team.yaml")


def test_no_request_that_the_description_allows_breaks_anything_or_goes_beyond_a_role(house: House) -> None:
    house.limits = dict.fromkeys(("asked", "changed", "outside"), "1000000/minute")
    app = house.app()
    token = program(house, app, ["read", "work", "ledger"], "vera@example.com")
    headers = {"Authorization": f"Bearer {token}", "Host": "console.example.com"}
    mia = house.signed_in(app)
    assert opened(mia) == 303
    described = house.browser(app).get("/api/openapi.json", headers=headers).json()
    schema = schemathesis.openapi.from_dict(described)
    schema.app = app
    before = len(app.state.room.state().cases["C-0001"].log)
    load_all_checks()
    checks = [CHECKS.get_one(name) for name in CHECKED]
    counted = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        for case in _cases(operation):
            counted += 1
            case.call_and_validate(headers=headers, checks=checks)
    assert counted > 100
    assert len(app.state.room.state().cases["C-0001"].log) == before, "a viewer's token changes nothing"


def _cases(operation: Any) -> list[Any]:
    """Requests that hypothesis makes of one operation."""
    from hypothesis import HealthCheck, Phase, given, settings

    made: list[Any] = []

    @settings(max_examples=30, deadline=None, database=None, phases=[Phase.generate], derandomize=True,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(operation.as_strategy())
    def gather(case: Any) -> None:
        made.append(case)

    gather()
    return made
